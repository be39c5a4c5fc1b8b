// 31 July 2011 again: an edge with an edition, a watch, and `kasbah attack` against both, as somebody at home would run it.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { flood } from "../../attacks/flood.ts";
import type { FloodReport } from "../../attacks/flood-counts.ts";
import { chooseTarget } from "../../attacks/target.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { systemClock } from "../../src/base/clock.ts";
import { silentLog } from "../../src/base/log.ts";
import { startHub } from "../../src/bus/hub.ts";
import { connectBus, type LocalBus } from "../../src/bus/local.ts";
import type { AttackRecord } from "../../src/cli/attack-words.ts";
import { startEdge } from "../../src/edge/role.ts";
import { startWatch } from "../../src/watch/role.ts";
import { kasbah } from "../cli.ts";
import { testConfig } from "../edge/config.ts";
import { WholeEdge } from "../edge/whole-edge.ts";

const story = (words: string): string =>
  `<!doctype html><a href="/ar/">الرئيسية</a><p>${words.repeat(3_000)}`;
const pages = {
  "/": `<!doctype html><a href="/ar/2011/07/march">1</a><a href="/fr/2011/07/marche">2</a>${"خبر ".repeat(3_000)}`,
  "/ar/2011/07/march": story("مسيرة "),
  "/fr/2011/07/marche": story("marche "),
};

let house: WholeEdge;
let bus: LocalBus;
const lifetimes = new AsyncDisposableStack();

beforeAll(async () => {
  house = lifetimes.use(new WholeEdge());
  await house.publish(pages);
  const { data } = house;
  await mkdir(data.run, { recursive: true });
  lifetimes.use(await startHub(data.busSocket));
  const config = testConfig({
    edge: { listen: ["127.0.0.1:0"], workers: 2 },
    metrics: { listen: "127.0.0.1:0" },
  });
  const start = async (role: typeof startEdge): Promise<void> => {
    const own = lifetimes.use(await connectBus(data.busSocket));
    lifetimes.use(await role({ config, data, bus: own, log: silentLog, clock: systemClock, demo: false }));
  };
  bus = lifetimes.use(await connectBus(data.busSocket));
  await start(startWatch);
  await start(startEdge);
});
afterAll(() => lifetimes.disposeAsync());

test("in a drill readers read on, and the register says what happened", async () => {
  const { exitCode, stdout, stderr } = await attack(
    "--sources",
    "1000",
    "--seconds",
    "5",
    "--seed",
    "7",
    "--json",
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const { plan, report, incident } = JSON.parse(stdout) as AttackRecord;
  expect(plan).toMatchObject({ profile: "mamfakinch-2011", seed: 7, sources: 1_000 });
  expect(report.flood.sent).toBeGreaterThan(5_000);
  const { "200": served = 0, "429": refused = 0, ...others } = report.flood.statuses;
  expect([served + refused, others]).toEqual([report.flood.answered, {}]);
  expect(report.readers.flood.right).toBe(report.readers.flood.reads);
  expect(report.readers.among_flood.right).toBeGreaterThan(0);
  expect(incident).toMatchObject({ kind: "flood", drill: true, status: "closed" });
  // Which of the two is the machine's to say: it may be busy with other tests.
  expect(["neutralised", "degraded"]).toContain(incident?.outcome ?? "");
  expect(incident?.countries[0]).toMatchObject({ code: "SA" });
  expect(apart(incident?.requests, report.flood.answered)).toBeLessThan(0.15);
  expect(apart(incident?.sources, 1_060)).toBeLessThan(0.1);
}, 60_000);

test("afterwards nothing is open, and the register marks it as a drill", async () => {
  expect(await bus.request("watch.status", {})).toMatchObject({ incidents_open: 0 });
  const { incidents } = await bus.request("watch.incidents.list", {});
  expect(incidents.map(({ drill }) => drill)).toEqual([true]);
});

test("a real flood in the middle of a drill is seen as one", async () => {
  const drilled = attack("--sources", "300", "--seconds", "6", "--seed", "8");
  const real = await realFlood(400);
  expect((await drilled).exitCode).toBe(0);
  const { incidents } = await bus.request("watch.incidents.list", {});
  const [seen, ...others] = incidents.filter(({ drill }) => !drill);
  expect(others).toEqual([]);
  expect(seen).toMatchObject({ kind: "flood", status: "open" });
  expect(apart(seen?.requests, real.answered)).toBeLessThan(0.3);
  expect((await bus.request("watch.status", {})).incidents_open).toBe(1);
}, 60_000);

/** With time for the drill and its record. */
function attack(...options: readonly string[]) {
  return kasbah("attack", "mamfakinch-2011", "--data", house.data.root, ...options);
}

/** For as long as a drill lasts, from addresses that nobody announced. */
async function realFlood(sources: number): Promise<FloodReport> {
  const { edge } = await bus.request("edge.status", {});
  const bots = Array.from({ length: sources }, (_, at) => ({
    address: `127.40.${at >> 7}.${1 + (at & 127)}`,
    headers: 0,
  }));
  const plan = {
    seed: 1,
    seconds: 10,
    rate: 1_000,
    bots,
    headers: [[]],
    headersFor: "source",
    addresses: "own",
    asks: [[1, { goal: "front" }]],
    perConnection: [5, 10],
    networks: [],
    taken: [],
  } as const;
  const front = { path: "/", sha256: sha256(pages["/"]), bytes: 0, parts: [] };
  return await flood({ plan, target: chooseTarget(edge.addresses, "localhost"), pages: [front] });
}

/** Relative difference. */
function apart(left: number | undefined, right: number): number {
  return Math.abs((left ?? 0) - right) / right;
}
