/** The glue as pages carry it: within them, so that it costs no request, and its hash lets it run and nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const source = readFileSync(join(import.meta.dirname, "glue.client.ts"), "utf8");

/** One small file without imports: it is transpiled, not bundled, at once. */
export const glue = new Bun.Transpiler({ loader: "ts", target: "browser", minifyWhitespace: true })
  .transformSync(source)
  .trim();
