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

/** Whether work is ever asked for anything. */
export function hasGates({ gates, origin }: Config): boolean {
  return gates.mode !== "off" && origin.url !== "";
}

export function shareGates(secret: Uint8Array, solver: SolverScript): SharedGates {
  return { secret, solver, spent: new SharedArrayBuffer(spentBytes(spentMax)) };
}
