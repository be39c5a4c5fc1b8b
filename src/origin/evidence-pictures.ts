/** Pictures that were taken of a finding, on the newsroom's disk. Only what is a PNG by its name and its first bytes leaves it. */
import { join } from "node:path";
import { sha256 } from "../base/bytes.ts";
import { listFolder, readPlainFile } from "../store/files.ts";

const picturesMax = 8;
const bytesMax = 16 * 1024 * 1024;
const plainFinding = /^[a-z0-9-]{1,100}$/;
const plainPicture = /^[a-z0-9-]{1,60}\.png$/;
const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Names of files; none where nothing was gathered. */
export async function picturesOf(evidence: string, finding: string): Promise<string[]> {
  const names = await listFolder(folderOf(evidence, finding));
  return names.filter((name) => plainPicture.test(name)).slice(0, picturesMax);
}

export async function pictureOf(
  evidence: string,
  finding: string,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!plainPicture.test(name)) return undefined;
  const data = await readPlainFile(join(folderOf(evidence, finding), name), bytesMax);
  return data !== undefined && signature.every((byte, at) => data[at] === byte) ? data : undefined;
}

/** A finding whose name could lead elsewhere lies under a name that can't. */
function folderOf(evidence: string, finding: string): string {
  return join(evidence, plainFinding.test(finding) ? finding : sha256(finding));
}
