/**
 * Names beside the protected site's that readers reach without Kasbah: an incident each while the newsroom finds something false there. Nothing
 * of it can be held back, and nobody counts who saw it: it is a breach from its first moment, however many that were.
 */
import { z } from "zod";
import { dayMs } from "../../base/clock.ts";
import type { Evidence, Incident } from "../../bus/facts.ts";
import type { Finding, Question } from "../../bus/origin-facts.ts";
import { gatheredStep, overStep, pageStep, questionStep } from "../../incidents/story/steps.ts";
import { beginCase, believedMs, type Case, caseSchema, incidentOf, withEvidence } from "./case.ts";

const siblingSchema = caseSchema.extend({
  finding: z.string(),
  /** By question: how it was answered. */
  questions: z.record(z.string(), z.string()),
  /** Null: it goes on. */
  ends: z.enum(["live", "own change"]).nullable(),
});
type Sibling = z.infer<typeof siblingSchema>;

/** By name. */
export const siblingsMemorySchema = z.record(z.string(), siblingSchema);
type Known = z.infer<typeof siblingsMemorySchema>;

const most = { names: 20, questions: 20 } as const;
/** The newsroom says again what it finds; whoever was silent for so long looks no more. */
const silentMs = 2 * dayMs;

export class SiblingWatch {
  readonly #newId: () => string;
  #known: Known;

  constructor(memory: Known, newId: () => string) {
    this.#known = memory;
    this.#newId = newId;
  }

  get memory(): Known {
    return this.#known;
  }

  /** As they stand. */
  get incidents(): Incident[] {
    return Object.entries(this.#known).map(([name, known]) => told(name, known, null));
  }

  /** An alarm, or that it is right again. */
  find(name: string, finding: Finding, nowMs: number): void {
    const known = this.#known[name];
    if (finding.verdict !== "alarm") return this.#end(name, "live");
    if (known === undefined && Object.keys(this.#known).length >= most.names) return;
    const next = known ?? this.#begun(name, finding, nowMs);
    this.#put(name, { ...next, seen_ms: nowMs, ends: null });
  }

  answer(name: string, question: Question, nowMs: number): void {
    const known = this.#known[name];
    if (known === undefined || known.questions[question.id] === question.status) return;
    if (!(question.id in known.questions) && Object.keys(known.questions).length >= most.questions) return;
    const questions = { ...known.questions, [question.id]: question.status };
    this.#put(name, withEvidence({ ...known, questions }, [questionStep(question, nowMs)]));
    if (question.status === "accepted") this.#end(name, "own change");
  }

  gather(finding: string, evidence: readonly Evidence[]): void {
    for (const [name, known] of Object.entries(this.#known)) {
      if (known.finding !== finding) continue;
      this.#put(
        name,
        withEvidence(
          known,
          evidence.map((each) => gatheredStep(finding, each)),
        ),
      );
    }
  }

  /** Once a second; gives back what is over. */
  look(nowMs: number): Incident[] {
    const isOver = ({ ends, seen_ms: seenMs }: Sibling): boolean =>
      ends !== null || nowMs - seenMs >= silentMs;
    const over = Object.entries(this.#known).filter(([, known]) => isOver(known));
    this.#known = Object.fromEntries(Object.entries(this.#known).filter(([, known]) => !isOver(known)));
    return over.map(([name, known]) => closed(name, known, nowMs));
  }

  #begun(name: string, finding: Finding, nowMs: number): Sibling {
    const startedMs = believedMs(finding.at, nowMs);
    const begun = { ...beginCase(this.#newId(), startedMs, nowMs), finding: finding.id, questions: {} };
    const [, ...facts] = finding.facts;
    return withEvidence({ ...begun, ends: null }, [
      pageStep({ ...finding, address: `//${name}/`, facts }, nowMs),
    ]);
  }

  #end(name: string, ends: NonNullable<Sibling["ends"]>): void {
    const known = this.#known[name];
    if (known !== undefined) this.#put(name, { ...known, ends });
  }

  #put(name: string, known: Sibling): void {
    this.#known = { ...this.#known, [name]: known };
  }
}

function closed(name: string, known: Sibling, nowMs: number): Incident {
  const why = known.ends ?? "quiet";
  const end = overStep({ why, pages: 0, copies: 0 }, nowMs);
  const incident = told(name, withEvidence(known, [end]), nowMs);
  return why === "own change" ? { ...incident, outcome: "own change" } : incident;
}

function told(name: string, known: Case, endedMs: number | null): Incident {
  return { ...incidentOf(known, { kind: "defacement", endedMs, outcome: "breached" }), host: name };
}
