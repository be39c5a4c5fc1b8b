// 31 July 2011 again: an edge with an edition, a watch, and `kasbah attack` against both, as somebody at home would run it.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { systemClock } from "../../src/base/clock.ts";
import { silentLog } from "../../src/base/log.ts";
import type { Incident } from "../../src/bus/facts.ts";
import { startHub } from "../../src/bus/hub.ts";
import { connectBus, type LocalBus } from "../../src/bus/local.ts";
import type { AttackRecord } from "../../src/cli/attack-words.ts";
import { startEdge } from "../../src/edge/role.ts";
import { startWatch } from "../../src/watch/role.ts";
import { kasbah } from "../cli.ts";
import { testConfig } from "../edge/config.ts";
import { WholeEdge } from "../edge/whole-edge.ts";

const story = (path: string): string =>
  `<!doctype html><a href="/ar/">الرئيسية</a><p>${path}</p>${"متن ".repeat(3_000)}`;
const pages = {
  "/": `<!doctype html><a href="/ar/2011/07/march">1</a><a href="/fr/2011/07/marche">2</a>${"خبر ".repeat(3_000)}`,
  "/ar/2011/07/march": story("march"),
  "/fr/2011/07/marche": story("marche"),
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
  const context = async () => ({
    config,
    data,
    bus: lifetimes.use(await connectBus(data.busSocket)),
    log: silentLog,
    clock: systemClock,
    demo: false,
  });
  bus = lifetimes.use(await connectBus(data.busSocket));
  lifetimes.use(await startWatch(await context()));
  lifetimes.use(await startEdge(await context()));
});
afterAll(() => lifetimes.disposeAsync());

describe("kasbah attack mamfakinch-2011", () => {
  test("readers read on, and the register says what happened", async () => {
    const { exitCode, stdout, stderr } = await attack(
      "--sources",
      "1000",
      "--seconds",
      "6",
      "--seed",
      "7",
      "--json",
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const { plan, report, incident } = JSON.parse(stdout) as AttackRecord;
    expect(plan).toMatchObject({ profile: "mamfakinch-2011", seed: 7, sources: 1_000 });
    expect(report.flood.sent).toBeGreaterThan(5_000);
    expect(report.flood.statuses).toEqual({ "200": report.flood.answered });
    expect(report.readers.flood.right).toBe(report.readers.flood.reads);
    expect(report.readers.amongFlood.right).toBeGreaterThan(0);
    expect(incident).toMatchObject({ kind: "flood", drill: true, status: "closed", outcome: "neutralised" });
    expect(incident?.countries[0]).toMatchObject({ code: "SA" });
    expect(Math.abs((incident?.requests ?? 0) - report.flood.answered) / report.flood.answered).toBeLessThan(
      0.15,
    );
    expect(Math.abs((incident?.sources ?? 0) - 1_060) / 1_060).toBeLessThan(0.1);
  }, 60_000);

  test("it is nobody's trouble afterwards: nothing is open, and the register marks it", async () => {
    expect(await bus.request("watch.status", {})).toEqual({ mode: "calm", incidents_open: 0 });
    const { incidents } = await bus.request("watch.incidents.list", {});
    expect(incidents.map(({ drill }: Incident) => drill)).toEqual([true]);
  });
});

/** With time for the drill and its record. */
function attack(...options: readonly string[]) {
  return kasbah("attack", "mamfakinch-2011", "--data", house.data.root, ...options);
}
