/** How much of a document is read while it is learned. What an edge can't judge within its own limits can be learned nevertheless. */
import type { ReadingLimits } from "../guard/reading/read.ts";

export const readingLimits: Omit<ReadingLimits, "monotonicMs"> = {
  bytesMax: 16 * 1024 * 1024,
  elementsMax: 200_000,
  depthMax: 512,
  msMax: 2_000,
};
