/** A rule: a conjunction of traits that covers a flood and harms nobody, with what is known of its effect. Times in ms since 1970, shares 0..1. */
import type { Term } from "../requests/trait.ts";

/** What happens to a request that matches. `drop`: refused, and its source may be handed to the kernel; `challenge`: work only. */
export const actions = ["slow", "challenge", "deny", "drop"] as const;
export type Action = (typeof actions)[number];

/** `shadow`: counted only, to see what it would do. */
export type RuleState = "shadow" | "active" | "expired";

/** How what is said of a rule's end begins, by why it ended: by it the studio knows what to tell people in their own language. */
export const endings = {
  unused: "nothing matched it for a minute",
  time: "its time was over",
  siege: "the siege is over",
  outdone: "gave way to one that covers more",
  undone: "taken back by an operator",
  off: "switched off by an operator",
  harm: "it hit",
  risk: "it might hit",
} as const;
export type Ending = keyof typeof endings;

export interface Harm {
  /** Upper confidence bound of the share of usual readers that it hits. */
  readonly share: number;
  /** Where that is worst: `phone`, `MA`, `ar`, `64500`; empty where there is nobody. */
  readonly group: string;
}

export interface Rule {
  readonly id: string;
  /** All of them hold, in the order in which they are cheapest to ask. */
  readonly terms: readonly Term[];
  readonly action: Action;
  readonly state: RuleState;
  /** Who made it. */
  readonly by: "edge" | "watch" | "operator";
  /** Share of the flood (what goes beyond the usual) that it matches. */
  readonly coverage: number;
  /** Predicted, over all usual readers, and in the group that it hits worst. */
  readonly collateral: number;
  readonly worst: Harm;
  /** The same, seen since it acts; undefined while nobody of good standing came. */
  readonly seen: Harm | undefined;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Why it ended (`endings`), in a few words, once it is expired. */
  readonly ended: string | undefined;
  readonly incident: string | null;
  /** Requests that it matched since it was made; what was refused of them, while it acted. */
  readonly matched: number;
  readonly refused: number;
}
