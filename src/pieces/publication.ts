/**
 * How a text gets published, hidden, withdrawn: the one table of steps, pure. A page that was withdrawn never comes back in
 * one step; undoing a withdrawal takes two people and is not built yet, so here it has no way out.
 */
import { rfc3339 } from "../base/clock.ts";
import { unreachable } from "../base/errors.ts";
import type { Publication, Text } from "./piece.ts";

export type Step =
  /** `at` is the date shown, at first publication: now or, for an import, earlier. RFC 3339. */
  | { readonly to: "published"; readonly at: string }
  | { readonly to: "scheduled"; readonly for: string }
  | { readonly to: "none" }
  | { readonly to: "private" }
  | { readonly to: "withdrawn" };

const steps: Readonly<Record<Publication, readonly Publication[]>> = {
  none: ["scheduled", "private", "published"],
  scheduled: ["none", "scheduled", "private", "published", "withdrawn"],
  private: ["none", "scheduled", "published", "withdrawn"],
  published: ["published", "private", "withdrawn"],
  withdrawn: [],
};

export type StepFault = "no such step" | "not ready" | "in the future" | "in the past";

/** Why a step can't be taken; undefined where it can. `ready`: the working revision's workflow is "ready". */
export function faultOf(
  text: Text,
  step: Step,
  { ready, nowMs }: { readonly ready: boolean; readonly nowMs: number },
): StepFault | undefined {
  if (!steps[text.publication].includes(step.to)) return "no such step";
  if (step.to === "published") {
    if (!ready) return "not ready";
    if (Date.parse(step.at) > nowMs) return "in the future";
  }
  if (step.to === "scheduled" && Date.parse(step.for) <= nowMs) return "in the past";
  return undefined;
}

/** The text after a step without fault. `firstPath` becomes its path if it is the first publication. */
export function afterStep(
  text: Text,
  step: Step,
  { nowMs, firstPath }: { readonly nowMs: number; readonly firstPath: string },
): Text {
  const hidden = { ...text, publication: step.to, scheduledFor: null, publishedRevision: null };
  switch (step.to) {
    case "published":
      return published(text, step.at, nowMs, firstPath);
    case "scheduled":
      return { ...hidden, scheduledFor: step.for };
    case "none":
    case "private":
    case "withdrawn":
      return hidden;
    default:
      return unreachable(step);
  }
}

/** Date and path are fixed the first time; a later revision is dated as such. */
function published(text: Text, at: string, nowMs: number, firstPath: string): Text {
  const replaces = text.publishedRevision !== null && text.publishedRevision !== text.workingRevision;
  return {
    ...text,
    publication: "published",
    publishedAt: text.publishedAt ?? at,
    revisedAt: replaces ? rfc3339(nowMs) : text.revisedAt,
    scheduledFor: null,
    path: text.path ?? firstPath,
    publishedRevision: text.workingRevision,
  };
}
