// How readers fared, by when they asked and by group.
import { expect, test } from "bun:test";
import { onsetMs, type Read, reportOf } from "./fare.ts";
import { feedReader, plainBrowser } from "./programs.ts";
import type { Reader } from "./plan.ts";

const reader = (over: Partial<Reader>): Reader => ({
  address: "127.70.0.1",
  client: "phone",
  headers: plainBrowser("x", "ar-MA,ar;q=0.9"),
  country: "MA",
  network: "Drill network D",
  amongFlood: false,
  late: false,
  ...over,
});
const read = (who: Partial<Reader>, atMs: number, wrong?: string): Read => ({
  reader: reader(who),
  atMs,
  ms: wrong === undefined ? 5 : undefined,
  wrong,
});

test("calm, onset and afterwards are told apart", () => {
  const report = reportOf([read({}, -1), read({}, 0), read({}, onsetMs - 1), read({}, onsetMs, "429")]);
  expect([report.calm.reads, report.onset.reads, report.after.reads, report.flood.reads]).toEqual([
    1, 2, 1, 3,
  ]);
  expect(report.after).toMatchObject({ right: 0, refused: 1, wrong: { "429": 1 } });
});

test("those among the flood and those who came late are counted, and nobody was harmed", () => {
  const report = reportOf([read({ late: true }, 1), read({ amongFlood: true }, 1), read({}, 1)]);
  expect([report.late.reads, report.among_flood.reads]).toEqual([1, 1]);
  expect(report.worst).toBeNull();
});

test("the worst group is the one with the largest share lost, however few they are", () => {
  const feed = { client: "feed-reader", headers: feedReader("x") } as const;
  const report = reportOf([
    ...Array.from({ length: 50 }, () => read({}, 1)),
    read(feed, 1, "403"),
    read(feed, 1),
    read({}, 1, "timeout"),
  ]);
  expect(report.worst).toEqual({ group: "language none", reads: 2, refused: 1, lost: 1 });
  expect(report.flood).toMatchObject({ reads: 53, right: 51, refused: 1 });
});
