/**
 * Keeps the baseline fresh while nothing is suspicious: reads pages again, in turn and by hints, judges them, and takes over what the
 * baseline itself vouches for. What contradicts it is never taken over by itself; it is told.
 */
import { dayMs, hourMs } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { RecentMap } from "../../base/recent-map.ts";
import { decodePage } from "../../guard/learning/page.ts";
import { sketchResemblance } from "../../guard/learning/resemblance.ts";
import type { Baseline } from "../baseline/baseline.ts";
import type { Entry } from "../baseline/entries.ts";
import type { Hints } from "./hints.ts";
import { areTooManyMissing } from "../crawl/missing-pages.ts";
import { addressAt, type OriginAddress, type ProtectedSite, root } from "../client/protected-site.ts";
import { referencesIn } from "../crawl/references.ts";
import type { Judged, MayLearn, Rereading } from "./rereading.ts";
import type { Visits } from "../crawl/visits.ts";

export interface UpkeepParts {
  readonly site: ProtectedSite;
  readonly baseline: Baseline;
  readonly rereading: Rereading;
  readonly visits: Visits;
  readonly hints: Hints;
  readonly nowMs: () => number;
  /** What one round reads at most: hints, and pages in turn. */
  readonly hintsAtOnce: number;
  readonly turnsAtOnce: number;
  readonly entriesMax: number;
  /** A page is gone when it was missing twice, and for so long. */
  readonly goneAfterMs: number;
  /** Nothing is taken over: the site is held, or an alarm is open. */
  readonly isHeld: () => boolean;
  readonly mayLearn: MayLearn;
  readonly objectionTo: (address: OriginAddress) => string | undefined;
  /** What came in place of an approved picture shows the same. */
  readonly isSamePicture: (known: Entry, judged: Judged) => Promise<boolean>;
  /** What may not be learned: somebody has to be asked. */
  readonly doubted: (address: OriginAddress, judged: Judged) => void;
  /** What is there now may be learned: what was asked about this address may be over. */
  readonly cleared: (address: OriginAddress) => void;
  /** Signs what changed. */
  readonly sign: (put: readonly Entry[], removed: readonly OriginAddress[]) => Promise<void>;
  readonly log: Log;
}

/** A long round doesn't keep to its end what it has learned. */
const signEveryMs = 5_000;
/** What a page says is news where less of it stayed than usual, by so many per cent. */
const unusualPercent = 15;
/** However little changed, a copy is not older than this. */
const copyAgeMostMs = dayMs;
/** What could not be learned is tried again after so long, whoever leads there. */
const triedForMs = hourMs;
const triedMax = 10_000;

export class Upkeep {
  readonly #parts: UpkeepParts;
  readonly #put = new Map<OriginAddress, Entry>();
  readonly #gone = new Set<OriginAddress>();
  #signedMs = Number.NEGATIVE_INFINITY;
  /** Unknown addresses, by when they were read. */
  readonly #tried = new RecentMap<OriginAddress, number>(triedMax);

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  /** Resolves when what changed is signed. Rejects where the disk does. */
  async round(signal: AbortSignal): Promise<void> {
    const { baseline, visits, hints, hintsAtOnce, turnsAtOnce, isHeld } = this.#parts;
    if (baseline.version() === "") return;
    const addresses = new Set([root, ...hints.take(hintsAtOnce), ...visits.oldest(turnsAtOnce)]);
    this.#signedMs = this.#parts.nowMs();
    for (const address of addresses) {
      if (signal.aborted || isHeld()) break;
      await this.#look(address, signal);
      if (this.#parts.nowMs() - this.#signedMs > signEveryMs) await this.#sign();
    }
    await this.#sign();
  }

  async #look(address: OriginAddress, signal: AbortSignal): Promise<void> {
    const { rereading, baseline, visits, log, nowMs, objectionTo } = this.#parts;
    if (objectionTo(address) !== undefined) return;
    const known = baseline.entries.get(address);
    if (known === undefined) this.#tried.set(address, nowMs());
    try {
      const reading = await rereading.read(address, signal);
      if (reading.kind === "away") return;
      if (reading.kind === "missing") return this.#miss(known);
      if (known !== undefined) visits.seen(address, nowMs());
      await this.#take(address, known, { reading, signal });
    } catch (thrown) {
      log.error("a page of the origin can't be read again", { address, reason: messageOf(thrown) });
    }
  }

  async #take(
    address: OriginAddress,
    known: Entry | undefined,
    { reading, signal }: { readonly reading: Judged; readonly signal: AbortSignal },
  ): Promise<void> {
    const { doubted, cleared, mayLearn, isSamePicture, rereading } = this.#parts;
    const { verdict } = reading;
    if (!mayLearn(verdict, address)) {
      if (known !== undefined && (await isSamePicture(known, reading))) {
        this.#put.set(address, await rereading.refreshed(known, reading));
        return cleared(address);
      }
      if (verdict.kind === "contradicts") doubted(address, reading);
      return;
    }
    cleared(address);
    this.#follow(address, known, reading);
    const entry = await this.#entryFor(address, known, { reading, signal });
    if (entry !== undefined) this.#put.set(address, entry);
  }

  async #entryFor(
    address: OriginAddress,
    known: Entry | undefined,
    { reading, signal }: { readonly reading: Judged; readonly signal: AbortSignal },
  ): Promise<Entry | undefined> {
    const { rereading, mayLearn, baseline, entriesMax } = this.#parts;
    if (known !== undefined && reading.verdict.kind === "vouched")
      return this.#isNews(known, reading) ? await rereading.refreshed(known, reading) : undefined;
    if (known === undefined && baseline.entries.count() + this.#put.size >= entriesMax) return undefined;
    return await rereading.learned(address, reading, { mayLearn, signal });
  }

  #isNews(known: Entry, { load, facts, verdict }: Judged): boolean {
    if (known.copy === load.copy) return false;
    if (known.facts === null || verdict.facts.length > 0) return true;
    const { text } = decodePage(known.facts.data);
    const stayed = sketchResemblance(text.sketch, facts.text.sketch) * 100;
    return (
      stayed < text.steady - unusualPercent || this.#parts.nowMs() - Date.parse(known.takenAt) > copyAgeMostMs
    );
  }

  /** The front leads to what is new, and a page to what it is made of. */
  #follow(address: OriginAddress, known: Entry | undefined, { load, answer }: Judged): void {
    const { site, baseline, hints, nowMs } = this.#parts;
    if (known?.copy === load.copy) return;
    for (const { reference, part } of referencesIn(load, answer)) {
      const found = addressAt(reference, site, address);
      if (found === undefined || (part === "page" && !site.fronts.has(address))) continue;
      const triedMs = this.#tried.get(found) ?? Number.NEGATIVE_INFINITY;
      if (nowMs() - triedMs > triedForMs && baseline.entries.get(found) === undefined) hints.add(found);
    }
  }

  #miss(known: Entry | undefined): void {
    const { site, visits, nowMs, goneAfterMs } = this.#parts;
    if (known === undefined || site.fronts.has(known.address)) return;
    const atMs = nowMs();
    const sinceMs = visits.missing(known.address, atMs);
    if (sinceMs < atMs && atMs - sinceMs >= goneAfterMs) this.#gone.add(known.address);
  }

  async #sign(): Promise<void> {
    const { visits, baseline, sign, log, isHeld, nowMs } = this.#parts;
    this.#signedMs = nowMs();
    if (isHeld()) return this.#forget();
    const missing = visits.missingNow();
    if (this.#gone.size > 0 && areTooManyMissing(missing, baseline.entries.count())) {
      log.warn("many pages of the origin are missing; their copies stay", { missing });
      this.#gone.clear();
    }
    if (this.#put.size + this.#gone.size === 0) return;
    const [put, gone] = [[...this.#put.values()], [...this.#gone]];
    // What can't be signed is found again.
    this.#forget();
    await sign(put, gone);
  }

  #forget(): void {
    this.#put.clear();
    this.#gone.clear();
  }
}
