/** The rules in force, made ready to be asked of every request: terms as numbers, the cheapest first, nothing allocated. */
import type { Rule, RuleState } from "../signatures/rule.ts";
import type { HashKey } from "../source.ts";
import type { OrdinalTrait, RequestTraits } from "./request-traits.ts";
import { ordinal, ordinalTraits, type Term, type Trait, traits } from "./trait.ts";
import { valueHash } from "./value-hash.ts";

/** Of one state. More are not asked, so that a decision stays cheap whatever comes over the bus. */
export const rulesMax = 64;

/** What it costs to learn a trait, from what is known anyhow to what has to be looked up. Numbers are asked before all others. */
const costs: Partial<Record<Trait, number>> = {
  method: 0,
  parts: 1,
  shared: 1,
  agent: 2,
  program: 2,
  client: 2,
  place: 4,
  cost: 4,
  query: 4,
  path: 5,
  headers: 6,
  block: 7,
  prefix: 7,
  claim: 8,
  country: 9,
  network: 9,
};
const usualCost = 3;

interface CompiledRule {
  readonly rule: Rule;
  /** A hash is the same… */
  readonly same: readonly { readonly trait: Trait; readonly hash: number }[];
  /** …and a number at least. */
  readonly least: readonly { readonly trait: OrdinalTrait; readonly number: number }[];
}

export class CompiledRules {
  readonly #active: readonly CompiledRule[];
  readonly #shadow: readonly CompiledRule[];

  constructor(rules: readonly Rule[], key: HashKey) {
    const inState = (state: RuleState): CompiledRule[] =>
      rules
        .filter((rule) => rule.state === state && isKnown(rule))
        .slice(0, rulesMax)
        .map((rule) => compiled(rule, key));
    this.#active = inState("active");
    this.#shadow = inState("shadow");
  }

  get size(): number {
    return this.#active.length + this.#shadow.length;
  }

  /** Not all of them are only tried. */
  get act(): boolean {
    return this.#active.length > 0;
  }

  /** The first active one that matches; where none does, the first that is only tried. */
  match(request: RequestTraits): Rule | undefined {
    return firstOf(this.#active, request) ?? firstOf(this.#shadow, request);
  }

  /** The first active one that would match if its source were as hasty as it asks for. */
  almost(request: RequestTraits): Rule | undefined {
    for (const each of this.#active) if (each.least.length > 0 && isSame(each, request)) return each.rule;
    return undefined;
  }
}

function firstOf(rules: readonly CompiledRule[], request: RequestTraits): Rule | undefined {
  for (const each of rules) if (holds(each, request)) return each.rule;
  return undefined;
}

function holds(rule: CompiledRule, request: RequestTraits): boolean {
  for (const { trait, number } of rule.least) if (request.number(trait) < number) return false;
  return isSame(rule, request);
}

function isSame({ same }: CompiledRule, request: RequestTraits): boolean {
  for (const { trait, hash } of same) if (request.hash(trait) !== hash) return false;
  return true;
}

/** One without terms would hold of everybody; one with a trait that this version doesn't know, of nobody knows whom. */
function isKnown({ terms }: Rule): boolean {
  return (
    terms.length > 0 &&
    terms.every(({ trait, value }) => traits.includes(trait) && (!ordinal(trait) || /^\d{1,3}$/.test(value)))
  );
}

function compiled(rule: Rule, key: HashKey): CompiledRule {
  const { terms } = rule;
  return {
    rule,
    same: terms
      .filter(({ trait }) => !ordinal(trait))
      .sort((left, right) => costOf(left) - costOf(right))
      .map(({ trait, value }) => ({ trait, hash: valueHash(value, key) })),
    least: ordinalTraits.flatMap((trait) =>
      terms.filter((term) => term.trait === trait).map(({ value }) => ({ trait, number: Number(value) })),
    ),
  };
}

function costOf({ trait }: Term): number {
  return costs[trait] ?? usualCost;
}
