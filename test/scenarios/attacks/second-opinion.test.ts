// The same with a flood and readers that are not ours: ../shared/tools, in C and for Node. Where there is none or no compiler, it is left out.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../../temporary-folder.ts";
import { eventually } from "../instance.ts";
import { House, startsWithinMs } from "./house.ts";

const tools = resolve(import.meta.dir, "../../../../shared/tools");
const compiler = Bun.which("cc");
const isHere = compiler !== null && existsSync(join(tools, "flood.c"));

interface FloodSummary {
  readonly done: number;
  readonly status: Readonly<Record<string, number>>;
}

interface ReadersSummary {
  readonly reads: number;
  readonly success: number;
  readonly failed: readonly string[];
}

const lifetimes = new AsyncDisposableStack();
let house: House;
let flood = "";
beforeAll(async () => {
  if (!isHere) return;
  const folder = temporaryFolder();
  lifetimes.defer(folder.remove);
  flood = join(folder.path, "flood");
  const compiling = Bun.spawn([compiler, "-O2", "-o", flood, join(tools, "flood.c")]);
  house = lifetimes.use(await House.open());
  expect(await compiling.exited).toBe(0);
}, 2 * startsWithinMs);
afterAll(() => lifetimes.disposeAsync());

/** The readers come while the flood goes on, to an instance that never saw any. */
test.skipIf(!isHere)(
  "readers of another make read on through a flood in C, which gets less than half",
  async () => {
    const port = new URL(house.instance.edge).port;
    const bots = ["--bots", "300", "--rps", "3000", "--src", "127.40.0.1"];
    const flooding = run<FloodSummary>([flood, "--port", port, "--seconds", "5", ...bots]);
    await eventually("the flood has begun", async () => ((await requests()) > 300 ? true : undefined));
    const people = ["--readers", "30", "--seconds", "4", "--src", "127.40.9.1", "--paths", "/"];
    const reading = run<ReadersSummary>([node, join(tools, "readers.mjs"), "--port", port, ...people]);
    const [{ done, status }, { reads, success, failed }] = await Promise.all([flooding, reading]);
    expect(reads).toBeGreaterThan(60);
    expect({ success, failed }).toEqual({ success: 1, failed: [] });
    expect(done).toBeGreaterThan(500);
    expect(status["200"] ?? 0).toBeLessThan(3_000 * 5 * 0.5);
  },
  20_000,
);

async function requests(): Promise<number> {
  return (await house.defence()).requests_per_s;
}

const node = Bun.which("node") ?? process.execPath;

/** What it prints, as JSON. */
async function run<T>(command: readonly string[]): Promise<T> {
  const child = Bun.spawn([...command], { stdout: "pipe", stderr: "ignore", timeout: 15_000 });
  return JSON.parse(await new Response(child.stdout).text()) as T;
}
