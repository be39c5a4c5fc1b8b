/** Why a rule ended, as a word of ours: edges say it in English (rulebook.ts), people read it in their language. */

const patterns = {
  unused: /^nothing matched it/,
  time: /^its time was over/,
  siege: /^the siege is over/,
  outdone: /^gave way to one that covers more/,
  undone: /^taken back by an operator/,
  off: /^switched off by an operator/,
  harm: /^it hit /,
  risk: /^(it might hit |readers of a kind that nobody has seen yet)/,
} as const satisfies Readonly<Record<string, RegExp>>;
export type Ending = keyof typeof patterns;

/** Undefined for what only a later edge says; its own words then stand for it. */
export function endingOf(said: string): Ending | undefined {
  const endings = Object.keys(patterns) as Ending[];
  return endings.find((ending) => patterns[ending].test(said));
}
