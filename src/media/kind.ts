/** What a file is, by its first bytes: never by its name or by what a browser says of it. */

/** Those that are taken in. */
export const pictureKinds = ["jpeg", "png", "webp", "gif"] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** Those that are refused by name, so that somebody knows what to do instead. */
export const foreignKinds = ["heic", "avif", "svg", "tiff", "bmp", "pdf", "something else"] as const;
export type ForeignKind = (typeof foreignKinds)[number];

/** Each as a pattern over the first 512 bytes, a character a byte (ISO 8859-1). */
const patterns: readonly (readonly [PictureKind | ForeignKind, RegExp])[] = [
  ["jpeg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG\r\n[^]\n/],
  ["webp", /^RIFF[^]{4}WEBP/],
  ["gif", /^GIF8[79]a/],
  // ISO 14496-12, section 4.3: a box "ftyp" with the major brand, then the compatible ones.
  ["avif", /^[^]{4}ftyp(?:avif|avis)/],
  ["heic", /^[^]{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)/],
  ["tiff", /^(?:II[*+]\0|MM\0[*+])/],
  ["bmp", /^BM[^]{4}\0\0\0\0/],
  ["pdf", /^[^]{0,32}%PDF-/],
  ["svg", /^[\s\xef\xbb\xbf]*(?:<\?xml[^]*|<!--[^]*|<!DOCTYPE svg[^]*)?<svg[\s>]/i],
];
const looksAtBytes = 512;

export function kindOf(bytes: Uint8Array): PictureKind | ForeignKind {
  const start = Buffer.from(bytes.subarray(0, looksAtBytes)).toString("latin1");
  return patterns.find(([, pattern]) => pattern.test(start))?.[0] ?? "something else";
}

export function isPictureKind(kind: PictureKind | ForeignKind): kind is PictureKind {
  return pictureKinds.some((each) => each === kind);
}
