/**
 * When a flood begins and when it is over: a state machine without a clock of its own. It begins on volume and composition together, some
 * seconds of both within a few minutes, and is over after a while without: pulses make one incident, a crowd none.
 */
import { z } from "zod";
import { isStrange, type Signs } from "./flood-signs.ts";

export const floodStateSchema = z.object({
  phase: z.enum(["calm", "flood"]),
  /** Seconds of flood, leaking slowly; 0 in calm times. */
  heat: z.number().nonnegative(),
  /** Seconds since the last one that kept it open. */
  quiet_s: z.number().nonnegative(),
});
export type FloodState = z.infer<typeof floodStateSchema>;

export const calmState: FloodState = { phase: "calm", heat: 0, quiet_s: 0 };

/** So many seconds of flood within some minutes open an incident. */
const openingHeatS = 3;
/** A single second of flood is forgotten after this time. */
const forgetS = 60;
/** So much quiet closes it. */
export const closingQuietS = 60;
/** While it is open, this part of the opening volume keeps it so. */
const holdingShare = 0.5;

/** Something may have changed here for good: it is learned, but ten times as slowly. */
const strangeTrust = 0.1;

/** `held`: this second belongs to the flood, if there is one. */
export interface FloodStep {
  readonly state: FloodState;
  readonly change: "none" | "opened" | "closed";
  readonly held: boolean;
}

export function stepFlood(state: FloodState, signs: Signs, seconds: number): FloodStep {
  const strange = isStrange(signs);
  const high = signs.ratePerS >= signs.highRatePerS;
  if (state.phase === "calm") return stepCalm(state, strange && high, seconds);
  const held = strange && signs.ratePerS >= signs.highRatePerS * holdingShare;
  const quietS = held ? 0 : state.quiet_s + seconds;
  if (quietS >= closingQuietS) return { state: calmState, change: "closed", held };
  return { state: { ...state, quiet_s: quietS }, change: "none", held };
}

function stepCalm(state: FloodState, hot: boolean, seconds: number): FloodStep {
  const heat = hot ? state.heat + seconds : Math.max(0, state.heat - seconds / forgetS);
  if (hot && heat >= openingHeatS) {
    return { state: { phase: "flood", heat: openingHeatS, quiet_s: 0 }, change: "opened", held: true };
  }
  return { state: { phase: "calm", heat, quiet_s: 0 }, change: "none", held: hot };
}

/** How much of this second the baseline may learn: nothing of a flood or of what may become one, little of strange behaviour. */
export function trustIn({ state }: FloodStep, signs: Signs): number {
  if (state.phase === "flood" || state.heat > 0) return 0;
  return signs.traits.some(({ strange, behaviour }) => strange && behaviour) ? strangeTrust : 1;
}
