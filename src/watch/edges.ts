/**
 * What the edges tell of their defence: the worst mode, and what they said together since the last look. An edge that has been silent for
 * seconds counts for nothing.
 */
import { sumOf } from "../base/sum.ts";
import { type DefenceFacts, type Mode, modeSchema, type RuleFacts } from "../bus/facts.ts";

/** An edge tells it once a second. */
const freshMs = 5_000;
const edgesMax = 64;
/** Rules of all edges that are remembered, to tell how much each matched since. */
const rulesMax = 256;
/** Of what a rule matches; less is the background that every site has. Requests/s. */
const matchingPerS = 5;
/** Fewer requests of known readers in a second say nothing of how readers fare. */
const knownRequestsMin = 20;

/** Of all edges together, since the last look. */
export interface Said {
  /** No edge tells of its defence: the watch has only its own eyes. */
  readonly isMute: boolean;
  readonly composition: boolean;
  /** An edge has met an attack: two of the three speak, composition among them. */
  readonly attacked: boolean;
  /** What it has met goes on, if only as what rules match. */
  readonly goesOn: boolean;
  /** Rules that act. */
  readonly rules: readonly RuleFacts[];
  /** Of usual readers' requests, the share that these hit; undefined where none acts. */
  readonly harm: number | undefined;
  /** Addresses that the kernel keeps out. */
  readonly banned: number;
  /** When the volume rose, as the first of the edges says it; ms since 1970. */
  readonly volumeSinceMs: number | undefined;
  /** When the first of `rules` was seen to act. */
  readonly actedMs: number | undefined;
}

interface Known {
  readonly heardMs: number;
  readonly facts: DefenceFacts;
}

export class Edges {
  readonly #known = new Map<string, Known>();
  /** By edge and rule: matched so far. */
  readonly #matched = new Map<string, number>();
  /** Since the last look. */
  #heard: DefenceFacts[] = [];
  #matchedSince = 0;
  #lookedMs: number;

  constructor(nowMs: number) {
    this.#lookedMs = nowMs;
  }

  hear(facts: DefenceFacts, nowMs: number): void {
    if (!this.#known.has(facts.edge) && this.#known.size >= edgesMax) this.#forget(nowMs);
    if (!this.#known.has(facts.edge) && this.#known.size >= edgesMax) return;
    this.#known.set(facts.edge, { heardMs: nowMs, facts });
    if (this.#heard.length < edgesMax) this.#heard.push(facts);
    for (const rule of facts.rules) this.#match(`${facts.edge} ${rule.id}`, rule);
  }

  /** Undefined where no edge says anything. */
  worst(nowMs: number): DefenceFacts | undefined {
    return this.#fresh(nowMs).sort((a, b) => rankOf(b.mode) - rankOf(a.mode))[0];
  }

  /** What was said since the last time; an edge that said nothing new still stands by its word. */
  take(nowMs: number): Said {
    const fresh = this.#fresh(nowMs);
    const said = [...fresh, ...this.#heard];
    const matchedPerS = (this.#matchedSince / Math.max(1, nowMs - this.#lookedMs)) * 1_000;
    this.#heard = [];
    this.#matchedSince = 0;
    this.#lookedMs = nowMs;
    const acting = said.filter(({ rules }) => rules.some(acts));
    const rules = new Map(said.flatMap((facts) => facts.rules.filter(acts)).map((rule) => [rule.id, rule]));
    return {
      isMute: fresh.length === 0,
      composition: said.some(({ composition }) => composition),
      attacked: said.some(({ volume, composition, health }) => composition && (volume || health)),
      goesOn:
        matchedPerS >= matchingPerS ||
        fresh.some(({ volume, composition, health }) => composition && (volume || health)),
      rules: [...rules.values()],
      harm: rules.size === 0 ? undefined : harmOf([...rules.values()], fresh),
      banned: sumOf(fresh, ({ kernel }) => kernel.banned),
      volumeSinceMs: earliest(said.map(({ volume_since: since }) => since)),
      actedMs: earliest(acting.map(({ at }) => at)),
    };
  }

  #fresh(nowMs: number): DefenceFacts[] {
    return [...this.#known.values()]
      .filter(({ heardMs }) => nowMs - heardMs < freshMs)
      .map(({ facts }) => facts);
  }

  /** Of a rule that is heard of for the first time nothing is known of when it matched. */
  #match(name: string, { matched }: RuleFacts): void {
    const before = this.#matched.get(name) ?? matched;
    this.#matched.delete(name);
    this.#matched.set(name, matched);
    this.#matchedSince += Math.max(0, matched - before);
    const [oldest] = this.#matched.keys();
    if (this.#matched.size > rulesMax && oldest !== undefined) this.#matched.delete(oldest);
  }

  #forget(nowMs: number): void {
    for (const [edge, { heardMs }] of this.#known) if (nowMs - heardMs >= freshMs) this.#known.delete(edge);
  }
}

function rankOf(mode: Mode): number {
  return modeSchema.options.indexOf(mode);
}

function acts({ state }: RuleFacts): boolean {
  return state === "active";
}

/** What the rules were foretold to hit, or what those readers whom the edges know miss, where that is more. */
function harmOf(rules: readonly RuleFacts[], fresh: readonly DefenceFacts[]): number {
  const predicted = sumOf(rules, ({ collateral }) => collateral);
  const requests = sumOf(fresh, ({ known_readers: known }) => known.requests);
  const served = sumOf(fresh, ({ known_readers: known }) => known.served);
  const missed = requests < knownRequestsMin ? 0 : 1 - served / requests;
  return Math.min(1, Math.max(predicted, missed));
}

function earliest(times: readonly (string | null | undefined)[]): number | undefined {
  const known = times.filter((time) => typeof time === "string").map((time) => Date.parse(time));
  return known.length === 0 ? undefined : Math.min(...known);
}
