/** The protected site put together: its baseline, the snapshot that is being made of it, what is asked about it, and what may be done with all of that. */
import type { Database } from "bun:sqlite";
import { canonicalSpelling } from "../base/spelling.ts";
import type { Clock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import type { Bus, Event } from "../bus/bus.ts";
import type { Question, SnapshotFacts } from "../bus/origin-facts.ts";
import type { Config } from "../config/settings.ts";
import type { Edition } from "../edition/edition.ts";
import { baselineTargetName } from "../guard/manifest.ts";
import type { Publisher } from "../publishing/publisher.ts";
import type { Wait } from "../publishing/turns.ts";
import type { BlobStore } from "../store/blobs.ts";
import type { Baseline } from "./baseline/baseline.ts";
import { OriginClient } from "./client/client.ts";
import { Deciding } from "./questions/deciding.ts";
import type { Entry } from "./baseline/entries.ts";
import { Hints } from "./upkeep/hints.ts";
import { readingLimits } from "./client/limits.ts";
import type { EvidenceStore } from "./looking/evidence-store.ts";
import type { NameOptions } from "./looking/look-at-name.ts";
import { originLock } from "./client/origin-lock.ts";
import { OriginReader } from "./client/origin-reader.ts";
import { eraseUnused } from "./baseline/own-blobs.ts";
import { Pace } from "./client/pace.ts";
import { type OriginAddress, partsOf, protectedSite, type ProtectedSite } from "./client/protected-site.ts";
import { Questions } from "./questions/questions.ts";
import { Rereading } from "./upkeep/rereading.ts";
import { type Patience, Snapshot } from "./crawl/snapshot.ts";

export interface OriginOptions {
  readonly database: Database;
  readonly config: Config;
  readonly baseline: Baseline;
  /** The newsroom's own blobs. */
  readonly own: BlobStore;
  readonly evidence: EvidenceStore;
  readonly publisher: Pick<Publisher, "publishBeside" | "withdrawals" | "withdraw" | "current">;
  readonly clock: Clock;
  readonly random: Random;
  readonly wait: Wait;
  readonly log: Log;
  readonly onProgress: (progress: Event<"snapshot.progress">) => void;
  readonly onAcceptProgress: (progress: Event<"accept.progress">) => void;
  readonly patience?: Partial<Patience> | undefined;
  /** Where the studio shows what is asked; a question's id is put behind it. */
  readonly questionsAt: () => string;
  /** Who is asked about names, and where certificates are shown. Default: the machine's resolver. */
  readonly names?: NameOptions | undefined;
}

const usualPatience: Patience = { spacingMs: 2_000, retryMs: 5_000, goneAfterMs: 10 * 60_000 };
const timeoutMs = 30_000;
/** While a person waits: requests a second, and how much shorter the time between two loads of a page is. */
const [hurryRate, hurryTimes] = [20, 10];
/** Pages beyond those that it is about that a person's decision looks at, while that person waits. */
const sampleMax = 200;

/** What only a running newsroom has. */
export interface Running {
  readonly bus: Bus;
  /** Reads again soon what is hinted at. */
  readonly look: () => void;
  /** A question is new, grew, or was answered. */
  readonly answered: (question: Question) => void;
  /** An edge shows approved copies only. */
  readonly isHeld: () => boolean;
}

export class Origin implements AsyncDisposable {
  readonly site: ProtectedSite;
  readonly snapshot: Snapshot;
  readonly questions: Questions;
  readonly deciding: Deciding;
  readonly rereading: Rereading;
  readonly hints = new Hints();
  readonly client: OriginClient;
  readonly reader: OriginReader;
  readonly pace: Pace;
  readonly options: OriginOptions;
  readonly patience: Patience;
  #running: Running | undefined;

  constructor(site: ProtectedSite, options: OriginOptions) {
    const { config, publisher, baseline, own, clock, wait } = options;
    const monotonicMs = (): number => performance.now();
    this.site = site;
    this.options = options;
    this.patience = { ...usualPatience, ...options.patience };
    const bodyBytesMax = config.origin.crawl_body_bytes_max;
    this.client = new OriginClient({
      site,
      bodyBytesMax,
      timeoutMs,
      monotonicMs,
      lock: originLock(config),
    });
    this.reader = new OriginReader(site, { ...readingLimits, monotonicMs });
    const slowGapMs = this.patience.retryMs / 10;
    this.pace = new Pace({ rate: config.origin.crawl_rate, slowGapMs, monotonicMs, wait });
    const reading = { client: this.client, pace: this.pace, reader: this.reader, own };
    this.snapshot = new Snapshot({
      ...options,
      ...reading,
      site,
      patience: this.patience,
      withdrawals: () => publisher.withdrawals,
    });
    const nowMs = (): number => clock.nowMs();
    this.rereading = new Rereading({ ...reading, baseline, wait, spacingMs: this.patience.spacingMs, nowMs });
    const hurried = new Rereading({
      ...reading,
      baseline,
      wait,
      nowMs,
      pace: new Pace({ rate: Math.max(config.origin.crawl_rate, hurryRate), slowGapMs, monotonicMs, wait }),
      spacingMs: this.patience.spacingMs / hurryTimes,
    });
    this.questions = new Questions({
      ...options,
      linkTo: (id) => `${options.questionsAt()}/${id}`,
      changed: (question) => {
        this.#running?.bus.publish("origin.question", question);
        this.#running?.answered(question);
      },
    });
    this.deciding = new Deciding({
      ...options,
      site,
      onProgress: options.onAcceptProgress,
      questions: this.questions,
      rereading: hurried,
      sampleMax,
      others: () => {
        this.hints.addFirst(baseline.entries.addresses());
        this.#running?.look();
      },
      bus: () => this.#running?.bus ?? nothingRuns(),
      sign: (put, removed) => this.sign(put, removed, true),
    });
  }

  attach(running: Running): void {
    this.#running = running;
  }

  /** Something is wrong, or was and nobody has said that it is right again: nothing is learned meanwhile. */
  get isHeld(): boolean {
    return this.questions.hasAlarm() || this.#running?.isHeld() === true;
  }

  /** Finishes what a kill cut off. */
  async resume(): Promise<void> {
    const { baseline, publisher } = this.options;
    await baseline.showSite();
    if (baseline.version() !== publishedBaseline(publisher.current?.edition)) await publisher.publishBeside();
    this.snapshot.resume();
  }

  /** Throws OperatorError while the site is held: what is there then would become what is right. */
  beginSnapshot(afresh: boolean): SnapshotFacts {
    if (this.isHeld) throw isSuspicious();
    return this.snapshot.begin(afresh);
  }

  /** Signs the snapshot that waits as the baseline. Throws as `beginSnapshot` does. */
  async approve(include: readonly string[]): Promise<SnapshotFacts> {
    if (this.isHeld) throw isSuspicious();
    const { publisher, database, own } = this.options;
    await this.snapshot.approve(include);
    await publisher.publishBeside();
    await eraseUnused(database, own);
    return this.snapshot.facts();
  }

  /** Signs what was learned since. `looksAtAll`: see Baseline.change. Resolves when edges can see it. */
  async sign(put: readonly Entry[], removed: readonly OriginAddress[], looksAtAll: boolean): Promise<void> {
    const { baseline, publisher } = this.options;
    if (put.length + removed.length === 0) return;
    await baseline.change({ replaces: false, put: () => put, removed }, publisher.withdrawals, looksAtAll);
    await publisher.publishBeside();
  }

  /** Takes a page of the origin's away everywhere and for good, under each address that shows just the same. */
  async withdraw(written: string): ReturnType<Publisher["withdraw"]> {
    const path = canonicalSpelling(written);
    if (this.site.fronts.has(path as OriginAddress)) throw isTheFront(path);
    const { baseline, publisher, database, own } = this.options;
    const addresses = baseline.entries.sameAs(path);
    const copies = this.snapshot.forget([path as OriginAddress, ...addresses]);
    if (addresses.length > 0)
      await baseline.change({ replaces: false, put: () => [], removed: addresses }, publisher.withdrawals);
    const paths = new Set([path, ...addresses.map((address) => partsOf(address).path)]);
    const asked = Array.from(paths, (each) => publisher.withdraw({ site: "portal", path: each }, () => {}));
    const [done] = await Promise.all(asked);
    const shown = publisher.withdrawals.filter((each) => paths.has(each.path)).flatMap(({ blobs }) => blobs);
    await eraseUnused(database, own, [...copies, ...shown]);
    if (done === undefined) throw new Error("nothing was withdrawn");
    return done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.snapshot[Symbol.asyncDispose]();
  }
}

/** Undefined where none is configured. */
export function openOrigin(options: OriginOptions): Origin | undefined {
  const site = protectedSite(options.config);
  return site === undefined ? undefined : new Origin(site, options);
}

function publishedBaseline(edition: Edition | undefined): string {
  return edition?.targets.get(baselineTargetName)?.sha256 ?? "";
}

function isTheFront(path: string): OperatorError {
  return new OperatorError(`${path} is a front page, and what is withdrawn never comes back`, {
    hint: "withdraw the pages that it leads to, by their own addresses",
    exitCode: 2,
  });
}

function isSuspicious(): OperatorError {
  return new OperatorError(
    "the site is held or an alarm is open, so that a snapshot may learn what is false",
    {
      hint: "`kasbah origin` says why; clean the site and release it, or accept what is yours, first",
    },
  );
}

function nothingRuns(): never {
  throw new OperatorError("no Kasbah runs, so that there is no edge to tell", {
    hint: "start it with `kasbah up`",
  });
}
