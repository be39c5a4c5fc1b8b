/** Starts one-slot-origin.ts as a process of its own. */
import { join } from "node:path";

export interface SlowOrigin extends AsyncDisposable {
  readonly url: string;
}

export async function startSlowOrigin(): Promise<SlowOrigin> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "one-slot-origin.ts")], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  const said = await child.stdout.getReader().read();
  return {
    url: new TextDecoder().decode(said.value).trim(),
    async [Symbol.asyncDispose]() {
      child.kill();
      await child.exited;
    },
  };
}
