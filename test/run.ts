/**
 * `./kasbah test`: every check, then every test, with Bun alone. Ends with one line, `N passed, N failed`, and how many
 * were skipped where some were. With paths it runs only the tests there. KASBAH_NO_SKIPS=1 makes a skip a failure.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { runTests } from "./run-tests.ts";
import { add, lineOf, none, type Tally } from "./tally.ts";

const top = resolve(import.meta.dir, "..");
const checkTimeoutMs = 300_000;
const floods =
  /^(?:test\/scenarios\/(?:a-worker-dies|attacks\/|cgem\.|defence\.|mamfakinch|no-reader-is-kept|pass-through-memory|watch-in-the-studio)|src\/edge\/kernel\/)/;
/** They wait for processes that they start, as scenarios do, and so fill that run up to the length of the others. */
const besideScenarios = /^src\/(?:cli|origin|watch)\//;

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
const { together, alone } = paths.length > 0 ? { together: [paths], alone: [] } : allTests();
const tallies = await Promise.all(together.map((files) => runTests(files, top, console.log)));
if (alone.length > 0) tallies.push(await runTests(alone, top, console.log));
tally = tallies.reduce(add, tally);

for (const name of tally.skipped) console.log(`skipped: ${name}`);
const isGood = tally.failed === 0 && !(process.env["KASBAH_NO_SKIPS"] === "1" && tally.skipped.length > 0);
console.log(lineOf(tally));
process.exit(isGood ? 0 : 1);

interface Plan {
  /** Runs that go on at the same time. */
  readonly together: readonly (readonly string[])[];
  /** Afterwards. */
  readonly alone: readonly string[];
}

/**
 * Three runs at once: what drives browsers and whole instances waits most of its time, and machines have two processors. Floods come
 * last: whether readers notice one shows only on a machine that does nothing else.
 */
function allTests(): Plan {
  const files = [...new Bun.Glob("{src,test,attacks,bench}/**/*.test.{ts,tsx}").scanSync(top)].sort();
  const kindOf = (file: string): string =>
    floods.test(file)
      ? "floods"
      : besideScenarios.test(file)
        ? "scenarios"
        : (/^test\/(browser|scenarios)\//.exec(file)?.[1] ?? "others");
  const { floods: last = [], ...others } = Object.groupBy(files, kindOf);
  const named = (run: readonly string[] = []): string[] => run.map((file) => `./${file}`);
  return { together: Object.values(others).map(named), alone: named(last) };
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
  console.log(`${name} (${what}): ${isFine ? "ok" : "FAILED"}, ${seconds} s`);
  if (!isFine) console.log(`${stdout}${stderr}`.trimEnd());
  return isFine ? { ...none, passed: 1 } : { ...none, failed: 1 };
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
