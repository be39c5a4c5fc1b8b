/** The protected site is reached around the edge, as one incident: from the first time that it is seen until it has not been seen for a while. */
import { z } from "zod";
import type { Incident } from "../../bus/facts.ts";
import type { Finding } from "../../bus/origin-facts.ts";
import type { ReadersFare } from "../../decision/usual-readers.ts";
import { morePages, overStep, pageStep } from "../../incidents/story/steps.ts";
import { beginCase, believedMs, caseSchema, incidentOf, withEvidence, withReaders } from "./case.ts";

const bypassSchema = caseSchema.extend({ findings: z.array(z.string()) });
type Bypass = z.infer<typeof bypassSchema>;

export const bypassMemorySchema = bypassSchema.nullable();

const findingsMax = 200;
const settledMs = 15 * 60_000;

export class BypassWatch {
  readonly #newId: () => string;
  #case: Bypass | null;

  constructor(memory: Bypass | null, newId: () => string) {
    this.#case = memory;
    this.#newId = newId;
  }

  get memory(): Bypass | null {
    return this.#case;
  }

  get incident(): Incident | undefined {
    return this.#case === null ? undefined : incidentOf(this.#case, { kind: "bypass", endedMs: null });
  }

  find(finding: Finding, nowMs: number): void {
    const begun = (): Bypass => ({
      ...beginCase(this.#newId(), believedMs(finding.at, nowMs), nowMs),
      findings: [],
    });
    const known = { ...(this.#case ?? begun()), seen_ms: nowMs };
    const isNew = !known.findings.includes(finding.id);
    const findings = isNew ? [...known.findings, finding.id].slice(0, findingsMax) : known.findings;
    this.#case = withEvidence(
      { ...known, findings },
      isNew ? [pageStep(finding, nowMs)] : [],
      morePages(nowMs),
    );
  }

  /** Once a second; gives the incident back once it is over. */
  look(fare: ReadersFare | undefined, nowMs: number): Incident | undefined {
    if (this.#case === null) return undefined;
    const known = fare === undefined ? this.#case : withReaders(this.#case, fare);
    const isOver = nowMs - known.seen_ms >= settledMs;
    this.#case = isOver ? null : known;
    if (!isOver) return undefined;
    const end = overStep({ why: "quiet", pages: 0, copies: 0 }, nowMs);
    return incidentOf(withEvidence(known, [end]), { kind: "bypass", endedMs: known.seen_ms });
  }
}
