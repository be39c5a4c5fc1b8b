/** For how long a source is dropped: longer each time that it goes on where it stopped, shorter again with every calm while. */
import { RecentMap } from "../../base/recent-map.ts";
import { type HashKey, keyedHash, type Source } from "../../decision/source.ts";

export const firstBanMs = 60_000;
/** Where somebody else may be behind the same address. */
export const briefBanMs = 30_000;
export const longestBanMs = 600_000;

/** A strike is forgotten after so long without another, counted from the end of the ban. */
const calmMs = 600_000;

/** 60 (or 30), 120, 240, 480, 600 s: from there on nothing grows, so that everything is forgotten within 50 calm minutes. */
const strikesMax = 1 + Math.ceil(Math.log2(longestBanMs / firstBanMs));

const sourcesMax = 65_536;

interface Kept {
  readonly strikes: number;
  readonly untilMs: number;
}

/** Sources are kept as hashes that only this boot can tell from chance, never on disk. */
export class Strikes {
  readonly #key: HashKey;
  readonly #kept = new RecentMap<number, Kept>(sourcesMax);

  constructor(key: HashKey) {
    this.#key = key;
  }

  /** Counts one more. The ms for which this source is to be dropped from now on. `firstMs`: for the first one. */
  next(source: Source, nowMs: number, firstMs: number = firstBanMs): number {
    this.#kept.forgetWhile((kept) => left(kept, nowMs) === 0);
    const hash = keyedHash(source, this.#key);
    const kept = this.#kept.get(hash);
    const strikes = Math.min(strikesMax, (kept === undefined ? 0 : left(kept, nowMs)) + 1);
    const ms = strikes === 1 ? firstMs : Math.min(longestBanMs, firstBanMs * 2 ** (strikes - 1));
    this.#kept.set(hash, { strikes, untilMs: nowMs + ms });
    return ms;
  }

  clear(): void {
    this.#kept.forgetWhile(() => true);
  }
}

function left({ strikes, untilMs }: Kept, nowMs: number): number {
  return Math.max(0, strikes - Math.max(0, Math.floor((nowMs - untilMs) / calmMs)));
}
