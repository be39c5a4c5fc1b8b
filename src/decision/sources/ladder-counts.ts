/** What the ladder keeps of a source, in one word: three counts of seven bits, and ten bits of the source's name that say whose they are. */

/** Each at most 127; halved every 16 s. */
export interface LadderCounts {
  readonly strikes: number;
  /** Requests since the first strike that rules matched, and that none did. */
  readonly matched: number;
  readonly unmatched: number;
}

const countMax = 127;
const nameMask = 0x3ff;
const none: LadderCounts = { strikes: 0, matched: 0, unmatched: 0 };

/** None where the word was written for another source. */
export function countsIn(word: number, name: number): LadderCounts {
  if (word >>> 22 !== (name & nameMask)) return none;
  return {
    strikes: word & countMax,
    matched: (word >>> 7) & countMax,
    unmatched: (word >>> 14) & countMax,
  };
}

export function countsWord({ strikes, matched, unmatched }: LadderCounts, name: number): number {
  return ((name & nameMask) << 22) | (bounded(unmatched) << 14) | (bounded(matched) << 7) | bounded(strikes);
}

export function halved({ strikes, matched, unmatched }: LadderCounts, times: number): LadderCounts {
  return { strikes: strikes >>> times, matched: matched >>> times, unmatched: unmatched >>> times };
}

function bounded(count: number): number {
  return Math.min(countMax, count);
}
