// Parts of texts: the same characters, and nothing of the rest kept in memory.
import { heapStats } from "bun:jsc";
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { cut, ownCopy } from "./cut.ts";

test("a copy is the same text, also of halves of pairs", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, most) => {
      expect(ownCopy(text)).toBe(text);
      expect(cut(text, most)).toBe(text.slice(0, most));
    }),
  );
  expect(ownCopy("a\ud800b")).toBe("a\ud800b");
});

test("what was cut off is not kept", () => {
  const kept = new Set<string>();
  Bun.gc(true);
  const before = heldBytes();
  for (let at = 0; at < 2_000; at += 1) kept.add(cut(`${at} ${"x".repeat(16_000)}`.normalize(), 200));
  Bun.gc(true);
  expect(kept.size).toBe(2_000);
  expect(heldBytes() - before).toBeLessThan(8_000_000);
});

function heldBytes(): number {
  const { heapSize, extraMemorySize } = heapStats();
  return heapSize + extraMemorySize;
}
