/** What workers and the main thread tell each other about the origin's answers that all of them share: plain data, bodies in shared memory. */
import type { LaneFault } from "../lane/passage.ts";
import type { ParameterRules, Seen } from "./parameters.ts";
import type { Purge } from "./purge.ts";
import type { Stored } from "./stored.ts";

/** A worker's, to the main thread. */
export type CacheAsk =
  /** May I ask the origin for it? `haveUntilMs`: until when what I have was fresh; 0: I have nothing. */
  | { readonly kind: "may"; readonly ask: number; readonly key: string; readonly haveUntilMs: number }
  /** Is there one? Nothing is asked of the origin for it. */
  | { readonly kind: "look"; readonly ask: number; readonly key: string; readonly haveUntilMs: number }
  /** What came of it, for everybody. `purges`: as told with the leave to ask. */
  | {
      readonly kind: "filled";
      readonly key: string;
      readonly stored: readonly (readonly [key: string, stored: Stored])[];
      readonly purges: number;
      /** Where something can be learned from it. */
      readonly seen: Seen | undefined;
    }
  /** Nothing for others. `fault`: the origin failed, which spares them the question. */
  | { readonly kind: "empty"; readonly key: string; readonly fault: LaneFault | undefined }
  /** Given out since the last time. */
  | { readonly kind: "used"; readonly keys: readonly string[] }
  | { readonly kind: "purge"; readonly what: Purge };

/** The main thread's. */
export type CacheReply =
  /** You may. `stored`: what there is of an earlier answer, where you have none. */
  | {
      readonly kind: "leave";
      readonly ask: number;
      readonly purges: number;
      readonly stored: Stored | undefined;
    }
  | { readonly kind: "found"; readonly ask: number; readonly stored: Stored }
  /** There is none; or somebody asked just now, and nothing came of it that others get. */
  | { readonly kind: "nothing"; readonly ask: number; readonly fault: LaneFault | undefined }
  /** To all. What was learned of parameters. */
  | { readonly kind: "rules"; readonly rules: ParameterRules }
  /** To all. */
  | { readonly kind: "purge"; readonly what: Purge; readonly purges: number };
