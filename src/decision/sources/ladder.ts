/**
 * The ladder for a source: slow → refuse → close → kernel. What a rule matches is refused whoever sent it, and held back once the same
 * source goes on; where only haste tells it, and the source was there before the flood, it waits and is served. What a rule does not match
 * is served, unless it looks just like what was matched of the same source; so whoever reads behind an address from which a flood comes,
 * too, goes on reading. Only where nothing else comes from it is an address named to the kernel; and once somebody is found to read behind
 * it all the same, it is not named again for a quarter of an hour or more.
 * Pure: what is known of a source is in the table, halves every 16 s, and is gone two minutes after the last match.
 */
import type { Term } from "../requests/trait.ts";
import type { Rule } from "../signatures/rule.ts";
import type { LadderCounts } from "./ladder-counts.ts";
import { strikesFor, strikesMax } from "./rungs.ts";
import type { SourceTable } from "./source-table.ts";

/**
 * `slow`: waits up to a second, then is served. `refuse`: at once. `close`: held back for seconds, then refused and cut off. `kernel`:
 * refused, cut off, and its address is to be dropped by the kernel.
 */
export type Step = "pass" | "slow" | "refuse" | "close" | "kernel";

/** With the fourth match answers are held back; with the second, where the rule says that no reader does this. */
const strikesEach = { deny: strikesFor.close / 4, drop: strikesFor.close / 2 } as const;

/** The most that is still "slow", so that it takes half a minute to wear off. */
const strikesSlowed = strikesFor.refuse - 1;

/** Of requests that look like what was matched, one in so many is judged, and stands for all of them. */
const judgedOneIn = 16;
/** Somebody reads behind an address from which so many requests came that no rule matched, and no fewer than this share. */
const readerRequestsMin = 2;
const readerShareMin = 1 / 16;
/** Where several programs seem to share an address, nothing but matches for so long shows that there is nobody but the flood. */
const aloneMs = 6_000;
/** Whoever was named to the kernel is named again only after this long. */
const kernelAgainMs = 30_000;
/** What a reader might do, no reader does so often in a quarter of a minute after each was refused: nothing but it came from there. */
const stubbornMatches = 96;

/** What a request has in common with others of its source. */
export interface Alike {
  readonly look: number;
  readonly standsFor: number;
}

/** What tells a request that no rule matches from what was matched of the same source. */
export interface Unlike {
  readonly look: number;
  /** Before it, nothing but one program was seen there. */
  readonly wasAlone: boolean;
  /** There are rules, and none would match it if its source were hastier. */
  readonly isUnruled: boolean;
}

export class Ladder {
  readonly #sources: SourceTable;

  constructor(sources: SourceTable) {
    this.#sources = sources;
  }

  /**
   * For how many requests this one stands. 0: it is to be closed without being judged, because nothing but matches came from its source
   * lately, faster than anybody reads, and it looks like the last of them; one of sixteen like it is judged for all. So when a rule is
   * withdrawn that hit readers, each of them is judged again at once. `look`: a hash of what it calls itself.
   */
  standsFor(place: number, look: number, nowMs: number): number {
    const { strikes, unmatched } = this.#sources.ladderOf(place);
    const isAlike = strikes >= strikesFor.close && unmatched === 0 && this.#sources.looksLike(place, look);
    if (!isAlike || this.#sources.isAtReadersPace(place, nowMs)) return 1;
    return this.#sources.nextSkipped(place) % judgedOneIn === 0 ? judgedOneIn : 0;
  }

  /** `matched`: the active rule that the request matches. */
  step(place: number, matched: Rule | undefined, { look, standsFor }: Alike, nowMs: number): Step {
    if (matched === undefined) return this.#unmatched(place, standsFor);
    if (this.#onlySlows(matched, place, nowMs)) return this.#slowed(place);
    this.#sources.setLook(place, look);
    return this.#matched(place, matched, standsFor, nowMs);
  }

  /** Something was done to it lately. */
  isOn(place: number): boolean {
    return this.#sources.ladderOf(place).strikes > 0;
  }

  /**
   * Answers to it are held back, by a rule like this one. Then a request that it matches but for its source's haste tells neither of a
   * reader nor of the flood: whoever is held back can't be hasty.
   */
  holds(place: number, rule: Rule, nowMs: number): boolean {
    const least = this.#onlySlows(rule, place, nowMs) ? strikesFor.slow : strikesFor.close;
    return this.#sources.ladderOf(place).strikes >= least;
  }

  /**
   * Whether a request that no rule matches shows a reader behind an address that was named to the kernel; if so, it is remembered. What is
   * dropped is no longer hasty, and its rule may have ended: so that no rule matches says little where it looks like what was matched.
   */
  findsReader(place: number, { look, wasAlone, isUnruled }: Unlike): boolean {
    const isOther = wasAlone && !this.#sources.looksLike(place, look);
    if (!isOther && !isUnruled) return false;
    this.#sources.noteReader(place);
    return true;
  }

  /** Whoever never matched is told nothing apart from others. */
  #unmatched(place: number, standsFor: number): Step {
    const counts = this.#sources.ladderOf(place);
    if (counts.strikes === 0) return "pass";
    const unmatched = counts.unmatched + standsFor;
    this.#sources.setLadder(place, { ...counts, strikes: counts.strikes >>> 1, unmatched });
    return "pass";
  }

  /** Also where haste tells the flood, and somebody read there before: they may look just like it, and be no hastier than ever. */
  #onlySlows({ action, terms }: Rule, place: number, nowMs: number): boolean {
    if (action === "slow" || action === "challenge") return true;
    return terms.some(({ trait }) => trait === "pace") && this.#sources.mayBeReaders(place, nowMs);
  }

  #slowed(place: number): Step {
    const { strikes, ...counts } = this.#sources.ladderOf(place);
    this.#sources.setLadder(place, { ...counts, strikes: Math.max(strikes, strikesSlowed) });
    return "slow";
  }

  #matched(place: number, { action, terms }: Rule, standsFor: number, nowMs: number): Step {
    const before = this.#sources.ladderOf(place);
    if (before.strikes === 0) this.#sources.waitForKernel(place, this.#grace(place, nowMs), nowMs);
    const each = action === "drop" ? strikesEach.drop : strikesEach.deny;
    const counts = { ...before, matched: before.matched + standsFor, strikes: before.strikes + each };
    const hasReader = this.#hasReader(place, counts, nowMs);
    if (!hasReader) this.#sources.endProbation(place);
    const forKernel =
      !hasReader &&
      counts.strikes >= strikesFor.close &&
      counts.unmatched === 0 &&
      (action === "drop" || this.#isBeyondReaders(place, counts, terms));
    const most = forKernel ? strikesMax : Math.max(before.strikes, strikesFor.kernel - 1);
    const strikes = Math.min(most, forKernel ? counts.strikes + strikesFor.kernel : counts.strikes);
    this.#sources.setLadder(place, { ...counts, strikes });
    if (strikes < strikesFor.close) return "refuse";
    if (!forKernel || !this.#isAlone(place, nowMs)) return "close";
    this.#sources.waitForKernel(place, kernelAgainMs, nowMs);
    this.#sources.noteNaming(place);
    return "kernel";
  }

  /** Somebody who was there in calm may have a program that can't be told from the flood's: what follows shows it. ms. */
  #grace(place: number, nowMs: number): number {
    return this.#sources.mayBeReaders(place, nowMs) ? aloneMs : 0;
  }

  /** Several programs may be one flood's or several people's: who reads there, too, is given the time to show. */
  #isAlone(place: number, nowMs: number): boolean {
    const waitMs = this.#sources.sharedOf(place) === "one" ? 0 : aloneMs;
    return this.#sources.hasWaitedForKernel(place, waitMs, nowMs);
  }

  /** The same page or one query after the other, again and again, and never a part of any; or no end at all. */
  #isBeyondReaders(place: number, { matched }: LadderCounts, terms: readonly Term[]): boolean {
    if (this.#sources.hasParts(place)) return false;
    return matched >= stubbornMatches || terms.some(({ trait }) => trait === "path" || trait === "queries");
  }

  /** Programs alone prove nothing: a flood can name as many as it likes. */
  #hasReader(place: number, { matched, unmatched }: LadderCounts, nowMs: number): boolean {
    if (this.#sources.isKnown(place, nowMs) || this.#sources.hasReaders(place)) return true;
    if (unmatched > 0 && this.#sources.sharedOf(place) === "many") return true;
    return unmatched >= readerRequestsMin && unmatched >= matched * readerShareMin;
  }
}
