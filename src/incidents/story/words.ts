/** What the story of an incident at a protected site says. */
import type { OriginState, Question } from "../../bus/origin-facts.ts";
import type { Chapter } from "./chapters.ts";
import type { Step } from "./steps.ts";

export interface StoryWords {
  readonly heading: string;
  readonly chapters: Readonly<Record<Chapter, string>>;
  /** Before the address. */
  readonly page: { readonly held: string; readonly seen: string };
  /** Before where it is. */
  readonly wayAround: string;
  readonly more: string;
  /** Before what it is now. */
  named(fact: string): string;
  /** Between what is there now and what was there. */
  readonly insteadOf: string;
  readonly sites: Readonly<Record<OriginState["site"], string>>;
  readonly healths: Readonly<Record<OriginState["health"]["state"], string>>;
  /** Before a reason in English. */
  readonly reason: string;
  readonly questions: Readonly<Record<Question["status"], string>>;
  shown(count: number): string;
  readonly endings: Readonly<Record<Extract<Step, { step: "over" }>["why"], string>>;
  pages(count: number): string;
  copies(count: number): string;
  readonly saw: string;
  /** Instead of what was shown: the incident is about a name that readers reach without Kasbah. */
  elsewhere(host: string): string;
  readonly sawNothingFalse: string;
  falselyJudged(count: number): string;
  falselyUncertain(count: number): string;
}
