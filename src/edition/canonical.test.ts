/** One value, one sequence of bytes. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { fromUtf8, utf8 } from "../base/bytes.ts";
import { canonical, parseCanonical } from "./canonical.ts";

const text = fc
  .string({ unit: "grapheme" })
  .filter((value) => !/\p{Cc}/u.test(value) && value.isWellFormed());
const value = fc.dictionary(
  text,
  fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text), fc.dictionary(text, text)),
);

test("what is written is read back, and only in the form in which it was written", () => {
  fc.assert(
    fc.property(value, (object) => {
      const bytes = canonical(object);
      expect(parseCanonical(bytes)).toEqual(object);
      expect(() => parseCanonical(utf8(`${fromUtf8(bytes)} `))).toThrow("canonical");
    }),
  );
});

describe("is refused", () => {
  test.each([
    ["a key twice", '{"a":1,"a":2}', "canonical"],
    ["keys in another order", '{"b":1,"a":2}', "canonical"],
    ["an escape that need not be", '{"a":"\\u0041"}', "canonical"],
    ["a list", "[]", "not a JSON object"],
    ["half a file", '{"a":', ""],
  ])("%s", (_, bytes, reason) => {
    expect(() => parseCanonical(utf8(bytes))).toThrow(reason);
  });

  test("what has no form: control characters, halves of characters, fractions", () => {
    expect(() => canonical({ a: "\n" })).toThrow("no canonical form");
    expect(() => canonical({ a: "\ud800" })).toThrow("no canonical form");
    expect(() => canonical({ a: 0.5 })).toThrow();
  });

  test("bytes that are no UTF-8", () => {
    expect(() => parseCanonical(Uint8Array.of(0x7b, 0xff, 0x7d))).toThrow();
  });
});
