/**
 * What is left of a picture when it is looked at from afar: enough to say whether another one looks the same, however it was encoded.
 * A difference hash (Krawetz, "Kind of Like That", 2013) sees what a picture shows; a small grid of brightness sees where it changed.
 */
import { join } from "node:path";
import { z } from "zod";
import { fromBase64, fromUtf8 } from "../../base/bytes.ts";
import { runConfined } from "../../media/confined.ts";

/** Cells to a side. */
export const gridSide = 32;
/** Bits of the hash: 8 rows of 8 comparisons. */
const hashBits = 64;

export const glimpseSchema = z.strictObject({
  /** Pixels, of the picture itself. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** 16 hexadecimal digits. */
  hash: z.string().regex(/^[0-9a-f]{16}$/),
  /** Base64 of one byte of brightness a cell, row by row. */
  grid: z.string().length(Math.ceil((gridSide * gridSide) / 3) * 4),
});
export type Glimpse = z.infer<typeof glimpseSchema>;

export interface Difference {
  /** Share of the hash's bits that differ. */
  readonly hash: number;
  /** Share of the grid's cells that are clearly darker or brighter. */
  readonly cells: number;
}

/** Of 256: what two encodings of one picture stay below. */
const brightnessMax = 24;
/** Re-encoded, resized and slightly cropped pictures stay below both; Zauner ("Implementation and benchmarking of perceptual image hash functions", 2010) takes 0.16 of the bits for the same. */
const alikeMax = { hash: 0.16, cells: 0.08 } as const;

export function difference(left: Glimpse, right: Glimpse): Difference {
  const [before, after] = [fromBase64(left.grid), fromBase64(right.grid)];
  const changed = before.filter((cell, at) => Math.abs(cell - (after[at] ?? 0)) > brightnessMax).length;
  return { hash: bitsBetween(left.hash, right.hash) / hashBits, cells: changed / before.length };
}

/** Whether a person would say that they show the same. */
export function areAlike(left: Glimpse, right: Glimpse): boolean {
  const { hash, cells } = difference(left, right);
  return hash <= alikeMax.hash && cells <= alikeMax.cells;
}

function bitsBetween(left: string, right: string): number {
  const different = BigInt(`0x${left}`) ^ BigInt(`0x${right}`);
  return different.toString(2).replaceAll("0", "").length;
}

const entry = join(import.meta.dir, "glimpse-main.ts");
const confinement = {
  secondsMax: 10,
  memoryBytesMax: 1024 * 1024 * 1024,
  outputBytesMax: 64 * 1024,
} as const;
const pixelsMax = 64_000_000;

/** Decoded in a process of its own. Undefined where it is no picture that can be looked at: too large, broken, of another kind. */
export async function glimpseOf(bytes: Uint8Array): Promise<Glimpse | undefined> {
  const output = await runConfined({ entry, order: { pixelsMax } }, bytes, confinement);
  if (!(output instanceof Uint8Array)) return undefined;
  try {
    return glimpseSchema.parse(JSON.parse(fromUtf8(output)));
  } catch {
    return undefined;
  }
}
