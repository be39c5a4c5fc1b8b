/**
 * Tampering as one incident: everything on disk that is not what was signed, from the first report until all of it is right
 * again, or nobody has reported it for a while. An edge shows nothing that it can't verify, so what counts is how readers fared.
 */
import { z } from "zod";
import type { Event } from "../bus/bus.ts";
import { type Evidence, evidenceSchema, type Incident } from "../bus/facts.ts";
import type { ReadersFare } from "../decision/usual-readers.ts";
import { evidenceMax, note } from "../incidents/evidence.ts";
import { addSums, noSums, sumsSchema } from "../incidents/sums.ts";
import { incidentOf } from "./origin/case.ts";

const caseSchema = z.object({
  id: z.string(),
  started_ms: z.number(),
  /** When something was last found or put right. */
  changed_ms: z.number(),
  /** What is not right yet → when it was last reported. */
  places: z.record(z.string(), z.number()),
  /** Places found so far, right again or not. */
  found: z.number(),
  /** Only the readers of that time; no request is part of it. */
  sums: sumsSchema,
  evidence: z.array(evidenceSchema),
});
type Case = z.infer<typeof caseSchema>;

export const tamperingMemorySchema = caseSchema.nullable();

/** Without a report for so long a place no longer counts; an edge repeats it every half minute while it lasts. */
const quietMs = 5 * 60_000;
/** All is right for so long: an edge that re-reads its disk finds one damaged file after another. */
const settledMs = 60_000;
/** Places known by name; those beyond them are counted. */
const placesMax = 1_000;

export class TamperingWatch {
  readonly #newId: () => string;
  #case: Case | null;

  constructor(memory: Case | null, newId: () => string) {
    this.#newId = newId;
    this.#case = memory;
  }

  get memory(): Case | null {
    return this.#case;
  }

  /** The incident as it stands after this report; undefined where the report says nothing new. */
  report(event: Event<"tampering">, nowMs: number): Incident | undefined {
    const before = this.#case;
    this.#case = event.repaired === true ? mended(before, event, nowMs) : this.#found(event, nowMs);
    if (this.#case === null || this.#case.evidence === before?.evidence) return undefined;
    return incidentOf(this.#case, { kind: "tampering", endedMs: null });
  }

  /** Adds how readers fared; gives the incident back once it is closed. */
  look({ requests, served, latency }: ReadersFare, nowMs: number): Incident | undefined {
    if (this.#case === null) return undefined;
    const sums = addSums(this.#case.sums, {
      ...noSums,
      readers: { requests, served, latency: [...latency] },
    });
    const heard = Object.entries(this.#case.places).filter(([, reportedMs]) => nowMs - reportedMs < quietMs);
    const forgotten = Object.keys(this.#case.places).length - heard.length;
    this.#case = { ...this.#case, sums, places: Object.fromEntries(heard) };
    const isOver = heard.length === 0 && nowMs - this.#case.changed_ms >= settledMs;
    if (!isOver) return undefined;
    const closed = withLastWord(this.#case, forgotten, nowMs);
    this.#case = null;
    return incidentOf(closed, { kind: "tampering", endedMs: closed.changed_ms });
  }

  #found({ where, evidence }: Event<"tampering">, nowMs: number): Case {
    const known = this.#case ?? this.#begin(nowMs);
    const isKnown = where in known.places;
    const isNamed = isKnown || Object.keys(known.places).length < placesMax;
    return {
      ...known,
      changed_ms: nowMs,
      places: isNamed ? { ...known.places, [where]: nowMs } : known.places,
      found: known.found + (isKnown ? 0 : 1),
      evidence: isKnown ? known.evidence : appended(known.evidence, where, evidence),
    };
  }

  #begin(nowMs: number): Case {
    return {
      id: this.#newId(),
      started_ms: nowMs,
      changed_ms: nowMs,
      places: {},
      found: 0,
      sums: noSums,
      evidence: [],
    };
  }
}

/** Something that was repaired without having been reported is nothing. */
function mended(known: Case | null, { where, evidence }: Event<"tampering">, nowMs: number): Case | null {
  if (known === null || !(where in known.places)) return known;
  const { [where]: _, ...places } = known.places;
  const repaired = { ...evidence, data: { ...evidence.data, repaired: true } };
  return { ...known, changed_ms: nowMs, places, evidence: appended(known.evidence, where, repaired) };
}

/** One less than an incident keeps: the last word has to fit. */
function appended(evidence: Evidence[], where: string, { at, what, data }: Evidence): Evidence[] {
  if (evidence.length >= evidenceMax - 1) return evidence;
  return [...evidence, { at, what, data: { ...data, where } }];
}

function withLastWord(known: Case, forgotten: number, nowMs: number): Case {
  const places = known.found === 1 ? "one place" : `${known.found} places`;
  const end = forgotten === 0 ? "all is right again" : `not reported again for ${quietMs / 60_000} minutes`;
  const last = note(`over: ${places} on disk; ${end}`, nowMs, { places: known.found, forgotten });
  return { ...known, evidence: [...known.evidence, last] };
}
