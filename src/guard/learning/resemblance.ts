/** How much of one thing is in another: sets, and volumes of which only a sketch was kept. Shares 0..1. */
import type { Volume } from "../facts.ts";

/** Of `before`, so much is in `now`; undefined where there was nothing. */
export function keptOf(before: Iterable<string>, now: ReadonlySet<string>): number | undefined {
  let all = 0;
  let kept = 0;
  for (const one of before) {
    all += 1;
    if (now.has(one)) kept += 1;
  }
  return all === 0 ? undefined : kept / all;
}

/** Jaccard's index of two sets; 1 where both are empty. */
export function resemblanceOf(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let both = 0;
  for (const one of left) if (right.has(one)) both += 1;
  const either = left.size + right.size - both;
  return either === 0 ? 1 : both / either;
}

/** Jaccard's index by MinHash: the share of places at which two sketches agree (Broder 1997). */
export function sketchResemblance(left: readonly number[], right: readonly number[]): number {
  const places = Math.min(left.length, right.length);
  if (places === 0) return left.length === right.length ? 1 : 0;
  let same = 0;
  for (let at = 0; at < places; at += 1) if (left[at] === right[at]) same += 1;
  return same / places;
}

/** Of `before`, so much is in `now`: containment from resemblance and the two counts. */
export function keptVolume(before: Volume, now: Volume): number {
  if (before.count === 0) return 1;
  const resemblance = sketchResemblance(before.sketch, now.sketch);
  const both = (resemblance * (before.count + now.count)) / (1 + resemblance);
  return Math.min(1, both / before.count);
}

/**
 * The same of structures, whose counts are of elements while most elements of a long page are alike: a feed of one item is made as one of ten.
 * No less is kept than both have in common of all that either has.
 */
export function keptStructure(before: Volume, now: Volume): number {
  const kept = keptVolume(before, { ...now, count: Math.min(now.count, 2 * before.count) });
  return before.count === 0 ? kept : Math.max(kept, sketchResemblance(before.sketch, now.sketch));
}
