/**
 * Judging as a running thing in the edge's main thread: follows the baseline, hears what workers read, decides what is held, looks again itself,
 * and tells others. Needs neither bus nor newsroom nor watch to keep a false page from readers.
 */
import { rfc3339 } from "../../base/clock.ts";
import type { Bus } from "../../bus/bus.ts";
import type { OriginState } from "../../bus/origin-facts.ts";
import type { RoleContext } from "../../bus/role.ts";
import type { Edition } from "../../edition/edition.ts";
import { BlobStore } from "../../store/blobs.ts";
import type { BlobFault, SignedBlob } from "../blob-fault.ts";
import type { EdgeDatabase } from "../edge-database.ts";
import type { ToWorker, WorkerStart } from "../messages.ts";
import type { Purge } from "../cache/purge.ts";
import { BaselineFollower } from "./baseline-follower.ts";
import { doubtfulAfter, doubtfulBetween } from "./doubtful.ts";
import { Findings } from "./findings.ts";
import { SiteMemory } from "./site-memory.ts";
import {
  afterReading,
  clearsStorage,
  dueLooks,
  hold,
  isWorkedOn,
  release,
  type SiteState,
  working,
} from "./site-state.ts";
import type { BaselineChange, Reading, SeenAs, Shown, Treatment } from "./told.ts";

const tellEveryMs = 5_000;
/** A baseline that could not be read is tried again. */
const readAgainMs = 1_000;

export interface JudgingOptions {
  readonly edge: string;
  readonly context: Pick<RoleContext, "config" | "data" | "bus" | "log" | "clock">;
  readonly database: EdgeDatabase;
  /** All workers. */
  readonly tell: (message: ToWorker) => void;
  /** Any one of them. */
  readonly tellOne: (message: ToWorker) => void;
  /** What is kept of the origin's answers, in all workers; what is on its way is then kept by nobody. */
  readonly forget: (what: Purge) => void;
  readonly standing: () => Standing;
  readonly damaged: (blob: SignedBlob, fault: BlobFault) => void;
}

/** What others know of the origin: how it does, and whether anything is left to show. */
export type Standing = Pick<OriginState, "health" | "maintenance"> & {
  /** Since when it can't be reached, ms since 1970; undefined: it can. */
  readonly goneSinceMs: number | undefined;
};

export class Judging implements Disposable {
  readonly #options: JudgingOptions;
  readonly #follower: BaselineFollower;
  readonly #findings: Findings;
  readonly #memory: SiteMemory;
  readonly #endings: readonly (() => void)[];
  #site: SiteState;
  #told: string;
  #treated: Treatment;
  #seenAs: SeenAs;
  #shown: OriginState["shown"] = { judged: 0, uncertain: 0, copies: 0, cached: 0 };
  #toldStanding = "";
  #toldMs = Number.NEGATIVE_INFINITY;
  #readMs = Number.NEGATIVE_INFINITY;

  constructor(options: JudgingOptions) {
    const { context, edge, database } = options;
    const { config, data, bus, clock, log } = context;
    this.#options = options;
    this.#follower = new BaselineFollower({
      blobs: new BlobStore(data.blobs),
      found: (change) => this.#judgeBy(change),
      damaged: options.damaged,
      log,
    });
    this.#findings = new Findings({ edge, clock, tell: (finding) => bus.publish("origin.finding", finding) });
    this.#memory = new SiteMemory({ database, clock, log });
    this.#site = this.#memory.recall();
    this.#told = this.#toldOfSite;
    this.#treated = this.#treatment;
    const scheme = config.edge.tls === "off" ? "http" : "https";
    this.#seenAs = { scheme, host: config["site.portal"].hosts[0] ?? "localhost" };
    this.#endings = this.#answer(bus);
  }

  get startWith(): Pick<WorkerStart, "baseline" | "treatment"> {
    return { baseline: this.#follower.published, treatment: this.#treatment };
  }

  /** What the baseline needs on disk. */
  get blobs(): Iterable<SignedBlob> {
    return this.#follower.blobs;
  }

  needs(blob: SignedBlob): boolean {
    return this.#follower.needs(blob);
  }

  /** Resolves when its baseline is in use, or found wanting. */
  follow(edition: Edition): Promise<void> {
    return this.#isOn ? this.#follower.follow(edition) : Promise.resolve();
  }

  /** What could not be read the last time is tried again. */
  again(): Promise<void> {
    return this.#follower.again();
  }

  hear(reading: Reading): void {
    const { clock, log } = this.#options.context;
    if (!reading.isReread) this.#seenAs = reading.seenAs;
    this.#findings.hear(reading);
    const plantsWorker = reading.facts.some(({ what }) => what === "service-workers");
    const after = afterReading(this.#site, { ...reading, plantsWorker }, clock.nowMs());
    if (this.#site.site === "live" && after.site === "held")
      log.error("the protected site is held: only approved copies are shown", { reason: after.reason });
    this.#become(after);
    this.#look();
  }

  count({ answers, ...sums }: Shown): void {
    this.#findings.count(answers);
    const before = this.#shown;
    this.#shown = {
      judged: before.judged + sums.judged,
      uncertain: before.uncertain + sums.uncertain,
      copies: before.copies + sums.copies,
      cached: before.cached + sums.cached,
    };
  }

  /** About every 100 ms. */
  tick(): void {
    if (!this.#isOn) return;
    const nowMs = this.#options.context.clock.nowMs();
    this.#look();
    this.#treat();
    this.#findings.tend();
    if (nowMs - this.#readMs >= readAgainMs) {
      this.#readMs = nowMs;
      void this.#follower.again();
    }
    if (nowMs - this.#toldMs >= tellEveryMs || this.#standing !== this.#toldStanding) this.#tellState();
  }

  /** Null: no origin is configured. */
  facts(): OriginState | null {
    return this.#isOn ? this.#facts() : null;
  }

  [Symbol.dispose](): void {
    for (const end of this.#endings) end();
  }

  get #isOn(): boolean {
    return this.#options.context.config.origin.url !== "";
  }

  get #treatment(): Treatment {
    const { site, pages } = this.#site;
    const nowMs = this.#options.context.clock.nowMs();
    return {
      isHeld: site === "held",
      heldPages: [...pages.keys()],
      isWorking: isWorkedOn(this.#site, nowMs),
      clearsStorage: clearsStorage(this.#site, nowMs),
    };
  }

  #answer(bus: Bus): (() => void)[] {
    const { clock } = this.#options.context;
    const answer = (): { origin: OriginState | null } => ({ origin: this.facts() });
    const change = (into: (site: SiteState, nowMs: number) => SiteState): { origin: OriginState | null } => {
      if (this.#isOn) this.#become(into(this.#site, clock.nowMs()));
      return answer();
    };
    return [
      bus.respond("edge.origin", answer),
      bus.respond("edge.origin.hold", ({ reason, findings }) => {
        this.#findings.confirm(findings);
        return change((site, nowMs) => hold(site, "operator", reason, nowMs));
      }),
      bus.respond("edge.origin.release", () => change(release)),
      bus.respond("edge.origin.working", ({ until }) =>
        change((site) => working(site, until === null ? 0 : Date.parse(until))),
      ),
      bus.respond("edge.origin.sample", ({ finding, offset }) => ({
        sample: this.#findings.samples.piece(finding, offset),
      })),
    ];
  }

  /** What workers and others are told when it is another. */
  get #toldOfSite(): string {
    const { by, reason, workingUntilMs } = this.#site;
    return JSON.stringify([this.#treatment, by, reason, workingUntilMs]);
  }

  /** Forgotten last: nobody keeps what was judged by another. */
  #judgeBy(change: BaselineChange | undefined): void {
    const { tell, forget } = this.#options;
    tell({ kind: "baseline", change });
    if (change !== undefined) forget(doubtfulAfter(change));
    this.#tellState();
  }

  #become(site: SiteState): void {
    this.#site = site;
    this.#treat();
  }

  /** Remembered first, then done, then told; also where only time has changed it. */
  #treat(): void {
    const told = this.#toldOfSite;
    if (told === this.#told) return;
    this.#told = told;
    this.#memory.keep(this.#site);
    const { tell, forget } = this.#options;
    const [before, treatment] = [this.#treated, this.#treatment];
    this.#treated = treatment;
    tell({ kind: "treatment", treatment });
    const doubtful = doubtfulBetween(before, treatment);
    if (doubtful !== undefined) forget(doubtful);
    this.#tellState();
  }

  #look(): void {
    const { state, addresses } = dueLooks(this.#site, this.#options.context.clock.nowMs());
    this.#site = state;
    for (const address of addresses) this.#options.tellOne({ kind: "look", address, seenAs: this.#seenAs });
  }

  /** What of others' news is told at once. */
  get #standing(): string {
    const { health, maintenance, goneSinceMs } = this.#options.standing();
    return JSON.stringify([health.state, maintenance, goneSinceMs !== undefined]);
  }

  #tellState(): void {
    const { bus, clock } = this.#options.context;
    this.#toldMs = clock.nowMs();
    this.#toldStanding = this.#standing;
    bus.publish("origin.state", this.#facts());
  }

  #facts(): OriginState {
    const { edge, context } = this.#options;
    const { site, sinceMs, by, reason, pages, workingUntilMs } = this.#site;
    const { goneSinceMs, ...standing } = this.#options.standing();
    const nowMs = context.clock.nowMs();
    const baseline = this.#baselineFacts();
    // That it is away is nobody's doing here.
    const isAway = goneSinceMs !== undefined && site !== "held";
    const isStopped = standing.maintenance !== null || (goneSinceMs !== undefined && baseline === null);
    return {
      edge,
      at: rfc3339(nowMs),
      site: site === "held" ? site : isStopped ? "maintenance" : goneSinceMs === undefined ? site : "gone",
      since: rfc3339(site === "held" ? sinceMs : (goneSinceMs ?? sinceMs)),
      by: isAway ? "edge" : by,
      reason: isAway ? "" : reason.slice(0, 500),
      baseline,
      held_pages: pages.size,
      working_until: workingUntilMs > nowMs ? rfc3339(workingUntilMs) : null,
      ...standing,
      shown: this.#shown,
    };
  }

  #baselineFacts(): OriginState["baseline"] {
    const { held } = this.#follower;
    return held === undefined ? null : { approved_at: held.approvedAt, pages: held.entries.size };
  }
}
