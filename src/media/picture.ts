/** A picture that was taken in: what is kept of it, in which sizes, and under which names. Never the original, nor a name or hash of it. */
import { z } from "zod";
import type { Sha256 } from "../base/bytes.ts";

/** Pixels. A picture is never enlarged, so a narrow one has its own width instead. */
export const webpWidths = [480, 960, 1_600] as const;
/** For what can't show WebP: feed readers, old browsers. */
export const jpegWidthMax = 1_200;
/** WebP has no more to a side (RFC 9649, section 2.7). */
export const sideMax = 16_383;

const types = ["image/webp", "image/jpeg"] as const;
export const shapeSchema = z.strictObject({
  type: z.enum(types),
  width: z.int().min(1).max(sideMax),
  height: z.int().min(1).max(sideMax),
});
export type Shape = z.infer<typeof shapeSchema>;

/** One size of a picture. */
export interface Variant extends Shape {
  readonly bytes: number;
  readonly sha256: Sha256;
}

/** As pages need it; who brought it in is not theirs to know. */
export interface PictureFacts {
  readonly id: string;
  readonly animated: boolean;
  /** WebP from narrow to wide, then one JPEG. */
  readonly variants: readonly Variant[];
}

export interface Picture extends PictureFacts {
  readonly createdAt: string;
  /** Account id. */
  readonly createdBy: string | null;
}

/** `01J9Z3K5Q8R2T4V6X8Z0B2D4F6-480.webp`: of a file of ours, on the disk and in public addresses. */
export function fileName(id: string, { type, width }: Shape): string {
  return `${id}-${width}.${type === "image/webp" ? "webp" : "jpg"}`;
}

export function webpsOf({ variants }: PictureFacts): readonly Variant[] {
  return variants.filter(({ type }) => type === "image/webp");
}

export function jpegOf({ variants }: PictureFacts): Variant | undefined {
  return variants.find(({ type }) => type === "image/jpeg");
}
