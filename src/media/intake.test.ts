/** Pictures that lie, bombs, ruins and passengers, each sent through the real process. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as fc from "fast-check";
import sharp from "sharp";
import { claimingPng, drawing, drawn, moving, photographs, withSegment } from "../../test/pictures.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { utf8 } from "../base/bytes.ts";
import { type Intake, type IntakeLimits, takeIn } from "./intake.ts";

/** Each picture is cleaned by a process of its own, on a machine that may have other things to do. */
setDefaultTimeout(60_000);

const limits: IntakeLimits = { pixelsMax: 64_000_000, secondsMax: 30 };
const take = (bytes: Uint8Array, change: Partial<IntakeLimits> = {}): Promise<Intake> =>
  takeIn(bytes, { ...limits, ...change });

async function cleaned(bytes: Uint8Array, change: Partial<IntakeLimits> = {}) {
  const intake = await take(bytes, change);
  if (intake.outcome === "refused") throw new Error(`refused: ${intake.reason}`);
  return intake;
}

const shapesOf = async (bytes: Uint8Array): Promise<string[]> =>
  (await cleaned(bytes)).variants.map(({ shape: { type, width, height } }) => `${type} ${width}×${height}`);

describe("sizes", () => {
  test("three of WebP and one JPEG, never larger than the picture", async () => {
    expect(await shapesOf(await drawn("jpeg", 2_000, 1_000))).toEqual([
      "image/webp 480×240",
      "image/webp 960×480",
      "image/webp 1600×800",
      "image/jpeg 1200×600",
    ]);
    expect(await shapesOf(await drawn("png", 700, 350))).toEqual([
      "image/webp 480×240",
      "image/webp 700×350",
      "image/jpeg 700×350",
    ]);
    expect(await shapesOf(await drawn("gif", 1, 1))).toEqual(["image/webp 1×1", "image/jpeg 1×1"]);
  });

  test("a picture that lies on its side is put upright", async () => {
    const upright = await drawing(400, 200).jpeg().toBuffer();
    const turned = await sharp(upright).withMetadata({ orientation: 6 }).toBuffer();
    expect((await shapesOf(turned))[0]).toBe("image/webp 200×400");
  });

  test("colours are those of sRGB, whatever the picture was in", async () => {
    const green = { create: { width: 8, height: 8, channels: 3 as const, background: "#00ff00" } };
    // The same green is (117, 251, 76) in Display P3.
    const wide = await sharp(green).withIccProfile("p3").png().toBuffer();
    const { variants } = await cleaned(wide);
    const [red = 255, , blue = 255] = await sharp(variants[0]?.data).raw().toBuffer();
    expect(Math.max(red, blue)).toBeLessThan(40);
  });

  test("what is transparent stays so in WebP, and is white in JPEG", async () => {
    const clear = { create: { width: 8, height: 8, channels: 4 as const, background: "#00000000" } };
    const { variants } = await cleaned(await sharp(clear).png().toBuffer());
    expect((await sharp(variants[0]?.data).metadata()).hasAlpha).toBe(true);
    expect([...(await sharp(variants[1]?.data).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255]);
  });
});

describe("moving pictures", () => {
  test.each(["gif", "webp"] as const)(
    "a small %s keeps moving, with one still for old readers",
    async (kind) => {
      const { animated, stilled, variants } = await cleaned(await moving(kind, 500, 300, 6));
      expect([animated, stilled]).toEqual([true, false]);
      expect(
        await Promise.all(variants.map(async ({ data }) => (await sharp(data).metadata()).pages ?? 1)),
      ).toEqual([6, 6, 1]);
    },
  );

  test("a large one is its first frame, and says so", async () => {
    const { animated, stilled, variants } = await cleaned(await moving("gif", 2_100, 2_000, 6));
    expect([animated, stilled]).toEqual([false, true]);
    for (const { data } of variants) expect((await sharp(data).metadata()).pages ?? 1).toBe(1);
  });
});

describe("what is refused before it is decoded", () => {
  test("nothing at all", async () => {
    expect(await take(new Uint8Array(0))).toEqual({ outcome: "refused", reason: "empty" });
  });

  test("what isn't one of the four kinds, whatever it is called, without a process", async () => {
    let started = 0;
    for (const bytes of [utf8("<svg/>"), utf8("%PDF-1.4"), utf8("#!/bin/sh")]) {
      await takeIn(bytes, limits, { onStarted: () => (started += 1) });
    }
    expect(started).toBe(0);
  });

  test.each([
    [40_000, 40_000],
    [40_000, 10],
    [9_000, 9_000],
  ])("a PNG that claims %i × %i pixels", async (width, height) => {
    expect(await take(await claimingPng(width, height))).toEqual({
      outcome: "refused",
      reason: "too many pixels",
    });
  });

  test("frames count: many small ones are as large as one large one", async () => {
    const bytes = await moving("gif", 100, 100, 40);
    expect(await take(bytes, { pixelsMax: 399_999 })).toEqual({
      outcome: "refused",
      reason: "too many pixels",
    });
    expect((await take(bytes, { pixelsMax: 400_000 })).outcome).toBe("cleaned");
  });
});

describe("ruins", () => {
  test.each(["jpeg", "png", "webp", "gif"] as const)("half a %s", async (kind) => {
    const bytes = await drawn(kind, 600, 400);
    expect(await take(bytes.subarray(0, bytes.length / 2))).toEqual({ outcome: "refused", reason: "broken" });
  });

  test("a JPEG's head with a PNG's body", async () => {
    const png = await drawn("png");
    png.set([0xff, 0xd8, 0xff, 0xe0]);
    expect(await take(png)).toEqual({ outcome: "refused", reason: "broken" });
  });

  test("a PNG whose checksums are wrong", async () => {
    const png = await drawn("png", 600, 400);
    for (let at = 200; at < 400; at += 1) png[at] = (png[at] ?? 0) ^ 0xff;
    expect(await take(png)).toEqual({ outcome: "refused", reason: "broken" });
  });

  test("anything cut off or flipped gets one answer, in time", async () => {
    const originals = [
      ...photographs.slice(0, 2).map(({ bytes }) => bytes),
      await drawn("webp"),
      await drawn("gif"),
      await moving("gif", 60, 40, 4),
      await drawn("png"),
    ];
    const ruin = fc.record({
      which: fc.nat({ max: originals.length - 1 }),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      flips: fc.array(
        fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 255 })),
        {
          maxLength: 12,
        },
      ),
    });
    await fc.assert(
      fc.asyncProperty(ruin, async ({ which, cut, flips }) => {
        const bytes = (originals[which] ?? new Uint8Array()).slice();
        for (const [at, mask] of flips) {
          const index = Math.floor(at * bytes.length);
          bytes[index] = (bytes[index] ?? 0) ^ mask;
        }
        const intake = await take(cut > 0.6 ? bytes : bytes.subarray(0, Math.floor(cut * bytes.length)));
        expect(["cleaned", "refused"]).toContain(intake.outcome);
        if (intake.outcome === "refused") expect(["too slow", "failed"]).not.toContain(intake.reason);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe("passengers", () => {
  const script = "<script>fetch('//evil.example')</script>";

  test.each(["jpeg", "gif", "png", "webp"] as const)(
    "a script and an archive behind a %s stay behind",
    async (kind) => {
      const polyglot = Buffer.concat([await drawn(kind), utf8(`PK\x03\x04 ${script} PK\x05\x06`)]);
      for (const { data } of (await cleaned(polyglot)).variants) {
        expect(Buffer.from(data).includes("evil.example")).toBe(false);
      }
    },
  );

  test.each([
    ["EXIF", 0xffe1, "Exif\0\0MM\0*\0\0\0\x08\0\0"],
    ["XMP", 0xffe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"],
    ["IPTC", 0xffed, "Photoshop 3.0\0"],
    ["a comment", 0xfffe, ""],
  ])("%s stays behind", async (_, marker, head) => {
    const marked = withSegment(await drawn("jpeg"), marker, `${head}${script}`);
    for (const { data } of (await cleaned(marked)).variants) {
      expect(Buffer.from(data).includes("evil.example")).toBe(false);
    }
  });
});

describe("the process", () => {
  test("is killed when its time is over", async () => {
    const bytes = await drawn("png", 4_000, 4_000);
    expect(await take(bytes, { secondsMax: 0.05 })).toEqual({ outcome: "refused", reason: "too slow" });
  });

  test("gets no more memory than it may have; with more, the same picture goes through", async () => {
    const bytes = await sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: "#123" } })
      .png()
      .toBuffer();
    const tight = await take(bytes, { memoryBytesMax: 48 * 1024 * 1024 });
    expect(tight).toEqual({ outcome: "refused", reason: "failed" });
    expect((await take(bytes)).outcome).toBe("cleaned");
  });

  test("that somebody kills leaves one clear answer", async () => {
    const bytes = await drawn("png", 3_000, 3_000);
    const intake = await takeIn(bytes, limits, { onStarted: (pid) => process.kill(pid, "SIGKILL") });
    expect(intake).toEqual({ outcome: "refused", reason: "failed" });
  });

  test.skipIf(!existsSync("/proc/self/limits"))(
    "has no environment, and can write neither file nor core",
    async () => {
      const seen: string[] = [];
      const look = (pid: number): void => {
        // A copy of this process becomes a shell, and the shell the program, within milliseconds; until then it has no limits yet.
        while (!isIntake(readFileSync(`/proc/${pid}/cmdline`, "utf8"))) continue;
        seen.push(readFileSync(`/proc/${pid}/limits`, "utf8"), readFileSync(`/proc/${pid}/environ`, "utf8"));
      };
      await takeIn(await drawn("png", 900, 900), limits, { onStarted: look });
      const [of = "", environment = ""] = seen;
      expect(of).toMatch(/Max core file size +0 +0 /);
      expect(of).toMatch(/Max file size +0 +0 /);
      expect(environment).not.toContain("HOME=");
      expect(environment).not.toContain("PATH=");
    },
  );
});

function isIntake(commandLine: string): boolean {
  return commandLine.includes("intake-main") && !commandLine.startsWith("/bin/sh");
}

describe("a process that a picture has taken over", () => {
  const entry = resolve(import.meta.dir, "../../test/treacherous-intake.ts");
  const photograph = async (words: string): Promise<Uint8Array> =>
    Buffer.concat([withSegment(await drawn("jpeg"), 0xffe1, "Exif\0\0Amina Bennani"), utf8(` ${words}`)]);
  const takenOver = async (words: string, secondsMax = 30): Promise<Intake> =>
    takeIn(await photograph(words), { ...limits, secondsMax }, { entry });
  const failed = { outcome: "refused", reason: "failed" } as const;

  test("can't have the original kept in place of a clean file", async () => {
    expect(await takenOver("- give-back-the-original")).toEqual(failed);
  });

  test("can't fill the newsroom's memory", async () => {
    const before = process.memoryUsage.rss();
    expect(await takenOver("- never-stop")).toEqual(failed);
    expect(process.memoryUsage.rss() - before).toBeLessThan(256 * 1024 * 1024);
  });

  test("can't lead the reader of its answer astray", async () => {
    expect(await takenOver("- claim-too-much")).toEqual(failed);
    expect(await takenOver("- die")).toEqual(failed);
  });

  test("can't hold a place for longer than it may", async () => {
    expect(await takenOver("- wait", 1)).toEqual({ outcome: "refused", reason: "too slow" });
  });

  test("can't leave the original on the disk", async () => {
    await using folder = temporaryFolder();
    const path = join(folder.path, "leak");
    expect(await takenOver(`${path} write-a-file`)).toEqual(failed);
    expect(existsSync(path) && readFileSync(path).length > 0).toBe(false);
  });
});
