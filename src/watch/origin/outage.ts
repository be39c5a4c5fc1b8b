/**
 * The protected site's own server is away, as one incident: from when an edge says so beyond doubt until all of them have found it well for a
 * while. Whether readers went without is another matter: approved copies may have carried them.
 */
import { z } from "zod";
import type { Incident } from "../../bus/facts.ts";
import type { OriginState } from "../../bus/origin-facts.ts";
import type { ReadersFare } from "../../decision/usual-readers.ts";
import { healthStep, overStep, siteStep } from "../../incidents/story/steps.ts";
import { beginCase, caseSchema, incidentOf, withAnswers, withEvidence, withReaders } from "./case.ts";
import type { Answers } from "./edge-states.ts";

const outageSchema = caseSchema.extend({
  /** A drill was running when it began, and has hardly ended. */
  drill: z.boolean(),
  /** By edge: how it treats the site and how it finds it. */
  said: z.record(z.string(), z.string()),
});
type Outage = z.infer<typeof outageSchema>;

export const outageMemorySchema = outageSchema.nullable();

/** An edge that has gone over to copies has made sure by itself; of errors alone so much has to be seen. */
const failingMs = 15_000;
/** A server that comes back comes and goes for a while. */
const settledMs = 60_000;
/** What a drill has brought down is its own until so long after it. */
const aftermathMs = 60_000;
const edgesMax = 64;

export class OutageWatch {
  readonly #newId: () => string;
  #case: Outage | null;
  /** Since when an edge finds it failing; undefined: none does. */
  #failingSinceMs: number | undefined;
  #drilledMs = Number.NEGATIVE_INFINITY;

  constructor(memory: Outage | null, newId: () => string) {
    this.#case = memory;
    this.#newId = newId;
  }

  get memory(): Outage | null {
    return this.#case;
  }

  get incident(): Incident | undefined {
    return this.#case === null ? undefined : told(this.#case, null);
  }

  /** `answers`: what this edge showed since it said so last. */
  hear(state: OriginState, answers: Answers, nowMs: number): void {
    this.#open(state, nowMs);
    const known = this.#case;
    if (known === null) return;
    const { judged, uncertain, copies } = answers;
    this.#case = withState(withAnswers(known, { signed: copies, judged, uncertain }), state, nowMs);
  }

  /** Once a second; gives the incident back once it is over. */
  look(
    fare: ReadersFare | undefined,
    states: readonly OriginState[],
    drilling: boolean,
    nowMs: number,
  ): Incident | undefined {
    if (drilling) this.#drilledMs = nowMs;
    const away = states.some(isAway);
    if (!away) this.#failingSinceMs = undefined;
    if (this.#case === null) return undefined;
    const known: Outage = {
      ...(fare === undefined ? this.#case : withReaders(this.#case, fare)),
      seen_ms: away ? nowMs : this.#case.seen_ms,
      drill: this.#case.drill && nowMs - this.#drilledMs < aftermathMs,
    };
    const isOver = states.length > 0 && nowMs - known.seen_ms >= settledMs;
    this.#case = isOver ? null : known;
    return isOver ? closed(known, nowMs) : undefined;
  }

  #open(state: OriginState, nowMs: number): void {
    if (this.#case !== null || !isAway(state)) return;
    this.#failingSinceMs ??= nowMs;
    if (state.site !== "gone" && nowMs - this.#failingSinceMs < failingMs) return;
    const begun = beginCase(this.#newId(), this.#failingSinceMs, nowMs);
    const drill = nowMs - this.#drilledMs < aftermathMs;
    this.#case = withEvidence({ ...begun, drill, said: {} }, [healthStep(state, nowMs)]);
  }
}

/** Whoever has put up a maintenance page knows that the site is away. */
function isAway({ site, health, maintenance }: OriginState): boolean {
  return maintenance === null && (site === "gone" || health.state === "failing" || health.state === "away");
}

function withState(known: Outage, state: OriginState, nowMs: number): Outage {
  const { edge, site, health } = state;
  const [now, before] = [`${site} ${health.state}`, known.said[edge]];
  if (now === before || (before === undefined && Object.keys(known.said).length >= edgesMax)) return known;
  const next = { ...known, said: { ...known.said, [edge]: now } };
  const isSiteNews = site !== (before?.split(" ")[0] ?? "live");
  if (isSiteNews) return withEvidence(next, [siteStep(state, nowMs)]);
  return before === undefined ? next : withEvidence(next, [healthStep(state, nowMs)]);
}

function closed(known: Outage, nowMs: number): Incident {
  const copies = Math.round(known.sums.responses.signed);
  return told(withEvidence(known, [overStep({ why: "well", pages: 0, copies }, nowMs)]), known.seen_ms);
}

function told(known: Outage, endedMs: number | null): Incident {
  return incidentOf(known, { kind: "outage", drill: known.drill, endedMs });
}
