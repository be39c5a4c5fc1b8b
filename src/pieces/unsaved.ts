/**
 * What somebody has written and not saved yet, for when their browser dies. In the newsroom's memory alone: a browser would keep
 * it on a disk that can be seized, and who hasn't pressed "Save" has not said that it may be kept.
 */
import { RecentMap } from "../base/recent-map.ts";
import { type Clock, dayMs, rfc3339 } from "../base/clock.ts";
import type { SaveRequest, Unsaved } from "./editor/exchange.ts";
import type { Revision } from "./piece.ts";

/** Of JSON, for all people together; the longest text has 2 million. */
const charactersMax = 16_000_000;
/** Longer than any night's work. */
const keptMs = dayMs;

export class UnsavedTexts {
  readonly #clock: Clock;
  readonly #kept = new RecentMap<string, Unsaved>(charactersMax);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(account: string, textId: string, request: SaveRequest): void {
    const at = rfc3339(this.#clock.nowMs());
    this.#kept.set(keyOf(account, textId), { ...request, at }, JSON.stringify(request).length);
  }

  /** Null where there is nothing, or nothing but what is saved in `working` by now. */
  find(account: string, { textId, title, standfirst, body }: Revision): Unsaved | null {
    const oldest = this.#clock.nowMs() - keptMs;
    this.#kept.forgetWhile(({ at }) => Date.parse(at) < oldest);
    const found = this.#kept.get(keyOf(account, textId));
    if (found === undefined || Date.parse(found.at) < oldest) return null;
    const isSaved = Bun.deepEquals([found.title, found.standfirst, found.body], [title, standfirst, body]);
    return isSaved ? null : found;
  }

  forget(account: string, textId: string): void {
    this.#kept.delete(keyOf(account, textId));
  }
}

function keyOf(account: string, textId: string): string {
  return `${account} ${textId}`;
}
