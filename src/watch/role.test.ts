// The watch as a process on a real bus: questions answered, metrics served, and kill -9 in the middle of a flood.
import { afterEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { bots, readers, testEdge } from "../../test/observations.ts";
import { findingAt } from "../../test/origin-facts.ts";
import { fakeFacts } from "../../test/studio/fake-edge.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { rfc3339, systemClock } from "../base/clock.ts";
import { silentLog } from "../base/log.ts";
import type { Bus, Event } from "../bus/bus.ts";
import type { Incident } from "../bus/facts.ts";
import { startHub } from "../bus/hub.ts";
import { connectBus } from "../bus/local.ts";
import type { Role } from "../bus/role.ts";
import { type DataFolder, dataFolder } from "../config/data-folder.ts";
import { parseConfig } from "../config/load.ts";
import { startWatch } from "./role.ts";

const config = parseConfig('[metrics]\nlisten = "127.0.0.1:0"\n', "kasbah.toml");
const edge = testEdge();

/** Ended after each test, last first. */
const lifetimes: AsyncDisposable[] = [];
afterEach(async () => {
  for (const lifetime of lifetimes.splice(0).reverse()) await lifetime[Symbol.asyncDispose]();
});

describe("the watch on the bus", () => {
  test("says how it stands, and what happened", async () => {
    const { bus } = await startHouse();
    expect(await bus.request("watch.status", {})).toEqual({ mode: "calm", incidents_open: 0, alerts: [] });
    await floodUntilOpen(bus);
    expect(await bus.request("watch.status", {})).toMatchObject({ mode: "guarded", incidents_open: 1 });
    const { incidents, total } = await bus.request("watch.incidents.list", { limit: 1 });
    expect(incidents).toMatchObject([{ kind: "flood", status: "open", drill: false }]);
    expect(total).toBe(1);
    const { incident } = await bus.request("watch.incidents.show", { id: incidents[0]?.id ?? "" });
    expect(incident).toEqual(incidents[0] ?? null);
    expect(await bus.request("watch.incidents.show", { id: "unknown" })).toEqual({ incident: null });
  });

  test("tells each second's traffic, and answers with those that were", async () => {
    const { bus } = await startHouse();
    const { promise, resolve } = Promise.withResolvers<Event<"traffic">>();
    bus.subscribe("traffic", resolve);
    await bus.flush();
    bus.publish("observation", edge.observe([bots(40)]));
    const told = await promise;
    expect(told).toMatchObject({ requests: 40, refused: 0, mode: "calm", incidents_open: 0 });
    expect((await bus.request("watch.traffic", {})).seconds).toEqual([told]);
  });

  test("takes a drill's word for loopback only", async () => {
    const { bus } = await startHouse();
    const drill = (network: string) => ({
      id: "drill",
      networks: [{ network, country: "SA", asn: 0, name: "" }],
      until: rfc3339(systemClock.nowMs() + 60_000),
    });
    expect(await bus.request("watch.drill", drill("127.64.0.0/16"))).toEqual({ ok: true });
    expect(bus.request("watch.drill", drill("192.0.2.0/24"))).rejects.toThrow(/not a \/16 of 127/);
  });

  test("hears of tampering", async () => {
    const { bus } = await startHouse();
    const told = nextIncident(bus, ({ kind }) => kind === "tampering");
    await bus.flush();
    bus.publish("tampering", {
      where: "blobs/aa",
      evidence: { at: rfc3339(0), what: "its hash is another" },
    });
    expect(await told).toMatchObject({ status: "open", evidence: [{ what: "its hash is another" }] });
  });
});

describe("metrics", () => {
  test("tell what was observed", async () => {
    const { bus, metricsUrl } = await startHouse();
    const gate = { asking: 1, effort: 0, waiting: 12, tickets: 7, passes: 5 };
    bus.publish("observation", { ...edge.observe([...readers(10)]), sign_in: gate });
    bus.publish("defence", fakeFacts(0));
    bus.publish("stale", { edge: "edge-1", version: 7, stale: true, expired_at: rfc3339(0) });
    await bus.flush();
    await bus.request("watch.status", {});
    const text = await (await fetch(metricsUrl)).text();
    expect(text).toContain('kasbah_requests_total{edge="edge-1"} 10');
    expect(text).toContain('kasbah_responses_total{edge="edge-1",status="2xx"} 10');
    expect(text).toContain('kasbah_edition_version{edge="edge-1"} 7');
    expect(text).toContain('kasbah_edition_stale{edge="edge-1"} 1');
    expect(text).toContain('kasbah_sign_in_gate{edge="edge-1",what="waiting"} 12');
    expect(text).toContain('kasbah_mode{mode="calm"} 1');
    expect(text).toContain('kasbah_edge_mode{edge="edge-1",mode="calm"} 1');
  });

  test("are all in docs/metrics.md, as they are", async () => {
    const { metricsUrl } = await startHouse();
    const text = await (await fetch(metricsUrl)).text();
    const rows = [...text.matchAll(/# HELP (\S+) (.*)\n# TYPE \S+ (\S+)/g)].map(
      ([, name, help, type]) => `| \`${name}\` | ${type} | ${help} |`,
    );
    const page = await Bun.file(join(import.meta.dir, "../../docs/metrics.md")).text();
    expect(rows.length).toBeGreaterThan(10);
    expect(page.split("\n").filter((line) => line.startsWith("| `"))).toEqual(rows);
  });

  test("are all that is answered there", async () => {
    const { metricsUrl } = await startHouse();
    expect((await fetch(new URL("/", metricsUrl))).status).toBe(404);
    expect((await fetch(metricsUrl, { method: "POST" })).status).toBe(405);
  });

  test("on a port that is taken: said plainly, with the setting", async () => {
    const { bus, data, metricsUrl } = await startHouse();
    const taken = parseConfig(`[metrics]\nlisten = "${new URL(metricsUrl).host}"\n`, "kasbah.toml");
    const second = startWatch({ config: taken, data, bus, log: silentLog, clock: systemClock, demo: false });
    expect(second).rejects.toThrow(/can't listen on 127\.0\.0\.1:\d+ for metrics: somebody else does/);
  });
});

test("killed with SIGKILL in the middle of a flood, it goes on with the same incident and counts nothing twice", async () => {
  const { bus, data } = await startBus();
  const perSecond = 2_000;
  let sent = 0;
  const flood = setInterval(() => {
    bus.publish("observation", edge.observe([bots(perSecond)]));
    sent += perSecond;
  }, 200);
  lifetimes.push({ [Symbol.asyncDispose]: async () => clearInterval(flood) });
  const incident = nextIncident(bus, ({ status }) => status === "open");
  const first = spawnWatch(data);
  const before = await incident;
  first.kill("SIGKILL");
  await first.exited;
  const again = nextIncident(bus, ({ requests }) => requests > before.requests);
  spawnWatch(data);
  const after = await again;
  expect(after.id).toBe(before.id);
  expect(after.requests).toBeLessThanOrEqual(sent);
  expect(after.evidence.some(({ what }) => what.includes("started again"))).toBe(true);
  const { incidents } = await bus.request("watch.incidents.list", {});
  expect(incidents).toHaveLength(1);
}, 20_000);

test("a finding on the bus is an incident and with people within a second; the heartbeat begins once an edge is heard", async () => {
  const arrived = Promise.withResolvers<{ type: string }>();
  const beat = Promise.withResolvers<void>();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      if (request.method === "GET") beat.resolve();
      else arrived.resolve(await request.json());
      return new Response();
    },
  });
  lifetimes.push({ [Symbol.asyncDispose]: () => server.stop(true) });
  const settings = `
    [metrics]
    listen = "127.0.0.1:0"
    [watch]
    alerts = [{ kind = "webhook", url = "${server.url}hook" }]
    heartbeat_url = "${server.url}beat"`;
  const { bus } = await startHouse(parseConfig(settings, "kasbah.toml"));
  const begun = systemClock.nowMs();
  bus.publish("origin.finding", findingAt(begun));
  expect((await arrived.promise).type).toBe("incident.opened");
  expect(systemClock.nowMs() - begun).toBeLessThan(1_000);
  const { incidents } = await bus.request("watch.incidents.list", {});
  expect(incidents).toMatchObject([{ kind: "defacement", status: "open" }]);
  bus.publish("observation", edge.observe([...readers(10)]));
  await beat.promise;
  const status = await bus.request("watch.status", {});
  expect(status.alerts).toMatchObject([{ sent: 1, failed: 0, waiting: 0 }]);
});

interface Running {
  readonly bus: Bus;
  readonly data: DataFolder;
}

async function startBus(): Promise<Running> {
  const folder = temporaryFolder();
  lifetimes.push(folder);
  const data = dataFolder(folder.path);
  await Bun.write(join(data.run, ".keep"), "");
  lifetimes.push(await startHub(data.busSocket));
  const bus = await connectBus(data.busSocket);
  lifetimes.push(bus);
  return { bus, data };
}

async function startHouse(settings = config): Promise<Running & { readonly metricsUrl: string }> {
  const { bus, data } = await startBus();
  const own = await connectBus(data.busSocket);
  const role: Role = await startWatch({
    config: settings,
    data,
    bus: own,
    log: silentLog,
    clock: systemClock,
    demo: false,
  });
  lifetimes.push(own, role);
  return { bus, data, metricsUrl: role.addresses[0]?.replace("metrics ", "") ?? "" };
}

/** Observations, one every 50 ms as if each were a second, until the incident is there. */
async function floodUntilOpen(bus: Bus): Promise<Incident> {
  const opened = nextIncident(bus, ({ status }) => status === "open");
  await bus.flush();
  const timer = setInterval(() => bus.publish("observation", edge.observe([bots(2_000)])), 50);
  try {
    return await opened;
  } finally {
    clearInterval(timer);
  }
}

function nextIncident(bus: Bus, wanted: (incident: Incident) => boolean): Promise<Incident> {
  const { promise, resolve } = Promise.withResolvers<Incident>();
  const end = bus.subscribe("incident", (incident) => {
    if (!wanted(incident)) return;
    end();
    resolve(incident);
  });
  return promise;
}

/** The role in a process of its own, as `kasbah up` runs it. */
function spawnWatch(data: DataFolder): Bun.Subprocess {
  const program = `
    import { systemClock } from "./src/base/clock.ts";
    import { silentLog } from "./src/base/log.ts";
    import { connectBus } from "./src/bus/local.ts";
    import { dataFolder } from "./src/config/data-folder.ts";
    import { parseConfig } from "./src/config/load.ts";
    import { startWatch } from "./src/watch/role.ts";
    const data = dataFolder(${JSON.stringify(data.root)});
    const config = parseConfig('[metrics]\\nlisten = "127.0.0.1:0"\\n', "kasbah.toml");
    await startWatch({ config, data, bus: await connectBus(data.busSocket), log: silentLog, clock: systemClock, demo: false });
  `;
  const child = Bun.spawn([process.execPath, "-e", program], {
    cwd: join(import.meta.dir, "../.."),
    stdio: ["ignore", "inherit", "inherit"],
    timeout: 20_000,
  });
  lifetimes.push({
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
  });
  return child;
}
