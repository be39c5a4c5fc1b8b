/** Proofs held against the vectors of transparency-dev/merkle. */
import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { fromBase64 } from "../base/bytes.ts";
import { emptyRoot, extendsTree, includes, leafHash, nodeHash } from "./merkle.ts";

const top = resolve(import.meta.dir, "../..");
const shared = join(top, "../shared/vectors/tlog");
const proof = z
  .array(z.string())
  .nullish()
  .transform((hashes) => (hashes ?? []).map(fromBase64));
const hash = z.string().transform(fromBase64);
const inclusionSchema = z.object({
  desc: z.string(),
  leafIdx: z.number(),
  treeSize: z.number(),
  root: hash.nullable(),
  leafHash: hash.nullable(),
  proof,
  wantErr: z.boolean(),
});
const consistencySchema = z.object({
  desc: z.string(),
  size1: z.number(),
  size2: z.number(),
  root1: hash.nullable(),
  root2: hash.nullable(),
  proof,
  wantErr: z.boolean(),
});

const nothing = new Uint8Array();

function checkInclusion(vectors: unknown): number {
  const parsed = z.array(inclusionSchema).parse(vectors);
  for (const { desc, root, treeSize, leafIdx, leafHash: leaf, proof: hashes, wantErr } of parsed) {
    const included = includes(root ?? nothing, treeSize, leafIdx, leaf ?? nothing, hashes);
    expect([desc, leafIdx, treeSize, included]).toEqual([desc, leafIdx, treeSize, !wantErr]);
  }
  return parsed.length;
}

function checkConsistency(vectors: unknown): number {
  const parsed = z.array(consistencySchema).parse(vectors);
  for (const { desc, size1, size2, root1, root2, proof: hashes, wantErr } of parsed) {
    const older = { size: size1, root: root1 ?? nothing };
    const newer = { size: size2, root: root2 ?? nothing };
    expect([desc, size1, size2, extendsTree(older, newer, hashes)]).toEqual([desc, size1, size2, !wantErr]);
  }
  return parsed.length;
}

async function vectorFile(name: string): Promise<unknown> {
  return await Bun.file(join(top, "test/vectors/tlog", name)).json();
}

async function vectorFolder(folder: string): Promise<unknown[]> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".json"),
  );
  return await Promise.all(names.map((name): Promise<unknown> => Bun.file(join(folder, name)).json()));
}

test("hashes are RFC 6962's", () => {
  expect(Buffer.from(emptyRoot).toString("hex")).toStartWith("e3b0c44298fc1c14");
  expect(Buffer.from(leafHash(nothing)).toString("hex")).toStartWith("6e340b9cffb37a98");
  expect(nodeHash(emptyRoot, emptyRoot)).not.toEqual(leafHash(Buffer.concat([emptyRoot, emptyRoot])));
});

describe("the selection in test/vectors", () => {
  test("inclusion", async () => {
    expect(checkInclusion(await vectorFile("inclusion.json"))).toBeGreaterThan(40);
  });
  test("consistency", async () => {
    expect(checkConsistency(await vectorFile("consistency.json"))).toBeGreaterThan(40);
  });
});

describe.skipIf(!(await Bun.file(join(shared, "ed25519vectors.json")).exists()))("the complete sets", () => {
  test("inclusion", async () => {
    expect(checkInclusion(await vectorFolder(join(shared, "inclusion")))).toBe(98);
  });
  test("consistency", async () => {
    expect(checkConsistency(await vectorFolder(join(shared, "consistency")))).toBe(98);
  });
});
