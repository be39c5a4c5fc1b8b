/** What the incidents of a protected site have in common: one open case of each kind, its evidence in order, how readers fared meanwhile. */
import { z } from "zod";
import { rfc3339 } from "../../base/clock.ts";
import { type Evidence, evidenceSchema, type Incident } from "../../bus/facts.ts";
import type { ReadersFare } from "../../decision/usual-readers.ts";
import { outcomeOf } from "../../incidents/outcome.ts";
import { type Step, stepSchema } from "../../incidents/story/steps.ts";
import { addSums, factsOf, noSums, type Sums, sumsSchema } from "../../incidents/sums.ts";

export const caseSchema = z.object({
  id: z.string(),
  started_ms: z.number(),
  /** The last moment that belongs to it. */
  seen_ms: z.number(),
  /** Readers, and answers by what they were. */
  sums: sumsSchema,
  evidence: z.array(evidenceSchema),
});
export type Case = z.infer<typeof caseSchema>;

export function beginCase(id: string, startedMs: number, nowMs: number): Case {
  return { id, started_ms: startedMs, seen_ms: nowMs, sums: noSums, evidence: [] };
}

/** Of one incident; the rest is what can't come often. The last ones are for how it ends. */
const most = { all: 80, pages: 20, gathered: 24, characters: 100_000, kept: 4 } as const;

/** What finds no room is left out; where it would have been a page, the evidence says so once. */
export function withEvidence<C extends Case>(known: C, more: readonly Evidence[], moreIsLost?: Evidence): C {
  const evidence = [...known.evidence];
  for (const each of more) {
    if (hasRoom(evidence, stepOf(each)?.step)) evidence.push(each);
    else if (moreIsLost !== undefined && !hasStep({ evidence }, "more")) evidence.push(moreIsLost);
  }
  return { ...known, evidence };
}

function hasRoom(evidence: readonly Evidence[], step: Step["step"] | undefined): boolean {
  if (step === "over" || step === "shown") return evidence.length < most.all;
  if (evidence.length >= most.all - most.kept) return false;
  const alike = evidence.filter((each) => stepOf(each)?.step === step).length;
  if (step === "page") return alike < most.pages;
  return step !== "gathered" || (alike < most.gathered && JSON.stringify(evidence).length < most.characters);
}

export function hasStep({ evidence }: Pick<Case, "evidence">, step: Step["step"]): boolean {
  return evidence.some((each) => stepOf(each)?.step === step);
}

function stepOf({ data }: Evidence): Step | undefined {
  return stepSchema.safeParse(data).data;
}

export function withReaders<C extends Case>(known: C, { requests, served, latency }: ReadersFare): C {
  const readers = { requests, served, latency: [...latency] };
  return { ...known, sums: addSums(known.sums, { ...noSums, readers }) };
}

export function withAnswers<C extends Case>(known: C, more: Partial<Sums["responses"]>): C {
  const responses = { ...noSums.responses, ...more };
  return { ...known, sums: addSums(known.sums, { ...noSums, responses }) };
}

export interface Telling {
  readonly kind: Incident["kind"];
  readonly drill?: boolean;
  /** Null while it goes on. */
  readonly endedMs: number | null;
  /** Where it is not for the readers' fare to say; known before the end where nothing can mend it any more. */
  readonly outcome?: Incident["outcome"];
}

export function incidentOf({ id, started_ms, sums, evidence }: Case, telling: Telling): Incident {
  const { kind, drill = false, endedMs, outcome } = telling;
  return {
    id,
    drill,
    kind,
    status: endedMs === null ? "open" : "closed",
    started_at: rfc3339(started_ms),
    ended_at: endedMs === null ? null : rfc3339(endedMs),
    ...factsOf(sums),
    sources: 0,
    rules: [],
    outcome: outcome ?? (endedMs === null ? null : outcomeOf(sums.readers)),
    evidence,
  };
}

/** What an edge on another machine says of its time is believed as far as it is about right. */
export function believedMs(time: string, nowMs: number): number {
  return Math.max(nowMs - believedForMs, Math.min(nowMs, Date.parse(time)));
}

/** So long a false page may have been shown before anybody knew. */
const believedForMs = 30 * 86_400_000;
