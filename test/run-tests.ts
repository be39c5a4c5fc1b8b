/** Runs Bun's tests, shows each file's name and what failed in it when the file is through, and counts. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Tally, tallyOfReport } from "./tally.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The longest run takes a minute on a machine that does little else. */
const runTimeoutMs = 10 * 60_000;
/** One test, on a machine that is busy with others. */
const testTimeoutMs = 20_000;

/** `paths`: files and folders below `folder`, or parts of their names; none means all there. `show` gets the lines that a person should see. */
export async function runTests(
  paths: readonly string[],
  folder: string,
  show: (line: string) => void,
): Promise<Tally> {
  const { path: place, remove } = temporaryFolder();
  const report = join(place, "junit.xml");
  const flags = ["--no-orphans", `--timeout=${testTimeoutMs}`];
  const reporting = ["--reporter=junit", `--reporter-outfile=${report}`];
  const named = paths.map((path) => exactly(path, folder));
  const run = Bun.spawn([process.execPath, "test", ...flags, ...reporting, ...named], {
    cwd: folder,
    env: process.env,
    stdout: "ignore",
    stderr: "pipe",
    timeout: runTimeoutMs,
  });
  let errors = 0;
  const file: string[] = [];
  const failures: string[] = [];
  const showFile = (): void => {
    if (file.length === 0) return;
    // Bun names what failed in several files once more at the end, where it would look like the last file's.
    const own = file.findIndex((line) => /^\d+ tests? failed:$/.test(line));
    const hasFailed = file.slice(0, own < 0 ? file.length : own).some(tellsOfFailure);
    const shown = file.splice(0).join("\n");
    show(shown);
    if (hasFailed) failures.push(shown);
  };
  for await (const line of linesOf(run.stderr)) {
    if (isFileName(line)) showFile();
    if (line.trim() !== "" && !line.startsWith("(pass)")) file.push(line);
    errors += Number(/^\s*(\d+) errors?$/.exec(line)?.[1] ?? 0);
  }
  showFile();
  const exitCode = await run.exited;
  const tally = tallyOfReport(await readFile(report, "utf8").catch(() => ""));
  await remove();
  const hasEnded = exitCode === 0 || tally.failed + errors > 0;
  if (!hasEnded) {
    failures.push(`the tests did not run to their end (exit code ${exitCode}): ${paths.join(" ")}`);
    show(failures.at(-1) ?? "");
  }
  // A file that does not load and a run that crashes are in no report.
  return { ...tally, failed: tally.failed + errors + (hasEnded ? 0 : 1), failures };
}

function tellsOfFailure(line: string): boolean {
  return line.startsWith("(fail)") || line.startsWith("# Unhandled error");
}

/** Bun takes a path without `./` for a part of one: with `attacks/a.test.ts` it would run `test/attacks/a.test.ts` as well. */
function exactly(path: string, folder: string): string {
  return existsSync(join(folder, path)) ? `./${path}` : path;
}

/** Whole files are shown at once, so that runs side by side don't mix. */
function isFileName(line: string): boolean {
  return /^\S+\.test\.tsx?:$/.test(line);
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let unfinished = "";
  for await (const chunk of stream) {
    const lines = `${unfinished}${decoder.decode(chunk, { stream: true })}`.split("\n");
    unfinished = lines.pop() ?? "";
    yield* lines;
  }
  yield unfinished;
}
