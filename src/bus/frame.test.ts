/** Frames: what is encoded is decoded, however the stream is cut, and no bytes crash the reader. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { events, requests } from "./subjects.ts";
import { decodeFrame, encodeFrame, LineReader, verbs } from "./frame.ts";

const frames = fc.record({
  verb: fc.constantFrom(...verbs),
  subject: fc.constantFrom("-", ...Object.keys(events), ...Object.keys(requests)),
  id: fc.nat(),
  payload: fc.json().map((json) => Buffer.from(json)),
});

test("frames survive any cutting of the stream", () => {
  fc.assert(
    fc.property(fc.array(frames, { maxLength: 8 }), fc.array(fc.nat(40), { minLength: 1 }), (sent, cuts) => {
      const stream = Buffer.concat(
        sent.map((frame) => encodeFrame(frame.verb, frame.subject, frame.id, frame.payload)),
      );
      const reader = new LineReader(10_000);
      const received = chunksOf(stream, cuts).flatMap((chunk) => reader.take(chunk) ?? []);
      expect(received.map((line) => decodeFrame(line))).toEqual(
        sent.map((frame) => expect.objectContaining({ ...frame, payload: expect.anything() })),
      );
      expect(received.map((line) => Buffer.from(decodeFrame(line)?.payload ?? []).toString())).toEqual(
        sent.map(({ payload }) => payload.toString()),
      );
    }),
  );
});

test("no bytes crash the reader", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      for (const line of new LineReader(200).take(bytes) ?? []) decodeFrame(line);
    }),
  );
});

test("a line of the limit is too long, one byte less is not", () => {
  expect(new LineReader(8).take(Buffer.from("1234567\n"))).toHaveLength(1);
  expect(new LineReader(8).take(Buffer.from("12345678\n"))).toBeUndefined();
  expect(new LineReader(8).take(Buffer.from("12345678"))).toBeUndefined();
});

function chunksOf(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let from = 0, at = 0; from < stream.byteLength; at += 1) {
    const length = (cuts[at % cuts.length] ?? 0) + 1;
    chunks.push(stream.subarray(from, from + length));
    from += length;
  }
  return chunks;
}
