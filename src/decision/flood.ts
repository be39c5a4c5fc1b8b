/**
 * When an attack begins and when it is over, as the watch sees it: a state machine without a clock of its own. It begins when an edge says
 * so, or after some seconds of the watch's own suspicion, and is over after a while without: pulses make one incident, a crowd none.
 */
import { z } from "zod";
import type { Signs } from "./flood-signs.ts";

export const floodStateSchema = z.object({
  phase: z.enum(["calm", "flood"]),
  /** Seconds of suspicion, leaking slowly; 0 in calm times. */
  heat: z.number().nonnegative(),
  /** Seconds since the last one that kept it open. */
  quiet_s: z.number().nonnegative(),
});
export type FloodState = z.infer<typeof floodStateSchema>;

export const calmState: FloodState = { phase: "calm", heat: 0, quiet_s: 0 };

/** So many seconds of suspicion within some minutes open an incident. */
const openingHeatS = 3;
/** A single second of it is forgotten after this time. */
const forgetS = 60;
/** So much quiet closes it. */
export const closingQuietS = 60;

/** Something may have changed here for good: it is learned, but ten times as slowly. */
const strangeTrust = 0.1;

/** What is known of one second. */
export interface FloodLook {
  /** An edge is sure: it has met it. */
  readonly told: boolean;
  /** The watch itself takes it for an attack that no edge has told of. */
  readonly suspected: boolean;
  /** It is part of the attack, if there is one. */
  readonly goesOn: boolean;
  /** Nothing comes, but only because its sources are still shut out: no quiet yet. */
  readonly shutOut: boolean;
}

/** `held`: this second belongs to the attack, if there is one. */
export interface FloodStep {
  readonly state: FloodState;
  readonly change: "none" | "opened" | "closed";
  readonly held: boolean;
}

export function stepFlood(state: FloodState, look: FloodLook, seconds: number): FloodStep {
  if (state.phase === "calm") return stepCalm(state, look, seconds);
  const held = look.told || look.suspected || look.goesOn;
  const quietS = held ? 0 : state.quiet_s + (look.shutOut ? 0 : seconds);
  if (quietS >= closingQuietS) return { state: calmState, change: "closed", held };
  return { state: { ...state, quiet_s: quietS }, change: "none", held };
}

function stepCalm(state: FloodState, { told, suspected, goesOn }: FloodLook, seconds: number): FloodStep {
  const heat = suspected ? state.heat + seconds : Math.max(0, state.heat - seconds / forgetS);
  if (told || (suspected && heat >= openingHeatS)) {
    return { state: { phase: "flood", heat: openingHeatS, quiet_s: 0 }, change: "opened", held: true };
  }
  return { state: { phase: "calm", heat, quiet_s: 0 }, change: "none", held: suspected || goesOn };
}

/** How much of this second the baseline may learn: nothing of an attack or of what may become one, little of strange behaviour. */
export function trustIn({ state }: FloodStep, signs: Signs): number {
  if (state.phase === "flood" || state.heat > 0) return 0;
  return signs.traits.some(({ strange, behaviour }) => strange && behaviour) ? strangeTrust : 1;
}
