/** Writing files so that a reader finds the old one or the new one. */
import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFileAtomically } from "./files.ts";

test("a file that can't be made is told by what failed first, not by the tidying up", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kasbah-files-"));
  const write = writeFileAtomically(join(folder, "x".repeat(255)), new Uint8Array(1));
  expect(await write.then(String, String)).toMatch(/ENAMETOOLONG.*open/);
  await rm(folder, { recursive: true });
});
