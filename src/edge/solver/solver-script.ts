/** The solver as browsers load it: one script, bundled when the edge starts, under a name that says what is in it. */
import { join } from "node:path";
import { sha256 } from "../../base/bytes.ts";

export const solverPrefix = "/_kasbah/gate/";

export interface SolverScript {
  /** Changes with its contents, so it may be kept for ever. */
  readonly path: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** A classic script that leaves no names behind: it's a Worker, or stands in a page. Rejects where it can't be bundled, a fault of ours. */
export async function bundleSolver(): Promise<SolverScript> {
  const { outputs } = await Bun.build({
    entrypoints: [join(import.meta.dirname, "solver.client.ts")],
    target: "browser",
    format: "iife",
    minify: true,
  });
  const [output] = outputs;
  if (output === undefined) throw new Error("bundling the solver: nothing came out");
  const body = new Uint8Array(await output.arrayBuffer());
  return { path: `${solverPrefix}${sha256(body).slice(0, 16)}.js`, body };
}
