/** How each edge treats the protected site, as it said last; and what readers were shown since it said so before. */
import { z } from "zod";
import type { OriginState } from "../../bus/origin-facts.ts";

/** An edge says it every five seconds. */
const freshMs = 20_000;
const edgesMax = 64;

/** By edge: what it had shown when it said so last. */
export const countersSchema = z.record(
  z.string(),
  z.object({ judged: z.number(), uncertain: z.number(), copies: z.number() }),
);
export type Counters = z.infer<typeof countersSchema>;
export type Answers = Counters[string];

interface Heard {
  readonly state: OriginState;
  readonly heardMs: number;
}

export class EdgeStates {
  readonly #heard = new Map<string, Heard>();
  #counters: Counters;

  constructor(memory: Counters) {
    this.#counters = memory;
  }

  get memory(): Counters {
    return this.#counters;
  }

  /** Answers since this edge's last word; none where it had not said any. */
  hear(state: OriginState, nowMs: number): Answers {
    const { edge, shown } = state;
    if (!this.#heard.has(edge) && this.#heard.size >= edgesMax) this.#forget(nowMs);
    if (!this.#heard.has(edge) && this.#heard.size >= edgesMax) return { judged: 0, uncertain: 0, copies: 0 };
    this.#heard.set(edge, { state, heardMs: nowMs });
    const before = this.#counters[edge];
    const { judged, uncertain, copies } = shown;
    const { [edge]: _, ...others } = this.#counters;
    const kept = Object.entries({ ...others, [edge]: { judged, uncertain, copies } }).slice(-edgesMax);
    this.#counters = Object.fromEntries(kept);
    return {
      judged: since(before?.judged, judged),
      uncertain: since(before?.uncertain, uncertain),
      copies: since(before?.copies, copies),
    };
  }

  /** Of edges that said something lately. */
  fresh(nowMs: number): OriginState[] {
    return [...this.#heard.values()]
      .filter(({ heardMs }) => nowMs - heardMs < freshMs)
      .map(({ state }) => state);
  }

  #forget(nowMs: number): void {
    for (const [edge, { heardMs }] of this.#heard) if (nowMs - heardMs >= freshMs) this.#heard.delete(edge);
  }
}

/** Less than before: the edge was started again and counts from 0. */
function since(before: number | undefined, now: number): number {
  if (before === undefined) return 0;
  return now >= before ? now - before : now;
}
