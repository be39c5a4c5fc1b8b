/** Writing files so that a reader finds the old one or the new one. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { writeFileAtomically } from "./files.ts";

test("a file that can't be made is told by what failed first, not by the tidying up", async () => {
  await using folder = temporaryFolder();
  const write = writeFileAtomically(join(folder.path, "x".repeat(255)), new Uint8Array(1));
  expect(await write.then(String, String)).toMatch(/ENAMETOOLONG.*open/);
});
