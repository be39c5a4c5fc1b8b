/** The file of an export: there, a file, not too large, and the same one each time it is read. */
import { createReadStream, type Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { codeOf, failed } from "../../base/errors.ts";
import { faults } from "./faults.ts";

const chunkBytes = 256 * 1024;

export interface ExportFile {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** Reads it from the beginning. Rejects with OperatorError where it changed since it was opened first. */
  chunks(): AsyncGenerator<Uint8Array>;
}

/** Rejects with OperatorError where there is no such file, or it is larger than `bytesMax`. */
export async function openExport(file: string, bytesMax: number): Promise<ExportFile> {
  const before = await statsOf(file);
  if (!before.isFile()) throw faults.notFile(file);
  if (before.size > bytesMax) throw faults.tooLarge(file, bytesMax);
  return {
    file,
    size: before.size,
    async *chunks() {
      const now = await statsOf(file);
      if (now.size !== before.size || now.mtimeMs !== before.mtimeMs) throw faults.changed(file);
      // No further than it was long at first: a file that is still being written never ends.
      const range = { end: Math.max(0, before.size - 1), highWaterMark: chunkBytes };
      for await (const chunk of createReadStream(file, range)) yield chunk as Uint8Array;
    },
  };
}

async function statsOf(file: string): Promise<Stats> {
  try {
    return await stat(file);
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT" || codeOf(thrown) === "ENOTDIR") throw faults.missing(file);
    throw failed(`reading ${file}`, thrown);
  }
}
