// Answers are read the same however the network cuts them up.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { AnswerReader, type Progress } from "./answer-reader.ts";

const answer = fc.record({
  status: fc.constantFrom(200, 204, 301, 304, 404, 429, 503),
  body: fc.string({ maxLength: 300 }),
  padding: fc.integer({ min: 0, max: 500 }),
});

test("answers on one connection are read whole, wherever they are cut", () => {
  fc.assert(
    fc.property(
      fc.array(answer, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 80 })),
      (answers, cuts) => {
        const reader = new AnswerReader();
        const read = answers.map((each) => feed(reader, bytesOf(each), cuts).at(-1));
        expect(read).toEqual(answers.map(({ status }) => ({ status })));
      },
    ),
  );
});

test("chunks are read up to the last one, wherever they are cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 60, unit: "grapheme-ascii" }), { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 80 })),
      (chunks, cuts) => {
        const reader = new AnswerReader();
        for (let times = 0; times < 2; times += 1)
          expect(feed(reader, chunked(chunks), cuts).at(-1)).toEqual({ status: 200 });
      },
    ),
  );
});

test("an answer to a HEAD ends with its head", () => {
  const reader = new AnswerReader();
  reader.expect({ isHead: true });
  expect(reader.read(Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"))).toEqual({ status: 200 });
});

test("anything may come; nothing throws", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 })), (chunks) => {
      const reader = new AnswerReader();
      for (const chunk of chunks)
        expect(["pending", "malformed"]).toContain(reader.read(Buffer.from(chunk)) as string);
    }),
  );
});

test.each([
  ["another protocol", "SSH-2.0-x\r\n\r\n"],
  ["no length", "HTTP/1.1 200 OK\r\n\r\n"],
  ["more than was promised", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc"],
  ["an endless head", `HTTP/1.1 200 OK\r\nX: ${"x".repeat(20_000)}`],
])("%s is malformed", (_, text) => {
  expect(new AnswerReader().read(Buffer.from(text))).toBe("malformed");
});

function bytesOf({ status, body, padding }: { status: number; body: string; padding: number }): Buffer {
  const empty = status === 204 || status === 304;
  const bytes = Buffer.from(empty ? "" : body);
  const length = empty ? "" : `content-length: ${bytes.byteLength}\r\n`;
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status} X\r\nX-Pad: ${"x".repeat(padding)}\r\n${length}\r\n`),
    bytes,
  ]);
}

function chunked(chunks: readonly string[]): Buffer {
  const body = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("");
  return Buffer.from(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body}0\r\n\r\n`);
}

/** In pieces of these sizes, over and over; everything at once where there are none. */
function feed(reader: AnswerReader, bytes: Buffer, cuts: readonly number[]): Progress[] {
  const progress: Progress[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.byteLength; turn += 1) {
    const size = cuts[turn % Math.max(1, cuts.length)] ?? bytes.byteLength;
    progress.push(reader.read(bytes.subarray(at, at + size)));
    at += size;
  }
  return progress;
}
