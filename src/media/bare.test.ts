/** The newsroom's own look at clean files: what holds anything but pixels isn't one. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import * as fc from "fast-check";
import { drawing, drawn, moving, withSegment } from "../../test/pictures.ts";
import { isBare } from "./bare.ts";

/** Each picture is cleaned by a process of its own, on a machine that may have other things to do. */
setDefaultTimeout(60_000);

const words = { IFD0: { Artist: "Amina Bennani", Copyright: "Canon EOS 5D, serial 0420" } };

describe.each(["webp", "jpeg"] as const)("%s", (kind) => {
  const type = `image/${kind}` as const;

  test("as it is encoded without metadata is bare", async () => {
    expect(isBare(await drawn(kind), type)).toBe(true);
  });

  test("with metadata that an encoder was told to keep isn't", async () => {
    const kept = [
      drawing(32, 32).withExif(words),
      drawing(32, 32).withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>Amina</x:xmpmeta>"),
      drawing(32, 32).withIccProfile("p3"),
    ];
    for (const each of kept) expect(isBare(await each.toFormat(kind).toBuffer(), type)).toBe(false);
  });

  test("with anything behind it, or cut off, isn't", async () => {
    const bytes = await drawn(kind);
    expect(isBare(Buffer.concat([bytes, Buffer.from("PK")]), type)).toBe(false);
    expect(isBare(bytes.subarray(0, -2), type)).toBe(false);
  });

  test("anything at all gets an answer", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => !isBare(bytes, type)));
  });
});

test("a moving WebP is bare, and isn't with a chunk of its own inside a frame", async () => {
  const bytes = Buffer.from(await moving("webp", 40, 40, 3));
  expect(isBare(bytes, "image/webp")).toBe(true);
  const frame = bytes.indexOf("ANMF");
  const pixels = bytes.indexOf("VP8", frame);
  bytes.write("note", pixels, "latin1");
  expect(isBare(bytes, "image/webp")).toBe(false);
});

test("a comment in a JPEG is seen", async () => {
  expect(isBare(withSegment(await drawn("jpeg"), 0xfffe, "Amina"), "image/jpeg")).toBe(false);
});
