/** The ceiling of reader harm, which holds for every rule: what it lets rules do, and what it says against them. */
import { behaviour, type Term } from "../requests/trait.ts";
import { isJustified } from "./justify.ts";
import { type Action, endings } from "./rule.ts";
import type { Judgement } from "./search.ts";
import type { Usual } from "./usual.ts";

/** What slows may harm more, in siege only … */
const slowShare = 0.1;
/** … but for one act: so many pages a second from one address, and never a part of any. Nobody does it; sixty people behind one may, and can wait. */
const hastyPace = 8;
/** What is handed to the kernel may harm less, of the ceiling. */
const dropPart = 1 / 3;

export class Ceiling {
  /** Of readers in the group that is hit worst, 0..1. */
  readonly share: number;
  readonly slowShare: number;

  constructor(share: number) {
    this.share = share;
    this.slowShare = Math.max(slowShare, share);
  }

  /** Whether a rule that only slows may act also where there is no siege. */
  slowsEarly(terms: readonly Term[]): boolean {
    return (
      terms.some(({ trait, value }) => trait === "pace" && Number(value) >= hastyPace) &&
      terms.some(({ trait, value }) => trait === "parts" && value === "no")
    );
  }

  /** The strongest that a rule may do. */
  actionFor({ worst }: Judgement): Action {
    if (worst.share > this.share) return "slow";
    return worst.share <= this.share * dropPart ? "drop" : "deny";
  }

  /** Nothing that readers resemble is handed to the kernel, whoever asked for it. */
  tempered(action: Action, judgement: Judgement): Action {
    return action === "drop" && this.actionFor(judgement) !== "drop" ? "deny" : action;
  }

  /** Why a rule may not be; undefined where it may. */
  objection(terms: readonly Term[], { worst }: Judgement, usual: Usual, action: Action): string | undefined {
    const most = action === "slow" ? this.slowShare : this.share;
    if (!terms.some(behaviour)) return "none of its terms is something that clients do";
    if (worst.share > most) return `${endings.risk} ${inPercent(worst.share)} of a group of readers`;
    if (isJustified(terms, usual, most)) return undefined;
    return `${endings.risk} readers of a kind that nobody has seen yet`;
  }
}

export function inPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
