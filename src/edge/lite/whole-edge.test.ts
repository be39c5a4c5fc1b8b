// An operator's order on a whole edge: in all workers at once, told on the bus and to whoever asks, taken back.
import { expect, test } from "bun:test";
import { until, WholeEdge } from "../../../test/edge/whole-edge.ts";
import type { Event } from "../../bus/bus.ts";

const filler = "<p>and so on</p>".repeat(500);
const text =
  '<!doctype html><html lang="ar" dir="rtl"><head><title>t</title></head><body><main>words</main></body></html>';

async function forms(edge: WholeEdge): Promise<string> {
  const answers = await Promise.all(Array.from({ length: 20 }, () => edge.get("/")));
  return [...new Set(answers.map(({ headers }) => headers.get("kasbah-form") ?? "whole"))].join();
}

test("text first in all workers, then everything again", async () => {
  await using edge = new WholeEdge();
  await edge.publish({ "/": `<p>front</p>${filler}`, "/ar/text": text });
  await edge.start();
  const told: Event<"service">["level"][] = [];
  edge.bus.subscribe("service", ({ level }) => void told.push(level));
  expect(await forms(edge)).toBe("whole");
  const { service } = await edge.bus.request("edge.service.order", { level: "lite", seconds: 600 });
  expect(service).toMatchObject({ level: "lite", causes: [] });
  expect(service.ordered_until).not.toBeNull();
  await until(async () => (await forms(edge)) === "text");
  expect(await (await edge.get("/_kasbah/health")).text()).toContain('"service":"lite"');
  expect((await edge.bus.request("edge.service", {})).service.level).toBe("lite");
  await edge.bus.request("edge.service.order", { level: "auto", seconds: 1 });
  await until(async () => (await forms(edge)) === "whole");
  await until(() => Promise.resolve(told.includes("lite") && told.at(-1) === "normal"));
}, 20_000);
