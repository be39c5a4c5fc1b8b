/** What is odd about how a page looks, although all that its source says is vouched for. */
import type { NewFact } from "../../guard/verdict.ts";
import type { Appearance } from "./appearance.ts";

/** Shares of the picture: living fronts show another photograph or headline each day, and stay below. */
const usualMax = { cells: 0.5, hash: 0.4 } as const;

/** Empty: nothing. */
export function oddityIn({ approved }: Appearance): NewFact[] {
  if (approved === undefined || approved.isAlike) return [];
  const { difference, verdict } = approved;
  const isOther = difference.cells > usualMax.cells || difference.hash > usualMax.hash;
  const isSaid = verdict.kind === "contradicts";
  if (!isOther && !isSaid) return [];
  const what = "appearance";
  const percent = Math.round(difference.cells * 100);
  const picture = { what, value: `${percent} % of the picture is another`, weight: "doubt" } as const;
  return [picture, ...verdict.facts];
}
