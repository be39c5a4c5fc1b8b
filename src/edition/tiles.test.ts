/** Tiles: their names, their widths, and that every proof made from them satisfies RFC 6962. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { sha256Bytes, utf8 } from "../base/bytes.ts";
import type { ReadEditionFile } from "./edition.ts";
import { emptyRoot, extendsTree, type Hash, includes, leafHash, nodeHash } from "./merkle.ts";
import { append, findEntry, partialsOf, TiledTree, tileName, tilesOf, widthOf } from "./tiles.ts";

const entry = (at: number): Uint8Array => sha256Bytes(utf8(`entry ${at}`));

/** The definition itself (RFC 6962, section 2.1), without tiles. */
function merkleTreeHash(entries: readonly Uint8Array[]): Hash {
  const [first] = entries;
  if (first === undefined) return emptyRoot;
  if (entries.length === 1) return leafHash(first);
  const split = 2 ** Math.floor(Math.log2(entries.length - 1));
  return nodeHash(merkleTreeHash(entries.slice(0, split)), merkleTreeHash(entries.slice(split)));
}

interface Grown {
  readonly read: ReadEditionFile;
  readonly files: Map<string, Uint8Array>;
  readonly roots: readonly Hash[];
}

async function grow(size: number): Promise<Grown> {
  const files = new Map<string, Uint8Array>();
  const read: ReadEditionFile = (name) => Promise.resolve(files.get(name));
  const roots: Hash[] = [emptyRoot];
  for (let at = 0; at < size; at += 1) {
    const appended = await append(new TiledTree(at, read), read, entry(at));
    for (const [name, data] of appended.files) files.set(name, data);
    roots.push(appended.root);
  }
  return { read, files, roots };
}

const size = 600;
const grown = await grow(size);
const entries = Array.from({ length: size }, (_, at) => entry(at));

describe("names and widths as C2SP tlog-tiles gives them", () => {
  test("names", () => {
    expect(tileName(0, 1_234_067, 256)).toBe("log/tile/0/x001/x234/067");
    expect(tileName(1, 17, 5)).toBe("log/tile/1/017.p/5");
    expect(tileName("entries", 0, 256)).toBe("log/tile/entries/000");
  });

  test("a tree of 70,000 entries", () => {
    expect([widthOf(70_000, 0, 272), widthOf(70_000, 0, 273), widthOf(70_000, 0, 274)]).toEqual([
      256, 112, 0,
    ]);
    expect([widthOf(70_000, 1, 0), widthOf(70_000, 1, 1), widthOf(70_000, 2, 0)]).toEqual([256, 17, 1]);
    expect([widthOf(256, 0, 0), widthOf(256, 1, 0)]).toEqual([256, 1]);
  });
});

test("the root after each entry is the Merkle tree hash", () => {
  for (const at of [1, 2, 3, 255, 256, 257, 511, 512, 513, 600]) {
    expect(grown.roots[at]).toEqual(merkleTreeHash(entries.slice(0, at)));
  }
});

test("every entry is proven in every tree that has it, and nowhere else", async () => {
  const sizes = fc.integer({ min: 1, max: size });
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(size - 1), fc.nat(size - 1), async (treeSize, at, other) => {
      fc.pre(at < treeSize);
      const proof = await new TiledTree(treeSize, grown.read).inclusionProof(at);
      const root = grown.roots[treeSize] ?? emptyRoot;
      expect(includes(root, treeSize, at, leafHash(entry(at)), proof)).toBe(true);
      expect(includes(root, treeSize, other, leafHash(entry(at)), proof)).toBe(other === at);
    }),
    { numRuns: 150 },
  );
});

test("every tree is proven to begin with every smaller one, and with no other", async () => {
  const sizes = fc.integer({ min: 1, max: size });
  await fc.assert(
    fc.asyncProperty(sizes, sizes, sizes, async (one, two, other) => {
      const [older, newer] = [Math.min(one, two), Math.max(one, two)];
      const proof = await new TiledTree(newer, grown.read).consistencyProof(older);
      const head = (at: number): { size: number; root: Hash } => ({
        size: at,
        root: grown.roots[at] ?? emptyRoot,
      });
      expect(extendsTree(head(older), head(newer), proof)).toBe(true);
      const forked = { size: older, root: grown.roots[other] ?? emptyRoot };
      expect(extendsTree(forked, head(newer), proof)).toBe(other === older);
    }),
    { numRuns: 150 },
  );
});

test("a partial tile that was deleted is read from the full one", async () => {
  const files = new Map(grown.files);
  for (const name of files.keys()) if (name.startsWith("log/tile/0/000.p/")) files.delete(name);
  const proof = await new TiledTree(100, (name) => Promise.resolve(files.get(name))).inclusionProof(7);
  expect(includes(grown.roots[100] ?? emptyRoot, 100, 7, leafHash(entry(7)), proof)).toBe(true);
});

test("nothing is added where bundle and tile don't say the same", async () => {
  const files = new Map(grown.files);
  files.set(
    "log/tile/entries/002.p/88",
    files.get("log/tile/entries/001")?.subarray(0, 88 * 34) ?? new Uint8Array(),
  );
  const read: ReadEditionFile = (name) => Promise.resolve(files.get(name));
  expect(append(new TiledTree(600, read), read, entry(600))).rejects.toThrow("are not those of its tile");
});

test("all files can be made again from the entries", () => {
  for (const count of [1, 255, 256, 257, 513]) {
    for (const [name, data] of tilesOf(entries.slice(0, count))) expect(grown.files.get(name)).toEqual(data);
  }
  const names = [...tilesOf(entries.slice(0, 600)).keys()].filter((name) => !name.includes("entries"));
  expect(names).toEqual(["log/tile/0/000", "log/tile/0/001", "log/tile/0/002.p/88", "log/tile/1/000.p/2"]);
});

test("a full tile makes its partial ones superfluous", () => {
  expect(partialsOf("log/tile/0/x001/067")).toBe("log/tile/0/x001/067.p");
  expect(partialsOf("log/tile/entries/000")).toBe("log/tile/entries/000.p");
  expect(partialsOf("log/tile/0/000.p/5")).toBeUndefined();
  expect(partialsOf("metadata/1.snapshot.json")).toBeUndefined();
});

test("entries are found, the latest first", async () => {
  const tree = new TiledTree(size, grown.read);
  expect(await findEntry(tree, entry(3))).toBe(3);
  expect(await findEntry(tree, entry(599))).toBe(599);
  expect(await findEntry(tree, entry(600))).toBeUndefined();
});

test("what is missing or short is said", async () => {
  const tree = new TiledTree(size + 1, grown.read);
  expect(tree.inclusionProof(0)).rejects.toThrow("is missing");
  const short = new TiledTree(3, () => Promise.resolve(new Uint8Array(64)));
  expect(short.inclusionProof(0)).rejects.toThrow("64 bytes");
});

test("the log takes nothing but the 32 bytes of a hash", async () => {
  const tree = new TiledTree(0, () => Promise.resolve(undefined));
  expect(append(tree, grown.read, new Uint8Array(31))).rejects.toThrow("32 bytes");
});
