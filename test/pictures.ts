/** Pictures for tests: real photographs where there are any, drawn ones with whatever a test hides in them, and a store for them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import sharp, { type Sharp } from "sharp";
import { utf8 } from "../src/base/bytes.ts";
import { ManualClock } from "../src/base/clock.ts";
import { seededRandom } from "../src/base/random.ts";
import { feature } from "../src/media/feature.ts";
import { Pictures, type PicturesOptions } from "../src/media/store.ts";
import { openDatabase } from "../src/store/database.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const photographFolder = resolve(import.meta.dir, "../../shared/samples/photos");

export interface Photograph {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Empty where the samples aren't there. */
export const photographs: readonly Photograph[] = existsSync(photographFolder)
  ? readdirSync(photographFolder).map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(join(photographFolder, name))),
    }))
  : [];

/** Of many colours, so that it takes some bytes; the same for the same size. */
export function drawing(width: number, height: number): Sharp {
  const pixels = seededRandom(width * 31 + height).bytes(width * height * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } }).blur(2);
}

export async function drawn(kind: "jpeg" | "png" | "webp" | "gif", width = 320, height = 200) {
  return new Uint8Array(await drawing(width, height).toFormat(kind).toBuffer());
}

/** A moving picture. */
export async function moving(kind: "gif" | "webp", width: number, height: number, frames: number) {
  const each = Array.from({ length: frames }, (_, at) => ({
    create: {
      width,
      height,
      channels: 3 as const,
      background: { r: (at * 53) % 256, g: (at * 97) % 256, b: (at * 151) % 256 },
    },
  }));
  const pictures = await Promise.all(each.map((input) => sharp(input).png().toBuffer()));
  return new Uint8Array(
    await sharp(pictures, { join: { animated: true } })
      .toFormat(kind)
      .toBuffer(),
  );
}

/** Only the head of a PNG of that size, and one empty row of pixels: what a bomb sends. */
export async function claimingPng(width: number, height: number): Promise<Uint8Array> {
  const small = await drawn("png", 8, 8);
  const bomb = small.slice();
  const view = new DataView(bomb.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(29, Bun.hash.crc32(bomb.subarray(12, 29)));
  return bomb;
}

/** A segment after the start of a JPEG: `marker` is 0xffe1 for EXIF and XMP, 0xffed for IPTC, 0xfffe for a comment. */
export function withSegment(jpeg: Uint8Array, marker: number, words: string): Uint8Array {
  const data = utf8(words);
  const head = new Uint8Array(4);
  const view = new DataView(head.buffer);
  view.setUint16(0, marker);
  view.setUint16(2, data.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

export interface PictureStore extends AsyncDisposable {
  readonly pictures: Pictures;
  readonly folder: string;
  readonly clock: ManualClock;
  readonly options: PicturesOptions;
}

export function openPictures(change: Partial<PicturesOptions> = {}): PictureStore {
  const place = temporaryFolder();
  const folder = join(place.path, "media");
  const clock = new ManualClock(Date.parse("2011-07-31T14:00:00Z"));
  const database = openDatabase(join(place.path, "newsroom.sqlite"), feature.migrations);
  const options: PicturesOptions = {
    database,
    folder,
    clock,
    random: seededRandom(7),
    limits: { pixelsMax: 64_000_000, secondsMax: 30 },
    isUsed: () => false,
    isShownTo: () => false,
    ...change,
  };
  return {
    pictures: new Pictures(options),
    folder,
    clock,
    options,
    async [Symbol.asyncDispose]() {
      database.close();
      await place.remove();
    },
  };
}
