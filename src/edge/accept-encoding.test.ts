// Accept-Encoding: examples of RFC 9110, and that nothing a client writes can break it.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { acceptedCodings, AcceptedCodings, codings } from "./accept-encoding.ts";

test.each([
  ["gzip, deflate, br, zstd", ["br", "zstd", "gzip"]],
  ["gzip", ["gzip"]],
  ["GZIP;Q=1.0", ["gzip"]],
  ["x-gzip", ["gzip"]],
  ["br;q=0.5, gzip", ["gzip", "br"]],
  ["*", ["br", "zstd", "gzip"]],
  ["*;q=0.1, br;q=0", ["zstd", "gzip"]],
  ["gzip;q=0", []],
  ["identity", []],
  ["identity;q=0.5, gzip;q=0.4, br;q=0.6", ["br"]],
  ["", []],
  ["br;q=2", []],
  ["br;q=0.1234", []],
  ["br;level=5", []],
])("%p takes %p", (header, expected) => {
  expect(acceptedCodings(header)).toEqual([...expected] as never);
});

test("whatever is sent, the answer is some of our codings, the same each time", () => {
  const remembering = new AcceptedCodings();
  const soup = fc.stringMatching(/^[a-z*;=q0-9., -]{0,80}$/);
  fc.assert(
    fc.property(fc.oneof(soup, fc.string()), (header) => {
      const accepted = remembering.find(header);
      expect(accepted.every((coding) => codings.includes(coding))).toBe(true);
      expect(remembering.find(header)).toEqual(accepted);
    }),
  );
});
