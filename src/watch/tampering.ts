/**
 * Tampering as incidents: one for each thing on disk that is not what was signed, from the first report until it is right again or nobody
 * has reported it for a while. An edge shows nothing that it can't verify, so what counts is how readers fared meanwhile.
 */
import { z } from "zod";
import { rfc3339 } from "../base/clock.ts";
import type { Event } from "../bus/bus.ts";
import { type Evidence, evidenceSchema, type Incident } from "../bus/facts.ts";
import type { ReadersFare } from "../decision/usual-readers.ts";
import { evidenceMax, note } from "../incidents/evidence.ts";
import { outcomeOf } from "../incidents/outcome.ts";
import { addSums, factsOf, noSums, sumsSchema } from "../incidents/sums.ts";

const caseSchema = z.object({
  id: z.string(),
  where: z.string(),
  started_ms: z.number(),
  reported_ms: z.number(),
  /** Only the readers of that time; no request is part of it. */
  sums: sumsSchema,
  evidence: z.array(evidenceSchema),
});
type Case = z.infer<typeof caseSchema>;

export const tamperingMemorySchema = z.array(caseSchema);

/** Without a report for so long it is closed; an edge repeats it every half minute while it lasts. */
const quietMs = 5 * 60_000;
/** Things with an incident of their own; what comes beyond them is told in one. */
const casesMax = 50;
const overflow = "many other places";

export class TamperingWatch {
  readonly #newId: () => string;
  /** By place. */
  readonly #cases: Map<string, Case>;

  constructor(memory: z.infer<typeof tamperingMemorySchema>, newId: () => string) {
    this.#newId = newId;
    this.#cases = new Map(memory.map((known) => [known.where, known]));
  }

  get memory(): z.infer<typeof tamperingMemorySchema> {
    return [...this.#cases.values()];
  }

  /** The incident as it stands after this report; undefined where something was repaired that nobody had reported. */
  report({ where, evidence, repaired }: Event<"tampering">, nowMs: number): Incident | undefined {
    const known = this.#cases.get(where);
    if (repaired === true) {
      return known && this.#close({ ...known, evidence: appended(known.evidence, evidence) }, nowMs);
    }
    const place = known !== undefined || this.#cases.size < casesMax ? where : overflow;
    const before = known ?? this.#cases.get(place) ?? this.#begin(place, nowMs);
    const after = { ...before, reported_ms: nowMs, evidence: appended(before.evidence, evidence) };
    this.#cases.set(place, after);
    return incidentOf(after, null);
  }

  /** Adds how readers fared, and closes what has been quiet. Returns what was closed. */
  look({ requests, served, latency }: ReadersFare, nowMs: number): Incident[] {
    const closed: Incident[] = [];
    for (const known of this.memory) {
      const sums = addSums(known.sums, { ...noSums, readers: { requests, served, latency: [...latency] } });
      if (nowMs - known.reported_ms < quietMs) this.#cases.set(known.where, { ...known, sums });
      else {
        const quiet = note(`not reported again for ${quietMs / 60_000} minutes`, nowMs);
        closed.push(
          this.#close({ ...known, sums, evidence: appended(known.evidence, quiet) }, known.reported_ms),
        );
      }
    }
    return closed;
  }

  #begin(where: string, nowMs: number): Case {
    return { id: this.#newId(), where, started_ms: nowMs, reported_ms: nowMs, sums: noSums, evidence: [] };
  }

  #close(ended: Case, endedMs: number): Incident {
    this.#cases.delete(ended.where);
    return incidentOf(ended, endedMs);
  }
}

/** The same thing said again adds nothing. */
function appended(evidence: readonly Evidence[], more: Evidence): Evidence[] {
  if (evidence.some(({ what }) => what === more.what)) return [...evidence];
  return [...evidence, more].slice(0, evidenceMax);
}

function incidentOf({ id, started_ms, sums, evidence }: Case, endedMs: number | null): Incident {
  return {
    id,
    drill: false,
    kind: "tampering",
    status: endedMs === null ? "open" : "closed",
    started_at: rfc3339(started_ms),
    ended_at: endedMs === null ? null : rfc3339(endedMs),
    ...factsOf(sums),
    sources: 0,
    rules: [],
    outcome: endedMs === null ? null : outcomeOf(sums.readers),
    evidence,
  };
}
