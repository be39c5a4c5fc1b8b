// Large blobs on a real disk that somebody may have touched: what stands in their place is a fault, and nobody waits for it.
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256, utf8 } from "../base/bytes.ts";
import { verifyPieces } from "./large-blobs.ts";

const signed = { sha256: sha256("hello"), length: 5 };

test("a pipe or a link in a large blob's place is a fault and holds nobody up", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kasbah-large-"));
  const whole = join(folder, "whole");
  const pipe = join(folder, "pipe");
  const link = join(folder, "link");
  await writeFile(whole, utf8("hello"));
  expect(Bun.spawnSync(["mkfifo", pipe]).exitCode).toBe(0);
  symlinkSync(whole, link);
  expect(await verifyPieces(whole, signed)).toHaveLength(1);
  expect(await verifyPieces(pipe, signed)).toMatchObject({ kind: "fault" });
  expect(await verifyPieces(link, signed)).toMatchObject({ kind: "fault" });
  rmSync(folder, { recursive: true });
});
