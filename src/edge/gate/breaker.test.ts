// Whether the origin is asked: opens for good reasons only, and closes again without flapping.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { Breaker } from "./breaker.ts";

/** Failures until a doubt, and the probe that confirms it. */
function opened(nowMs = 0): Breaker {
  const breaker = new Breaker();
  for (let count = 0; count < 5; count += 1) breaker.ended("wrong", nowMs);
  expect(breaker.takeProbe(nowMs)).toBe(true);
  breaker.probed("wrong", nowMs);
  return breaker;
}

test("failures alone open nothing: a probe decides", () => {
  const breaker = new Breaker();
  for (let count = 0; count < 1_000; count += 1) breaker.ended("wrong", count);
  expect(breaker.state).toBe("doubt");
  expect(breaker.takeProbe(1_000)).toBe(true);
  breaker.probed("well", 1_000);
  expect(breaker.state).toBe("closed");
});

test("however many ask for what always fails, it costs one probe a second", () => {
  const breaker = new Breaker();
  let probes = 0;
  for (let nowMs = 0; nowMs < 10_000; nowMs += 1) {
    breaker.ended("wrong", nowMs);
    if (!breaker.takeProbe(nowMs)) continue;
    probes += 1;
    breaker.probed("well", nowMs);
  }
  expect(probes).toBeLessThanOrEqual(11);
  expect(breaker.state).not.toBe("open");
});

test("a few failures among many answers are no doubt", () => {
  const breaker = new Breaker();
  for (let count = 0; count < 1_000; count += 1) breaker.ended(count % 3 === 0 ? "wrong" : "well", count);
  expect(breaker.state).toBe("closed");
});

test("it is away since the first failure", () => {
  const breaker = new Breaker();
  breaker.ended("well", 500);
  for (const nowMs of [1_000, 1_200, 1_400, 1_600, 1_800]) breaker.ended("wrong", nowMs);
  breaker.takeProbe(1_800);
  breaker.probed("wrong", 4_000);
  expect(breaker.state).toBe("open");
  expect(breaker.awaySinceMs).toBe(1_000);
});

test("while it is open, probes become rarer, up to every fifteen seconds", () => {
  const breaker = opened();
  const atMs: number[] = [];
  for (let nowMs = 0; nowMs < 120_000; nowMs += 100) {
    if (!breaker.takeProbe(nowMs)) continue;
    atMs.push(nowMs);
    breaker.probed("wrong", nowMs);
  }
  expect(atMs.slice(0, 5)).toEqual([1_000, 3_000, 7_000, 15_000, 30_000]);
  expect(atMs.length).toBeLessThanOrEqual(12);
});

test("one answer is a trial, three over three seconds close it; a failure meanwhile opens it again", () => {
  const breaker = opened();
  breaker.takeProbe(1_000);
  breaker.probed("well", 1_000);
  expect(breaker.state).toBe("trial");
  expect(breaker.awaySinceMs).toBe(0);
  breaker.ended("wrong", 1_500);
  expect(breaker.state).toBe("open");
  breaker.takeProbe(3_500);
  breaker.probed("well", 3_500);
  for (let count = 0; count < 50; count += 1) breaker.ended("well", 4_000);
  expect(breaker.state).toBe("trial");
  breaker.ended("well", 6_600);
  expect(breaker.state).toBe("closed");
  expect(breaker.awaySinceMs).toBeUndefined();
});

test("a trial that nobody visits goes on with probes", () => {
  const breaker = opened();
  for (let nowMs = 1_000; nowMs < 6_000; nowMs += 100) {
    if (breaker.takeProbe(nowMs)) breaker.probed("well", nowMs);
  }
  expect(breaker.state).toBe("closed");
});

test("another worker's word brings a probe, never a change", () => {
  const breaker = new Breaker();
  breaker.suspect(0);
  expect(breaker.state).toBe("doubt");
  breaker.takeProbe(0);
  breaker.probed("well", 0);
  expect(breaker.state).toBe("closed");
  const away = opened(10_000);
  away.hope(10_050);
  expect(away.state).toBe("open");
  expect(away.takeProbe(10_050)).toBe(true);
});

test("a probe that could not be sent says nothing", () => {
  const breaker = opened();
  breaker.takeProbe(1_000);
  breaker.probed("unknown", 1_000);
  expect(breaker.state).toBe("open");
  expect(breaker.takeProbe(1_500)).toBe(false);
  expect(breaker.takeProbe(2_000)).toBe(true);
});

const happening = fc.record({
  what: fc.constantFrom("well", "wrong", "probe well", "probe wrong", "suspect", "hope"),
  afterMs: fc.integer({ min: 0, max: 20_000 }),
});

test("it never opens without a probe that failed, or a failure on trial; away and since when go together", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 200 }), (happenings) => {
      const breaker = new Breaker();
      let nowMs = 0;
      for (const { what, afterMs } of happenings) {
        nowMs += afterMs;
        const before = breaker.state;
        let hasFailed = false;
        if (what === "well" || what === "wrong") breaker.ended(what, nowMs);
        else if (what === "suspect") breaker.suspect(nowMs);
        else if (what === "hope") breaker.hope(nowMs);
        else if (breaker.takeProbe(nowMs)) {
          hasFailed = what === "probe wrong";
          breaker.probed(hasFailed ? "wrong" : "well", nowMs);
        }
        if (breaker.state === "open" && before !== "open")
          expect(hasFailed || (before === "trial" && what === "wrong")).toBe(true);
        const isAway = breaker.state === "open" || breaker.state === "trial";
        expect(breaker.awaySinceMs !== undefined).toBe(isAway);
      }
    }),
  );
});
