// Service in simulated time, with readers who get what the machine decides: relief by text pages is no reason to leave them.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import {
  enterMs,
  quietMs,
  type ServiceLevel,
  ServiceMachine,
  type ServiceStep,
  worsenMs,
} from "./service.ts";
import { costOf, nothingSpared, type Served } from "./serving-cost.ts";

const minuteMs = 60_000;
/** A page with its parts, and its text. */
const page = { bytes: 200_000, requests: 12 } as const;
const textBytes = 4_000;
const lineBytesPerS = 1_250_000;

/** What readers want in a second, whatever they get. */
interface Wanted {
  readonly pagesPerS: number;
  readonly workPerS?: number;
  readonly refusedPerS?: number;
  /** Processor time of one request, of all that there is. */
  readonly cpuEach?: number;
}

function servedAt(
  level: ServiceLevel,
  { pagesPerS, workPerS = 0, refusedPerS = 0, cpuEach = 0 }: Wanted,
): Served {
  const isText = level !== "normal";
  const work = level === "read-only" ? 0 : workPerS;
  const answered = pagesPerS * (isText ? 1 : page.requests) + workPerS;
  const cost = pagesPerS * (isText ? 1 : page.requests) + work + refusedPerS;
  return {
    seconds: 1,
    requests: answered + refusedPerS,
    refused: refusedPerS + workPerS - work,
    pages: pagesPerS,
    bytes: pagesPerS * (isText ? textBytes : page.bytes) + work * 20_000,
    texts: isText ? pagesPerS : 0,
    textBytes: isText ? pagesPerS * textBytes : 0,
    work: workPerS - work,
    workBytes: (workPerS - work) * 20_000,
    cpuShare: Math.min(1, cost * cpuEach),
    lagMs: 1,
  };
}

interface Change extends ServiceStep {
  readonly atMs: number;
}

/** Steps once a second; gives back the changes. */
function run(machine: ServiceMachine, forMs: number, wanted: (ms: number) => Wanted, fromMs = 0): Change[] {
  const changes: Change[] = [];
  let level: ServiceLevel = "normal";
  for (let atMs = fromMs; atMs <= fromMs + forMs; atMs += 1_000) {
    const step = machine.step(servedAt(level, wanted(atMs)), atMs);
    level = step.level;
    if (step.changed) changes.push({ ...step, atMs });
  }
  return changes;
}

const levelsOf = (changes: readonly Change[]): ServiceLevel[] => changes.map(({ level }) => level);
const withLine = (): ServiceMachine => new ServiceMachine({ isAutomatic: true, lineBytesPerS });

describe("the line", () => {
  test("readers who want more than it gives get text pages within seconds, and the whole pages when they are fewer", () => {
    const crowdMs = 5 * minuteMs;
    const changes = run(withLine(), 10 * minuteMs, (ms) => ({ pagesPerS: ms < crowdMs ? 20 : 1 }));
    expect(changes).toMatchObject([
      { level: "lite", atMs: enterMs - 1_000, causes: ["line"], sinceMs: enterMs - 1_000 },
      { level: "normal", sinceMs: undefined },
    ]);
    const backMs = (changes[1]?.atMs ?? 0) - crowdMs;
    expect(backMs).toBeGreaterThanOrEqual(quietMs);
    expect(backMs).toBeLessThan(quietMs + 10_000);
  });

  test("a crowd that stays keeps text pages for as long as it stays, although they cost a fiftieth", () => {
    expect(levelsOf(run(withLine(), 60 * minuteMs, () => ({ pagesPerS: 20 })))).toEqual(["lite"]);
  });

  test("without that reckoning the same crowd flaps", () => {
    const machine = new ServiceMachine({ isAutomatic: true, lineBytesPerS, reckons: false });
    expect(run(machine, 60 * minuteMs, () => ({ pagesPerS: 20 })).length).toBeGreaterThan(4);
  });

  test("a tenth of it is for those who want the whole page nevertheless", () => {
    const [lite] = run(withLine(), minuteMs, () => ({ pagesPerS: 20 }));
    expect(lite?.wholePagesPerS).toBeCloseTo((lineBytesPerS * 0.1) / page.bytes);
    const unknown = new ServiceMachine({ isAutomatic: true, lineBytesPerS: undefined });
    expect(run(unknown, minuteMs, () => ({ pagesPerS: 50, cpuEach: 0.01 }))[0]?.wholePagesPerS).toBe(5);
  });

  test("where nobody knows it, it is no reason", () => {
    const unknown = new ServiceMachine({ isAutomatic: true, lineBytesPerS: undefined });
    expect(run(unknown, 5 * minuteMs, () => ({ pagesPerS: 10_000 }))).toEqual([]);
  });
});

describe("a line that nobody has said anything about", () => {
  /** Whatever is wanted, no more than that goes out, and then readers wait. */
  const through = (wanted: Served, carries: number): Served => {
    const bytes = Math.min(wanted.bytes, carries);
    return { ...wanted, bytes, readersWait: wanted.bytes > carries };
  };
  const crowd = (level: ServiceLevel, pagesPerS: number): Served =>
    through(servedAt(level, { pagesPerS }), lineBytesPerS);
  const unknown = (): ServiceMachine => new ServiceMachine({ isAutomatic: true, lineBytesPerS: undefined });

  const follow = (machine: ServiceMachine, wanted: (ms: number) => number, forMs: number): ServiceLevel[] => {
    const levels: ServiceLevel[] = [];
    let level: ServiceLevel = "normal";
    for (let atMs = 0; atMs < forMs; atMs += 1_000) {
      const step = machine.step(crowd(level, wanted(atMs)), atMs);
      ({ level } = step);
      if (step.changed) levels.push(level);
    }
    return levels;
  };

  test("is known once readers wait while it carries all that it can; text until fewer come", () => {
    const busyMs = 20 * minuteMs;
    const wanted = (ms: number): number => (ms < minuteMs || ms > busyMs ? 2 : 20);
    expect(follow(unknown(), wanted, busyMs + 5 * minuteMs)).toEqual(["lite", "normal"]);
  });

  test("readers with slow phones at night are no full line: it has carried far more", () => {
    const machine = unknown();
    for (let atMs = 0; atMs < minuteMs; atMs += 1_000) machine.step(crowd("normal", 5), atMs);
    const night = { ...servedAt("normal", { pagesPerS: 1 }), readersWait: true };
    for (let atMs = minuteMs; atMs < 10 * minuteMs; atMs += 1_000)
      expect(machine.step(night, atMs).level).toBe("normal");
  });

  test("that carries more the next day, while nobody waits, wasn't that narrow", () => {
    const machine = unknown();
    const wanted = (ms: number): number => (ms < minuteMs ? 20 : 1);
    expect(follow(machine, wanted, 10 * minuteMs)).toEqual(["lite", "normal"]);
    for (let atMs = 10 * minuteMs; atMs < 20 * minuteMs; atMs += 1_000)
      expect(machine.step({ ...servedAt("normal", { pagesPerS: 20 }), readersWait: false }, atMs).level).toBe(
        "normal",
      );
  });

  test("narrower than was said: what is seen counts", () => {
    const machine = new ServiceMachine({ isAutomatic: true, lineBytesPerS: 10 * lineBytesPerS });
    expect(follow(machine, () => 20, minuteMs)).toEqual(["lite"]);
  });
});

describe("the machine", () => {
  test("too much processor time for pages: text; where text is still too much: reading only", () => {
    const wanted = { pagesPerS: 50, workPerS: 150, cpuEach: 0.008 };
    const changes = run(withLine(), 10 * minuteMs, (ms) => (ms < 5 * minuteMs ? wanted : { pagesPerS: 1 }));
    expect(levelsOf(changes)).toEqual(["lite", "read-only", "lite", "normal"]);
    const [lite = 0, readOnly = 0, liteAgain = 0, normal = 0] = changes.map(({ atMs }) => atMs);
    expect(readOnly - lite).toBeGreaterThanOrEqual(worsenMs);
    expect(normal - liteAgain).toBeGreaterThanOrEqual(quietMs);
  });

  test("work that goes on being asked for keeps it reading only", () => {
    const wanted = { pagesPerS: 5, workPerS: 500, cpuEach: 0.008 };
    expect(levelsOf(run(withLine(), 30 * minuteMs, () => wanted))).toEqual(["lite", "read-only"]);
  });

  test("a lag counts like the processor, where serving takes a good part of that", () => {
    const levelsAt = (cpuShare: number): ServiceLevel => {
      const machine = withLine();
      const late = { ...servedAt("normal", { pagesPerS: 1 }), lagMs: 300, cpuShare };
      const steps = [0, 1, 2, 3, 4].map((second) => machine.step(late, second * 1_000));
      return steps.at(-1)?.level ?? "normal";
    };
    expect(levelsAt(0.6)).toBe("lite");
    expect(levelsAt(0.4)).toBe("normal");
  });

  test("one bad moment is nothing", () => {
    const changes = run(withLine(), 30 * minuteMs, (ms) => ({ pagesPerS: ms % minuteMs < 2_000 ? 10 : 1 }));
    expect(changes).toEqual([]);
  });
});

test("a flood that is refused is no reason, however much its refusals cost", () => {
  const floods = fc.record({
    pagesPerS: fc.integer({ min: 0, max: 5 }),
    refusedPerS: fc.integer({ min: 2_000, max: 100_000 }),
    lagMs: fc.integer({ min: 0, max: 5_000 }),
  });
  fc.assert(
    fc.property(fc.array(floods, { minLength: 30, maxLength: 60 }), (seconds) => {
      const machine = withLine();
      for (const [at, { lagMs, ...wanted }] of seconds.entries()) {
        const served = { ...servedAt("normal", { ...wanted, cpuEach: 0.001 }), lagMs };
        expect(machine.step(served, at * 1_000).level).toBe("normal");
      }
    }),
    { numRuns: 30 },
  );
});

test("the same machine with the same load but nothing refused does change: it is the refusals that count", () => {
  const flood = servedAt("normal", { pagesPerS: 5, refusedPerS: 2_000, cpuEach: 0.001 });
  expect(costOf(flood, nothingSpared, undefined).processor).toBeLessThan(0.1);
  expect(costOf({ ...flood, refused: 0 }, nothingSpared, undefined).processor).toBeGreaterThan(1);
});

describe("whatever readers do", () => {
  const wishes = fc.array(
    fc.record({
      forS: fc.integer({ min: 1, max: 300 }),
      pagesPerS: fc.integer({ min: 0, max: 200 }),
      workPerS: fc.integer({ min: 0, max: 300 }),
      cpuEach: fc.double({ min: 0, max: 0.01, noNaN: true }),
    }),
    { minLength: 1, maxLength: 20 },
  );
  const at = (list: readonly (Wanted & { readonly forS: number })[], ms: number): Wanted => {
    let leftMs = ms;
    return list.find(({ forS }) => (leftMs -= forS * 1_000) < 0) ?? { pagesPerS: 0 };
  };

  test("it changes one step at a time, never sooner than it may, and is normal soon after all is quiet", () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const busyMs = list.reduce((sum, { forS }) => sum + forS * 1_000, 0);
        const changes = run(withLine(), busyMs + 40 * minuteMs, (ms) => at(list, ms));
        const order: readonly ServiceLevel[] = ["normal", ...levelsOf(changes)];
        for (const [nth, change] of changes.entries()) {
          const before = changes[nth - 1];
          const isDown = rank(change.level) < rank(order[nth]);
          expect(Math.abs(rank(change.level) - rank(order[nth]))).toBe(1);
          if (before !== undefined)
            expect(change.atMs - before.atMs).toBeGreaterThanOrEqual(isDown ? quietMs : worsenMs - 5_000);
        }
        expect(order.at(-1)).toBe("normal");
      }),
      { numRuns: 40 },
    );
  });

  test("a demand that stays the same is answered the same after at most two steps", () => {
    const constant = fc.record({
      pagesPerS: fc.integer({ min: 0, max: 300 }),
      cpuEach: fc.double({ min: 0, max: 0.01, noNaN: true }),
    });
    fc.assert(
      fc.property(constant, (wanted) => {
        const changes = levelsOf(run(withLine(), 60 * minuteMs, () => wanted));
        expect(changes).toEqual((["lite", "read-only"] as const).slice(0, changes.length));
      }),
      { numRuns: 40 },
    );
  });
});

test("who comes back at once waits longer each time", () => {
  const pulses = (ms: number): Wanted => ({ pagesPerS: ms % (2 * minuteMs) < 30_000 ? 20 : 0 });
  const changes = run(withLine(), 4 * 60 * minuteMs, pulses);
  expect(changes.length).toBeLessThan(12);
});

describe("ordered", () => {
  test("holds until its time, then what is measured counts", () => {
    const machine = withLine();
    expect(machine.order({ level: "lite", untilMs: minuteMs }, 0).changed).toBe(true);
    const changes = run(machine, 5 * minuteMs, () => ({ pagesPerS: 1 }));
    expect(changes).toMatchObject([{ level: "normal", isOrdered: false, atMs: minuteMs }]);
  });

  test("where it is turned off, only an operator changes anything", () => {
    const machine = new ServiceMachine({ isAutomatic: false, lineBytesPerS });
    expect(run(machine, 5 * minuteMs, () => ({ pagesPerS: 200 }))).toEqual([]);
    const ordered = { level: "lite", untilMs: 6 * minuteMs } as const;
    expect(machine.order(ordered, 5 * minuteMs)).toMatchObject({ level: "lite", isOrdered: true });
    const changes = run(machine, 5 * minuteMs, () => ({ pagesPerS: 200 }), 5 * minuteMs + 1_000);
    expect(levelsOf(changes)).toEqual(["normal"]);
  });

  test("normal in the middle of a crowd, and taken back", () => {
    const machine = withLine();
    const crowd = (): Wanted => ({ pagesPerS: 20 });
    expect(levelsOf(run(machine, minuteMs, crowd))).toEqual(["lite"]);
    const ordered = { level: "normal", untilMs: Number.POSITIVE_INFINITY } as const;
    expect(machine.order(ordered, minuteMs + 500).level).toBe("normal");
    expect(machine.step(servedAt("normal", crowd()), minuteMs + 1_000).level).toBe("normal");
    expect(machine.order(undefined, minuteMs + 1_500).level).not.toBe("normal");
  });
});

function rank(level: ServiceLevel | undefined): number {
  return level === undefined ? Number.NaN : ["normal", "lite", "read-only"].indexOf(level);
}
