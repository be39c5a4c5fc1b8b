/**
 * Whether a cleaned file holds pixels and nothing else: the newsroom's own look at what the cleaning process gave back, by the
 * names of its parts alone. Nothing is decoded, so no picture can do harm here.
 */

import type { Shape } from "./picture.ts";

/** WebP (RFC 9649): the header, pixels, transparency, frames. Left out: ICCP, EXIF, "XMP ", and whatever nobody knows. */
const webpChunks = ["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"];
/** A frame's position, size and duration; its own chunks follow. */
const frameHeadBytes = 16;

export function isBare(data: Uint8Array, type: Shape["type"]): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return type === "image/webp" ? isBareWebp(view) : isBareJpeg(view);
}

function isBareWebp(view: DataView): boolean {
  if (view.byteLength < 12 || name(view, 0) !== "RIFF" || name(view, 8) !== "WEBP") return false;
  return view.getUint32(4, true) + 8 === view.byteLength && areBareChunks(view, 12, view.byteLength);
}

function areBareChunks(view: DataView, from: number, end: number): boolean {
  let at = from;
  while (at + 8 <= end) {
    const chunk = name(view, at);
    const length = view.getUint32(at + 4, true);
    const next = at + 8 + length + (length % 2);
    if (!webpChunks.includes(chunk) || next > end) return false;
    if (chunk === "ANMF" && !areBareChunks(view, at + 8 + frameHeadBytes, next)) return false;
    at = next;
  }
  return at === end;
}

function name(view: DataView, at: number): string {
  return String.fromCharCode(...Array.from({ length: 4 }, (_, each) => view.getUint8(at + each)));
}

/** ITU-T T.81, table B.1. */
const jpeg = { start: 0xffd8, end: 0xffd9, scan: 0xffda, jfif: 0xffe0 } as const;
/** A JFIF header without a thumbnail says nothing but the density of pixels. */
const jfifLength = 16;

function isBareJpeg(view: DataView): boolean {
  if (view.byteLength < 4 || view.getUint16(0) !== jpeg.start) return false;
  let at = 2;
  while (at + 4 <= view.byteLength) {
    const marker = view.getUint16(at);
    if (marker === jpeg.end) return at + 2 === view.byteLength;
    const length = view.getUint16(at + 2);
    if (isComment(marker) || (marker === jpeg.jfif && length !== jfifLength)) return false;
    at += 2 + length;
    if (marker === jpeg.scan) at = afterScan(view, at);
  }
  return at + 2 === view.byteLength && view.getUint16(at) === jpeg.end;
}

/** APP1 to APP15, COM; and what is no marker at all. */
function isComment(marker: number): boolean {
  return (marker > jpeg.jfif && marker <= 0xffef) || marker === 0xfffe || marker < 0xff01;
}

/** Entropy-coded data: 0xff there is followed by 0, or by a restart marker. */
function afterScan(view: DataView, from: number): number {
  let at = from;
  for (; at + 1 < view.byteLength; at += 1) {
    const next = view.getUint8(at + 1);
    if (view.getUint8(at) === 0xff && next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return view.byteLength;
}
