/** The process that looks at one picture and then ends: its bytes come in by the one pipe, what is left of it goes out by the other. */
import sharp from "sharp";
import { z } from "zod";
import { base64 } from "../../base/bytes.ts";
import { prepareDecoders } from "../../media/clean.ts";
import { type Glimpse, gridSide } from "./glimpse.ts";

/** Of 256: encoders leave so much on what is of one colour. */
const noise = 4;

const { pixelsMax } = z
  .strictObject({ pixelsMax: z.int().positive() })
  .parse(JSON.parse(process.argv[2] ?? ""));
prepareDecoders();
await Bun.write(Bun.stdout, JSON.stringify(await look(await Bun.stdin.bytes())));

/** Throws where it is no picture, and the process then ends with an error. */
async function look(bytes: Uint8Array): Promise<Glimpse> {
  const { width, height } = await sharp(bytes, { limitInputPixels: pixelsMax }).metadata();
  const grid = await brightness(bytes, gridSide, gridSide);
  // Each cell is compared with its neighbour on the right: nine columns make eight comparisons.
  const cells = await brightness(bytes, 9, 8);
  const bits = Array.from({ length: 64 }, (_, at) => {
    const place = Math.floor(at / 8) * 9 + (at % 8);
    return (cells[place] ?? 0) > (cells[place + 1] ?? 0) + noise ? "1" : "0";
  });
  const hash = BigInt(`0b${bits.join("")}`)
    .toString(16)
    .padStart(16, "0");
  return { width, height, hash, grid: base64(grid) };
}

/** Of the first frame, on white where it is transparent. */
async function brightness(bytes: Uint8Array, columns: number, rows: number): Promise<Uint8Array> {
  return await sharp(bytes, { limitInputPixels: pixelsMax, failOn: "error" })
    .flatten({ background: "#ffffff" })
    .resize(columns, rows, { fit: "fill" })
    .greyscale()
    .toColourspace("b-w")
    .raw()
    .toBuffer();
}
