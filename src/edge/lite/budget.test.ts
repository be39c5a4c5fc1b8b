// Readers who want more than the line gives, second by second: with `edge.lite` what is sent stays within the line, without it the line is exceeded.
import { describe, expect, test } from "bun:test";
import { startMs, startTestEdge, type TestEdge } from "../../../test/edge/in-process.ts";
import type { Event } from "../../bus/bus.ts";
import { silentLog } from "../../base/log.ts";
import { connectBus } from "../../bus/local.ts";
import { startHub } from "../../bus/hub.ts";
import { WorkerTally } from "../../decision/tally.ts";
import { testConfig } from "../../../test/edge/config.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { join } from "node:path";
import { ServiceKeeper } from "./service-keeper.ts";

const lineMbit = 4;
const lineBytesPerS = (lineMbit * 1_000_000) / 8;
/** A front with its style and two pictures; what each reader's browser asks for. */
const parts = ["/style.css", "/a.webp", "/b.webp"];
const page = `<p>words</p>`.repeat(4_000);
const text =
  '<!doctype html><html lang="fr" dir="ltr"><head><title>t</title></head><body><main>words</main></body></html>';

interface Simulation extends AsyncDisposable {
  readonly edge: TestEdge;
  readonly keeper: ServiceKeeper;
  readonly told: Event<"service">[];
  /** So many readers open the front in this second; gives back what was sent to them, bytes. */
  second(readers: number, also?: (edge: TestEdge) => Promise<void>): Promise<number>;
}

async function simulate(lite: boolean): Promise<Simulation> {
  const lifetimes = new AsyncDisposableStack();
  const { path, remove } = temporaryFolder();
  lifetimes.defer(remove);
  const socket = join(path, "bus.sock");
  lifetimes.use(await startHub(socket));
  const bus = lifetimes.use(await connectBus(socket));
  const told: Event<"service">[] = [];
  const tally = new WorkerTally({ first: 1, second: 2 });
  const edge = lifetimes.use(startTestEdge({ tally }));
  edge.publish([
    { path: "/", body: page },
    { path: "/ar/text", body: text },
    { path: "/style.css", body: "a{}".repeat(3_000), type: "text/css" },
    { path: "/a.webp", body: new Uint8Array(40_000), type: "image/webp" },
    { path: "/b.webp", body: new Uint8Array(40_000), type: "image/webp" },
  ]);
  const config = testConfig({ edge: { lite, line_mbit: lineMbit } });
  const context = { config, data: edge.data, bus, log: silentLog, clock: edge.clock, demo: false };
  const keeper = new ServiceKeeper({
    edge: "a",
    context,
    workers: 1,
    tell: (message) => {
      if (message.kind !== "service") return;
      edge.state.service = message.service.level;
      edge.state.lite.hear(message.service, edge.clock.nowMs());
      told.push({ ...keeper.facts });
    },
  });
  const second: Simulation["second"] = async (readers, also) => {
    await Promise.all(Array.from({ length: readers }, () => open(edge)));
    await also?.(edge);
    const counts = tally.take();
    keeper.hear({ lagMs: 1, counts, lite: edge.state.lite.take(), large: edge.state.transfers.take() });
    edge.clock.advance(1_000);
    keeper.tick();
    return counts.bytes;
  };
  return { edge, keeper, told, second, [Symbol.asyncDispose]: () => lifetimes.disposeAsync() };
}

/** As a browser does: the page, and what it names. */
async function open({ url }: TestEdge): Promise<void> {
  const answer = await fetch(`${url}/`);
  await answer.arrayBuffer();
  if (answer.headers.get("kasbah-form") === "text") return;
  for (const part of parts) await (await fetch(`${url}${part}`)).arrayBuffer();
}

async function run(there: Simulation, seconds: number, readers: number): Promise<number[]> {
  const sent: number[] = [];
  for (let at = 0; at < seconds; at += 1) sent.push(await there.second(readers));
  return sent;
}

const crowd = 12;

describe("readers who want more than the line gives", () => {
  test("get text pages within six seconds; from then on what is sent fits; back by itself", async () => {
    await using there = await simulate(true);
    const sent = await run(there, 20, crowd);
    expect(Math.max(...sent.slice(0, 5))).toBeGreaterThan(lineBytesPerS);
    expect(Math.max(...sent.slice(6))).toBeLessThan(lineBytesPerS / 10);
    expect(there.keeper.facts).toMatchObject({ level: "lite", causes: ["line"], ordered_until: null });
    expect(there.keeper.facts.texts).toBeGreaterThan(crowd * 12);
    await run(there, 90, 1);
    expect(there.told.map(({ level }) => level)).toEqual(["lite", "normal"]);
    expect(there.told[0]?.since).toBe(new Date(startMs + 5_000).toISOString());
  }, 20_000);

  test("with edge.lite = false they exceed it for as long as they come", async () => {
    await using there = await simulate(false);
    expect(Math.min(...(await run(there, 20, crowd)))).toBeGreaterThan(lineBytesPerS);
    expect(there.told).toEqual([]);
  }, 20_000);
});

test("who insists on whole pages gets a tenth of the line in all, and no more", async () => {
  await using there = await simulate(true);
  await run(there, 8, crowd);
  const insisting = async ({ url }: TestEdge): Promise<void> => {
    for (let at = 0; at < 40; at += 1) await (await fetch(`${url}/?kasbah=whole`)).arrayBuffer();
  };
  const sent: number[] = [];
  for (let at = 0; at < 10; at += 1) sent.push(await there.second(1, insisting));
  const total = sent.reduce((sum, bytes) => sum + bytes, 0);
  expect(total).toBeLessThan(lineBytesPerS * 0.2 * sent.length);
  expect(there.keeper.facts.level).toBe("lite");
}, 20_000);

test("an operator's order is kept, and ends by itself", async () => {
  await using there = await simulate(true);
  there.keeper.order({ level: "read-only", seconds: 5 });
  await run(there, 2, 1);
  expect(there.keeper.facts).toMatchObject({ level: "read-only", causes: [] });
  await run(there, 5, 1);
  expect(there.keeper.facts).toMatchObject({ level: "normal", ordered_until: null, since: null });
});
