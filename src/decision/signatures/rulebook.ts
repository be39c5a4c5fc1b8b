/**
 * The life of rules: made from what a flood has in common, tried against kept traffic at once and against live traffic for a moment (shadow),
 * active, judged anew each second, withdrawn as soon as they harm, expired when nothing needs them. The ceiling of harm holds for every rule,
 * whoever made it, also while everything else is frozen.
 */
import type { Mode } from "../modes/mode.ts";
import { behaviour, ordinal, type Term, traits } from "../requests/trait.ts";
import { Bars } from "./bars.ts";
import { Ceiling, inPercent } from "./ceiling.ts";
import type { Peace } from "./peace.ts";
import { KnownReaders, type RuleReport } from "./reports.ts";
import { type Action, endings, type Harm, type Rule } from "./rule.ts";
import { type Candidate, coverageMin, findRules, judge, type Judgement, ruleKey } from "./search.ts";
import { stepMs, type Window } from "./window.ts";

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

/** A rule that somebody else wants. */
export interface Proposal {
  readonly terms: readonly { readonly trait: string; readonly value: string }[];
  readonly action: Action;
  readonly seconds: number;
  readonly by: "watch" | "operator";
  readonly incident?: string | null;
}

export type Added = { readonly rule: Rule } | { readonly objection: string };

export interface RulebookOptions {
  /** `decision.reader_harm_max`: of the worst group, 0..1. */
  readonly ceiling: number;
  readonly newId: () => string;
}

/** Shadow and active ones together. */
export const rulesMax = 32;
const expiredMax = 32;
/**
 * What only slows covers at least so much of the excess: readers who share addresses with a flood have its haste, and are what is left
 * of it once a better rule holds it down.
 */
const slowCoverageMin = 1 / 3;
/** Live traffic that a rule is tried against before it acts. */
export const trialMs = 200;
const judgeMs = 1_000;
/** The edge's own go after so long without use. */
const unusedMs = 60_000;
/** Then it is tried anew. */
const untriedMs = 3_600_000;

interface Ended {
  readonly rule: Rule;
  /** Its terms that justify it. */
  readonly core: readonly Term[];
  /** How long it lives: unused, or where it came over the bus, at all. */
  readonly lifeMs: number;
}

interface Kept extends Ended {
  rule: Rule;
  readonly known: KnownReaders;
  triedAtMs: number;
  judgedAtMs: number;
}

export class Rulebook {
  readonly #ceiling: Ceiling;
  readonly #newId: () => string;
  readonly #bars = new Bars();
  /** Live ones, by id. */
  readonly #kept = new Map<string, Kept>();
  /** The latest first. */
  #expired: readonly Ended[] = [];
  #searchedAtMs = Number.NEGATIVE_INFINITY;

  constructor({ ceiling, newId }: RulebookOptions) {
    this.#ceiling = new Ceiling(ceiling);
    this.#newId = newId;
  }

  /** Once a tick, about ten times a second. */
  step(input: RulebookInput): RuleChange[] {
    this.#hear(input);
    const changes = [...this.#kept.values()].flatMap((kept) => this.#live(kept, input));
    const { excess, frozen, nowMs } = input;
    if (excess <= 0 || frozen || nowMs - this.#searchedAtMs < stepMs) return changes;
    this.#searchedAtMs = nowMs;
    return [...changes, ...this.#search(input)];
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
    const { by, seconds, incident = null } = proposal;
    const terms = knownTerms(proposal.terms);
    if (terms === undefined)
      return { objection: "a term names no trait that there is, or no number where one is due" };
    const core = terms.filter(behaviour);
    const usual = moment.peace.usual(moment.nowMs);
    const judgement = { coverage: 0, collateral: usual.collateral(terms), worst: usual.harm(terms) };
    const objection =
      this.#ceiling.objection(terms, judgement, usual, proposal.action) ?? this.#refusal(core, moment.nowMs);
    if (objection !== undefined) return { objection };
    const action = this.#ceiling.tempered(proposal.action, judgement);
    const made = { terms, action, by, incident, ...told(judgement, moment.window) };
    return { rule: this.#make(made, { core, lifeMs: seconds * 1_000 }, moment.nowMs) };
  }

  /** One that ended starts anew: it is tried first. Undefined where there is none, or where it harmed lately. */
  enable(id: string, nowMs: number): Rule | undefined {
    const live = this.#kept.get(id);
    if (live !== undefined) return live.rule;
    const ended = this.#expired.find(({ rule }) => rule.id === id);
    if (ended === undefined) return undefined;
    const { core, lifeMs } = ended;
    this.#bars.lift(core);
    if (this.#refusal(core, nowMs) !== undefined) return undefined;
    this.#expired = this.#expired.filter((one) => one !== ended);
    return this.#keep({ ...ended.rule, ...fresh(nowMs, lifeMs) }, { core, lifeMs }, nowMs);
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
    return own.flatMap(({ rule }) => this.disable(rule.id, endings.undone, nowMs) ?? []);
  }

  /** Against any rule of such a core, now. */
  #refusal(core: readonly Term[], nowMs: number): string | undefined {
    if (this.#bars.why(core, nowMs) === "harm")
      return "a rule like it harmed readers in the last ten minutes";
    return this.#kept.size >= rulesMax ? `there are ${rulesMax} rules already` : undefined;
  }

  #hear({ reports, nowMs }: RulebookInput): void {
    for (const [id, { matched, refused, known }] of reports) {
      const kept = this.#kept.get(id);
      if (kept === undefined) continue;
      kept.known.add(known);
      const { rule } = kept;
      kept.rule = {
        ...rule,
        matched: rule.matched + matched,
        refused: rule.refused + refused,
        seen: kept.known.worst(),
      };
      if (matched > 0) extend(kept, nowMs);
    }
  }

  /** What happens to one rule at this moment; the first that applies. */
  #live(kept: Kept, input: RulebookInput): RuleChange[] {
    const { nowMs, frozen } = input;
    const isTried = kept.rule.state === "shadow" && nowMs - kept.triedAtMs >= trialMs;
    const harm = this.#harm(kept, input, isTried || nowMs - kept.judgedAtMs >= judgeMs);
    if (harm !== undefined) return [this.#withdraw(kept, harm, nowMs)];
    if (frozen) return [];
    const end = this.#endOf(kept.rule, input);
    if (end !== undefined) return [{ kind: "expired", rule: this.#end(kept, end, nowMs) }];
    if (isTried && mayAct(kept.rule, input)) return [changed("activated", kept, "active")];
    if (kept.rule.state !== "active" || nowMs - kept.triedAtMs < untriedMs) return [];
    kept.triedAtMs = nowMs;
    return [changed("retried", kept, "shadow")];
  }

  /** Why it ends now by itself. */
  #endOf({ action, by, terms, expiresAtMs }: Rule, { mode, nowMs }: RulebookInput): string | undefined {
    const isForSieges = action === "slow" && by === "edge" && !this.#ceiling.slowsEarly(terms);
    if (isForSieges && mode !== "siege") return endings.siege;
    if (nowMs < expiresAtMs) return undefined;
    return by === "edge" ? endings.unused : endings.time;
  }

  /** Seen, or where it is time to judge it anew, predicted. */
  #harm(kept: Kept, input: RulebookInput, isDue: boolean): string | undefined {
    if (kept.known.isHarmed(this.#ceiling.share)) return harmSeen(kept.rule);
    return isDue ? this.#judge(kept, input) : undefined;
  }

  /** Effect and harm as they are now; what speaks against it. */
  #judge(kept: Kept, { peace, window, excess, nowMs }: RulebookInput): string | undefined {
    const { rule } = kept;
    const usual = peace.usual(nowMs);
    const judgement = judge(rule.terms, window.view(nowMs), usual, excess);
    kept.judgedAtMs = nowMs;
    const action = this.#ceiling.tempered(rule.action, judgement);
    kept.rule = { ...rule, action, ...told(judgement, window) };
    if (judgement.coverage >= coverageMin) extend(kept, nowMs);
    return this.#ceiling.objection(rule.terms, judgement, usual, action);
  }

  #search(input: RulebookInput): RuleChange[] {
    const harmless = this.#find(input, this.#ceiling.share);
    const found = harmless.length > 0 ? harmless : this.#findSlowing(input);
    return found.flatMap((candidate) => this.#propose(candidate, input));
  }

  #findSlowing(input: RulebookInput): readonly Candidate[] {
    const found = this.#find(input, this.#ceiling.slowShare).filter(
      ({ coverage }) => coverage >= slowCoverageMin,
    );
    return input.mode === "siege" ? found : found.filter(({ core }) => this.#ceiling.slowsEarly(core));
  }

  #find({ window, peace, excess, nowMs }: RulebookInput, ceiling: number): Candidate[] {
    const live = [...this.#kept.values()];
    const cores = new Set(live.map(({ core }) => ruleKey(core)));
    const limits = {
      ceiling,
      excess,
      covered: [...live.map(({ rule }) => rule.terms), ...this.#bars.takenBack(nowMs)],
      barred: (core: readonly Term[]) => this.#bars.why(core, nowMs) !== undefined,
      evaded: (core: readonly Term[]) => cores.has(ruleKey(core)),
    };
    return findRules(window, peace.usual(nowMs), limits, nowMs);
  }

  #propose(candidate: Candidate, { window, nowMs }: RulebookInput): RuleChange[] {
    const changes = this.#makeRoom(candidate.coverage, nowMs);
    if (changes === undefined) return [];
    const { terms, core } = candidate;
    const action = this.#ceiling.actionFor(candidate);
    const made = { terms, action, by: "edge", incident: null, ...told(candidate, window) } as const;
    return [...changes, { kind: "proposed", rule: this.#make(made, { core, lifeMs: unusedMs }, nowMs) }];
  }

  /** Of the edge's own, the one that covers least gives way to one that covers more. Undefined where there is none. */
  #makeRoom(coverage: number, nowMs: number): RuleChange[] | undefined {
    if (this.#kept.size < rulesMax) return [];
    const own = [...this.#kept.values()].filter(({ rule }) => rule.by === "edge");
    const least = own.sort((a, b) => a.rule.coverage - b.rule.coverage)[0];
    if (least === undefined || least.rule.coverage >= coverage) return undefined;
    return [{ kind: "expired", rule: this.#end(least, endings.outdone, nowMs) }];
  }

  #make(made: Made, of: Omit<Ended, "rule">, nowMs: number): Rule {
    return this.#keep({ id: this.#newId(), ...made, ...fresh(nowMs, of.lifeMs) }, of, nowMs);
  }

  #keep(rule: Rule, { core, lifeMs }: Omit<Ended, "rule">, nowMs: number): Rule {
    const times = { triedAtMs: nowMs, judgedAtMs: nowMs };
    this.#kept.set(rule.id, { rule, core, lifeMs, known: new KnownReaders(), ...times });
    return rule;
  }

  #withdraw(kept: Kept, why: string, nowMs: number): RuleChange {
    this.#bars.set(kept.core, "harm", nowMs);
    return { kind: "withdrawn", rule: this.#end(kept, why, nowMs) };
  }

  #end({ rule, core, lifeMs }: Kept, why: string, nowMs: number): Rule {
    const ended: Rule = { ...rule, state: "expired", ended: why, expiresAtMs: nowMs };
    this.#kept.delete(rule.id);
    this.#expired = [{ rule: ended, core, lifeMs }, ...this.#expired].slice(0, expiredMax);
    return ended;
  }
}

/** A rule without what every new one begins with. */
type Made = Omit<Rule, "id" | keyof ReturnType<typeof fresh>>;

function fresh(nowMs: number, lifeMs: number) {
  const times = { createdAtMs: nowMs, expiresAtMs: nowMs + lifeMs };
  return { ...times, state: "shadow", seen: undefined, ended: undefined, matched: 0, refused: 0 } as const;
}

/** The edge's own live on while they are of use; others as long as was said. */
function extend(kept: Kept, nowMs: number): void {
  if (kept.rule.by === "edge") kept.rule = { ...kept.rule, expiresAtMs: nowMs + kept.lifeMs };
}

function changed(kind: RuleChange["kind"], kept: Kept, state: Rule["state"]): RuleChange {
  kept.rule = { ...kept.rule, state };
  return { kind, rule: kept.rule };
}

/** What came over the bus acts once it was tried; the edge's own needs a flood that it covers. */
function mayAct({ by, coverage }: Rule, { mode }: RulebookInput): boolean {
  return by !== "edge" || (mode !== "calm" && coverage >= coverageMin);
}

function harmSeen({ seen }: Rule): string {
  return `${endings.harm} ${inPercent(seen?.share ?? 0)} of known readers (${seen?.group ?? ""})`;
}

function told({ coverage, collateral, worst }: Judgement, window: Window) {
  const group = worst.trait === "newcomers" ? "" : (window.text(worst.trait, worst.word) ?? "");
  const harm: Harm = { share: worst.share, group };
  return { coverage, collateral, worst: harm };
}

/** Undefined where one of them is none of ours. */
function knownTerms(terms: Proposal["terms"]): readonly Term[] | undefined {
  const known = terms.flatMap(({ trait: name, value }) => {
    const trait = traits.find((one) => one === name);
    if (trait === undefined || (ordinal(trait) && !/^\d{1,3}$/.test(value))) return [];
    return [{ trait, value }];
  });
  return known.length === terms.length ? known : undefined;
}
