/** A newsroom that takes and signs snapshots of an origin until somebody kills it. Arguments: data folder, the origin's address. */
import { protect, snapshot } from "./origin-newsroom.ts";

const [folder = "", url = ""] = process.argv.slice(2);
const protecting = await protect(folder, { url });
console.log("ready");
await protecting.origin.snapshot.idle();
for (;;) await snapshot(protecting);
