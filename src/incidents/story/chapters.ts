/** An incident of a protected site as a story: its evidence in the order in which it happened, each piece with what part it plays. */
import type { Evidence, Incident } from "../../bus/facts.ts";
import { type Step, stepSchema } from "./steps.ts";

/** What was seen; what Kasbah did by itself; what somebody decided; what was kept; what readers saw of it; how it ended. */
export const chapters = ["seen", "done", "decided", "gathered", "shown", "over"] as const;
export type Chapter = (typeof chapters)[number];

export interface Told {
  readonly chapter: Chapter;
  readonly evidence: Evidence;
  readonly step: Step;
}

/** Undefined: it is told otherwise, by its requests and rules. */
export function storyOf({ evidence }: Pick<Incident, "evidence">): readonly Told[] | undefined {
  const steps = evidence.flatMap((each) => {
    const step = stepSchema.safeParse(each.data).data;
    return step === undefined ? [] : [{ chapter: chapterOf(step), evidence: each, step }];
  });
  if (steps.length === 0) return undefined;
  return steps.toSorted((a, b) => Date.parse(a.evidence.at) - Date.parse(b.evidence.at));
}

function chapterOf(step: Step): Chapter {
  switch (step.step) {
    case "page":
    case "more":
    case "health":
      return "seen";
    case "site":
      return step.by === "operator" ? "decided" : "done";
    case "question":
      return step.status === "accepted" || step.status === "refused" ? "decided" : "done";
    default:
      return step.step;
  }
}
