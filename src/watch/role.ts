/** The watch as a role: listens to edges and newsroom, tells people, answers who asks about incidents, and serves the metrics. */
import type { Database } from "bun:sqlite";
import { messageOf } from "../base/errors.ts";
import { systemRandom } from "../base/random.ts";
import { type Role, type RoleContext, serve, type StartRole } from "../bus/role.ts";
import { usualRate } from "../decision/baseline.ts";
import { feature as incidents } from "../incidents/feature.ts";
import { openDatabase } from "../store/database.ts";
import { feature as memory } from "./memory.ts";
import { feature as jobs } from "../jobs/feature.ts";
import { configuredOrigin, linkOrigin } from "../people/origins.ts";
import { Alerts } from "./alerts/alerts.ts";
import { channelsOf } from "./alerts/channel.ts";
import { Heartbeat } from "./alerts/heartbeat.ts";
import { outbound } from "./alerts/outbound.ts";
import { Metrics } from "./metrics.ts";
import { serveMetrics } from "./metrics-server.ts";
import { Watch } from "./watch.ts";

const features = [incidents, memory, jobs];
const lookEveryMs = 1_000;

export const startWatch: StartRole = async (context) => {
  const { config, data, bus, log, clock } = context;
  const database = openDatabase(
    data.watchDatabase,
    features.flatMap(({ migrations }) => migrations),
  );
  const alerts = openAlerts(context, database);
  const watch = new Watch({
    database,
    bus,
    log,
    clock,
    random: systemRandom,
    languages: config.site.languages,
    retentionDays: config.watch.retention,
    alert: (incident) => alerts.tell(incident),
  });
  const metrics = new Metrics(clock);
  const server = serveMetrics(config.metrics.listen, metrics.registry, () =>
    metrics.state({
      mode: watch.mode,
      open: watch.register.countOpen(),
      census: watch.register.census(),
      usualPerS: usualRate(watch.baseline, clock.nowMs()),
      lost: bus.lost,
      alerts: alerts.states,
    }),
  );
  const stopListening = listen(context, { watch, metrics, alerts });
  answer(context, watch, alerts);
  const heartbeat = heartbeatOf(context);
  const timer = setInterval(() => {
    watch.look();
    if (watch.isWell) heartbeat?.beat();
  }, lookEveryMs);
  await bus.flush();
  learnEdition(context, metrics);
  return roleOf(server.url, async () => {
    clearInterval(timer);
    stopListening();
    await alerts[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    watch.save();
    database.close();
  });
};

function openAlerts({ config, log, clock }: RoleContext, database: Database): Alerts {
  const { name: siteName, time_zone: timeZone } = config.site;
  const studio = linkOrigin(config, configuredOrigin(config));
  const channels = channelsOf(config, clock);
  const context = { siteName, timeZone, studio };
  return new Alerts({ database, clock, random: systemRandom, log, channels, context });
}

/** Undefined where nobody waits for one. */
function heartbeatOf({ config: { watch, outbound: out }, clock, log }: RoleContext): Heartbeat | undefined {
  const url = watch.heartbeat_url;
  return url === "" ? undefined : new Heartbeat({ url, send: outbound(out.proxy), clock, log });
}

interface Listeners {
  readonly watch: Watch;
  readonly metrics: Metrics;
  readonly alerts: Alerts;
}

/** Returns what ends it. */
function listen({ bus, log }: RoleContext, { watch, metrics, alerts }: Listeners): () => void {
  const ends = [
    bus.subscribe("observation", (observation) => {
      watch.observe(observation);
      metrics.observe(observation);
    }),
    bus.subscribe("defence", (facts) => {
      watch.hear(facts);
      metrics.defence(facts);
    }),
    bus.subscribe("service", (facts) => metrics.service.service(facts)),
    bus.subscribe("tampering", (event) => watch.report(event)),
    bus.subscribe("origin.finding", (finding) => {
      watch.find(finding);
      metrics.origin.finding(finding);
    }),
    bus.subscribe("origin.state", (state) => {
      watch.hearOrigin(state);
      metrics.origin.state(state);
    }),
    bus.subscribe("origin.question", (question) => {
      watch.answer(question);
      alerts.ask(question);
    }),
    bus.subscribe("origin.evidence", (gathered) => watch.gather(gathered)),
    bus.subscribe("edition.served", ({ edge, version }) => metrics.edition(edge, version, false)),
    bus.subscribe("stale", ({ edge, version, stale, expired_at }) => {
      metrics.edition(edge, version, stale);
      log.warn(stale ? "the edition is stale: it was not renewed in time" : "the edition is fresh again", {
        edge,
        version,
        expired_at,
      });
    }),
  ];
  return () => ends.forEach((end) => end());
}

function answer({ bus }: RoleContext, watch: Watch, alerts: Alerts): void {
  serve(bus, {
    "watch.status": () => ({
      mode: watch.mode,
      incidents_open: watch.register.countOpen(),
      alerts: alerts.states,
    }),
    "watch.traffic": () => ({ seconds: [...watch.traffic] }),
    "watch.incidents.list": ({ limit }) => ({
      incidents: limit === undefined ? watch.register.list() : watch.register.foremost(limit),
      total: watch.register.count(),
    }),
    "watch.incidents.show": ({ id }) => ({ incident: watch.register.find(id) ?? null }),
    "watch.drill": (drill) => {
      watch.announce(drill);
      return { ok: true };
    },
  });
}

/** An edge that was there before us does not say again what it serves. */
function learnEdition({ bus, log }: RoleContext, metrics: Metrics): void {
  bus.request("edge.status", {}).then(
    (status) => metrics.edgeStatus(status),
    (thrown: unknown) => log.debug("no edge answers yet", { error: messageOf(thrown) }),
  );
}

function roleOf(url: string, stop: () => Promise<void>): Role {
  return { addresses: [`metrics ${url}`], [Symbol.asyncDispose]: stop };
}
