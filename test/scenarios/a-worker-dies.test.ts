// A worker thread dies in the middle of serving: readers notice nothing beyond the requests that it had in hand.
import { afterEach, expect, test } from "bun:test";
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
