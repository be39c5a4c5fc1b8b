/** What edges say of their defence while a drill goes on: the mode, the rules, and how soon the first of them acted. */
import { type DefenceFacts, type Mode, modeSchema, type RuleFacts } from "../bus/facts.ts";

export interface DefenceSeen {
  /** The worst of all edges. */
  readonly mode: Mode;
  /** An edge said at some time that its machine is under strain. */
  readonly strained: boolean;
  /** From onset until an edge first said that a rule acts, ms; null: none did. */
  readonly first_rule_ms: number | null;
  /** The most at a time, at any one edge. */
  readonly held: number;
  readonly banned: number;
  /** Every rule that acted, as it was told of last. */
  readonly rules: readonly RuleFacts[];
}

const modes = modeSchema.options;
/** An edge tells of 64 at most, and there are few edges. */
const rulesMax = 256;

export class DefenceLog {
  readonly #rules = new Map<string, RuleFacts>();
  #onsetMs: number | undefined;
  #heard = false;
  #mode: Mode = "calm";
  #strained = false;
  #firstRuleMs: number | null = null;
  #held = 0;
  #banned = 0;

  /** What is said from now on counts. */
  begins(nowMs: number): void {
    this.#onsetMs = nowMs;
  }

  hears({ mode, health, rules, held, kernel }: DefenceFacts, nowMs: number): void {
    if (this.#onsetMs === undefined) return;
    this.#heard = true;
    if (modes.indexOf(mode) > modes.indexOf(this.#mode)) this.#mode = mode;
    this.#strained ||= health;
    this.#held = Math.max(this.#held, held);
    this.#banned = Math.max(this.#banned, kernel.banned);
    for (const rule of rules) {
      const isKnown = this.#rules.has(rule.id);
      if (isKnown || (rule.state === "active" && this.#rules.size < rulesMax)) this.#rules.set(rule.id, rule);
    }
    if (this.#rules.size > 0) this.#firstRuleMs ??= Math.max(0, Math.round(nowMs - this.#onsetMs));
  }

  /** Null where no edge said anything. */
  get seen(): DefenceSeen | null {
    if (!this.#heard) return null;
    return {
      mode: this.#mode,
      strained: this.#strained,
      first_rule_ms: this.#firstRuleMs,
      held: this.#held,
      banned: this.#banned,
      rules: [...this.#rules.values()],
    };
  }
}
