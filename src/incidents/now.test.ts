// What the watch page says about this moment.
import { expect, test } from "bun:test";
import { rfc3339 } from "../base/clock.ts";
import type { Traffic } from "../bus/facts.ts";
import { figuresOf, nowOf } from "./now.ts";
import { RecentTraffic } from "./recent-traffic.ts";

const start = Date.parse("2011-07-31T14:00:00Z");

/** `count` seconds, the first one `fromS` after the start. */
function seconds(count: number, fromS: number, fields: Partial<Traffic> = {}): Traffic[] {
  return Array.from({ length: count }, (_, at) => ({
    at: rfc3339(start + (fromS + at) * 1_000),
    requests: 20,
    refused: 0,
    failed: 0,
    readers: { requests: 20, served: 20, p99_ms: 4 },
    mode: "calm",
    drill: false,
    incidents_open: 0,
    ...fields,
  }));
}

const after = (s: number): number => start + s * 1_000;

test("in calm the site is readable, for at least as long as is remembered", () => {
  expect(nowOf(seconds(60, 0), after(60))).toEqual({
    state: "readable",
    sinceMs: start,
    isOlder: true,
    isAlone: false,
    waitMs: 4,
    lost: 0,
  });
});

test("an attack is one since its first second, and a drill is called a drill", () => {
  const attack = seconds(30, 60, { mode: "guarded", incidents_open: 1 });
  expect(nowOf([...seconds(60, 0), ...attack], after(90))).toMatchObject({
    state: "under attack",
    sinceMs: after(60),
    isOlder: false,
  });
  const drill = seconds(30, 60, { mode: "guarded", drill: true });
  expect(nowOf([...seconds(60, 0), ...drill], after(90)).state).toBe("drill");
  const both = seconds(30, 60, { mode: "guarded", drill: true, incidents_open: 1 });
  expect(nowOf([...seconds(60, 0), ...both], after(90)).state).toBe("under attack");
});

test("unusual requests without an incident, and somebody's order, are no attack", () => {
  for (const mode of ["guarded", "siege"] as const)
    expect(nowOf(seconds(30, 0, { mode }), after(30)).state).toBe("on guard");
});

test("readers who lose pages outweigh everything else; one slow answer does not", () => {
  const slow = seconds(1, 60, { readers: { requests: 20, served: 19, p99_ms: 900 } });
  expect(nowOf([...seconds(60, 0), ...slow], after(61)).state).toBe("readable");
  const lost = seconds(5, 60, {
    mode: "guarded",
    incidents_open: 1,
    readers: { requests: 20, served: 12, p99_ms: 900 },
  });
  const now = nowOf([...seconds(60, 0), ...lost], after(65));
  expect(now).toMatchObject({ state: "losing pages", sinceMs: after(60), lost: 0.2 });
});

test("without readers nobody waits", () => {
  const alone = seconds(20, 0, { requests: 0, readers: { requests: 0, served: 0, p99_ms: 0 } });
  expect(nowOf(alone, after(20))).toMatchObject({ state: "readable", isAlone: true, lost: 0 });
});

test("an edge that tells nothing is silent since its last word", () => {
  expect(nowOf([], start)).toEqual({ state: "the edge is silent", sinceMs: null });
  expect(nowOf(seconds(10, 0), after(20))).toEqual({ state: "the edge is silent", sinceMs: after(9) });
});

test("what was before a silence does not count", () => {
  expect(nowOf([...seconds(60, 0), ...seconds(3, 100)], after(103))).toMatchObject({ sinceMs: after(100) });
});

test("figures are averages by second; the wait is the worst second's", () => {
  const past = [
    ...seconds(50, 0),
    ...seconds(10, 50, { requests: 200, refused: 150, readers: { requests: 20, served: 20, p99_ms: 9 } }),
  ];
  expect(figuresOf(past, "ten seconds", after(60))).toEqual({
    requests: 200,
    refused: 150,
    failed: 0,
    waitMs: 9,
  });
  expect(figuresOf(past, "ten minutes", after(60))).toMatchObject({ requests: 50, refused: 25 });
  expect(figuresOf(past, "minute", after(600))).toBeNull();
});

test("ten minutes are kept and no more", () => {
  const recent = new RecentTraffic(seconds(700, 0));
  expect(recent.seconds).toHaveLength(600);
  for (const second of seconds(1, 700)) recent.add(second);
  expect([recent.seconds.length, recent.seconds[0]?.at]).toEqual([600, rfc3339(after(101))]);
  for (const second of seconds(1, 5_000)) recent.add(second);
  expect(recent.seconds).toHaveLength(1);
});
