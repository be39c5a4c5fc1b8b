/**
 * Findings that are no attack yet: answers that nobody vouches for, and questions that nobody has answered. Each is remembered with how often
 * it was shown until somebody or something says what it was.
 */
import { z } from "zod";
import { dayMs } from "../../base/clock.ts";
import { evidenceSchema } from "../../bus/facts.ts";
import type { Finding, Question } from "../../bus/origin-facts.ts";
import { pageStep } from "../../incidents/story/steps.ts";
import { grown, shownSchema } from "./shown.ts";

/** Facts that several findings may share, each by a short name. */
const factNames = z.array(z.string());
export type FactNames = z.infer<typeof factNames>;

const doubtSchema = z.object({
  edge: z.string(),
  finding: z.string(),
  address: z.string(),
  facts: factNames,
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
      facts: before?.facts ?? namesOf(finding.facts),
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

export function namesOf(facts: Finding["facts"]): FactNames {
  return facts.map(({ what, value }) => Bun.hash(`${what}\0${value}`).toString(36));
}

/** A question is about what shows all that is new in it; or stands among its addresses and shows some of it. */
export function asks(
  question: Pick<Question, "facts" | "addresses">,
): (found: { readonly address: string; readonly facts: FactNames }) => boolean {
  const asked = namesOf(question.facts);
  const addresses = new Set(question.addresses.map(addressName));
  return ({ address, facts }) => {
    const shared = asked.filter((fact) => facts.includes(fact)).length;
    const isListed = addresses.has(address);
    return shared === asked.length ? asked.length > 0 || isListed : isListed && shared > 0;
  };
}
