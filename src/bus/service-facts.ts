/** How much an edge serves, as it is told on the bus. */
import { z } from "zod";
import { costCauses } from "../decision/modes/serving-cost.ts";
import { serviceLevels } from "../decision/modes/service.ts";

const time = z.iso.datetime();

export const serviceLevelSchema = z.enum(serviceLevels);

export const serviceFactsSchema = z.object({
  edge: z.string(),
  at: time,
  level: serviceLevelSchema,
  /** Since when it is less than normal; null: it isn't. */
  since: time.nullable(),
  /** What cost more than there is; empty in normal service, and where an operator ordered it. */
  causes: z.array(z.enum(costCauses)).max(costCauses.length),
  /** By an operator, until then. */
  ordered_until: time.nullable(),
  /** Text pages that were sent in place of whole ones, and work that was refused, since the edge started. */
  texts: z.int().nonnegative(),
  work_refused: z.int().nonnegative(),
});
export type ServiceFacts = z.infer<typeof serviceFactsSchema>;

/** "auto": what is measured decides again. */
export const serviceOrderSchema = z.object({
  level: z.enum(["auto", ...serviceLevels]),
  seconds: z.int().min(1).max(86_400),
});
export type ServiceOrder = z.infer<typeof serviceOrderSchema>;
