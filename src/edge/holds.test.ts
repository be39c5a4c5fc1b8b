// Holding back: within its span, no more than the limit, given up with the client, and with one timer that rests when nobody is held.
import { describe, expect, test } from "bun:test";
import { seededRandom } from "../base/random.ts";
import { holdsEach, softLimit } from "./descriptors.ts";
import { Holds } from "./holds.ts";

const { signal } = new AbortController();
const create = (most: number): Holds => new Holds(most, seededRandom(2011));

test("lasts as long as the span says, give or take a spoke", async () => {
  const holds = create(100);
  const startedMs = performance.now();
  const tookMs = await Promise.all(
    Array.from({ length: 20 }, async () => {
      await holds.hold({ least: 200, most: 500 }, signal);
      return performance.now() - startedMs;
    }),
  );
  expect(Math.min(...tookMs)).toBeGreaterThan(100);
  expect(Math.max(...tookMs)).toBeGreaterThan(300);
  expect(holds.held).toBe(0);
});

test("nobody is held beyond the limit, or after they left", async () => {
  const holds = create(2);
  const client = new AbortController();
  const left = holds.hold({ least: 5_000, most: 5_000 }, client.signal);
  const kept = holds.hold({ least: 5_000, most: 5_000 }, signal);
  expect(holds.hold({ least: 0, most: 0 }, signal)).toBeUndefined();
  client.abort();
  expect(await left).toBe("gone");
  expect(holds.held).toBe(1);
  expect(holds.hold({ least: 0, most: 0 }, client.signal)).toBeUndefined();
  holds[Symbol.dispose]();
  expect(await kept).toBe("over");
  expect(holds.held).toBe(0);
});

describe("the limit", () => {
  test("is a quarter of the descriptors, shared out, and not more than memory has room for", () => {
    expect(holdsEach(0, 2, 20_000)).toBe(2_500);
    expect(holdsEach(0, 4, 1_048_576)).toBe(8_192);
    expect(holdsEach(100, 4, 1_048_576)).toBe(25);
    expect(holdsEach(0, 8, 16)).toBe(1);
  });

  test("is read as proc(5) writes it", () => {
    const limits = (soft: string): string =>
      `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft}              524288               files\n`;
    expect(softLimit(limits("1048576"))).toBe(1_048_576);
    expect(softLimit(limits("unlimited"))).toBe(1_024);
    expect(softLimit("")).toBe(1_024);
  });
});
