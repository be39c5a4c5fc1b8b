/** What the incidents of a protected site have in common: one open case of each kind, its evidence in order, how readers fared meanwhile. */
import { z } from "zod";
import { dayMs, rfc3339 } from "../../base/clock.ts";
import { type Evidence, evidenceSchema, type Incident } from "../../bus/facts.ts";
import type { ReadersFare } from "../../decision/usual-readers.ts";
import { outcomeOf } from "../../incidents/outcome.ts";
import type { Step } from "../../incidents/story/steps.ts";
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

type StepName = Step["step"];

/** Of each in one incident, so that what comes often leaves room for what comes once. */
const most: Readonly<Record<StepName, number>> = {
  page: 20,
  more: 1,
  site: 16,
  health: 8,
  question: 8,
  gathered: 24,
  shown: 1,
  over: 1,
};
/** Of what was gathered, in all; an incident travels in one message. */
const gatheredCharactersMax = 100_000;

/** What finds no room is left out; `instead` is said of it, once. */
export function withEvidence<C extends Case>(known: C, more: readonly Evidence[], instead?: Evidence): C {
  const evidence = [...known.evidence];
  for (const each of more) {
    if (hasRoom(evidence, each)) evidence.push(each);
    else if (instead !== undefined && hasRoom(evidence, instead)) evidence.push(instead);
  }
  return { ...known, evidence };
}

function hasRoom(evidence: readonly Evidence[], next: Evidence): boolean {
  const name = stepNameOf(next);
  const alike = evidence.filter((each) => stepNameOf(each) === name);
  if (alike.length >= most[name]) return false;
  return name !== "gathered" || JSON.stringify([...alike, next]).length <= gatheredCharactersMax;
}

export function hasStep({ evidence }: Case, name: StepName): boolean {
  return evidence.some((each) => stepNameOf(each) === name);
}

/** Whatever is in a case's evidence was made as a step. */
function stepNameOf({ data }: Evidence): StepName {
  return data?.["step"] as StepName;
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

type Begun = Pick<Case, "id" | "started_ms" | "sums" | "evidence">;

export function incidentOf({ id, started_ms, sums, evidence }: Begun, telling: Telling): Incident {
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

/** So long a false page may have been shown before anybody knew. */
const believedForMs = 30 * dayMs;

/** What an edge on another machine says of its time is believed as far as it is about right. */
export function believedMs(time: string, nowMs: number): number {
  return Math.max(nowMs - believedForMs, Math.min(nowMs, Date.parse(time)));
}
