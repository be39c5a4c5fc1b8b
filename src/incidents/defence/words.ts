/** What the watch page says about the edge's defence, and what its buttons say. Figures come in as the language writes them. */
import type { DefenceFacts, Mode, RuleFacts } from "../../bus/facts.ts";
import type { Ending } from "../../decision/signatures/rule.ts";
import type { RuleWords } from "./rule-words.ts";

/** One thing that an operator can do. */
export interface ActWords {
  /** On the button. */
  readonly label: string;
  /** What will happen, in a sentence or two. */
  readonly what: string;
}

export interface DefenceWords {
  readonly heading: string;
  /** Nothing was heard from the edge for a while. */
  readonly silent: string;
  readonly dryRun: string;
  readonly modes: Readonly<Record<Mode, string>>;
  /** Before one or more of the three signs. */
  because(signs: string): string;
  readonly signs: {
    volume(rate: string, usual: string): string;
    readonly composition: string;
    readonly health: string;
  };
  /** In calm, where one sign alone says nothing, and where there is none. */
  rate(rate: string, usual: string): string;
  /** After that, in another mode than calm that nobody ordered. */
  readonly quieter: string;
  /** By somebody's order, until then. */
  readonly forced: Readonly<Record<Mode, (until: string) => string>>;
  readonly frozen: string;
  known(requests: number, served: string): string;
  readonly knownNone: string;
  readonly rules: string;
  readonly noRules: string;
  /** How many are over. */
  past(count: number): string;
  readonly rule: {
    readonly acting: Readonly<Record<RuleFacts["action"], string>>;
    /** The same in a dry run. */
    readonly wouldAct: Readonly<Record<RuleFacts["action"], string>>;
    readonly tried: string;
    readonly over: string;
    readonly by: Readonly<Record<RuleFacts["by"], string>>;
    covers(share: string): string;
    /** Of readers, by what is known of them; `group` is whom it would hit most. */
    harm(share: string, group: string): string;
    readonly harmless: string;
    /** The same, counted since it acts. */
    seen(share: string, group: string): string;
    readonly seenNone: string;
    readonly unseen: string;
    refused(count: number): string;
    until(time: string): string;
    /** Why it ended. */
    readonly endings: Readonly<Record<Ending, string>>;
    /** Before the edge's own words, where these are all there is. */
    readonly ended: string;
    readonly incident: string;
    readonly disable: string;
    readonly enable: string;
  };
  /** Addresses on each step, in one line. */
  ladder(slow: string, refuse: string, close: string): string;
  held(count: string): string;
  /** Since the edge started. */
  connections(ended: string, named: string): string;
  readonly kernel: Readonly<Record<Exclude<DefenceFacts["kernel"]["state"], "on">, string>>;
  kernelOn(banned: number): string;
  readonly acts: {
    readonly heading: string;
    readonly hint: string;
    readonly freeze: ActWords;
    readonly unfreeze: ActWords;
    readonly undo: ActWords;
    readonly siege: ActWords;
    readonly calm: ActWords;
    readonly auto: ActWords;
    readonly noAnswer: string;
    readonly noRule: string;
  };
  readonly origin: {
    readonly heading: string;
    /** What a circle is. */
    readonly caption: string;
    readonly notWho: string;
    readonly none: string;
    readonly country: string;
    readonly requests: string;
    readonly refused: string;
    readonly unknown: string;
    readonly others: string;
  };
  readonly terms: RuleWords;
}
