/** A worker thread's whole life: told what to serve, it listens on the shared port and answers until it is told to stop. */
import { parentPort } from "node:worker_threads";
import { systemClock } from "../base/clock.ts";
import { messageOf, OperatorError } from "../base/errors.ts";
import { createLog } from "../base/log.ts";
import type { ListenAddress } from "../base/network.ts";
import { dataFolder } from "../config/data-folder.ts";
import { CompiledRules } from "../decision/requests/compiled-rules.ts";
import type { Rule } from "../decision/signatures/rule.ts";
import { SourceTable } from "../decision/sources/source-table.ts";
import { WorkerTally } from "../decision/tally.ts";
import { AddressBook } from "./address-book.ts";
import type { CacheReply } from "./cache/cache-messages.ts";
import { lookAgain } from "./judging/look-again.ts";
import type { Treatment } from "./judging/told.ts";
import type { ServiceTold } from "./lite/lite.ts";
import type { Doors, FromWorker, ToWorker, WorkerReport, WorkerStart } from "./messages.ts";
import { type Listener, listen } from "./server.ts";
import { createState, type EdgeState } from "./state.ts";
import type { Certificate } from "./tls/certificate.ts";

/** How often slow readers are looked for and old clients forgotten. */
const housekeepingMs = 1_000;

/** Rules are judged again every second by the main thread. When it has been silent for so long, nobody judges them, and none holds. */
const unjudgedMaxMs = 30_000;

interface Running {
  readonly state: EdgeState;
  readonly tally: WorkerTally;
  /** For readers, and where what comes in clear is led to these. */
  readonly listeners: readonly Listener[];
  readonly redirectors: readonly Listener[];
  rules: readonly Rule[];
  /** When the main thread was last heard of, by the monotonic clock. */
  heardMs: number;
}

let running: Running | undefined;

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

parentPort?.on("message", (message: ToWorker) => {
  if (message.kind === "start") start(message.start);
  else if (running !== undefined) obey(message, running);
});

function start(options: WorkerStart): void {
  try {
    running = open(options);
    tell({ kind: "listening", doors: doorsOf(running) });
  } catch (thrown) {
    if (!(thrown instanceof OperatorError)) throw thrown;
    tell({ kind: "unable", message: thrown.message, hint: thrown.hint, exitCode: thrown.exitCode });
  }
}

/** With real ports. */
function doorsOf({ listeners, redirectors }: Running): Doors {
  const addressOf = ({ address }: Listener): ListenAddress => address;
  return { listen: listeners.map(addressOf), redirect: redirectors.map(addressOf) };
}

function open({
  config,
  data,
  workers,
  hashKey,
  geoDatabase,
  sources,
  keptKeys,
  gates,
  doors,
  certificate,
  ...now
}: WorkerStart): Running {
  const tally = new WorkerTally(hashKey);
  /** In this second: what readers ask for a thousand times is told once. */
  const reported = new Set<string>();
  const state = createState({
    config,
    data: dataFolder(data),
    workers,
    sources: new SourceTable(hashKey, sources),
    tally,
    hashKey,
    geoDatabase,
    keptKeys,
    gates,
    clock: systemClock,
    monotonicMs: () => performance.now(),
    log: createLog("edge"),
    reportFault: ({ sha256, length }, fault) => {
      if (reported.has(sha256)) return;
      reported.add(sha256);
      tell({ kind: "fault", blob: { sha256, length }, fault });
    },
    reportReading: (reading) => tell({ kind: "reading", reading }),
    tellCache: (asked) => tell({ kind: "cache", asked }),
  });
  if (state.origin !== undefined) state.origin.addresses.rules = now.parameterRules;
  if (now.originAwayMs !== undefined) state.origin?.gate.recall(now.originAwayMs);
  state.origin?.judge.begin(now.baseline);
  state.origin?.judge.treat(now.treatment);
  state.mode = now.mode;
  state.isSiegeOrdered = now.isSiegeOrdered;
  become(now.service, state);
  state.maintenance = now.maintenance;
  state.admission.setBans(now.bans);
  if (now.edition !== undefined) serve(new AddressBook(now.edition), state);
  const listeners = doors.listen.map((address) => listen({ address, certificate }, config, state));
  const httpsPort = config.edge.https_port || (listeners[0]?.address.port ?? 0);
  const redirectors = doors.redirect.map((address) =>
    listen({ address, certificate: undefined, httpsPort }, config, state),
  );
  const opened: Running = {
    state,
    tally,
    listeners,
    redirectors,
    rules: [],
    heardMs: state.monotonicMs(),
  };
  rule(opened, now.rules);
  setInterval(() => {
    reported.clear();
    keepHouse(state);
    leaveUnjudged(opened);
  }, housekeepingMs);
  return opened;
}

function obey(message: Exclude<ToWorker, { kind: "start" }>, worker: Running): void {
  const { state, tally } = worker;
  const doors = [...worker.listeners, ...worker.redirectors];
  switch (message.kind) {
    case "edition":
      return serve(AddressBook.after(state.book, message.change), state);
    case "bans":
      return state.admission.setBans(message.bans);
    case "mode":
      state.mode = message.mode;
      return;
    case "service":
      return become(message.service, state);
    case "siege-ordered":
      state.isSiegeOrdered = message.isSiegeOrdered;
      return;
    case "rules":
      return rule(worker, message.rules);
    case "baseline":
      return state.origin?.judge.follow(message.change);
    case "treatment":
      return treat(message.treatment, state);
    case "cache":
      return hearOfCache(message.reply, state);
    case "look":
      return look(message, state);
    case "report":
      worker.heardMs = state.monotonicMs();
      state.origin?.sharing.heard();
      if (state.rules.size === 0 && worker.rules.length > 0) rule(worker, worker.rules);
      return report(message, state, tally);
    case "maintenance":
      state.maintenance = message.maintenance;
      return;
    case "origin-health":
      return state.origin?.gate.hear(message.hint);
    case "certificate":
      return renew(message.certificate, worker);
    case "close-idle":
      return doors.forEach((listener) => listener.closeIdle());
    case "stop":
      void stop(doors, state);
  }
}

function renew(certificate: Certificate, { listeners, state }: Running): void {
  try {
    for (const listener of listeners) listener.renew(certificate);
  } catch (thrown) {
    state.log.error("a renewed certificate can't be used; the old one stays", { reason: messageOf(thrown) });
  }
}

function become(told: ServiceTold, state: EdgeState): void {
  state.service = told.level;
  state.lite.hear(told, state.clock.nowMs());
}

function rule(worker: Running, rules: readonly Rule[]): void {
  worker.rules = rules;
  worker.state.rules = new CompiledRules(rules, worker.state.known.key);
}

/** What was open before a site was held would go on saying what nobody judges. What is opened while it is held is the staff's. */
function treat(treatment: Treatment, { origin, bridges }: EdgeState): void {
  if (origin === undefined) return;
  const wasHeld = origin.judge.isHeld;
  origin.judge.treat(treatment);
  if (!wasHeld && origin.judge.isHeld) bridges.endAll();
}

function look({ address, seenAs }: ToWorker & { kind: "look" }, { origin }: EdgeState): void {
  if (origin !== undefined) void lookAgain(address, seenAs, origin);
}

function hearOfCache(reply: CacheReply, { origin }: EdgeState): void {
  if (origin === undefined) return;
  if (reply.kind === "purge") origin.cache.purge(reply.what);
  if (reply.kind === "rules") origin.addresses.rules = reply.rules;
  origin.sharing.hear(reply);
}

/** What was told last holds again as soon as the main thread is back. */
function leaveUnjudged({ state, heardMs }: Running): void {
  if (state.rules.size === 0 || state.monotonicMs() - heardMs < unjudgedMaxMs) return;
  state.rules = new CompiledRules([], state.known.key);
  state.log.warn("the main thread is silent; no rule holds until it is back");
}

/** The sample changes hands; whatever else goes along is small. */
function report(
  { askedAtMs, counts }: ToWorker & { kind: "report" },
  { sampler, notes, lanes, holds, lite, transfers, origin: way, signIn }: EdgeState,
  tally: WorkerTally,
): void {
  const lagMs = Math.max(0, systemClock.nowMs() - askedAtMs);
  const sample = sampler.take();
  const origin = lanes.get("portal")?.vitals.take();
  const told: WorkerReport = {
    requests: Math.round(sample.count * sample.weight),
    sample,
    notes: notes.take(),
    held: holds.held,
    counts: counts ? tally.take() : undefined,
    lagMs,
    lite: lite.take(),
    large: transfers.take(),
    origin,
    gate: way?.gate.report(),
    signIn: signIn?.gate.report(),
    shown: way?.judge.takeShown(),
  };
  parentPort?.postMessage({ kind: "report", ...told } satisfies FromWorker, [sample.vectors.buffer]);
}

/** One assignment: every request from here on sees the new edition, none sees half of it. */
function serve(book: AddressBook, state: EdgeState): void {
  state.book = book;
  state.pages.keepOnly(book.entryIds);
  state.lite.keepOnly(book.entryIds);
  tell({ kind: "serving", version: book.version });
}

function keepHouse(state: EdgeState): void {
  const { transfers, lanes, origin, gates, signIn, admission, clock, log } = state;
  const cut = [...lanes.values()].reduce((sum, lane) => sum + lane.tend(), transfers.cutOverdue());
  if (cut > 0) log.info("cut readers who took large answers too slowly", { readers: cut });
  origin?.gate.tend();
  gates?.tend();
  signIn?.gate.tend();
  state.sharedNetworks.tend(state.monotonicMs());
  origin?.sharing.tend();
  admission.forget(clock.nowMs());
}

async function stop(listeners: readonly Listener[], { holds }: EdgeState): Promise<void> {
  holds[Symbol.dispose]();
  await Promise.all(listeners.map((listener) => listener[Symbol.asyncDispose]()));
  tell({ kind: "stopped" });
}
