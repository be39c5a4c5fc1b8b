/** What a person tells the edges about the protected site from the studio, and what the page says when that came to nothing. */
import { z } from "zod";

/** In an address: what came of the last act. */
export const saidSchema = z.enum(["no answer", "busy", "suspicious", "purged"]);
export type Said = z.infer<typeof saidSchema>;

/** Hours that somebody may work on the site without being asked. */
export const workingHours = [1, 2, 4] as const;
/** Hours of maintenance; 0: until somebody ends it. */
export const maintenanceHours = [0, 1, 2, 4, 8, 24] as const;
/** As the bus takes it. */
export const messageLengthMax = 1_000;

export const workingForm = z.object({ hours: oneOf(workingHours) });
export const maintenanceForm = z.object({
  hours: oneOf(maintenanceHours),
  message: z.string().max(messageLengthMax),
});
export const approvalForm = z.object({
  /** Which snapshot was looked at: when it began. */
  started: z.string().max(40),
  include: z
    .union([z.string().max(3_100), z.array(z.string().max(3_100)).max(200)])
    .default([])
    .transform((named) => (typeof named === "string" ? [named] : named)),
});
export const releaseForm = z.object({ anyway: z.literal("yes").optional() });

function oneOf(hours: readonly number[]) {
  return z
    .string()
    .refine((text) => hours.some((each) => String(each) === text))
    .transform(Number);
}
