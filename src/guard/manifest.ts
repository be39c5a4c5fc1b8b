/**
 * The baseline of a protected site as it travels: one signed target that names the approved copy and the facts of every address by hash.
 * It lies under an address that no host leads to.
 */
import { z } from "zod";
import { isSha256 } from "../base/bytes.ts";
import { canonical, parseCanonical } from "../edition/canonical.ts";
import { limits } from "../edition/limits.ts";
import { type Address, targetName } from "../edition/target.ts";

export const baselineAddress: Address = { site: "kasbah", path: "/origin/baseline.json" };
export const baselineTargetName = targetName("origin", baselineAddress);

const format = "kasbah-baseline/1";
/** Pages and what they are made of. */
export const entriesMax = 20_000;

const blob = z.strictObject({
  sha256: z.string().refine(isSha256),
  /** Bytes. */
  length: z.int().nonnegative().max(limits.blobBytes),
});

const entrySchema = z.strictObject({
  path: z.string().startsWith("/").max(limits.path),
  /** Without "?". */
  query: z.string().max(limits.query).optional(),
  status: z.int().min(200).max(599),
  /** The whole Content-Type. */
  type: z.string().max(limits.type),
  /** What the approved copy is sent with, names in lower case. */
  headers: z.record(z.string().max(64), z.string().max(limits.headerValue)),
  /** The approved copy. */
  copy: blob,
  /** What is known of a page (learning/page.ts); null for what a page is made of: its hash says it all. */
  facts: blob.nullable(),
  taken_at: z.iso.datetime(),
});
export type BaselineEntry = z.infer<typeof entrySchema>;

const manifestSchema = z.strictObject({
  type: z.literal(format),
  approved_at: z.iso.datetime(),
  /** What is known of the site as a whole (learning/site.ts). */
  site: blob,
  entries: z.array(entrySchema).max(entriesMax),
});
export type BaselineManifest = Omit<z.infer<typeof manifestSchema>, "type">;

export function encodeManifest(manifest: BaselineManifest): Uint8Array {
  return canonical({ type: format, ...manifest });
}

/** Throws where the bytes are no such manifest. */
export function decodeManifest(data: Uint8Array): BaselineManifest {
  const { type: _, ...manifest } = manifestSchema.parse(parseCanonical(data));
  return manifest;
}

/** Every blob that it needs, without the manifest's own. */
export function blobsOf({ site, entries }: BaselineManifest): readonly z.infer<typeof blob>[] {
  return [site, ...entries.flatMap(({ copy, facts }) => (facts === null ? [copy] : [copy, facts]))];
}
