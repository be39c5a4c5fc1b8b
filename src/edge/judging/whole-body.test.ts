// Bodies as a whole: within limits, out of whatever coding they came in.
import { describe, expect, test } from "bun:test";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { utf8 } from "../../base/bytes.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import { Gathering, inClear } from "./whole-body.ts";

const limits = { bytesMax: 1_000, msMax: 50 };
const text = utf8("the page ".repeat(20));

function streamOf(
  pieces: readonly Uint8Array[],
  end: "closes" | "fails" | "hangs" = "closes",
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(control) {
      for (const piece of pieces) control.enqueue(piece);
      if (end === "closes") control.close();
      if (end === "fails") control.error(new Error("broken off"));
    },
  });
}

const head = (coding: string): AnswerHead => ({
  status: 200,
  fields: [["content-encoding", coding]],
  framing: { kind: "none" },
  persistent: true,
});

describe("gathering", () => {
  test("what comes in pieces is one", async () => {
    expect(await new Gathering(limits).gather(streamOf([text.subarray(0, 7), text.subarray(7)]))).toEqual({
      body: Buffer.from(text),
    });
  });

  test.each([
    ["size", [new Uint8Array(600), new Uint8Array(600)], "closes"],
    ["broken", [text], "fails"],
    ["time", [text], "hangs"],
  ] as const)("ends at its limit: %s", async (not, pieces, end) => {
    const gathering = new Gathering(limits);
    expect(await gathering.gather(streamOf(pieces, end))).toEqual({ not });
    expect(gathering.bytes).toBe(0);
  });

  test("many at a time end at the limit of all together", async () => {
    const gathering = new Gathering({ bytesMax: 40 * 1024 * 1024, msMax: 1_000 });
    const large = new Uint8Array(30 * 1024 * 1024);
    const all = await Promise.all([1, 2, 3].map(() => gathering.gather(streamOf([large]))));
    expect(all.filter((whole) => "not" in whole && whole.not === "memory").length).toBeGreaterThan(0);
    expect(gathering.bytes).toBe(0);
  });
});

describe("decoding", () => {
  test.each([
    ["gzip", gzipSync(text)],
    ["X-GZIP", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["br", brotliCompressSync(text)],
    ["zstd", zstdCompressSync(text)],
    ["identity", text],
    ["", text],
  ])("%s", async (coding, body) => {
    const whole = await inClear({ head: head(coding), body }, 1_000);
    expect("body" in whole && Buffer.from(whole.body).equals(Buffer.from(text))).toBe(true);
  });

  test.each([
    ["gzip", gzipSync(new Uint8Array(1_000_000))],
    ["gzip, br", gzipSync(text)],
    ["compress", text],
    ["gzip", text],
    ["", new Uint8Array(1_001)],
  ])("%s of too much, or of what it is not, is none", async (coding, body) => {
    expect(await inClear({ head: head(coding), body }, 1_000)).toHaveProperty("not");
  });

  test("whatever the bytes, it answers", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("gzip", "deflate", "br", "zstd"),
        fc.uint8Array({ maxLength: 200 }),
        async (coding, body) => {
          const whole = await inClear({ head: head(coding), body }, 1_000);
          expect("not" in whole || whole.body.length <= 1_000).toBe(true);
        },
      ),
    );
  });
});
