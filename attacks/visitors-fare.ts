/** How those fared who wanted something that costs work. */
import type { Visitor } from "./plan.ts";

export interface Visited {
  readonly visitor: Visitor;
  /** Until it had what it came for, or gave up. */
  readonly ms: number;
  /** What came last, where it gave up: status, reason, or "something else". */
  readonly wrong: string | undefined;
}

export interface VisitorsFare {
  readonly came: number;
  readonly through: number;
  /** Of those who got through, ms; 0 where there are none. */
  readonly p50_ms: number;
  readonly p95_ms: number;
  /** Of all. */
  readonly longest_ms: number;
  /** How those ended who didn't. */
  readonly wrong: Readonly<Record<string, number>>;
}

export interface VisitorsReport {
  readonly all: VisitorsFare;
  readonly plain: VisitorsFare;
  /** From the flood's own networks: some behind the very address of one of its sources. */
  readonly among_flood: VisitorsFare;
}

export function visitorsReport(visited: readonly Visited[]): VisitorsReport {
  return {
    all: fareOf(visited),
    plain: fareOf(visited.filter(({ visitor }) => !visitor.hasScripts)),
    among_flood: fareOf(visited.filter(({ visitor }) => visitor.amongFlood)),
  };
}

function fareOf(visited: readonly Visited[]): VisitorsFare {
  const lost = visited.flatMap(({ wrong }) => wrong ?? []);
  const times = visited
    .filter(({ wrong }) => wrong === undefined)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  const at = (quantile: number): number => Math.round(times[Math.ceil(times.length * quantile) - 1] ?? 0);
  const wrong: Record<string, number> = {};
  for (const what of lost) wrong[what] = (wrong[what] ?? 0) + 1;
  return {
    came: visited.length,
    through: times.length,
    p50_ms: at(0.5),
    p95_ms: at(0.95),
    longest_ms: Math.round(Math.max(0, ...visited.map(({ ms }) => ms))),
    wrong,
  };
}
