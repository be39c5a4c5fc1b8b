// The same with a flood and readers that are not ours: ../shared/tools, in C and for Node. Where there is none or no compiler, it is left out.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../../temporary-folder.ts";
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

describe.skipIf(!isHere)("a flood in C, and its readers", () => {
  const lifetimes = new AsyncDisposableStack();
  let defended: House;
  let undefended: House;
  let flood = "";
  beforeAll(async () => {
    const folder = temporaryFolder();
    lifetimes.defer(folder.remove);
    flood = join(folder.path, "flood");
    const compiling = Bun.spawn([compiler ?? "", "-O2", "-o", flood, join(tools, "flood.c")]);
    [defended, undefended] = await Promise.all([House.open(), House.open({ settings: off })]);
    lifetimes.use(defended);
    lifetimes.use(undefended);
    expect(await compiling.exited).toBe(0);
  }, 2 * startsWithinMs);
  afterAll(() => lifetimes.disposeAsync());

  const off = '[decision]\nmode = "off"\n';

  /** The readers come two seconds after the flood, on an instance that never saw any. */
  async function attack({ instance }: House): Promise<readonly [FloodSummary, ReadersSummary]> {
    const port = new URL(instance.edge).port;
    const bots = ["--bots", "300", "--rps", "3000", "--src", "127.40.0.1"];
    const flooding = run<FloodSummary>([flood, "--port", port, "--seconds", "5", ...bots]);
    await Bun.sleep(500);
    const people = ["--readers", "30", "--seconds", "4", "--src", "127.40.9.1", "--paths", "/"];
    const reading = run<ReadersSummary>([node, join(tools, "readers.mjs"), "--port", port, ...people]);
    return await Promise.all([flooding, reading]);
  }

  test("readers read on, and the flood is refused", async () => {
    const [{ done, status }, { reads, success, failed }] = await attack(defended);
    expect(reads).toBeGreaterThan(60);
    expect({ success, failed }).toEqual({ success: 1, failed: [] });
    expect(done).toBeGreaterThan(500);
    expect(status["200"] ?? 0).toBeLessThan(6_000);
  }, 20_000);

  test("where the defence is off, the flood gets everything", async () => {
    const [{ done, status }] = await attack(undefended);
    expect(status).toEqual({ "200": done });
    expect(done).toBeGreaterThan(10_000);
  }, 20_000);
});

const node = Bun.which("node") ?? process.execPath;

/** The last line that it prints, as JSON. */
async function run<T>(command: readonly string[]): Promise<T> {
  const child = Bun.spawn([...command], { stdout: "pipe", stderr: "ignore", timeout: 15_000 });
  return JSON.parse(await new Response(child.stdout).text()) as T;
}
