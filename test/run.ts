/**
 * `./kasbah test`: every check, then every test, with Bun alone. Ends with one line, `N passed, N failed`, and how many
 * were skipped where some were. With paths it runs only the tests there. KASBAH_NO_SKIPS=1 makes a skip a failure.
 */
import { chmodSync, existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { runTests } from "./run-tests.ts";
import { type Stage, stagesOf } from "./stages.ts";
import { add, lineOf, none, type Tally } from "./tally.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const top = resolve(import.meta.dir, "..");
const checkTimeoutMs = 300_000;
interface Check {
  readonly name: string;
  readonly what: string;
  /** A program below node_modules/.bin with its arguments. */
  readonly command: readonly [string, ...string[]];
}

const checks: readonly Check[] = [
  { name: "format", what: "`bin/format` mends it", command: ["oxfmt", "--check", "."] },
  { name: "types", what: "TypeScript, strict", command: ["tsc"] },
  { name: "lint", what: "oxlint, with types", command: ["oxlint", "--type-aware"] },
  { name: "unused", what: "knip: files, exports, packages", command: ["knip", "--no-progress"] },
];

const paths = process.argv.slice(2);
let tally: Tally = none;
if (paths.length === 0) for (const check of checks) tally = add(tally, await runCheck(check));
putFilesIntoMemory();
for (const stage of paths.length > 0 ? [{ lanes: 1, runs: [paths] }] : stagesOf(allTests()))
  tally = add(tally, await runStage(stage));

// Again, at the end: of a long output some keep only that.
if (tally.failures.length > 0) console.log(["", "what failed:", ...tally.failures].join("\n"));
for (const name of tally.skipped) console.log(`skipped: ${name}`);
const isGood = tally.failed === 0 && !(process.env["KASBAH_NO_SKIPS"] === "1" && tally.skipped.length > 0);
console.log(lineOf(tally));
process.exit(isGood ? 0 : 1);

/** All that tests write goes below one folder, which is gone with this process. On a disk some of them cost a quarter more. */
function putFilesIntoMemory(): void {
  const { path } = temporaryFolder("memory");
  // Some of what tests start becomes nobody, who has to get through to its own.
  chmodSync(path, 0o755);
  process.env["TMPDIR"] = path;
  process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
}

function allTests(): string[] {
  return [...new Bun.Glob("{src,test,attacks,bench}/**/*.test.{ts,tsx}").scanSync(top)].sort();
}

async function runStage({ lanes, runs }: Stage): Promise<Tally> {
  const waiting = [...runs];
  const tallies: Tally[] = [];
  const lane = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift())
      tallies.push(await runTests(run, top, console.log));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return tallies.reduce(add, none);
}

/** All checks are written for Node.js, and all run in Bun, so that a machine without Node.js skips none. */
async function runCheck({ name, what, command: [program, ...args] }: Check): Promise<Tally> {
  const startedAt = performance.now();
  const check = Bun.spawn([process.execPath, "--bun", join(top, "node_modules", ".bin", program), ...args], {
    cwd: top,
    env: { ...process.env, ...nativeLinter() },
    stdout: "pipe",
    stderr: "pipe",
    timeout: checkTimeoutMs,
  });
  const [stdout, stderr] = await Promise.all([
    new Response(check.stdout).text(),
    new Response(check.stderr).text(),
  ]);
  const isFine = (await check.exited) === 0;
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const shown = `${name} (${what}): ${isFine ? "ok" : "FAILED"}, ${seconds} s`;
  if (isFine) {
    console.log(shown);
    return { ...none, passed: 1 };
  }
  const failure = `${shown}\n${stdout}${stderr}`.trimEnd();
  console.log(failure);
  return { ...none, failed: 1, failures: [failure] };
}

/** oxlint starts its type-aware half through a script for Node.js, unless it is told where the program itself is. */
function nativeLinter(): Record<string, string> {
  const program = join(
    top,
    "node_modules",
    "@oxlint-tsgolint",
    `${process.platform}-${process.arch}`,
    "tsgolint",
  );
  return existsSync(program) ? { OXLINT_TSGOLINT_PATH: program } : {};
}
