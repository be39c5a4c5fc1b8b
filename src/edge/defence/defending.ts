/** The defence as a running thing: made for one edge, with its memory, its kernel and its voice on the bus. */
import { availableParallelism } from "node:os";
import { systemRandom } from "../../base/random.ts";
import { ulid } from "../../base/ulid.ts";
import type { ListenAddress } from "../../base/network.ts";
import type { DefenceFacts } from "../../bus/facts.ts";
import type { RoleContext } from "../../bus/role.ts";
import { parseAddress } from "../../decision/address.ts";
import { sourceOf } from "../../decision/admission.ts";
import type { HashKey } from "../../decision/source.ts";
import { SourceTable } from "../../decision/sources/source-table.ts";
import type { Traffic } from "../../decision/traffic.ts";
import type { EdgeDatabase } from "../edge-database.ts";
import { Kernel } from "../kernel/kernel.ts";
import { descriptorsMax } from "../descriptors.ts";
import type { ToWorker, WorkerReport, WorkerStart } from "../messages.ts";
import { DoorWatch } from "../sockets/door-watch.ts";
import { SocketDeeds } from "../sockets/deeds.ts";
import type { Waiting } from "../sockets/waiting.ts";
import { Patrol } from "../sockets/patrol.ts";
import { networksOf, rulesAct } from "../state.ts";
import { Defence } from "./defence.ts";
import { defenceFacts } from "./facts.ts";
import { answerDefence } from "./operations.ts";
import { Strain, usedProcessorMs } from "./strain.ts";
import { Usual } from "./usual.ts";

const tellEveryMs = 1_000;
/**
 * Of `edge.send_grace_s`: the minute by default in which a connection has to take a minute's least pace. Half a minute without a signal, and the
 * doubling pauses of TCP after it, have room in it.
 */
const slowWindow = 3;

export interface DefendingOptions {
  readonly edge: string;
  readonly context: RoleContext;
  readonly database: EdgeDatabase;
  readonly hashKey: HashKey;
  /** How many report. */
  readonly workers: number;
  /** All workers. */
  readonly tell: (message: ToWorker) => void;
  /** How readers that the edge knows fare on the line, every few seconds where that can be seen. */
  readonly sawReaders: (waiting: Waiting) => void;
}

export class Defending implements AsyncDisposable {
  readonly #options: DefendingOptions;
  readonly #memory: SharedArrayBuffer;
  readonly #sources: SourceTable;
  readonly #usual: Usual;
  readonly #defence: Defence;
  #kernel: Kernel | undefined;
  #patrol: Patrol | undefined;
  #doorWatch: DoorWatch | undefined;
  readonly #socketDeeds = new SocketDeeds();
  #endings: readonly (() => void)[] = [];
  /** As workers know it. */
  #isSiegeOrdered = false;
  #isNews = false;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(options: DefendingOptions) {
    const { context, database, hashKey, workers, tell } = options;
    const { config, log, clock } = context;
    this.#options = options;
    this.#memory = new SharedArrayBuffer(SourceTable.bytes(config.decision.sources_max));
    this.#sources = new SourceTable(hashKey, this.#memory);
    this.#usual = new Usual({ languages: config.site.languages, hashKey, database, log });
    this.#defence = new Defence({
      settings: config.decision,
      hashKey,
      usual: this.#usual,
      strain: new Strain({ processors: availableParallelism(), usedMs: usedProcessorMs }),
      sources: this.#sources,
      workers,
      newId: () => ulid(clock, systemRandom),
      clock,
      log,
      tell,
      changed: () => (this.#isNews = true),
    });
  }

  get startWith(): Pick<WorkerStart, "sources" | "mode" | "isSiegeOrdered" | "rules"> {
    const { mode, isSiegeOrdered, rulesForWorkers: rules } = this.#defence;
    return { sources: this.#memory, mode, isSiegeOrdered, rules };
  }

  /** Once workers listen. */
  async start(listen: readonly ListenAddress[]): Promise<void> {
    const { context, hashKey } = this.#options;
    const { config, bus, clock, log } = context;
    this.#endings = answerDefence(bus, this.#defence, () => this.#facts());
    this.#kernel = await Kernel.open({
      settings: rulesAct(config.decision) ? config.kernel : { ...config.kernel, nftables: "off" },
      listen,
      trustedProxies: networksOf(config.edge.trusted_proxies),
      allow: networksOf(config.decision.allow),
      hashKey,
      clock,
      log,
    });
    this.#defence.useKernel(this.#kernel);
    this.#patrol = this.#startPatrol(this.#kernel, listen);
    this.#doorWatch = this.#startDoorWatch(this.#kernel);
  }

  hear(slot: number, report: WorkerReport): void {
    this.#defence.hear(slot, report);
  }

  /** About once a second: what all workers counted. */
  observe(traffic: Traffic): void {
    this.#usual.count(traffic, this.#options.context.clock.nowMs());
  }

  /** About every `tickMs`. */
  tick(): void {
    this.#defence.tick();
    this.#tellOrders();
    const nowMs = this.#options.context.clock.nowMs();
    if (!this.#isNews && nowMs - this.#toldMs < tellEveryMs) return;
    this.#isNews = false;
    this.#toldMs = nowMs;
    this.#options.context.bus.publish("defence", this.#facts());
  }

  #tellOrders(): void {
    const { isSiegeOrdered } = this.#defence;
    if (isSiegeOrdered === this.#isSiegeOrdered) return;
    this.#isSiegeOrdered = isSiegeOrdered;
    this.#options.tell({ kind: "siege-ordered", isSiegeOrdered });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#endings) end();
    this.#patrol?.[Symbol.dispose]();
    this.#doorWatch?.[Symbol.dispose]();
    this.#usual.save(this.#options.context.clock.nowMs());
    await this.#kernel?.[Symbol.asyncDispose]();
  }

  #startPatrol(kernel: Kernel, listen: readonly ListenAddress[]): Patrol {
    const { context, tell } = this.#options;
    const { edge, decision } = context.config;
    const patrol = new Patrol({
      listen,
      pace: { rateMin: edge.send_rate_min, windowMs: edge.send_grace_s * 1_000 * slowWindow },
      places: descriptorsMax(),
      allow: networksOf([...edge.trusted_proxies, ...decision.allow]),
      monotonicMs: () => performance.now(),
      log: context.log,
      isKnown: (address) => this.#isKnown(address),
      saw: this.#options.sawReaders,
      strike: (sources) => this.#socketDeeds.struck(kernel.ban(sources, context.clock.nowMs(), true)),
      closeIdle: () => tell({ kind: "close-idle" }),
      looked: (look) => this.#socketDeeds.patrolled(look),
    });
    patrol.start();
    return patrol;
  }

  #startDoorWatch(kernel: Kernel): DoorWatch {
    const { clock, log } = this.#options.context;
    const watch = new DoorWatch({
      kernel,
      sources: this.#sources,
      nowMs: () => clock.nowMs(),
      log,
      looked: (look) => this.#socketDeeds.watched(look),
    });
    watch.start();
    return watch;
  }

  #isKnown(address: string): boolean {
    const parsed = parseAddress(address);
    const nowMs = this.#options.context.clock.nowMs();
    return parsed !== undefined && this.#sources.isKnown(this.#sources.place(sourceOf(parsed), nowMs), nowMs);
  }

  #facts(): DefenceFacts {
    const { edge, context } = this.#options;
    const sockets = this.#socketDeeds.facts;
    const nowMs = context.clock.nowMs();
    return defenceFacts(this.#defence, { edge, sources: this.#sources, sockets, nowMs });
  }
}
