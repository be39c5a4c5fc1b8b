/** How all workers' gates before the studio do, for operators. Pure. */
import { sumOf } from "../../base/sum.ts";
import type { SignInFacts } from "../../bus/facts.ts";
import type { SignInReport } from "./sign-in-gate.ts";

export class SignInTotals {
  readonly #slots = new Map<number, SignInReport>();
  #tickets = 0;
  #passes = 0;

  hear(slot: number, report: SignInReport): void {
    this.#slots.set(slot, report);
    this.#tickets += report.tickets;
    this.#passes += report.passes;
  }

  /** A worker that is lost says nothing any more. */
  lost(slot: number): void {
    this.#slots.delete(slot);
  }

  /** Undefined where there is no such gate. */
  get facts(): SignInFacts | undefined {
    const reports = [...this.#slots.values()];
    if (reports.length === 0) return undefined;
    const asking = reports.filter(({ isAsking }) => isAsking).length;
    const waiting = sumOf(reports, (report) => report.waiting);
    const effort = Math.max(...reports.map((report) => report.effort));
    return { asking, effort, waiting, tickets: this.#tickets, passes: this.#passes };
  }
}
