/**
 * What somebody has written and not saved yet, for when their browser dies. In the newsroom's memory alone: a browser would keep
 * it on a disk that can be seized, and who hasn't pressed "Save" has not said that it may be kept.
 */
import { RecentMap } from "../base/recent-map.ts";
import { type Clock, dayMs, rfc3339 } from "../base/clock.ts";
import type { SaveRequest, Unsaved } from "./editor/exchange.ts";
import type { Revision } from "./piece.ts";

/** Of JSON, for all people together; the longest text has 2 million … */
const charactersMax = 16_000_000;
/** … and for one: who writes a lot makes room among what is their own. */
const charactersOfOneMax = 4_000_000;
/** Longer than any night's work. */
const keptMs = dayMs;

export class UnsavedTexts {
  readonly #clock: Clock;
  /** By account, then by text. */
  readonly #kept = new RecentMap<string, RecentMap<string, Unsaved>>(charactersMax);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(account: string, textId: string, request: SaveRequest): void {
    const at = rfc3339(this.#clock.nowMs());
    const theirs = this.#kept.get(account) ?? new RecentMap<string, Unsaved>(charactersOfOneMax);
    theirs.set(textId, { ...request, at }, JSON.stringify(request).length);
    this.#kept.set(account, theirs, theirs.weight);
  }

  /** Null where there is nothing, or nothing but what is saved in `working` by now. */
  find(account: string, { textId, title, standfirst, body }: Revision): Unsaved | null {
    const oldest = this.#clock.nowMs() - keptMs;
    const isOld = ({ at }: Unsaved): boolean => Date.parse(at) < oldest;
    for (const theirs of this.#kept.values()) theirs.forgetWhile(isOld);
    const found = this.#kept.get(account)?.get(textId);
    if (found === undefined || isOld(found)) return null;
    const isSaved = Bun.deepEquals([found.title, found.standfirst, found.body], [title, standfirst, body]);
    return isSaved ? null : found;
  }

  forget(account: string, textId: string): void {
    const theirs = this.#kept.get(account);
    if (theirs === undefined) return;
    theirs.delete(textId);
    if (theirs.size === 0) this.#kept.delete(account);
    else this.#kept.set(account, theirs, theirs.weight);
  }
}
