/** In place of the process that cleans: one that a hostile picture has taken over. What it does is said by its picture's last word. */
import { writeFileSync } from "node:fs";
import { encodeCleaning } from "../src/media/cleaning.ts";

const original = await Bun.stdin.bytes();
const [path = "", deed] = Buffer.from(original).toString("latin1").split(" ").slice(-2);
const output = Bun.stdout.writer();

async function send(...parts: Uint8Array[]): Promise<void> {
  for (const part of parts) {
    await output.write(part);
    await output.flush();
  }
}

const variants = ["image/webp", "image/jpeg"].map((type) => ({
  shape: { type: type as "image/jpeg", width: 320, height: 200 },
  data: original,
}));

switch (deed) {
  case "give-back-the-original":
    await send(...encodeCleaning({ outcome: "cleaned", animated: false, stilled: false, variants }));
    break;
  case "never-stop":
    for (;;) await send(new Uint8Array(1024 * 1024));
  case "wait":
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    break;
  case "claim-too-much":
    await send(new Uint8Array([0xff, 0xff, 0xff, 0xff, 1]));
    break;
  case "write-a-file":
    writeFileSync(path, original);
    break;
  default:
    process.exit(1);
}
await output.end();
process.exit(0);
