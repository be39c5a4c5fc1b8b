/** What this worker has before the studio: who goes first there, and where all others wait. */
import { hourMs } from "../../base/clock.ts";
import { systemRandom } from "../../base/random.ts";
import type { Config } from "../../config/settings.ts";
import { gatesBefore, type SharedGates } from "../gates/shared-gates.ts";
import { WorkGate } from "../gates/work-gate.ts";
import type { Lane } from "../lane/lane.ts";
import { SignInGate } from "./sign-in-gate.ts";
import { Staff } from "./staff.ts";

export interface SignIn {
  readonly staff: Staff;
  readonly gate: SignInGate;
  /** What those who wait have to show. */
  readonly gates: WorkGate;
}

export interface SignInOptions {
  readonly config: Config;
  readonly gates: SharedGates;
  readonly workers: number;
  readonly monotonicMs: () => number;
}

/** Undefined where there is no such lane, or the gates are off: then there is one way for all. */
export function signInOf(options: SignInOptions, lane: Lane | undefined): SignIn | undefined {
  const { config, gates: shared, workers, monotonicMs } = options;
  if (lane === undefined || !gatesBefore(config).studio) return undefined;
  const gates = new WorkGate({ purpose: "sign-in", shared, random: systemRandom, monotonicMs });
  const sessionMs = config.studio.session_hours * hourMs;
  return {
    gates,
    gate: new SignInGate({ lane, gates, workers, monotonicMs }),
    staff: new Staff({ keys: gates.keys, sessionMs, tls: config.edge.tls === "files" }),
  };
}
