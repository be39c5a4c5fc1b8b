/** What workers tell of a rule's effect each second, and what follows for readers in good standing: its real harm. */
import { lowerBound } from "./bounds.ts";
import type { Harm } from "./rule.ts";

/** Since the last report. `shadow` rules are told of as well: what they would have done. */
export interface RuleReport {
  readonly matched: number;
  readonly refused: number;
  /** By group (`phone`, `MA`, `ar`, `64500`): requests of sources in good standing at a reader's pace, and of these those that matched. */
  readonly known: ReadonlyMap<string, Known>;
}

export interface Known {
  readonly requests: number;
  readonly matched: number;
}

/** Groups remembered of one rule. */
const groupsMax = 512;

/** Added up since a rule was tried. */
export class KnownReaders {
  readonly #groups = new Map<string, Known>();

  add(known: ReadonlyMap<string, Known>): void {
    for (const [group, { requests, matched }] of known) {
      const before = this.#groups.get(group);
      if (before === undefined && this.#groups.size >= groupsMax) continue;
      this.#groups.set(group, {
        requests: requests + (before?.requests ?? 0),
        matched: matched + (before?.matched ?? 0),
      });
    }
  }

  /** Where most of them were hit, for certain; undefined while none came. */
  worst(): Harm | undefined {
    const groups = [...this.#groups].filter(([, { requests }]) => requests > 0);
    const certain = groups.map(([group, { requests, matched }]) => {
      const share = Math.min(1, matched / requests);
      return { group, share, certain: lowerBound(share, requests) };
    });
    certain.sort((a, b) => b.certain - a.certain || (a.group < b.group ? -1 : 1));
    const worst = certain[0];
    return worst === undefined ? undefined : { share: worst.share, group: worst.group };
  }

  /** Whether more than `ceiling` of a group is hit, with 95 % certainty: one of ten is enough, and so is one alone. */
  isHarmed(ceiling: number): boolean {
    return [...this.#groups.values()].some(
      ({ requests, matched }) =>
        requests > 0 && lowerBound(Math.min(1, matched / requests), requests) > ceiling,
    );
  }
}
