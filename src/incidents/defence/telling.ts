/** What the watch page says of the edge's defence, sentence by sentence, in the visitor's language. */
import type { DefenceFacts, RuleFacts, SocketDeedsFacts } from "../../bus/facts.ts";
import { formatOf, type InterfaceLanguage } from "../../language/tags.ts";
import type { Quantities } from "../quantities.ts";
import { foretoldHarm, leastShare, seenHarm } from "./harm-words.ts";
import { type Part, ruleParts } from "./rule-words.ts";
import type { DefenceWords } from "./words.ts";

/** Sentences by their place on the page, which its script keeps up to date: `data-told`. */
export type Sentences = Readonly<Record<string, string>>;

export class DefenceTeller {
  readonly words: DefenceWords;
  readonly #quantities: Quantities;
  readonly #language: InterfaceLanguage;

  constructor(words: DefenceWords, quantities: Quantities, language: InterfaceLanguage) {
    this.words = words;
    this.#quantities = quantities;
    this.#language = language;
  }

  /** What changes from second to second. */
  tell(facts: DefenceFacts | undefined): Sentences {
    if (facts === undefined) return { mode: this.words.silent };
    return {
      mode: `${this.words.modes[facts.mode]} ${this.#why(facts)}`,
      known: this.#known(facts),
      ladder: this.#ladder(facts),
      ...Object.fromEntries(facts.rules.map((rule) => [placeOf(rule), this.#facts(rule)])),
    };
  }

  rule(terms: RuleFacts["terms"]): readonly Part[] {
    return ruleParts(terms, this.words.terms, this.#quantities, this.#language);
  }

  /** Undefined where nobody ordered anything. */
  forced({ forced }: DefenceFacts): string | undefined {
    return forced === null ? undefined : this.words.forced[forced.mode](this.#time(forced.until));
  }

  #why(facts: DefenceFacts): string {
    const { signs } = this.words;
    const { number } = this.#quantities;
    const [rate, usual] = [number(facts.requests_per_s), number(facts.usual_per_s)];
    // The sign outlasts a pause; a sentence that the figures in it contradict helps nobody.
    const isMore = facts.requests_per_s > facts.usual_per_s;
    const seen = [
      facts.volume && isMore && signs.volume(rate, usual),
      facts.composition && signs.composition,
      facts.health && signs.health,
    ].filter((sign) => sign !== false);
    if (facts.mode === "calm") return this.words.rate(rate, usual);
    if (seen.length === 0) {
      const isOver = facts.forced === null;
      return `${this.words.rate(rate, usual)}${isOver ? ` ${this.words.quieter}` : ""}`;
    }
    return this.words.because(new Intl.ListFormat(formatOf(this.#language)).format(seen));
  }

  #known({ known_readers: { requests, served } }: DefenceFacts): string {
    if (requests === 0) return this.words.knownNone;
    return this.words.known(Math.round(requests), this.#quantities.number(served));
  }

  #ladder({ ladder, held, kernel, sockets }: DefenceFacts): string {
    const { number } = this.#quantities;
    const { words } = this;
    return [
      words.ladder(number(ladder.slow), number(ladder.refuse), number(ladder.close)),
      held > 0 && words.held(number(held)),
      sockets !== undefined && this.#connections(sockets),
      kernel.state === "on" ? words.kernelOn(kernel.banned) : words.kernel[kernel.state],
    ]
      .filter((sentence) => sentence !== false)
      .join(" ");
  }

  /** False where there is nothing to tell. */
  #connections(deeds: SocketDeedsFacts): string | false {
    const ended = deeds.slow_ended + deeds.hoarded_ended;
    const named = deeds.slow_named + deeds.silent_named;
    const { number } = this.#quantities;
    return ended + named > 0 && this.words.connections(number(ended), number(named));
  }

  #facts(rule: RuleFacts): string {
    const said = this.words.rule;
    return [
      // What the kernel keeps out is not there to be covered: "0 %" would read as if the rule did nothing.
      rule.coverage >= leastShare && said.covers(this.#quantities.share(rule.coverage)),
      foretoldHarm(rule.collateral_worst, rule.collateral_worst_group, this.words, this.#quantities),
      seenHarm(rule.seen_worst, rule.seen_worst_group, this.words, this.#quantities),
      rule.refused > 0 && said.refused(rule.refused),
      rule.state !== "expired" && said.until(this.#time(rule.expires_at)),
      said.by[rule.by],
    ]
      .filter((sentence) => sentence !== false)
      .join(" ");
  }

  #time(at: string): string {
    return this.#quantities.time(Date.parse(at));
  }
}

/** Of a rule among what is told. */
export function placeOf({ id }: RuleFacts): string {
  return `rule ${id}`;
}
