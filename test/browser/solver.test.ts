/** The solver in a real browser, under a policy as strict as the gates': in a Worker, in a page, and gone with its page. */
import { afterAll, afterEach, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { fromBase64Url, hex } from "../../src/base/bytes.ts";
import { messageOf } from "../../src/base/errors.ts";
import { seededRandom } from "../../src/base/random.ts";
import { mostEffort } from "../../src/decision/puzzle/puzzle.ts";
import { verify } from "../../src/decision/puzzle/verify.ts";
import { launchBrowser, opened } from "./browser.ts";
import { solveIn, SolverServer, startIn } from "./solver-server.ts";

const browser = await launchBrowser();
const server = new SolverServer();
const timeoutMs = 30_000;
const seed = seededRandom(4).bytes(32);
const task = { seed: hex(seed), effort: 12 };

afterAll(async () => {
  server[Symbol.dispose]();
  await browser?.close();
});

describe.skipIf(browser === null)("in Chromium", () => {
  /** What scripts and policies said. */
  const complaints: string[] = [];
  afterEach(() => {
    expect(complaints).toEqual([]);
  });

  async function open(): Promise<Page> {
    const page = await opened(browser).newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(server.address);
    return page;
  }

  test.each(["worker", "in-page"] as const)(
    "solves, %s, and says how far it is",
    async (place) => {
      await using page = await open();
      const { proof, done, turns } = await solveIn(page, place, task);
      expect(verify(seed, task.effort, fromBase64Url(proof))).toBe(true);
      expect(done.length).toBeGreaterThan(1);
      expect(done).toEqual(done.toSorted((one, other) => one - other));
      expect(turns).toBeGreaterThan(1);
    },
    timeoutMs,
  );

  test(
    "ends when its page goes away",
    async () => {
      await using page = await open();
      const started = page.waitForEvent("worker");
      await startIn(page, { ...task, effort: mostEffort });
      const worker = await started;
      const ended = new Promise((resolve) => worker.on("close", resolve));
      await page.goto(`${server.address}elsewhere`);
      await ended;
      expect(page.workers()).toEqual([]);
    },
    timeoutMs,
  );

  test(
    "a task that can't be solved is an error, not a silence",
    async () => {
      await using page = await open();
      const said = page.waitForEvent("pageerror");
      const failure = await solveIn(page, "worker", { ...task, effort: 0 }).catch(messageOf);
      expect(failure).toContain("the solver failed");
      expect(messageOf(await said)).toBe("0 is no effort");
      complaints.length = 0;
    },
    timeoutMs,
  );
});
