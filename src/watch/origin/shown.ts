/**
 * What readers were shown that was, or may have been, false: the one place that reckons it. Edges count by finding since they started, and
 * say the sum again while it grows; here the sums outlive a restart of either side.
 */
import { z } from "zod";
import type { Finding } from "../../bus/origin-facts.ts";
import type { FalselyShown } from "../../incidents/story/steps.ts";

const count = z.number().nonnegative();
const pair = z.object({ judged: count, uncertain: count });

export const shownSchema = z.object({
  /** In all. */
  sum: pair,
  /** As the edge said last. */
  told: pair,
  /** RFC 3339. */
  first: z.string().nullable(),
  last: z.string().nullable(),
});
export type Shown = z.infer<typeof shownSchema>;

/** With what the edge says now. Less than last time: it was started again and counts from 0. */
export function grown(before: Shown | undefined, now: Finding["shown"]): Shown {
  const more = (what: "judged" | "uncertain"): number => {
    const said = before?.told[what] ?? 0;
    return (before?.sum[what] ?? 0) + (now[what] >= said ? now[what] - said : now[what]);
  };
  return {
    sum: { judged: more("judged"), uncertain: more("uncertain") },
    told: { judged: now.judged, uncertain: now.uncertain },
    first: earlier(before?.first ?? null, now.first),
    last: later(before?.last ?? null, now.last),
  };
}

/** Of several findings together. */
export function falselyShown(all: Iterable<Shown>): FalselyShown {
  const sum = { judged: 0, uncertain: 0, first: null as string | null, last: null as string | null };
  for (const { sum: each, first, last } of all) {
    sum.judged += each.judged;
    sum.uncertain += each.uncertain;
    if (each.judged + each.uncertain === 0) continue;
    sum.first = earlier(sum.first, first);
    sum.last = later(sum.last, last);
  }
  return sum;
}

/** Times that are all written alike are in order as texts. */
function earlier(left: string | null, right: string | null): string | null {
  return left === null || (right !== null && right < left) ? right : left;
}

function later(left: string | null, right: string | null): string | null {
  return left === null || (right !== null && right > left) ? right : left;
}
