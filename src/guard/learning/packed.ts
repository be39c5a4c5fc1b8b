/** Parts of the facts and site blobs as canonical JSON carries them: sets as sorted lists, sketches as base64. */
import { z } from "zod";
import { base64, fromBase64 } from "../../base/bytes.ts";
import { documentKinds } from "../facts.ts";

/** Places of a sketch: more would make no comparison better. */
const placesMax = 512;

export const kindSchema = z.enum(documentKinds);
export const count = z.int().nonnegative();
export const percentSchema = z.int().min(0).max(100);
export const lettersSchema = z.record(z.string().max(20), percentSchema);

/** A set of so many texts of so many characters. */
export function packedSet(
  membersMax: number,
  charactersMax: number,
): z.ZodType<ReadonlySet<string>, string[]> {
  return z
    .array(z.string().max(charactersMax))
    .max(membersMax)
    .transform((members): ReadonlySet<string> => new Set(members));
}

export function packSet(set: ReadonlySet<string>): string[] {
  return [...set].sort();
}

/** 32-bit numbers, little-endian. */
export const packedSketch = z
  .base64()
  .max(Math.ceil((placesMax * 4 * 4) / 3) + 4)
  .transform(unpackSketch);

function unpackSketch(text: string): readonly number[] {
  const bytes = fromBase64(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, at) => view.getUint32(at * 4, true));
}

export function packSketch(sketch: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(Math.min(sketch.length, placesMax) * 4));
  sketch.slice(0, placesMax).forEach((number, at) => {
    view.setUint32(at * 4, number, true);
  });
  return base64(new Uint8Array(view.buffer));
}
