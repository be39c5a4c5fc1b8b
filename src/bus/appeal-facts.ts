/** What an appeal code says: when somebody was refused, where and why, and nothing about who. */
import { z } from "zod";
import { appealGates, appealReasons } from "../decision/gates/appeal.ts";

export const appealSchema = z.object({
  /** To the minute. */
  at: z.iso.datetime(),
  gate: z.enum(appealGates),
  reason: z.enum(appealReasons),
  /** Of what could be done, what was asked for then: 1 is all of it, and so is whatever is more. */
  load: z.number().min(0).max(1),
});
export type AppealSaid = z.infer<typeof appealSchema>;
