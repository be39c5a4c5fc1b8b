/**
 * Citizen media: what somebody filmed, photographed, recorded or wrote, what it claims to show, and what became of checking
 * that claim. Types and pure rules.
 */
import { z } from "zod";
import { cleanText } from "../language/clean.ts";
import { languageTags } from "../language/tags.ts";

export const materialKinds = ["video", "photograph", "audio", "document", "testimony"] as const;
export type MaterialKind = (typeof materialKinds)[number];

export const verificationStates = [
  "unverified",
  "in progress",
  "verified",
  "false",
  "can't be verified",
] as const;
export type Verification = (typeof verificationStates)[number];

const words = (max: number) => z.string().transform(cleanText).pipe(z.string().trim().min(1).max(max));
/** The same words in each language that has them. */
const inLanguages = (max: number) => z.partialRecord(z.enum(languageTags), words(max));

export const newMaterialSchema = z.object({
  kind: z.enum(materialKinds),
  /** Where it was published first; null where it came in another way. A link, never loaded by a reader's browser. */
  source: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .nullable(),
  claim: inLanguages(1_000).refine(
    (claim) => Object.keys(claim).length > 0,
    "say in at least one language what it claims to show",
  ),
});
export type NewMaterial = z.input<typeof newMaterialSchema>;

/** What checking came to, at one moment. The newest one is the material's state. */
export const findingSchema = z.object({
  state: z.enum(verificationStates),
  at: z.iso.datetime(),
  /** How it was checked, and what was found. */
  note: inLanguages(2_000),
});
export type Finding = z.infer<typeof findingSchema>;

export interface Material extends z.infer<typeof newMaterialSchema> {
  readonly id: string;
  readonly createdAt: string;
  readonly state: Verification;
  /** Oldest first. */
  readonly findings: readonly Finding[];
}

export type FindingFault = "goes back to unverified" | "needs a note" | "older than the last one";

/** What was found stays on record: nothing goes back to "unverified", and a conclusion says how it was reached. */
export function faultOf(finding: Finding, earlier: readonly Finding[]): FindingFault | undefined {
  if (finding.state === "unverified") return "goes back to unverified";
  if (finding.state !== "in progress" && Object.keys(finding.note).length === 0) return "needs a note";
  const last = earlier.at(-1);
  if (last !== undefined && Date.parse(finding.at) < Date.parse(last.at)) return "older than the last one";
  return undefined;
}
