/**
 * The transparency log as files (C2SP tlog-tiles): tiles of 256 hashes, bundles of 256 entries, and the proofs that are
 * computed from them. What is read here is not trusted: a proof only counts once `merkle.ts` has held it against a signed root.
 */
import { sameBytes } from "../base/bytes.ts";
import type { ReadEditionFile } from "./edition.ts";
import { emptyRoot, type Hash, hashBytes, leafHash, nodeHash, type TreeHead } from "./merkle.ts";

export const tileWidth = 256;
const tileHeight = 8;
/** A bundle's entry: two bytes of length, then the 32 bytes of a snapshot's SHA-256. */
const entryBytes = 2 + hashBytes;

/** `log/tile/0/x001/x234/067.p/5`, as tlog-tiles names it; `level` "entries" is a bundle. */
export function tileName(level: number | "entries", index: number, width: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g) ?? [];
  const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join("/");
  return `log/tile/${level}/${path}${width === tileWidth ? "" : `.p/${width}`}`;
}

/** How many hashes the tile has in a tree of `size` leaves; 0: there is no such tile. */
export function widthOf(size: number, level: number, index: number): number {
  return Math.max(0, Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth));
}

/** A log of a known size, read from its tiles; each tile is read once. */
export class TiledTree {
  readonly size: number;
  readonly #read: ReadEditionFile;
  readonly #tiles = new Map<string, Promise<Uint8Array>>();

  constructor(size: number, read: ReadEditionFile) {
    this.size = size;
    this.#read = read;
  }

  /** The root of the first `size` leaves. */
  async root(size = this.size): Promise<Hash> {
    return size === 0 ? emptyRoot : await this.#rangeHash(0, size);
  }

  /** RFC 6962, section 2.1.1: PATH(index, D[size]). */
  async inclusionProof(index: number): Promise<Hash[]> {
    return await this.#path(index, 0, this.size);
  }

  /** RFC 6962, section 2.1.2: PROOF(older, D[size]). */
  async consistencyProof(older: number): Promise<Hash[]> {
    if (older === 0 || older === this.size) return [];
    return await this.#subproof(older, 0, this.size, true);
  }

  /** The entries of a bundle, 256 at most; `undefined` beyond the tree's end. */
  async bundle(index: number): Promise<Uint8Array[] | undefined> {
    const width = widthOf(this.size, 0, index);
    if (width === 0) return undefined;
    return splitBundle(await this.#tile("entries", index, width, entryBytes));
  }

  /** The hashes of a tile of this tree, one after another; empty where the tree has none there. */
  async tile(level: number, index: number): Promise<Uint8Array> {
    const width = widthOf(this.size, level, index);
    return width === 0 ? new Uint8Array() : await this.#tile(level, index, width, hashBytes);
  }

  async #path(index: number, start: number, end: number): Promise<Hash[]> {
    if (end - start === 1) return [];
    const middle = start + largestPowerBelow(end - start);
    return index < middle
      ? [...(await this.#path(index, start, middle)), await this.#rangeHash(middle, end)]
      : [...(await this.#path(index, middle, end)), await this.#rangeHash(start, middle)];
  }

  async #subproof(older: number, start: number, end: number, complete: boolean): Promise<Hash[]> {
    if (older === end) return complete ? [] : [await this.#rangeHash(start, end)];
    const middle = start + largestPowerBelow(end - start);
    return older <= middle
      ? [...(await this.#subproof(older, start, middle, complete)), await this.#rangeHash(middle, end)]
      : [...(await this.#subproof(older, middle, end, false)), await this.#rangeHash(start, middle)];
  }

  /** MTH(D[start:end]); `start` is a multiple of the range's largest complete subtree. */
  async #rangeHash(start: number, end: number): Promise<Hash> {
    const count = end - start;
    if (Number.isInteger(Math.log2(count))) return await this.#subtreeHash(Math.log2(count), start / count);
    const middle = start + largestPowerBelow(count);
    return nodeHash(await this.#rangeHash(start, middle), await this.#rangeHash(middle, end));
  }

  /** The hash of the complete subtree of 2^height leaves that is the `index`th of its height. */
  async #subtreeHash(height: number, index: number): Promise<Hash> {
    const level = Math.floor(height / tileHeight);
    const span = 2 ** (height % tileHeight);
    const first = index * span;
    const tile = await this.tile(level, Math.floor(first / tileWidth));
    return foldHashes(hashesOf(tile, first % tileWidth, span));
  }

  /** Where a partial tile is gone, the full one that replaced it begins with the same hashes. */
  #tile(level: number | "entries", index: number, width: number, unit: number): Promise<Uint8Array> {
    const name = tileName(level, index, width);
    const loading =
      this.#tiles.get(name) ?? this.#load(name, tileName(level, index, tileWidth), width * unit);
    this.#tiles.set(name, loading);
    return loading;
  }

  async #load(name: string, fullName: string, length: number): Promise<Uint8Array> {
    const data = (await this.#read(name)) ?? (await this.#read(fullName));
    if (data === undefined) throw new Error(`${name} is missing`);
    if (data.length < length) throw new Error(`${name} has ${data.length} bytes instead of ${length}`);
    return data.subarray(0, length);
  }
}

export interface Appended extends TreeHead {
  /** New files by name; write them before the checkpoint that needs them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Adds one entry (32 bytes) to the tree. Rejects where the last bundle and the last tile don't say the same. */
export async function append(tree: TiledTree, read: ReadEditionFile, entry: Uint8Array): Promise<Appended> {
  const files = new Map<string, Uint8Array>();
  const size = tree.size + 1;
  const last = Math.floor(tree.size / tileWidth);
  const bundle = (await tree.bundle(last)) ?? [];
  if (!sameBytes(joined(bundle.map(leafHash)), await tree.tile(0, last))) {
    throw new Error(`the entries of ${tileName("entries", last, bundle.length)} are not those of its tile`);
  }
  files.set(tileName("entries", last, bundle.length + 1), joinBundle([...bundle, entry]));

  let hash: Hash | undefined = leafHash(entry);
  for (let level = 0; hash !== undefined; level += 1) {
    const position: number = Math.floor(tree.size / tileWidth ** level);
    const index = Math.floor(position / tileWidth);
    const tile: Uint8Array = joined([await tree.tile(level, index), hash]);
    files.set(tileName(level, index, tile.length / hashBytes), tile);
    const full = tile.length === tileWidth * hashBytes;
    hash = full ? foldHashes(hashesOf(tile, 0, tileWidth)) : undefined;
  }
  const grown = new TiledTree(size, async (name) => files.get(name) ?? (await read(name)));
  return { size, root: await grown.root(), files };
}

/** Every tile and bundle of the log with these entries: to make its files again. */
export function tilesOf(entries: readonly Uint8Array[]): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const [index, bundle] of chunks(entries).entries()) {
    files.set(tileName("entries", index, bundle.length), joinBundle(bundle));
  }
  let hashes = entries.map(leafHash);
  for (let level = 0; hashes.length > 0; level += 1) {
    const tiles = chunks(hashes);
    for (const [index, tile] of tiles.entries()) files.set(tileName(level, index, tile.length), joined(tile));
    hashes = tiles.filter((tile) => tile.length === tileWidth).map(foldHashes);
  }
  return files;
}

/** The folder of partial tiles that a full tile makes superfluous; undefined for other files. */
export function partialsOf(name: string): string | undefined {
  return /^log\/tile\/.*\d{3}$/.test(name) && !name.includes(".p/") ? `${name}.p` : undefined;
}

function chunks<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / tileWidth);
  return Array.from({ length: count }, (_, at) => items.slice(at * tileWidth, (at + 1) * tileWidth));
}

/** Every entry from the first one on. */
export async function entriesOf(tree: TiledTree): Promise<Uint8Array[]> {
  const count = Math.ceil(tree.size / tileWidth);
  const bundles = Array.from({ length: count }, async (_, index) => (await tree.bundle(index)) ?? []);
  return (await Promise.all(bundles)).flat();
}

/** Where an entry stands in the log, latest first; undefined where it does not. */
export async function findEntry(tree: TiledTree, entry: Uint8Array): Promise<number | undefined> {
  for (let index = Math.ceil(tree.size / tileWidth) - 1; index >= 0; index -= 1) {
    const entries = (await tree.bundle(index)) ?? [];
    const at = entries.findLastIndex((other) => sameBytes(other, entry));
    if (at >= 0) return index * tileWidth + at;
  }
  return undefined;
}

function splitBundle(data: Uint8Array): Uint8Array[] {
  const entries = Array.from({ length: data.length / entryBytes }, (_, at) =>
    data.subarray(at * entryBytes, (at + 1) * entryBytes),
  );
  const strange = entries.some((entry) => entry[0] !== 0 || entry[1] !== hashBytes);
  if (strange) throw new Error("a bundle of the log holds what is no SHA-256");
  return entries.map((entry) => entry.subarray(2));
}

function joinBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.some((entry) => entry.length !== hashBytes))
    throw new Error("the log takes the 32 bytes of a SHA-256 and nothing else");
  return joined(entries.flatMap((entry) => [Uint8Array.of(0, hashBytes), entry]));
}

function hashesOf(tile: Uint8Array, from: number, count: number): Hash[] {
  return Array.from({ length: count }, (_, at) =>
    tile.subarray((from + at) * hashBytes, (from + at + 1) * hashBytes),
  );
}

/** The root over a power of two of hashes. */
function foldHashes(hashes: readonly Hash[]): Hash {
  const [first, second] = hashes;
  if (first === undefined) throw new Error("no hash to fold");
  if (second === undefined) return first;
  const half = hashes.length / 2;
  return nodeHash(foldHashes(hashes.slice(0, half)), foldHashes(hashes.slice(half)));
}

/** The largest power of two that is smaller than `count` (which is 2 or more). */
function largestPowerBelow(count: number): number {
  return 2 ** (Math.ceil(Math.log2(count)) - 1);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
