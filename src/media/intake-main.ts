/** The process that cleans one picture and then ends: the original comes in by the one pipe, clean files go out by the other. */
import { clean, prepareDecoders } from "./clean.ts";
import { encodeCleaning, orderSchema } from "./cleaning.ts";

const order = orderSchema.parse(JSON.parse(process.argv[2] ?? ""));
prepareDecoders();
const cleaning = await clean(await Bun.stdin.bytes(), order);
const output = Bun.stdout.writer();
for (const part of encodeCleaning(cleaning)) {
  await output.write(part);
  await output.flush();
}
await output.end();
