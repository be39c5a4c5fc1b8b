/** Whether what lies on the disk about a finding is what was gathered: its files by their manifest, the manifest by what an edition names. */
import { join } from "node:path";
import { z } from "zod";
import { sha256 } from "../../base/bytes.ts";
import { messageOf } from "../../base/errors.ts";
import { parseCanonical } from "../../edition/canonical.ts";
import { readPlainFile } from "../../store/files.ts";
import { folderNameOf, manifestName } from "./evidence-store.ts";

export interface CheckedFile {
  readonly name: string;
  readonly sha256: string;
  readonly state: "whole" | "changed" | "missing";
}

export interface CheckedEvidence {
  /** Where the files lie. */
  readonly folder: string;
  /** RFC 3339: when it was gathered, as the edition has it. */
  readonly at: string;
  /** The manifest first. Only a whole one says what the others are to be. */
  readonly files: readonly CheckedFile[];
}

const pageSchema = z.object({
  evidence: z.array(z.object({ finding: z.string(), manifest: z.string(), at: z.string() })),
});
const manifestSchema = z.object({
  files: z.array(z.object({ name: z.string().regex(/^[a-zA-Z0-9.-]+$/), sha256: z.string() })),
});
const bytesMax = 64 * 1024 * 1024;

/** `page`: the edition's /origin/evidence.json. Undefined: it names no evidence about this finding. */
export async function checkEvidence(
  evidence: string,
  page: Uint8Array,
  finding: string,
): Promise<CheckedEvidence | undefined> {
  const named = pageSchema.parse(parseCanonical(page)).evidence;
  const known = named.find((each) => each.finding === folderNameOf(finding));
  if (known === undefined) return undefined;
  const folder = join(evidence, known.finding);
  const manifest = await checkFile(folder, { name: manifestName, sha256: known.manifest });
  const listed = manifest.bytes === undefined ? [] : filesIn(manifest.bytes);
  const files = await Promise.all(listed.map(async (file) => (await checkFile(folder, file)).checked));
  return { folder, at: known.at, files: [manifest.checked, ...files] };
}

function filesIn(manifest: Uint8Array): Pick<CheckedFile, "name" | "sha256">[] {
  try {
    return manifestSchema.parse(parseCanonical(manifest)).files;
  } catch (thrown) {
    throw new Error(`a manifest with the signed hash can't be read: ${messageOf(thrown)}`, { cause: thrown });
  }
}

/** `bytes` of a whole file alone. */
async function checkFile(folder: string, { name, sha256: wanted }: Pick<CheckedFile, "name" | "sha256">) {
  const bytes = await readPlainFile(join(folder, name), bytesMax).catch(() => undefined);
  const state = bytes === undefined ? "missing" : sha256(bytes) === wanted ? "whole" : "changed";
  const checked: CheckedFile = { name, sha256: wanted, state };
  return { checked, bytes: state === "whole" ? bytes : undefined };
}
