/**
 * The life of rules: made from what a flood has in common, tried against kept traffic at once and against live traffic for a moment (shadow),
 * active, judged anew each second, withdrawn as soon as they harm, expired when nothing needs them. The ceiling of harm holds for every rule,
 * whoever made it, also while everything else is frozen.
 */
import { behaviour, type Term, traits } from "../requests/trait.ts";
import { Bars } from "./bars.ts";
import { isJustified } from "./justify.ts";
import type { Peace } from "./peace.ts";
import { KnownReaders, type RuleReport } from "./reports.ts";
import type { Action, Harm, Rule } from "./rule.ts";
import { type Candidate, coverageMin, findRules, judge, type Judgement, ruleKey } from "./search.ts";
import type { Usual } from "./usual.ts";
import { stepMs, type View, type Window } from "./window.ts";

/** As modes/mode.ts has them. */
type Mode = "calm" | "guarded" | "siege";

export interface RulebookInput {
  readonly window: Window;
  readonly peace: Peace;
  /** Requests a second beyond the usual; 0 where volume says nothing. */
  readonly excess: number;
  readonly mode: Mode;
  /** No rule comes or goes by itself; those that harm go all the same. */
  readonly frozen: boolean;
  /** By rule, since the last step that had any. */
  readonly reports: ReadonlyMap<string, RuleReport>;
  readonly nowMs: number;
}

export interface RuleChange {
  readonly kind: "proposed" | "activated" | "retried" | "withdrawn" | "expired";
  readonly rule: Rule;
}

export interface Proposal {
  readonly terms: readonly { readonly trait: string; readonly value: string }[];
  readonly action: Action;
  readonly seconds: number;
  readonly by: "watch" | "operator";
  readonly incident?: string | null;
}

export interface RulebookOptions {
  /** `decision.reader_harm_max`: of the worst group, 0..1. */
  readonly ceiling: number;
  readonly newId: () => string;
}

export const rulesMax = 32;
const expiredMax = 32;
/** Live traffic that a rule is tried against before it acts. */
export const trialMs = 200;
const judgeMs = 1_000;
/** Without use. */
const unusedMs = 60_000;
/** Then it is tried anew. */
const untriedMs = 3_600_000;
/** What slows may harm more, in siege only. */
const slowCeiling = 0.1;
/** What is handed to the kernel may harm less. */
const dropShare = 1 / 3;
/** For so long a flood that changes what its rule was narrowed by is remembered. */
const evasionMs = 600_000;
const coresMax = 256;

interface Ended {
  readonly rule: Rule;
  /** Its terms that justify it. */
  readonly core: readonly Term[];
}

interface Kept extends Ended {
  rule: Rule;
  readonly known: KnownReaders;
  triedAtMs: number;
  judgedAtMs: number;
}

interface Moment extends RulebookInput {
  readonly usual: Usual;
  readonly view: View;
}

export class Rulebook {
  readonly #ceiling: number;
  readonly #newId: () => string;
  readonly #bars = new Bars();
  /** Live ones, by id. */
  readonly #kept = new Map<string, Kept>();
  #expired: readonly Ended[] = [];
  /** Cores of rules that were made, and until when that is remembered. */
  readonly #cores = new Map<string, number>();
  #searchedAtMs = Number.NEGATIVE_INFINITY;

  constructor({ ceiling, newId }: RulebookOptions) {
    this.#ceiling = ceiling;
    this.#newId = newId;
  }

  /** Once a tick, about ten times a second. */
  step(input: RulebookInput): RuleChange[] {
    const { window, peace, nowMs } = input;
    if (this.#kept.size === 0 && !this.#isSearching(input)) return [];
    const moment = { ...input, usual: peace.usual(nowMs), view: window.view(nowMs) };
    this.#hear(moment);
    const changes = [...this.#kept.values()].flatMap((kept) => this.#live(kept, moment));
    return this.#isSearching(input) ? [...changes, ...this.#search(moment)] : changes;
  }

  /** Live ones first, then those that ended lately, the newest first. */
  list(): readonly Rule[] {
    return [...this.#kept.values(), ...this.#expired].map(({ rule }) => rule);
  }

  /** How much of the excess the best live rule covers: a harmless rule for a real part of it makes the composition strange. */
  coverage(): number {
    return Math.max(0, ...[...this.#kept.values()].map(({ rule }) => rule.coverage));
  }

  /** From the bus: tried and held to the ceiling like the edge's own. */
  add(proposal: Proposal, moment: Pick<RulebookInput, "peace" | "window" | "nowMs">): Added {
    const terms = knownTerms(proposal.terms);
    if (terms === undefined) return { objection: "a term names no trait that there is" };
    const usual = moment.peace.usual(moment.nowMs);
    const judgement = { coverage: 0, collateral: usual.collateral(terms), worst: usual.harm(terms) };
    const objection = this.#objection(terms, judgement, slowOr(proposal.action, slowCeiling, this.#ceiling), {
      usual,
      nowMs: moment.nowMs,
    });
    if (objection !== undefined) return { objection };
    if (this.#kept.size >= rulesMax) return { objection: `there are ${rulesMax} rules already` };
    const { by, seconds, incident } = proposal;
    const action = this.#tempered(proposal.action, judgement);
    const rule = this.#rule(
      terms,
      { action, by, incident: incident ?? null, lifeMs: seconds * 1_000 },
      judgement,
      moment,
    );
    this.#keep(rule, terms.filter(behaviour), moment.nowMs);
    return { rule };
  }

  /** One that ended starts anew: it is tried first. Undefined where there is none, or where it harmed lately. */
  enable(id: string, nowMs: number): Rule | undefined {
    const live = this.#kept.get(id);
    if (live !== undefined) return live.rule;
    const ended = this.#expired.find(({ rule }) => rule.id === id);
    if (ended === undefined || this.#kept.size >= rulesMax) return undefined;
    const { rule: before, core } = ended;
    this.#bars.lift(core);
    if (this.#bars.why(core, nowMs) !== undefined) return undefined;
    this.#expired = this.#expired.filter((one) => one !== ended);
    const lifeMs = before.by === "edge" ? unusedMs : before.expiresAtMs - before.createdAtMs;
    const times = { createdAtMs: nowMs, expiresAtMs: nowMs + lifeMs };
    const rule: Rule = { ...before, ...times, state: "shadow", ended: undefined, seen: undefined };
    this.#keep(rule, core, nowMs);
    return rule;
  }

  /** Its like doesn't come back for ten minutes. Undefined where there is none. */
  disable(id: string, why: string, nowMs: number): Rule | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return this.#expired.find(({ rule }) => rule.id === id)?.rule;
    this.#bars.set(kept.core, "person", nowMs);
    return this.#end(kept, why, nowMs);
  }

  /** Takes back every rule that the edge made. */
  undo(nowMs: number): readonly Rule[] {
    const own = [...this.#kept.values()].filter(({ rule }) => rule.by === "edge");
    return own.flatMap(({ rule }) => this.disable(rule.id, "taken back by an operator", nowMs) ?? []);
  }

  #isSearching({ excess, frozen, nowMs }: RulebookInput): boolean {
    return excess > 0 && !frozen && nowMs - this.#searchedAtMs >= stepMs;
  }

  #hear({ reports, nowMs }: Moment): void {
    for (const [id, { matched, refused, known }] of reports) {
      const kept = this.#kept.get(id);
      if (kept === undefined) continue;
      kept.known.add(known);
      const { rule } = kept;
      const isUsed = matched > 0 && rule.by === "edge";
      kept.rule = {
        ...rule,
        matched: rule.matched + matched,
        refused: rule.refused + refused,
        seen: kept.known.worst(),
        expiresAtMs: isUsed ? nowMs + unusedMs : rule.expiresAtMs,
      };
    }
  }

  /** What happens to one rule at this moment; the first that applies. */
  #live(kept: Kept, moment: Moment): RuleChange[] {
    const { nowMs, frozen } = moment;
    if (kept.known.isHarmed(this.#ceiling)) return [this.#withdraw(kept, harmSeen(kept.rule), nowMs)];
    const isTried = kept.rule.state === "shadow" && nowMs - kept.triedAtMs >= trialMs;
    if (isTried || nowMs - kept.judgedAtMs >= judgeMs) {
      const objection = this.#judge(kept, moment);
      if (objection !== undefined) return [this.#withdraw(kept, objection, nowMs)];
    }
    if (frozen) return [];
    const end = endOf(kept.rule, moment);
    if (end !== undefined) return [{ kind: "expired", rule: this.#end(kept, end, nowMs) }];
    if (isTried && mayAct(kept.rule, moment)) return [change("activated", kept, { state: "active" })];
    if (kept.rule.state === "active" && nowMs - kept.triedAtMs >= untriedMs) {
      kept.triedAtMs = nowMs;
      return [change("retried", kept, { state: "shadow" })];
    }
    return [];
  }

  /** Effect and harm as they are now; what speaks against it. */
  #judge(kept: Kept, moment: Moment): string | undefined {
    const { rule } = kept;
    const judgement = judge(rule.terms, moment.view, moment.usual, moment.excess);
    kept.judgedAtMs = moment.nowMs;
    const action = this.#tempered(rule.action, judgement);
    kept.rule = { ...rule, action, ...told(judgement, moment.window) };
    const isUsed = rule.by === "edge" && judgement.coverage >= coverageMin;
    if (isUsed) kept.rule = { ...kept.rule, expiresAtMs: moment.nowMs + unusedMs };
    return harmObjection(
      rule.terms,
      judgement,
      moment.usual,
      slowOr(rule.action, slowCeiling, this.#ceiling),
    );
  }

  #search(moment: Moment): RuleChange[] {
    this.#searchedAtMs = moment.nowMs;
    const harmless = this.#find(moment, this.#ceiling);
    const found =
      harmless.length === 0 && moment.mode === "siege" ? this.#find(moment, slowCeiling) : harmless;
    return found.flatMap((candidate) => this.#propose(candidate, moment));
  }

  #find({ window, usual, excess, nowMs }: Moment, ceiling: number): Candidate[] {
    const live = [...this.#kept.values()].map(({ rule }) => rule.terms);
    const covered = [...live, ...this.#bars.takenBack(nowMs)];
    const barred = (terms: readonly Term[]): boolean => this.#bars.why(terms, nowMs) !== undefined;
    const evaded = (core: readonly Term[]): boolean => (this.#cores.get(ruleKey(core)) ?? 0) > nowMs;
    return findRules(window, usual, { ceiling, excess, covered, barred, evaded }, nowMs);
  }

  #propose(candidate: Candidate, moment: Moment): RuleChange[] {
    const { nowMs } = moment;
    const changes = this.#makeRoom(candidate.coverage, nowMs);
    if (changes === undefined) return [];
    const action = this.#actionFor(candidate.worst.share);
    const rule = this.#rule(
      candidate.terms,
      { action, by: "edge", incident: null, lifeMs: unusedMs },
      candidate,
      moment,
    );
    this.#keep(rule, candidate.core, nowMs);
    this.#remember(candidate.core, nowMs);
    return [...changes, { kind: "proposed", rule }];
  }

  #actionFor(worst: number): Action {
    if (worst > this.#ceiling) return "slow";
    return worst <= this.#ceiling * dropShare ? "drop" : "deny";
  }

  /** Nothing that readers resemble at all is handed to the kernel, whoever asked for it. */
  #tempered(action: Action, { worst }: Judgement): Action {
    return action === "drop" && worst.share > this.#ceiling * dropShare ? "deny" : action;
  }

  /** Of the edge's own, the one that covers least gives way to one that covers more. Undefined where there is none. */
  #makeRoom(coverage: number, nowMs: number): RuleChange[] | undefined {
    if (this.#kept.size < rulesMax) return [];
    const own = [...this.#kept.values()].filter(({ rule }) => rule.by === "edge");
    const least = own.sort((a, b) => a.rule.coverage - b.rule.coverage)[0];
    if (least === undefined || least.rule.coverage >= coverage) return undefined;
    return [{ kind: "expired", rule: this.#end(least, "gave way to one that covers more", nowMs) }];
  }

  #remember(core: readonly Term[], nowMs: number): void {
    const key = ruleKey(core);
    this.#cores.delete(key);
    this.#cores.set(key, nowMs + evasionMs);
    const [oldest] = this.#cores.keys();
    if (this.#cores.size > coresMax && oldest !== undefined) this.#cores.delete(oldest);
  }

  /** Against making a rule at all. */
  #objection(
    terms: readonly Term[],
    judgement: Judgement,
    ceiling: number,
    { usual, nowMs }: Pick<Moment, "usual" | "nowMs">,
  ): string | undefined {
    if (this.#bars.why(terms.filter(behaviour), nowMs) === "harm")
      return "a rule like it harmed readers in the last ten minutes";
    return harmObjection(terms, judgement, usual, ceiling);
  }

  #rule(
    terms: readonly Term[],
    of: Making,
    judgement: Judgement,
    { window, nowMs }: Pick<RulebookInput, "window" | "nowMs">,
  ): Rule {
    const { action, by, incident, lifeMs } = of;
    const counts = { seen: undefined, ended: undefined, matched: 0, refused: 0 };
    const times = { createdAtMs: nowMs, expiresAtMs: nowMs + lifeMs };
    return {
      id: this.#newId(),
      terms,
      action,
      state: "shadow",
      by,
      incident,
      ...told(judgement, window),
      ...counts,
      ...times,
    };
  }

  #keep(rule: Rule, core: readonly Term[], nowMs: number): void {
    this.#kept.set(rule.id, { rule, core, known: new KnownReaders(), triedAtMs: nowMs, judgedAtMs: nowMs });
  }

  #withdraw(kept: Kept, why: string, nowMs: number): RuleChange {
    this.#bars.set(kept.core, "harm", nowMs);
    return { kind: "withdrawn", rule: this.#end(kept, why, nowMs) };
  }

  #end(kept: Kept, why: string, nowMs: number): Rule {
    const rule: Rule = { ...kept.rule, state: "expired", ended: why, expiresAtMs: nowMs };
    this.#kept.delete(rule.id);
    this.#expired = [{ rule, core: kept.core }, ...this.#expired].slice(0, expiredMax);
    return rule;
  }
}

export type Added = { readonly rule: Rule } | { readonly objection: string };

interface Making {
  readonly action: Action;
  readonly by: Rule["by"];
  readonly incident: string | null;
  readonly lifeMs: number;
}

function change(kind: RuleChange["kind"], kept: Kept, into: Partial<Rule>): RuleChange {
  kept.rule = { ...kept.rule, ...into };
  return { kind, rule: kept.rule };
}

/** What came over the bus acts once it was tried; the edge's own needs a flood that it covers. */
function mayAct({ by, coverage }: Rule, { mode }: Moment): boolean {
  return by !== "edge" || (mode !== "calm" && coverage >= coverageMin);
}

/** Why it ends now by itself. */
function endOf({ action, by, expiresAtMs }: Rule, { mode, nowMs }: Moment): string | undefined {
  if (action === "slow" && by === "edge" && mode !== "siege") return "the siege is over";
  if (nowMs < expiresAtMs) return undefined;
  return by === "edge" ? "nothing matched it for a minute" : "its time was over";
}

function harmObjection(
  terms: readonly Term[],
  { worst }: Judgement,
  usual: Usual,
  ceiling: number,
): string | undefined {
  if (!terms.some(behaviour)) return "none of its terms is something that clients do";
  if (worst.share > ceiling) return `it might hit ${percent(worst.share)} of a group of readers`;
  return isJustified(terms, usual, ceiling)
    ? undefined
    : "readers of a kind that nobody has seen yet may do the same";
}

function harmSeen({ seen }: Rule): string {
  return `it hit ${percent(seen?.share ?? 0)} of known readers (${seen?.group ?? ""})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function slowOr(action: Action, slow: number, other: number): number {
  return action === "slow" ? Math.max(slow, other) : other;
}

function told(
  { coverage, collateral, worst }: Judgement,
  window: Window,
): { coverage: number; collateral: number; worst: Harm } {
  const group = worst.trait === "newcomers" ? "" : (window.text(worst.trait, worst.word) ?? "");
  return { coverage, collateral, worst: { share: worst.share, group } };
}

function knownTerms(terms: Proposal["terms"]): readonly Term[] | undefined {
  const known = terms.map(({ trait, value }) => ({ trait: traits.find((name) => name === trait), value }));
  return known.every((term): term is Term => term.trait !== undefined) ? known : undefined;
}
