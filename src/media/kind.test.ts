/** A file is what its first bytes are. */
import { expect, test } from "bun:test";
import { drawn, photographs } from "../../test/pictures.ts";
import { utf8 } from "../base/bytes.ts";
import { kindOf, pictureKinds } from "./kind.ts";

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

test("the four kinds are known from real files", async () => {
  for (const kind of pictureKinds) expect(kindOf(await drawn(kind))).toBe(kind);
});

test.each([
  ["heic", latin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic")],
  ["heic", latin1("\0\0\0\x18ftypmif1\0\0\0\0mif1heic")],
  ["avif", latin1("\0\0\0\x1cftypavif\0\0\0\0mif1avif")],
  ["svg", utf8('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ["svg", utf8('\uFEFF<?xml version="1.0"?>\n<!-- x -->\n<svg>')],
  ["tiff", latin1("II*\0\x08\0\0\0")],
  ["tiff", latin1("MM\0*\0\0\0\x08")],
  ["bmp", latin1("BM\x36\x00\x0c\x00\0\0\0\0")],
  ["pdf", utf8("%PDF-1.7")],
  ["something else", utf8("<html><script>alert(1)</script>")],
  ["something else", utf8("PK\x03\x04")],
  ["something else", utf8("GIF7 is no version")],
  ["something else", new Uint8Array(0)],
  ["something else", new Uint8Array([0xff, 0xd8])],
] as const)("%s", (kind, bytes) => {
  expect(kindOf(bytes)).toBe(kind);
});

test.skipIf(photographs.length === 0)("a photograph from an iPhone is HEIC", () => {
  const heif = photographs.find(({ name }) => name.endsWith(".heif"));
  expect(kindOf(heif?.bytes ?? new Uint8Array())).toBe("heic");
});
