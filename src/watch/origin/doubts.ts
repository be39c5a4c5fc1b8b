/**
 * Findings that are no attack yet: answers that nobody vouches for, and questions that nobody has answered. Each is remembered with how often
 * it was shown until somebody or something says what it was.
 */
import { z } from "zod";
import { dayMs } from "../../base/clock.ts";
import { evidenceSchema } from "../../bus/facts.ts";
import type { Finding, Question } from "../../bus/origin-facts.ts";
import { signatureOf } from "../../guard/judging/judge.ts";
import { pageStep } from "../../incidents/story/steps.ts";
import { grown, shownSchema } from "./shown.ts";

const doubtSchema = z.object({
  edge: z.string(),
  finding: z.string(),
  address: z.string(),
  /** Of what is new: one cause on many pages is one question. */
  signature: z.string(),
  shown: shownSchema,
  heard_ms: z.number(),
  /** How it is told, should it turn out to be false. */
  step: evidenceSchema,
});
export type Doubt = z.infer<typeof doubtSchema>;

/** By edge and finding, the longest silent first. */
export const doubtsSchema = z.record(z.string(), doubtSchema);
type Known = z.infer<typeof doubtsSchema>;

/** Beyond it the longest silent are forgotten, and what they showed can't be reckoned any more. */
const doubtsMax = 200;
const rememberedMs = 7 * dayMs;

export class Doubts {
  #known: Known;

  constructor(memory: Known) {
    this.#known = memory;
  }

  get memory(): Known {
    return this.#known;
  }

  hear(finding: Finding, nowMs: number): void {
    const name = nameOf(finding);
    const { [name]: before, ...others } = this.#known;
    const doubt: Doubt = {
      edge: finding.edge,
      finding: finding.id,
      address: addressName(finding.address),
      signature: signatureOf(finding.facts),
      shown: grown(before?.shown, finding.shown),
      heard_ms: nowMs,
      step: before?.step ?? pageStep(finding, nowMs),
    };
    const kept = Object.entries(others).filter(([, { heard_ms: heardMs }]) => nowMs - heardMs < rememberedMs);
    this.#known = Object.fromEntries([...kept.slice(1 - doubtsMax), [name, doubt]]);
  }

  /** What was known of this finding until now, which is no doubt any more. */
  take(finding: Finding): Doubt | undefined {
    const { [nameOf(finding)]: taken, ...others } = this.#known;
    if (taken !== undefined) this.#known = others;
    return taken;
  }

  /** Those that the question was about. */
  takeAll(question: Question): Doubt[] {
    const isMeant = asks(question);
    const taken = Object.values(this.#known).filter(isMeant);
    this.#known = Object.fromEntries(Object.entries(this.#known).filter(([, doubt]) => !isMeant(doubt)));
    return taken;
  }
}

export function nameOf({ edge, id }: Pick<Finding, "edge" | "id">): string {
  return `${edge} ${id}`;
}

/** Short, so that a thousand can be remembered; whoever makes two alike has made one page of two. */
export function addressName(address: string): string {
  return Bun.hash(address).toString(36);
}

/** Whether a finding is of what the question is about. */
export function asks(question: Pick<Question, "facts">): (found: { readonly signature: string }) => boolean {
  const asked = signatureOf(question.facts);
  return ({ signature }) => signature === asked;
}
