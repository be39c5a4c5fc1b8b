/** What rules did since the last look, in all workers together, in the form in which the rulebook judges them. */
import type { Known, RuleReport } from "../../decision/signatures/reports.ts";
import type { ByGroup, Notes, RuleNote } from "../worker-notes.ts";

const none: RuleNote = { matched: 0, refused: 0, known: new Map() };

export class RuleTotals {
  #rules = new Map<string, RuleNote>();
  #known: ByGroup = new Map();

  add({ rules, known }: Notes): void {
    this.#known = sum(this.#known, known);
    for (const [id, note] of rules) {
      const before = this.#rules.get(id) ?? none;
      this.#rules.set(id, {
        matched: before.matched + note.matched,
        refused: before.refused + note.refused,
        known: sum(before.known, note.known),
      });
    }
  }

  /** Of each of these rules: also one that matched nothing is told how many readers it left alone. Then it starts anew. */
  take(ids: readonly string[]): ReadonlyMap<string, RuleReport> {
    const reports = new Map(ids.map((id) => [id, this.#reportOf(id)]));
    this.#rules = new Map();
    this.#known = new Map();
    return reports;
  }

  #reportOf(id: string): RuleReport {
    const { matched, refused, known } = this.#rules.get(id) ?? none;
    const groups = [...this.#known].map(([group, requests]): [string, Known] => [
      group,
      { requests, matched: known.get(group) ?? 0 },
    ]);
    return { matched, refused, known: new Map(groups) };
  }
}

function sum(left: ByGroup, right: ByGroup): ByGroup {
  const sums = new Map(left);
  for (const [group, requests] of right) sums.set(group, (sums.get(group) ?? 0) + requests);
  return sums;
}
