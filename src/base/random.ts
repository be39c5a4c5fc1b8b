/** Randomness as a thing that is handed in: the system's for keys, a seeded one for drills and tests. */

export interface Random {
  /** `length` bytes. */
  bytes(length: number): Uint8Array;
  /** A number in [0, 1). */
  next(): number;
}

export const systemRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  next: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
};

/**
 * A repeatable sequence, never for keys. Source: mulberry32 (Tommy Ettinger, public domain);
 * period 2^32, enough to draw a drill from a printed seed.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, bytes: (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256)) };
}

/** A whole number in [0, below). */
export function below(random: Random, limit: number): number {
  return Math.floor(random.next() * limit);
}
