// The last second of requests: bounded, fair to workers that sample differently, and with a rate that is right.
import { expect, test } from "bun:test";
import { bare, key, many, reader, sampleOf } from "../../../test/synthetic-traffic.ts";
import { valueHash } from "../requests/value-hash.ts";
import { countBits } from "./bits.ts";
import { vectorsMax, Window } from "./window.ts";

const startMs = 1_700_000_000_000;
const chrome = valueHash("chrome", key);
const none = valueHash("none", key);

test("what is a second old is no longer part of it", () => {
  const window = new Window(key, 8);
  window.add(sampleOf(many(50, () => bare)), startMs);
  window.add(sampleOf(many(10, () => reader)), startMs + 800);
  expect(window.view(startMs + 900).count).toBe(60);
  expect(window.view(startMs + 1_100).count).toBe(10);
  expect(window.view(startMs + 9_000).count).toBe(0);
});

test("requests of workers that took one in many weigh as much as all of another's", () => {
  const window = new Window(key, 8);
  window.add(
    sampleOf(
      many(1_000, () => bare),
      1,
    ),
    startMs,
  );
  window.add(
    sampleOf(
      many(500, () => reader),
      6,
    ),
    startMs + 100,
  );
  const view = window.view(startMs + 999);
  const share = (word: number): number => countBits(view.bitsOf("program", word)) / view.count;
  expect(share(none)).toBeCloseTo(0.25, 2);
  expect(share(chrome)).toBeCloseTo(0.75, 2);
  expect(view.requestsPerS).toBeCloseTo(4_000, -2);
});

test("it looks at 4,096 requests at most, of the first as of the last, and keeps no more than four steps of 8,192", () => {
  const window = new Window(key, 8);
  for (let at = 0; at < 60; at += 1) {
    window.add(sampleOf(many(500, () => (at < 30 ? bare : reader))), startMs + at * 16);
  }
  const view = window.view(startMs + 960);
  expect(view.count).toBe(vectorsMax);
  expect(countBits(view.bitsOf("program", none)) / view.count).toBeCloseTo(0.5, 1);
});

test("an ordinal's rows are those with at least its number", () => {
  const window = new Window(key, 8);
  window.add(sampleOf(Array.from(["0", "1", "4", "8", "8"], (pace) => ({ ...bare, pace }))), startMs);
  const view = window.view(startMs + 100);
  expect([...view.tally("pace")]).toEqual([
    [8, 2],
    [4, 3],
    [1, 4],
    [0, 5],
  ]);
  expect(countBits(view.bitsOf("pace", 4))).toBe(3);
});

test("texts of closed sets are known without having been told, others once a worker told them", () => {
  const window = new Window(key, 8);
  expect(window.text("country", valueHash("MA", key))).toBe("MA");
  expect(window.text("path", valueHash("/a", key))).toBeUndefined();
  window.add({ ...sampleOf([{ path: "/a" }]), vectors: new Uint32Array(), count: 0 }, startMs);
  expect(window.text("path", valueHash("/a", key))).toBe("/a");
});
