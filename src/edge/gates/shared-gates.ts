/** What all workers' gates have in common: made by the main thread, handed to each as it starts. */
import { spentBytes } from "../../decision/gates/spent.ts";
import type { Config } from "../../config/settings.ts";
import { type SolverScript, solverPrefix } from "../solver/solver-script.ts";

export interface SharedGates {
  /** 32 bytes, kept in edge.sqlite: what was given out stays good over a restart. */
  readonly secret: Uint8Array;
  /** Of Spent. */
  readonly spent: SharedArrayBuffer;
  readonly solver: SolverScript;
}

/** Passes and tickets that expire within one half hour: what an origin good for some thirty a second hands out. */
const spentMax = 65_536;

/** Where nothing is ever asked of anybody. */
export const noSolver: SolverScript = { path: `${solverPrefix}none.js`, body: new Uint8Array() };

/** Before what there are gates: the protected site, and the studio under its public name. */
export function gatesBefore({ gates, origin, studio }: Config): {
  readonly origin: boolean;
  readonly studio: boolean;
} {
  const isOn = gates.mode !== "off";
  return { origin: isOn && origin.url !== "", studio: isOn && studio.hostname !== "" };
}

export function shareGates(secret: Uint8Array, solver: SolverScript): SharedGates {
  return { secret, solver, spent: new SharedArrayBuffer(spentBytes(spentMax)) };
}
