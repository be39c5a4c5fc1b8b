// Classes of Accept and Accept-Encoding, by what browsers, feed readers and tools really send.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { acceptClass, encodingClass } from "./negotiation.ts";
import { closedValues } from "./trait-values.ts";

const accepts: readonly (readonly [string, ReturnType<typeof acceptClass>])[] = [
  ["", "none"],
  ["*/*", "any"],
  ["*/*;q=0.8", "any"],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "page"],
  ["text/html, text/*;q=0.5, image/*, application/*", "page"],
  ["application/rss+xml, application/rdf+xml, application/atom+xml, text/html;q=0.7", "feed"],
  ["application/feed+json", "feed"],
  ["image/avif,image/webp,*/*;q=0.8", "part"],
  ["text/css,*/*;q=0.1", "part"],
  ["application/json", "other"],
  ["\u0000", "other"],
];
const encodings: readonly (readonly [string, ReturnType<typeof encodingClass>])[] = [
  ["", "none"],
  ["gzip, deflate, br, zstd", "modern"],
  ["gzip;q=1.0,deflate;q=0.6", "gzip"],
  ["identity", "identity"],
  ["*", "other"],
  ["abracadabra", "other"],
];

test("what a client says it can read is of a few classes", () => {
  expect(accepts.map(([header]) => acceptClass(header))).toEqual(accepts.map(([, each]) => each));
  expect(encodings.map(([header]) => encodingClass(header))).toEqual(encodings.map(([, each]) => each));
});

test("so is whatever it sends", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 5_000 }), (header) => {
      expect(closedValues.accept).toContain(acceptClass(header));
      expect(closedValues.encoding).toContain(encodingClass(header));
    }),
  );
});
