/**
 * Requests by block of sources and kind of client, counted apart as long as there is room: the joint counts from which the watch tells
 * a flood from readers, and a drill from both. What finds no room is counted under its kind alone, in the block `elsewhere`.
 */
import { latencyBucket, latencyBuckets } from "./latency.ts";
import { elsewhere } from "./source.ts";
import { kinds } from "./traits.ts";

/** Cells of blocks of their own; beyond them each kind still has one. */
const roomy = 1_024;
const capacity = roomy + kinds;

const fields = { requests: 0, served: 1, refused: 2, latency: 3 } as const;
const stride = fields.latency + latencyBuckets;

/** What became of a request: an answer that a reader can use, a refusal, or neither. */
export type End = "served" | "refused" | "failed";

/** Sums by cell, as flat arrays that a worker can hand over at once. */
export interface CellCounts {
  /** `block * kinds + kind`, one a cell, in no order. */
  readonly keys: Float64Array;
  /** For each key: requests, served, refused, then the latency's buckets. */
  readonly counts: Uint32Array;
}

export class Cells {
  readonly #place = new Map<number, number>();
  readonly #counts = new Uint32Array(capacity * stride);

  add(block: number, kind: number, end: End, latencyMs: number): void {
    const at = this.#at(block, kind);
    this.#bump(at + fields.requests);
    if (end !== "failed") this.#bump(at + fields[end]);
    this.#bump(at + fields.latency + latencyBucket(latencyMs));
  }

  /** What was counted since the last time; then it starts anew. */
  take(): CellCounts {
    const used = this.#place.size * stride;
    const taken = { keys: Float64Array.from(this.#place.keys()), counts: this.#counts.slice(0, used) };
    this.#counts.fill(0, 0, used);
    this.#place.clear();
    return taken;
  }

  #bump(field: number): void {
    this.#counts[field] = (this.#counts[field] ?? 0) + 1;
  }

  #at(block: number, kind: number): number {
    const key = block * kinds + kind;
    const place = this.#place.get(key);
    if (place !== undefined) return place * stride;
    if (block !== elsewhere && this.#place.size >= roomy) return this.#at(elsewhere, kind);
    this.#place.set(key, this.#place.size);
    return (this.#place.size - 1) * stride;
  }
}

export interface Cell {
  readonly block: number;
  readonly kind: number;
  readonly requests: number;
  readonly served: number;
  readonly refused: number;
  /** By bucket (latency.ts). */
  readonly latency: readonly number[];
}

export function mergeCells(left: CellCounts, right: CellCounts): CellCounts {
  const place = new Map<number, number>();
  for (const key of [...left.keys, ...right.keys]) if (!place.has(key)) place.set(key, place.size);
  const counts = new Uint32Array(place.size * stride);
  for (const part of [left, right]) {
    part.keys.forEach((key, from) => {
      const to = (place.get(key) ?? 0) * stride;
      for (let field = 0; field < stride; field += 1) {
        counts[to + field] = (counts[to + field] ?? 0) + (part.counts[from * stride + field] ?? 0);
      }
    });
  }
  return { keys: Float64Array.from(place.keys()), counts };
}

/** The `most` busiest cells; the others are added up by kind in the block `elsewhere`. */
export function busiestCells({ keys, counts }: CellCounts, most: number): readonly Cell[] {
  const cells = Array.from(keys, (key, place) =>
    cellAt(key, counts.subarray(place * stride, (place + 1) * stride)),
  );
  const sorted = cells.sort((a, b) => b.requests - a.requests);
  if (sorted.length <= most) return sorted;
  const apart = Math.max(0, most - kinds);
  return [...sorted.slice(0, apart), ...byKindAlone(sorted.slice(apart))];
}

function cellAt(key: number, counts: Uint32Array): Cell {
  return {
    block: Math.floor(key / kinds),
    kind: key % kinds,
    requests: counts[fields.requests] ?? 0,
    served: counts[fields.served] ?? 0,
    refused: counts[fields.refused] ?? 0,
    latency: Array.from(counts.subarray(fields.latency)),
  };
}

function byKindAlone(cells: readonly Cell[]): readonly Cell[] {
  const sums = new Map<number, Cell>();
  for (const cell of cells) {
    const sum = sums.get(cell.kind);
    sums.set(cell.kind, sum === undefined ? { ...cell, block: elsewhere } : addCells(sum, cell));
  }
  return [...sums.values()];
}

function addCells(sum: Cell, cell: Cell): Cell {
  return {
    ...sum,
    requests: sum.requests + cell.requests,
    served: sum.served + cell.served,
    refused: sum.refused + cell.refused,
    latency: sum.latency.map((count, bucket) => count + (cell.latency[bucket] ?? 0)),
  };
}
