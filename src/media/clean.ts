/**
 * Cleans one picture: pixels in, pixels out. Runs in a process of its own, since decoders written in C meet hostile bytes here.
 * A still goes through bare pixels, where no metadata has a place; whatever an encoder adds then is its own.
 */
import sharp, { type Metadata, type Sharp } from "sharp";
import type { CleanedVariant, Cleaning, Order } from "./cleaning.ts";
import { jpegWidthMax, sideMax, type Shape, webpWidths } from "./picture.ts";

/** A moving picture stays one up to so many pixels in all its frames … */
const animatedPixelsMax = 24_000_000;
/** … and so many bytes in each of its sizes: readers on a bad connection pay for every one. */
const animatedBytesMax = 3 * 1024 * 1024;
const animatedWidths = webpWidths.slice(0, 2);

const white = { r: 255, g: 255, b: 255 };

/** Nothing is decoded but the four kinds that kind.ts lets through, and nothing is kept from one picture to the next. */
export function prepareDecoders(): void {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ["VipsForeignLoad"] });
  const loaders = ["Jpeg", "Png", "Webp", "Nsgif"].map((kind) => `VipsForeignLoad${kind}Buffer`);
  sharp.unblock({ operation: loaders });
}

export async function clean(bytes: Uint8Array, { pixelsMax }: Order): Promise<Cleaning> {
  try {
    // Only the header is read here.
    const metadata = await sharp(bytes, { limitInputPixels: false, animated: true }).metadata();
    if (isTooLarge(metadata, pixelsMax)) return { outcome: "refused", reason: "too many pixels" };
    const moving = await cleanAnimation(bytes, metadata, pixelsMax);
    const still = await cleanStill(bytes, pixelsMax);
    const animated = moving !== undefined;
    const variants = [...(moving ?? still.webps), still.jpeg];
    return { outcome: "cleaned", animated, stilled: framesOf(metadata) > 1 && !animated, variants };
  } catch {
    // libvips' words may quote the file, and mean nothing to who sent it.
    return { outcome: "refused", reason: "broken" };
  }
}

function isTooLarge(metadata: Metadata, pixelsMax: number): boolean {
  const { width } = metadata;
  const height = metadata.pageHeight ?? metadata.height;
  return Math.max(width, height) > sideMax || width * height * framesOf(metadata) > pixelsMax;
}

function framesOf({ pages = 1 }: Metadata): number {
  return pages;
}

interface Still {
  readonly webps: readonly CleanedVariant[];
  readonly jpeg: CleanedVariant;
}

/** Of a moving picture, its first frame. */
async function cleanStill(bytes: Uint8Array, pixelsMax: number): Promise<Still> {
  const widest = Math.max(...webpWidths);
  const { data, info } = await sharp(bytes, { limitInputPixels: pixelsMax, failOn: "error" })
    .autoOrient()
    .toColourspace("srgb")
    .resize({ width: widest, withoutEnlargement: true })
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const at = (wanted: number): Sharp =>
    sharp(data, { raw: { width, height, channels } }).resize({ width: wanted });
  const webps = await inTurn(widthsFor(width, webpWidths), (each) => webp(at(each)));
  const jpeg = await variant("image/jpeg", at(Math.min(width, jpegWidthMax)).flatten({ background: white }));
  return { webps, jpeg };
}

/** Undefined where it doesn't move, or is too large to be kept moving. */
async function cleanAnimation(
  bytes: Uint8Array,
  metadata: Metadata,
  pixelsMax: number,
): Promise<readonly CleanedVariant[] | undefined> {
  const { width, pageHeight = metadata.height, orientation = 1 } = metadata;
  const frames = framesOf(metadata);
  // Frames lie below each other in one picture while it is worked on, so that it can't be turned.
  if (frames === 1 || orientation > 1 || width * pageHeight * frames > animatedPixelsMax) return undefined;
  const variants = await inTurn(widthsFor(width, animatedWidths), (each) =>
    webp(
      sharp(bytes, { animated: true, limitInputPixels: pixelsMax, failOn: "error" })
        .toColourspace("srgb")
        .resize({ width: each }),
    ),
  );
  return variants.every(({ data }) => data.length <= animatedBytesMax) ? variants : undefined;
}

/** Of `wanted`, those below the picture's own width, and then that one or the widest. */
function widthsFor(width: number, wanted: readonly number[]): number[] {
  return [...new Set(wanted.map((each) => Math.min(each, width)))];
}

const webp = (pixels: Sharp): Promise<CleanedVariant> => variant("image/webp", pixels);

async function variant(type: Shape["type"], pixels: Sharp): Promise<CleanedVariant> {
  const encoded =
    type === "image/webp" ? pixels.webp({ quality: 78 }) : pixels.jpeg({ quality: 80, mozjpeg: true });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
  return { shape: { type, width: info.width, height: info.pageHeight ?? info.height }, data };
}

/** One after the other: each takes memory. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
