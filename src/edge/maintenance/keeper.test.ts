// Maintenance on a whole edge: asked for over the bus, in all workers at once, also after a restart.
import { expect, test } from "bun:test";
import { until, WholeEdge } from "../../../test/edge/whole-edge.ts";
import { startMs } from "../../../test/edition-fixture.ts";
import { rfc3339, systemClock } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";

const pages = { "/": "front", "/fr/a": "the march" };

async function statuses(edge: WholeEdge): Promise<number[]> {
  const answers = await Promise.all(Array.from({ length: 20 }, () => edge.get("/")));
  return [...new Set(answers.map(({ status }) => status))];
}

async function restart(edge: WholeEdge): Promise<void> {
  await edge.stop();
  await edge.start();
}

const everywhere = (edge: WholeEdge, status: number): Promise<void> =>
  until(async () => (await statuses(edge)).join() === String(status));

test("on, over a restart, off; what it says is told", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await edge.start();
  expect((await edge.bus.request("edge.maintenance", {})).maintenance).toBeNull();
  const ask = { until: null, message: " Nous revenons. " };
  const { maintenance } = await edge.bus.request("edge.maintenance.on", ask);
  expect(maintenance).toEqual({
    since: rfc3339(startMs),
    until: null,
    message: "Nous revenons.",
    closed: false,
  });
  await everywhere(edge, 503);
  await restart(edge);
  expect(await statuses(edge)).toEqual([503]);
  await edge.bus.request("edge.maintenance.off", {});
  await everywhere(edge, 200);
  await restart(edge);
  expect(await statuses(edge)).toEqual([200]);
}, 20_000);

test("a time that has passed is refused, and one that passes ends it", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await edge.start();
  const on = (untilMs: number): Promise<unknown> =>
    edge.bus.request("edge.maintenance.on", { until: rfc3339(untilMs), message: "" });
  expect(await on(startMs - 1).catch(messageOf)).toContain("that time has passed");
  // Readers' workers go by the system's clock.
  await on(systemClock.nowMs() + 400);
  await everywhere(edge, 503);
  await everywhere(edge, 200);
}, 20_000);
