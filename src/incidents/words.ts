/** What the watch page and an incident's page say. Figures come in as the language writes them (quantities.ts). */
import type { incidentKinds, outcomes } from "../bus/facts.ts";
import type { DefenceWords } from "./defence/words.ts";
import type { DrillProfile } from "./drill-bounds.ts";
import type { Window } from "./now.ts";
import type { StoryWords } from "./story/words.ts";

export interface KindWords {
  /** Short, for a list. */
  readonly label: string;
  /** A sentence. */
  readonly what: string;
}

/** A share now and usually, as the language writes them. */
type Compared = (seen: string, usual: string) => string;

export interface WatchWords {
  readonly title: string;
  readonly now: {
    readonly heading: string;
    readonly readable: string;
    readonly attacked: string;
    readonly guarded: string;
    readonly drilled: string;
    /** Readers get their pages, nearly all within that time. */
    waits(wait: string): string;
    /** The same after "under attack". */
    stillWaits(wait: string): string;
    readonly alone: string;
    losing(lost: string): string;
    readonly edgeSilent: string;
    readonly watchSilent: string;
    since(time: string): string;
    sinceAtLeast(time: string): string;
    lastWord(time: string): string;
  };
  readonly defence: DefenceWords;
  readonly story: StoryWords;
  readonly chart: {
    readonly heading: string;
    readonly requests: string;
    readonly refused: string;
    readonly failed: string;
    /** How long 99 of 100 readers wait at most; above a column. */
    readonly wait: string;
    /** The same above its chart, with the unit. */
    readonly waitMs: string;
    readonly perSecond: string;
    readonly caption: string;
    readonly windows: Readonly<Record<Window, string>>;
    readonly estimate: string;
  };
  readonly list: {
    readonly heading: string;
    readonly none: string;
    readonly unknown: string;
    older(count: number): string;
    readonly drill: string;
    readonly open: string;
    readonly toWatch: string;
    readonly toOrigin: string;
    requests(count: number): string;
  };
  readonly incident: {
    readonly kinds: Readonly<Record<(typeof incidentKinds)[number], KindWords>>;
    readonly isDrill: string;
    readonly when: string;
    /** From one moment to another, and how long that was. */
    span(span: string, lasted: string): string;
    fromOn(from: string): string;
    readonly volume: string;
    requests(count: number): string;
    /** About so many. */
    sources(count: number): string;
    readonly sourcesNote: string;
    readonly places: string;
    readonly placesUnknown: string;
    readonly placesOf: string;
    readonly networks: string;
    /** Traffic origin is not an attacker. */
    readonly notWho: string;
    readonly answers: string;
    readonly nothingRefused: string;
    refused(count: number): string;
    challenged(count: number): string;
    signed(count: number): string;
    judged(count: number): string;
    uncertain(count: number): string;
    dynamic(count: number): string;
    readonly readers: string;
    readonly nobodyRead: string;
    readersServed(share: string, requests: string, wait: string): string;
    readonly estimate: string;
    readonly outcome: string;
    readonly outcomes: Readonly<Record<(typeof outcomes)[number] | "open", KindWords>>;
    readonly rules: string;
    /** In the place of a rule's words, before its id. */
    readonly ruleUnknown: string;
    readonly evidence: string;
    readonly noEvidence: string;
  };
  readonly evidence: {
    volume(rate: string, usual: string, high: string): string;
    /** Before the path. */
    path(share: string): string;
    end(lasted: string, peak: string): string;
    readonly restarted: string;
    readonly damaged: string;
    readonly repaired: string;
    slow(ended: string, named: string): string;
    silent(perS: string): string;
    stays(left: string): string;
    readonly repairedAll: string;
    readonly notSeenAgain: string;
    readonly bare: Compared;
    readonly parts: Compared;
    readonly browsers: Compared;
    readonly declaredRobots: Compared;
    readonly undeclaredRobots: Compared;
    readonly noLanguage: Compared;
    language(name: string, seen: string, usual: string): string;
    country(name: string, seen: string, usual: string): string;
    network(name: string, seen: string, usual: string): string;
    readonly pace: Compared;
    firstRule(wait: string): string;
  };
  readonly drill: {
    readonly heading: string;
    /** What will happen, in plain words: paragraphs. */
    readonly asks: readonly string[];
    readonly profile: string;
    readonly profiles: Readonly<Record<DrillProfile, KindWords>>;
    readonly sources: string;
    readonly seconds: string;
    between(least: string, most: string): string;
    readonly start: string;
    readonly stop: string;
    readonly stopped: string;
    running(from: string): string;
    readonly runningNote: string;
    readonly last: string;
    /** Of so many pages that its readers asked for, so many were right. */
    readers(reads: number, right: string, wait: string): string;
    flood(sent: number): string;
    readonly record: string;
    readonly noRecord: string;
    readonly refused: string;
    readonly notLoopback: string;
    readonly tooLong: string;
  };
}
