/** A test that is killed while its WordPress runs: prints its folder and the processes that it started, and waits. */
import { startWordpress } from "./wordpress/wordpress.ts";

await using site = await startWordpress();
console.log(JSON.stringify({ folder: site.folder, servers: site.processIds() }));
await Bun.sleep(60_000);
