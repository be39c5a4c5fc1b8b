/** Running Kasbah's commands in tests as people do: as processes of their own. */
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const main = join(resolve(import.meta.dir, ".."), "src", "cli", "main.ts");

/** Accepting a redesign reads every page again, at the pace of a machine that is busy with other tests. */
const commandMsMax = 180_000;

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command to its end, without a terminal. */
export async function kasbah(...args: readonly string[]): Promise<Ran> {
  const child = Bun.spawn([process.execPath, main, ...args], {
    // Not the repository: people call Kasbah from anywhere.
    cwd: tmpdir(),
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: commandMsMax,
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { exitCode, stdout, stderr };
}
