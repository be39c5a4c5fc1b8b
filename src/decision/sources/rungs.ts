/** The rungs of the ladder for a source, by the strikes that it has: `slow`, `refuse`, `close`, `kernel`. */

/** At least so many strikes. They halve every 16 s, so that whoever stops is off the ladder within two minutes. */
export const strikesFor = { slow: 1, refuse: 4, close: 8, kernel: 16 } as const;
export type Rung = "none" | keyof typeof strikesFor;
export const strikesMax = 64;

/** How many sources stand on each. */
export type Rungs = Readonly<Record<keyof typeof strikesFor, number>>;

export function rungOf(strikes: number): Rung {
  if (strikes >= strikesFor.kernel) return "kernel";
  if (strikes >= strikesFor.close) return "close";
  if (strikes >= strikesFor.refuse) return "refuse";
  return strikes >= strikesFor.slow ? "slow" : "none";
}
