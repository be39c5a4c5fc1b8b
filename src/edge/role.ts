/**
 * The edge's main thread: verifies editions, holds the operators' bans, looks after the workers and after what lies on disk.
 * It answers no reader itself, and none of its work is needed for pages that are already served.
 */
import { availableParallelism } from "node:os";
import { rfc3339, systemClock } from "../base/clock.ts";
import { failed } from "../base/errors.ts";
import { listenAddress } from "../base/network.ts";
import { systemRandom } from "../base/random.ts";
import { version } from "../base/version.ts";
import type { EdgeFacts } from "../bus/facts.ts";
import { type Role, type RoleContext, serve, type StartRole } from "../bus/role.ts";
import type { Config } from "../config/settings.ts";
import type { HashKey } from "../decision/source.ts";
import type { Edition } from "../edition/edition.ts";
import type { Trust } from "../edition/trust.ts";
import { BlobStore } from "../store/blobs.ts";
import type { BlobFault, SignedBlob } from "./blob-fault.ts";
import { purgeOf } from "./cache/purge.ts";
import { CacheKeeper } from "./cache/cache-keeper.ts";
import { KeptKeys } from "./cache/kept-keys.ts";
import { tickMs } from "./defence/defence.ts";
import { Defending } from "./defence/defending.ts";
import { EdgeDatabase } from "./edge-database.ts";
import { EditionFollower } from "./edition-follower.ts";
import { AwayMemory } from "./gate/away-memory.ts";
import { type GateReport, OriginHealth } from "./gate/health.ts";
import { appealOperations } from "./gates/appeal-operations.ts";
import { gatesBefore, noSolver, shareGates, type SharedGates } from "./gates/shared-gates.ts";
import { openGeo, readDatabase } from "./geo.ts";
import { Judging } from "./judging/judging.ts";
import { serviceOperations, ServiceKeeper } from "./lite/service-keeper.ts";
import type { Doors, FromWorker, ToWorker, WorkerStart } from "./messages.ts";
import { MaintenanceKeeper } from "./maintenance/keeper.ts";
import { maintenanceFacts } from "./maintenance/maintenance.ts";
import { maintenanceOperations } from "./maintenance/operations.ts";
import { Observing } from "./observing.ts";
import { OperatorBans } from "./operator-bans.ts";
import { checkBlob, Scrub } from "./scrub.ts";
import { requireFree } from "./server.ts";
import { Serving } from "./serving.ts";
import { networksOf } from "./state.ts";
import { bundleSolver } from "./solver/solver-script.ts";
import { SignInTotals } from "./sign-in/totals.ts";
import { Tampering } from "./tampering.ts";
import type { Certificate } from "./tls/certificate.ts";
import { Renewal } from "./tls/renewal.ts";
import { Workers } from "./workers.ts";

const secondMs = 1_000;
/** Everything in the metadata is verified again from disk, so that tampering with it is known within a minute. */
const verifyAgainMs = 30_000;
/** Certificates are renewed every sixty days or so, and weeks before they end. */
const certificateLookMs = 60_000;
const workersMax = 8;

export const startEdge: StartRole = async (context) => {
  const edge = new Edge(context);
  try {
    await edge.start();
    return edge;
  } catch (thrown) {
    await edge[Symbol.asyncDispose]();
    throw thrown;
  }
};

class Edge implements Role {
  readonly #context: RoleContext;
  readonly #database: EdgeDatabase;
  readonly #bans: OperatorBans;
  readonly #serving: Serving;
  readonly #follower: EditionFollower;
  readonly #tampering: Tampering;
  readonly #scrub: Scrub;
  readonly #observing: Observing;
  readonly #defending: Defending;
  readonly #away: AwayMemory;
  readonly #health: OriginHealth;
  readonly #signIn = new SignInTotals();
  readonly #maintenance: MaintenanceKeeper;
  readonly #service: ServiceKeeper;
  readonly #judging: Judging;
  readonly #cache: CacheKeeper;
  readonly #renewal: Renewal;
  readonly #workers: Workers;
  readonly #hashKey: HashKey = { first: randomWord(), second: randomWord() };
  readonly #geoDatabase: SharedArrayBuffer | undefined;
  readonly #keptKeys = new SharedArrayBuffer(KeptKeys.bytes);
  #gates: SharedGates | undefined;
  readonly #startedAt: string;
  readonly #endings: (() => void)[] = [];
  #reports = 0;

  constructor(context: RoleContext) {
    const { config, data, bus, log, clock } = context;
    this.#context = context;
    this.#geoDatabase = readDatabase(config.geo);
    this.#startedAt = rfc3339(clock.nowMs());
    this.#database = new EdgeDatabase(data.edgeDatabase);
    this.#away = new AwayMemory({ url: config.origin.url, database: this.#database, clock, log });
    this.#health = new OriginHealth(this.#away.sinceMs);
    const told = { edge: this.#database.id, bus, clock, log };
    const tell = (message: ToWorker): void => this.#workers.tell(message);
    this.#serving = new Serving(told);
    this.#defending = new Defending({
      edge: this.#database.id,
      context,
      database: this.#database,
      hashKey: this.#hashKey,
      workers: workerCount(config),
      tell,
      sawReaders: (waiting) => this.#service.hearReaders(waiting),
    });
    this.#observing = new Observing({
      ...told,
      observed: (traffic) => this.#defending.observe(traffic),
      lookUp: openGeo(config.geo, this.#geoDatabase),
      signIn: () => this.#signIn.facts,
    });
    this.#bans = new OperatorBans(this.#database, {
      allow: networksOf(config.decision.allow),
      clock,
      changed: (bans) => tell({ kind: "bans", bans }),
    });
    this.#maintenance = new MaintenanceKeeper({
      database: this.#database,
      clock,
      log,
      changed: (maintenance) => tell({ kind: "maintenance", maintenance }),
    });
    this.#service = new ServiceKeeper({
      edge: this.#database.id,
      context,
      workers: workerCount(config),
      tell,
    });
    const { large_bytes: largeBytes } = config.edge;
    const disk = { folder: data.editions, blobs: new BlobStore(data.blobs), largeBytes };
    this.#tampering = new Tampering({
      ...told,
      isWhole: async (blob) => (await checkBlob(blob, disk)) === undefined,
    });
    this.#judging = this.#createJudging();
    const needed = (): Iterable<SignedBlob> => [...this.#serving.blobs, ...this.#judging.blobs];
    this.#scrub = new Scrub({ ...disk, needed, found: (blob, fault) => void this.#foundBlob(blob, fault) });
    this.#follower = new EditionFollower({
      folder: data.editions,
      trust: this.#database.trust,
      found: (edition, trust) => this.#swap(edition, trust),
      refused: (fault) => this.#tampering.foundEdition(fault),
      log,
    });
    this.#cache = this.#createCache();
    const renewed = (certificate: Certificate): void => tell({ kind: "certificate", certificate });
    this.#renewal = new Renewal({ config, clock, log, renewed });
    this.#workers = new Workers({
      count: workerCount(config),
      startWith: () => this.#startWith(),
      heard: (message, slot) => this.#hear(message, slot),
      lost: (slot) => this.#lost(slot),
      log,
    });
  }

  #createJudging(): Judging {
    return new Judging({
      edge: this.#database.id,
      context: this.#context,
      database: this.#database,
      tell: (message) => this.#workers.tell(message),
      tellOne: (message) => this.#workers.tellOne(message),
      forget: (what) => this.#cache.purge(what),
      standing: () => ({
        health: this.#health.facts,
        maintenance: maintenanceFacts(this.#maintenance.now),
        goneSinceMs: this.#health.awaySinceMs,
      }),
      damaged: (blob, fault) => this.#tampering.foundBlob(blob, fault),
    });
  }

  #createCache(): CacheKeeper {
    return new CacheKeeper({
      origin: this.#context.config.origin,
      database: this.#database,
      keptKeys: new KeptKeys(this.#keptKeys, this.#hashKey),
      tell: (slot, reply) => this.#workers.tellSlot(slot, { kind: "cache", reply }),
      tellAll: (reply) => this.#workers.tell({ kind: "cache", reply }),
    });
  }

  /** As the settings name them. */
  get #doors(): Doors {
    const { listen, redirect_listen: redirect } = this.#context.config.edge;
    return { listen: listen.map(listenAddress), redirect: redirect.map(listenAddress) };
  }

  get addresses(): readonly string[] {
    const scheme = this.#context.config.edge.tls === "off" ? "http" : "https";
    return this.#workers.doors.listen.map(({ hostname, port }) => {
      const host = hostname.includes(":") ? `[${hostname}]` : hostname;
      return `${scheme}://${host}:${port}`;
    });
  }

  /** First the edition, so that the first request already meets it; then the ports; the bus last, because nobody waits for it. */
  async start(): Promise<void> {
    [...this.#doors.listen, ...this.#doors.redirect].forEach(requireFree);
    await this.#follower.look();
    await this.#judging.again();
    const gated = gatesBefore(this.#context.config);
    const solver = gated.origin || gated.studio ? await bundleSolver() : noSolver;
    this.#gates = shareGates(this.#database.gateSecret, solver);
    await this.#workers.start();
    this.#every(tickMs, () => this.#defend());
    const { listen, redirect } = this.#workers.doors;
    await this.#defending.start([...listen, ...redirect]);
    this.#answerBus();
    this.#every(secondMs, () => this.#tick());
    this.#every(certificateLookMs, () => this.#renewal.look());
    this.#every(verifyAgainMs, () => void this.#follower.look("everything"));
    void this.#scrub.run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#endings) end();
    this.#scrub[Symbol.dispose]();
    this.#judging[Symbol.dispose]();
    await this.#workers[Symbol.asyncDispose]();
    await this.#defending[Symbol.asyncDispose]();
    this.#cache.save();
    this.#database[Symbol.dispose]();
  }

  #answerBus(): void {
    const { bus } = this.#context;
    this.#endings.push(
      bus.subscribe("edition.published", () => this.#follower.look()),
      bus.respond("edge.status", () => ({ edge: this.#facts(), edition: this.#serving.facts ?? null })),
      bus.respond("edge.bans.list", () => ({ bans: this.#bans.list() })),
      bus.respond("edge.bans.add", (ban) => ({ ban: this.#bans.add(ban) })),
      bus.respond("edge.bans.remove", ({ network }) => ({ removed: this.#bans.remove(network) })),
      bus.respond("edge.origin.purge", (ask) => ({ purged: this.#cache.purge(purgeOf(ask)) })),
    );
    serve(bus, maintenanceOperations(this.#maintenance));
    serve(bus, serviceOperations(this.#service));
    serve(bus, appealOperations(this.#database.gateSecret));
  }

  #tick(): void {
    void this.#follower.look();
    this.#serving.tellStale();
    this.#maintenance.tend();
    this.#service.tick();
    this.#tampering.tend((blob) => this.#needs(blob));
    this.#observing.publish();
    this.#workers.endSilent();
    this.#cache.tend();
  }

  /** The tally, which is dearer, once a second. Lag is measured by the system's clock, because that is the workers'. */
  #defend(): void {
    this.#defending.tick();
    this.#judging.tick();
    const counts = this.#reports % (secondMs / tickMs) === 0;
    this.#reports += 1;
    this.#workers.tell({ kind: "report", askedAtMs: systemClock.nowMs(), counts });
  }

  /** What is trusted is remembered first: after a kill at any moment nothing older is taken again. */
  #swap(edition: Edition, trust: Trust | undefined): void {
    if (trust !== undefined) this.#database.trust = trust;
    const change = this.#serving.swap(edition);
    if (change === undefined) return;
    this.#workers.tell({ kind: "edition", change });
    void this.#judging.follow(edition);
  }

  #needs(blob: SignedBlob): boolean {
    return this.#serving.needs(blob) || this.#judging.needs(blob);
  }

  /** A withdrawal erases blobs a moment before its edition is looked at: what the newest one does not need is not missed. */
  async #foundBlob(blob: SignedBlob, fault: BlobFault): Promise<void> {
    await this.#follower.look();
    if (this.#needs(blob)) this.#tampering.foundBlob(blob, fault);
  }

  #hear(message: FromWorker, slot: number): void {
    if (message.kind === "report") {
      this.#observing.add(message.counts, message.lagMs);
      this.#defending.hear(slot, message);
      this.#service.hear(message);
      this.#hearGate(slot, message.gate);
      if (message.signIn !== undefined) this.#signIn.hear(slot, message.signIn);
      if (message.shown !== undefined) this.#judging.count(message.shown);
    } else if (message.kind === "reading") this.#judging.hear(message.reading);
    else if (message.kind === "cache") this.#cache.hear(slot, message.asked);
    else if (message.kind === "fault") void this.#foundBlob(message.blob, message.fault);
    else if (message.kind === "serving") this.#serving.servedBy(message.version, this.#workers.running);
  }

  #lost(slot: number): void {
    this.#cache.lost(slot);
    this.#signIn.lost(slot);
  }

  #hearGate(slot: number, report: GateReport | undefined): void {
    const hint = report && this.#health.hear(slot, report, this.#context.clock.nowMs());
    this.#away.keep(this.#health.awaySinceMs);
    if (hint !== undefined) this.#workers.tell({ kind: "origin-health", hint });
  }

  #startWith(): WorkerStart {
    const { config, data, clock } = this.#context;
    const { awaySinceMs } = this.#health;
    if (this.#gates === undefined) throw new Error("a worker was started before what all share was made");
    return {
      config,
      data: data.root,
      workers: workerCount(config),
      doors: this.#doors,
      certificate: this.#renewal.certificate,
      hashKey: this.#hashKey,
      geoDatabase: this.#geoDatabase,
      keptKeys: this.#keptKeys,
      gates: this.#gates,
      edition: this.#serving.published,
      bans: this.#bans.active(),
      maintenance: this.#maintenance.now,
      service: this.#service.told,
      ...this.#defending.startWith,
      ...this.#judging.startWith,
      parameterRules: this.#cache.rules,
      originAwayMs: awaySinceMs === undefined ? undefined : clock.nowMs() - awaySinceMs,
    };
  }

  #facts(): EdgeFacts {
    const { facts: signIn } = this.#signIn;
    return {
      id: this.#database.id,
      version,
      addresses: [...this.addresses],
      workers: this.#workers.running,
      edition: this.#serving.facts?.version ?? null,
      requests: this.#observing.requests,
      refused: this.#observing.refused,
      started_at: this.#startedAt,
      ...(signIn === undefined ? {} : { sign_in: signIn }),
    };
  }

  /** A failure here must not end the process that serves. */
  #every(ms: number, work: () => void): void {
    const timer = setInterval(() => {
      try {
        work();
      } catch (thrown) {
        this.#context.log.error("the edge's own work failed", {
          reason: failed("housekeeping", thrown).message,
        });
      }
    }, ms);
    this.#endings.push(() => clearInterval(timer));
  }
}

function workerCount({ edge }: Config): number {
  return edge.workers === 0 ? Math.min(workersMax, availableParallelism()) : edge.workers;
}

function randomWord(): number {
  return new DataView(systemRandom.bytes(4).buffer).getUint32(0);
}
