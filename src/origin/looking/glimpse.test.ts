/** Pictures that look the same are the same however they were encoded; a swapped one is not. */
import { expect, test } from "bun:test";
import sharp from "sharp";
import { areAlike, difference, glimpseOf } from "./glimpse.ts";

const side = 400;
/** A logo of a kind: a word in a circle. */
const logo = svg(
  '<circle cx="200" cy="200" r="150" fill="#0a5"/><text x="90" y="230" font-size="90">CGEM</text>',
);
const otherLogo = svg(
  '<rect width="400" height="400"/><text x="20" y="230" font-size="60" fill="red">owned</text>',
);

test("a picture that was encoded anew, resized or slightly cropped is alike", async () => {
  const first = await see(await sharp(logo).png().toBuffer());
  for (const again of [
    sharp(logo).jpeg({ quality: 60 }),
    sharp(logo).webp({ quality: 50 }),
    sharp(logo).resize(150).jpeg(),
    sharp(logo)
      .extract({ left: 2, top: 2, width: side - 4, height: side - 4 })
      .jpeg(),
  ]) {
    expect(areAlike(first, await see(await again.toBuffer()))).toBe(true);
  }
});

test("another picture is not, nor is one with a stamp across it", async () => {
  const first = await see(await sharp(logo).png().toBuffer());
  expect(areAlike(first, await see(await sharp(otherLogo).png().toBuffer()))).toBe(false);
  const stamp = svg('<rect y="150" width="400" height="110" fill="#000"/>');
  const stamped = await sharp(logo)
    .composite([{ input: stamp }])
    .png()
    .toBuffer();
  expect(difference(first, await see(stamped)).cells).toBeGreaterThan(0.08);
  expect(areAlike(first, await see(stamped))).toBe(false);
});

test("what is no picture, or none that may be decoded, is not looked at", async () => {
  const png = await sharp(logo).png().toBuffer();
  for (const bytes of [Buffer.from("GIF89a"), png.subarray(0, 300), logo, Buffer.alloc(0)]) {
    expect(await glimpseOf(bytes)).toBeUndefined();
  }
});

async function see(bytes: Uint8Array) {
  const seen = await glimpseOf(bytes);
  if (seen === undefined) throw new Error("it was not looked at");
  return seen;
}

function svg(inner: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="#fff"/>${inner}</svg>`,
  );
}
