// A worker thread dies in the middle of serving: readers notice nothing beyond the requests that it had in hand.
import { afterEach, expect, test } from "bun:test";
import { systemClock } from "../../src/base/clock.ts";
import { systemRandom } from "../../src/base/random.ts";
import { GateKeys } from "../../src/decision/gates/gate-keys.ts";
import { passBudget, Passes } from "../../src/decision/gates/pass.ts";
import { Tickets } from "../../src/decision/gates/ticket.ts";
import { EdgeDatabase } from "../../src/edge/edge-database.ts";
import { searchFor, workingOrigin } from "../edge/gated-site.ts";
import { until, WholeEdge } from "../edge/whole-edge.ts";

const RealWorker = globalThis.Worker;
afterEach(() => {
  globalThis.Worker = RealWorker;
});

/** Every worker that is started from now on, to be killed by the test. */
function watchWorkers(): Worker[] {
  const workers: Worker[] = [];
  globalThis.Worker = class extends RealWorker {
    constructor(...options: ConstructorParameters<typeof RealWorker>) {
      super(...options);
      workers.push(this);
    }
  };
  return workers;
}

test("one of two workers is killed while readers read; it is replaced and serves the newest edition", async () => {
  const workers = watchWorkers();
  await using edge = new WholeEdge({ decision: { mode: "off" } });
  await edge.publish({ "/": "front" });
  await edge.start();
  const reading = new AbortController();
  const outcomes: string[] = [];
  const reader = async (): Promise<void> => {
    while (!reading.signal.aborted)
      outcomes.push(
        await edge.get("/").then(
          (answer) => answer.text(),
          () => "lost",
        ),
      );
  };
  const readers = Promise.all(Array.from({ length: 8 }, reader));
  const served = edge.event("edition.served", ({ version }) => version === 2);
  workers[0]?.terminate();
  await edge.publish({ "/": "the next front" });
  await served;
  await until(async () => (await edge.bus.request("edge.status", {})).edge.workers === 2);
  const before = outcomes.length;
  await until(async () => outcomes.length > before + 200);
  reading.abort();
  await readers;

  expect(outcomes.filter((outcome) => outcome === "lost").length).toBeLessThanOrEqual(8);
  expect(outcomes.slice(before).every((outcome) => outcome === "the next front")).toBe(true);
  expect(workers).toHaveLength(3);
});

test("all workers are killed at once: pages are back by themselves", async () => {
  const workers = watchWorkers();
  await using edge = new WholeEdge({ decision: { mode: "off" } });
  await edge.publish({ "/": "front" });
  await edge.start();
  for (const worker of workers) worker.terminate();
  await until(
    async () =>
      (await edge.get("/").then(
        (answer) => answer.text(),
        () => "lost",
      )) === "front",
  );
});

test("all workers are killed under siege: what waits and what was earned stays good, what was spent stays spent", async () => {
  const workers = watchWorkers();
  using origin = workingOrigin();
  await using edge = new WholeEdge({ origin: { url: origin.url }, decision: { mode: "siege" } });
  await edge.start();
  const { pass, ticket } = givenOut(edge);
  let asked = 0;
  const ask = async (cookie: string): Promise<number> => {
    asked += 1;
    return (await edge.get(searchFor(asked), { headers: { cookie } })).status;
  };
  const through = async (cookie: string, times: number): Promise<number> => {
    const statuses = await Promise.all(Array.from({ length: times }, async () => await ask(cookie)));
    return statuses.filter((status) => status === 200).length;
  };
  const [waits, spent] = [ticket(), ticket()];
  expect([await through(pass, passBudget - 10), await ask(spent)]).toEqual([passBudget - 10, 200]);

  for (const worker of workers.slice()) worker.terminate();
  await until(async () => workers.length === 4);
  await until(
    async () =>
      await edge.get("/robots.txt").then(
        () => true,
        () => false,
      ),
  );

  expect(await through(pass, passBudget)).toBe(10);
  expect([await ask(waits), await ask(waits), await ask(spent)]).toEqual([200, 503, 503]);
}, 20_000);

/** Cookies with a whole pass, and with tickets that have waited long enough, as this edge's workers give them out. */
function givenOut({ data }: WholeEdge): { readonly pass: string; readonly ticket: () => string } {
  using database = new EdgeDatabase(data.edgeDatabase);
  const keys = new GateKeys(database.gateSecret);
  const [passes, tickets] = [new Passes(keys, systemRandom), new Tickets(keys, systemRandom)];
  const nowMs = systemClock.nowMs();
  const given = { site: "portal", effort: 0 } as const;
  return {
    pass: `kasbah-pass=${passes.issue({ ...given, nowMs })}`,
    ticket: () => `kasbah-ticket=${tickets.issue({ ...given, purpose: "work", nowMs: nowMs - 3_000 })}`,
  };
}
