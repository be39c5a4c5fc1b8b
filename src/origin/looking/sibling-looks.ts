/** Looks at names beside the site's own in turn, tells what is false there, and that it is over. */
import type { Bus } from "../../bus/bus.ts";
import { siblingFact } from "../../bus/origin-facts.ts";
import { decodeSite } from "../../guard/learning/site.ts";
import { readingLimits } from "../client/limits.ts";
import { root } from "../client/protected-site.ts";
import type { Origin } from "../origin.ts";
import { ownFinding, type OwnFinding } from "../own-finding.ts";
import type { SiblingClient } from "./sibling-client.ts";
import { siblingsOf } from "./sibling-names.ts";
import { siblingFinder, Siblings } from "./siblings.ts";
import type { WatchedNames } from "./watched-names.ts";

export interface SiblingLooksParts {
  readonly bus: Pick<Bus, "publish">;
  /** People are asked, and evidence is gathered. */
  readonly tell: (finding: OwnFinding) => void;
  readonly client: Pick<SiblingClient, "load">;
  readonly names: Pick<WatchedNames, "certified">;
  readonly signal: AbortSignal;
}

/** In turn, beside those that are known to be false. */
const atOnce = 2;

export class SiblingLooks {
  readonly #origin: Origin;
  readonly #parts: SiblingLooksParts;
  readonly #siblings: Siblings;
  #last = "";

  constructor(origin: Origin, parts: SiblingLooksParts) {
    const { database, wait } = origin.options;
    const limits = { ...readingLimits, monotonicMs: () => performance.now() };
    const { spacingMs } = origin.patience;
    this.#origin = origin;
    this.#parts = parts;
    this.#siblings = new Siblings({ database, client: parts.client, limits, wait, spacingMs });
  }

  /** Those of this round. */
  inTurn(): Iterable<string> {
    const all = this.#names().toSorted();
    const next = [...all.filter((name) => name > this.#last), ...all].slice(0, atOnce);
    this.#last = next.at(-1) ?? "";
    return new Set([...this.#siblings.told().filter((name) => all.includes(name)), ...next]);
  }

  /** What is false is told each time while it goes on, since the watch may have been away; people are asked once. */
  async look(name: string): Promise<void> {
    const seen = await this.#siblings.look(name, this.#parts.signal);
    const told = this.#siblings.findingOn(name);
    if (seen.kind === "false") {
      const finding = this.#finding(name, "alarm", [
        { what: siblingFact, value: name, weight: "contradicts" },
        ...seen.facts,
      ]);
      this.#siblings.tell(name, told ?? finding.id);
      return told === null ? this.#parts.tell(finding) : this.#publish(finding);
    }
    if (seen.kind === "unsaid" || told === null) return;
    this.#siblings.tell(name, null);
    this.#origin.questions.rightAgain(told);
    this.#publish(this.#finding(name, "uncertain", [{ what: siblingFact, value: name, weight: "note" }]));
  }

  /** It is theirs: that front is learned anew. */
  accept(finding: string): void {
    this.#siblings.accept(finding);
  }

  #names(): string[] {
    const { site, options } = this.#origin;
    const { baseline, config } = options;
    const isOn = config.origin.siblings === "on";
    const approved = baseline.site();
    return siblingsOf({
      own: Array.from(site.ownHosts, (host) => new URL(`http://${host}`).hostname),
      listed: config.origin.hosts_watched,
      certified: isOn ? this.#parts.names.certified() : [],
      linked: isOn && approved !== undefined ? decodeSite(approved).vocabulary["link-hosts"] : [],
    });
  }

  /** Kasbah doesn't answer under that name: nothing is held. */
  #finding(name: string, verdict: OwnFinding["verdict"], facts: OwnFinding["facts"]): OwnFinding {
    const atMs = this.#origin.options.clock.nowMs();
    const found = ownFinding({ address: root, verdict, facts, atMs, by: siblingFinder(name) });
    return { ...found, held: false };
  }

  #publish(finding: OwnFinding): void {
    this.#parts.bus.publish("origin.finding", finding);
  }
}
