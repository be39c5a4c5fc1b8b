/** What is kept of peace on disk, as it is checked on the way back: at most 1,024 patterns of at most 300 bytes. */
import { z } from "zod";
import { patternsSchema } from "./coarse-patterns.ts";

export const peaceRecordSchema = z.object({
  version: z.literal(1),
  /** Seconds of calm that were learned. */
  calm_s: z.number().nonnegative().max(1e9),
  patterns: patternsSchema,
});
export type PeaceRecord = z.infer<typeof peaceRecordSchema>;
