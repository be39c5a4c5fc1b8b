/** Reading a file of an edition: no longer, no other and no older than something signed says. */
import type { MetaFile, Metadata } from "@tufjs/models";
import { z } from "zod";
import { isSha256, type Sha256, sha256 } from "../base/bytes.ts";
import type { ReadEditionFile } from "./edition.ts";
import type { FileKind, SignedFiles } from "./metadata.ts";
import { Refusal, type VerificationStep } from "./refusal.ts";

/** What timestamp and snapshot say about another file. */
export interface DescribedFile {
  readonly version: number;
  readonly sha256: Sha256;
  readonly length: number;
}

const describedSchema = z.strictObject({
  version: z.int().positive(),
  length: z.int().nonnegative(),
  hashes: z.strictObject({ sha256: z.string().refine(isSha256) }),
});

/** Throws where version, length or hash is missing: here none of them is optional. */
export function describedFile(meta: MetaFile): DescribedFile {
  const { version, length, hashes } = describedSchema.parse(meta.toJSON());
  return { version, length, sha256: hashes.sha256 };
}

/** Throws Refusal where the file is missing or too long. */
export async function readLimited(
  read: ReadEditionFile,
  step: VerificationStep,
  file: string,
  bytesMax: number,
): Promise<Uint8Array> {
  const bytes = await read(file);
  if (bytes === undefined) throw new Refusal(step, file, "is missing");
  if (bytes.length > bytesMax) throw new Refusal(step, file, `has more than ${bytesMax} bytes`);
  return bytes;
}

/** Throws Refusal where the file is not, byte for byte, the one that was described. */
export async function readDescribed(
  read: ReadEditionFile,
  step: VerificationStep,
  file: string,
  described: { readonly sha256: Sha256; readonly length: number },
  bytesMax: number,
): Promise<Uint8Array> {
  const bytes = await readLimited(read, step, file, bytesMax);
  if (bytes.length !== described.length || sha256(bytes) !== described.sha256) {
    throw new Refusal(step, file, "is not what was signed");
  }
  return bytes;
}

export function requireVersion(metadata: Metadata<SignedFiles[FileKind]>, described: DescribedFile): void {
  const { version } = metadata.signed;
  if (version !== described.version) throw new Error(`is version ${version}, not ${described.version}`);
}

/** A version never falls, and one version is one file (TUF 1.0, 5.4.3 and 5.5.5). */
export function requireNotOlder(found: SeenFile, seen: SeenFile | undefined): void {
  if (seen === undefined || found.version > seen.version) return;
  if (found.version < seen.version) {
    throw new Error(`is version ${found.version}, older than version ${seen.version} that was seen before`);
  }
  if (found.sha256 !== seen.sha256)
    throw new Error(`is another version ${seen.version} than was seen before`);
}

/** A file that was verified once. */
export interface SeenFile {
  readonly version: number;
  readonly sha256: Sha256;
}
