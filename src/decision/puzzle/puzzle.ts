/**
 * What the edge asks of a client when there isn't enough for all: a puzzle that takes a second or two of a phone and 4 MB that are read and
 * written at random all the while, and that is checked in microseconds (docs/decisions says why this one).
 *
 * It is the generalised birthday problem (Wagner, "A Generalized Birthday Problem", CRYPTO 2002) as Equihash asks it (Biryukov, Khovratovich,
 * NDSS 2016) with the parameters of Equi-X (n = 60, k = 3; tevador, Tor's proposal 327), over a hash whose tables are made for each
 * challenge. For a nonce, each of 65,536 indices has a hash of 60 bits. A solution is eight different indices whose hashes XOR to zero, found in
 * a tree as Wagner's algorithm finds them:
 *
 *     pairs       (0 1) (2 3) (4 5) (6 7)      agree in bits 0 to 14
 *     quartets    (0 1 2 3) (4 5 6 7)          XOR to zero in bits 0 to 29
 *     all                                      XOR to zero
 *
 * and each side of a node has the smaller first index on the left, so that a solution can be written in one way only. A nonce has 1.9
 * solutions on average. A proof is a row of solutions: several small ones together take a steadier time than a big one.
 *
 * On the wire, a solution is nine numbers of 16 bits, big-endian: nonce, eight indices. A proof is its solutions one after the other, ascending.
 */

/** The challenge: SHA-256 of the ticket, or whatever else nobody can choose or foresee. */
export const seedBytes = 32;
export const indexCount = 2 ** 16;
export const nonceCount = 2 ** 16;
/** Pairs and quartets agree in so many bits each; what is left, twice as many, at last. */
export const stepBits = 15;
export const leavesPerSolution = 8;
export const solutionBytes = 2 * (1 + leavesPerSolution);
/** Of a proof. The time to find so many has a standard deviation of 18 % of its mean (Erlang); 576 bytes. */
export const mostSolutions = 32;

/**
 * Effort is how many solutions are to be found on average; time and effort are proportional. Beyond `mostSolutions` only those count that are
 * rare enough. The most is some two minutes of a phone, and a thirtieth of the nonces.
 */
export const mostEffort = 2 ** 12;

/** What a cheap phone solves within two seconds, also one whose memory is slow: 26 nonces on average (bench/puzzle.ts). */
export const phoneEffort = 48;

export function isEffort(effort: number): boolean {
  return Number.isInteger(effort) && effort >= 1 && effort <= mostEffort;
}

/** How many solutions a proof of this effort shows. */
export function solutionsOf(effort: number): number {
  return Math.min(effort, mostSolutions);
}

/** A solution counts when its lot (30 bits, uniform) is below this: a share of all that makes the average right. */
export function lotLimit(effort: number): number {
  return (solutionsOf(effort) / effort) * 2 ** 30;
}
