/** How much of a document is read while it is learned: what the edges read of it, with more time, and bytes for whoever lets them have more. */
import { documentLimits, type ReadingLimits } from "../../guard/reading/read.ts";

export const readingLimits: Omit<ReadingLimits, "monotonicMs"> = {
  ...documentLimits,
  bytesMax: 16 * 1024 * 1024,
  msMax: 2_000,
};
