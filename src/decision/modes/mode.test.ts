// Modes in simulated time: up at once, down late, and pulses of any period make no mode flap.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import {
  inWords,
  type Mode,
  ModeMachine,
  type ModeStep,
  quietMs,
  type Signal,
  type Signals,
} from "./mode.ts";

const tickMs = 100;
const minuteMs = 60_000;
interface Pulse {
  readonly periodMs: number;
  readonly share: number;
  readonly of: Signal[];
  readonly between: Signal[];
}

/** Only some of these, by when they are looked at, last for as long as makes a siege. */
const justLongEnough: Pulse = {
  periodMs: 108_601,
  share: 0.02762405502711762,
  of: ["composition", "health"],
  between: [],
};
const rank: Readonly<Record<Mode, number>> = { calm: 0, guarded: 1, siege: 2 };

describe("up", () => {
  test("nothing or one of the three is calm", () => {
    for (const of of [[], ["volume"], ["composition"], ["health"]] as const) {
      expect(run(new ModeMachine(), minuteMs, () => of).map(({ mode }) => mode)).toEqual(["calm"]);
    }
  });

  test("any two are guarded at once, all three a siege", () => {
    for (const of of [
      ["volume", "composition"],
      ["volume", "health"],
      ["composition", "health"],
    ] as const) {
      expect(new ModeMachine().step({ ...said(of), nowMs: 0 })).toMatchObject({
        mode: "guarded",
        changed: true,
        reason: { because: "signals", of },
      });
    }
    expect(new ModeMachine().step({ ...said(["volume", "composition", "health"]), nowMs: 0 }).mode).toBe(
      "siege",
    );
  });

  test("bad health for seconds on guard is a siege, a moment of it is not", () => {
    const moment = run(new ModeMachine(), minuteMs, (ms) =>
      ms < 2_500 ? ["volume", "health"] : ["volume", "composition"],
    );
    expect(moment.map(({ mode }) => mode)).toEqual(["guarded"]);
    const lasting = run(new ModeMachine(), 4_000, () => ["volume", "health"]);
    expect(lasting.map(({ mode }) => mode)).toEqual(["guarded", "siege"]);
    expect(lasting.at(-1)?.reason).toEqual({ because: "overload", forMs: 3_000 });
  });

  test("a crowd that the machine carries stays calm, however long it lasts", () => {
    expect(run(new ModeMachine(), 60 * minuteMs, () => ["volume"])).toHaveLength(1);
  });
});

describe("down", () => {
  test("only after the quiet, one mode after the other", () => {
    const machine = new ModeMachine();
    const flood = 10_000;
    const changes = run(machine, flood + quietMs + minuteMs, (ms) =>
      ms < flood ? ["volume", "composition", "health"] : [],
    );
    expect(changes.map(({ mode }) => mode)).toEqual(["siege", "guarded", "calm"]);
    const [, guarded = 0, calm = 0] = changes.map(({ atMs }) => atMs);
    expect(guarded).toBe(flood - tickMs + quietMs);
    expect(calm - guarded).toBe(30_000);
  });

  test("pulses of any period from a second to two minutes never flap", () => {
    const pulses = fc.record({
      periodMs: fc.integer({ min: 1_000, max: 120_000 }),
      share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      of: fc.subarray<Signal>(["volume", "composition", "health"], { minLength: 2 }),
      between: fc.subarray<Signal>(["volume", "composition", "health"], { maxLength: 1 }),
    });
    fc.assert(
      fc.property(pulses, ({ periodMs, share, of, between }) => {
        const onMs = Math.max(tickMs, periodMs * share);
        const endMs = 15 * minuteMs;
        const changes = run(new ModeMachine(), endMs + 2 * quietMs, (ms) => {
          if (ms >= endMs) return [];
          return ms % periodMs < onMs ? of : between;
        });
        const ups = changes.filter(({ atMs }) => atMs < endMs).map(({ mode }) => rank[mode]);
        expect(ups).toEqual([...ups].sort((a, b) => a - b));
        expect(new Set(ups).size).toBe(ups.length);
        const downs = changes.filter(({ atMs }) => atMs >= endMs).map(({ mode }) => rank[mode]);
        expect(downs).toEqual([...downs].sort((a, b) => b - a));
        expect(downs.at(-1)).toBe(0);
      }),
      { numRuns: 40, examples: [[justLongEnough]] },
    );
  });

  test("without the quiet the same pulses do flap", () => {
    const changes = run(new ModeMachine(5_000), 15 * minuteMs, (ms) =>
      ms % minuteMs < 10_000 ? ["volume", "composition"] : [],
    );
    expect(changes.length).toBeGreaterThan(20);
  });
});

describe("forced", () => {
  test("an operator's word holds until its time, then the machine's own counts at once", () => {
    const machine = new ModeMachine();
    machine.force({ mode: "siege", untilMs: minuteMs });
    const changes = run(machine, 2 * minuteMs, () => ["volume", "composition"]);
    expect(changes).toMatchObject([
      { mode: "siege", atMs: 0, reason: { because: "forced", untilMs: minuteMs } },
      { mode: "guarded", atMs: minuteMs, reason: { because: "signals" } },
    ]);
    expect(machine.forced).toBeUndefined();
  });

  test("calm in the middle of a flood, and taken back", () => {
    const machine = new ModeMachine();
    const flood = said(["volume", "composition"]);
    machine.step({ ...flood, nowMs: 0 });
    machine.force({ mode: "calm", untilMs: Number.POSITIVE_INFINITY });
    expect(machine.step({ ...flood, nowMs: 100 })).toMatchObject({ mode: "calm", changed: true });
    machine.force(undefined);
    expect(machine.step({ ...flood, nowMs: 200 })).toMatchObject({ mode: "guarded", changed: true });
  });
});

test("every reason can be said", () => {
  expect(inWords({ because: "calm", of: [] })).toBe("as usual");
  expect(inWords({ because: "calm", of: ["volume"] })).toBe("nothing but far more requests than usual");
  expect(inWords({ because: "quiet", of: ["volume", "health"], forMs: 12_000, leftMs: 138_000 })).toBe(
    "far more requests than usual, and the machine is under strain, last 12 s ago; relaxes in 138 s",
  );
  expect(inWords({ because: "overload", forMs: 3_000 })).toBe(
    "the machine is under strain, for 3 s on guard",
  );
  expect(inWords({ because: "forced", untilMs: 0 })).toBe("an operator's decision");
});

interface Change extends ModeStep {
  readonly atMs: number;
}

/** Steps for so long; gives back the first step and every change. */
function run(machine: ModeMachine, forMs: number, of: (ms: number) => readonly Signal[]): Change[] {
  const steps: Change[] = [];
  for (let atMs = 0; atMs <= forMs; atMs += tickMs) {
    const step = machine.step({ ...said(of(atMs)), nowMs: atMs });
    if (atMs === 0 || step.changed) steps.push({ ...step, atMs });
  }
  return steps[0]?.mode === "calm" && steps.length > 1 ? steps.slice(1) : steps;
}

function said(of: readonly Signal[]): Signals {
  return {
    volume: of.includes("volume"),
    composition: of.includes("composition"),
    health: of.includes("health"),
  };
}
