/** How files are called below `editions/`. Only `metadata/timestamp.json` and `log/checkpoint` are ever replaced. */
import type { Sha256 } from "../base/bytes.ts";

export const timestampName = "metadata/timestamp.json";
export const checkpointName = "log/checkpoint";

/** `metadata/12.pages-3f.json`: TUF's consistent snapshots. */
export function metadataName(role: string, version: number): string {
  return `metadata/${version}.${role}.json`;
}

/** The other way round; undefined where the file name is no such name. */
export function parseMetadataName(fileName: string): { role: string; version: number } | undefined {
  const match = /^([1-9]\d{0,15})\.([a-z]+(?:-[0-9a-f]{2})?)\.json$/.exec(fileName);
  return match === null ? undefined : { version: Number(match[1]), role: match[2] ?? "" };
}

export function blobName(sha256: Sha256): string {
  return `blobs/${sha256.slice(0, 2)}/${sha256}`;
}
