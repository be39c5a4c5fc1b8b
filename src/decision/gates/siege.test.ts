// The figures of the gates, in simulated time: 50 requests a second, 3,000 sources that ask for 5,000, and five honest people a second, a third of
// them without scripts. Each defence beside the run without it.
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  type Door,
  Siege,
  type SiegeOptions,
  type Told,
  type Visit,
  firstComeDoor,
  longestMs,
  medianMs,
  onePrefixDoor,
  share,
} from "../../../test/siege.ts";
import type { LaneName } from "./standing.ts";
import { passBudget } from "./pass.ts";
import { Turns } from "./turns.ts";
import { Spent, spentBytes } from "./spent.ts";

setDefaultTimeout(60_000);

const seconds = 100;
const seed = 1;
const bots = 3_000;
/** So that 3,000 ask for 5,000 a second. */
const askEveryMs = 600;
const beginMs = 3_000;

type MakeDoor = ((effort: () => number) => Door) | undefined;

function expectPromised(told: Told): void {
  expect(share(told)).toBeGreaterThanOrEqual(0.95);
  expect(medianMs(told)).toBeLessThanOrEqual(8_000);
  expect(longestMs(told)).toBeLessThanOrEqual(60_000);
}

/** Most wait for longer than they have patience for. */
function expectLost(told: Told): void {
  expect(share(told)).toBeLessThan(0.5);
}

/** Each in its own time, all from the beginning. */
function everyBot(siege: Siege, start: (bot: number) => void): void {
  for (let bot = 0; bot < bots; bot += 1) siege.after(siege.random.next() * beginMs, () => start(bot));
}

function botVisit(siege: Siege, prefix: number): Omit<Visit, "served"> {
  const sinceMs = siege.nowMs;
  const standing = { lane: "ticket", prefix, waitedMs: 0, effort: 0 } as const;
  return {
    isHonest: false,
    prefix,
    hasScripts: false,
    sinceMs,
    heldSinceMs: sinceMs,
    standing,
    cameMs: sinceMs,
  };
}

test("in calm nobody waits for more than a ticket", () => {
  const told = new Siege({ seconds, seed }).run();
  expect(share(told)).toBe(1);
  expect(longestMs(told)).toBeLessThan(4_000);
  expect(told.effortMost).toBe(0);
});

describe("bots that keep nothing", () => {
  /** `isLetIn`: no ticket is wanted, whoever asks waits in the queue. */
  function siege(isLetIn: boolean, door?: MakeDoor): Told {
    const one = new Siege({ seconds, seed, door });
    const ask = (prefix: number): void => {
      one.door.asked(prefix, one.nowMs);
      if (isLetIn)
        one.come({ ...botVisit(one, prefix), served: () => undefined, backMs: Number.POSITIVE_INFINITY });
      one.after(askEveryMs, () => ask(prefix));
    };
    everyBot(one, ask);
    return one.run();
  }

  test("cost the honest nothing, and no work is asked of anybody", () => {
    const told = siege(false);
    expectPromised(told);
    expect(told.botTurns).toBe(0);
    expect(told.effortMost).toBe(0);
  });

  test("without tickets, first come, first served: most honest people never get through", () => {
    expectLost(siege(true, firstComeDoor));
  });
});

describe("bots that keep tickets", () => {
  /** `tabs`: of each, all open at once. `backMs`: they come back after so long, instead of when they are told. */
  function siege(prefixes: number, tabs: number, backMs?: number, options: Partial<SiegeOptions> = {}): Told {
    const one = new Siege({ seconds, seed, ...options });
    const open = (bot: number): void => {
      const patience = backMs === undefined ? {} : { backMs };
      const served = () => one.after(20, () => open(bot));
      one.visit({ isHonest: false, prefix: bot % prefixes, hasScripts: false, served, ...patience });
    };
    everyBot(one, (bot) => {
      for (let tab = 0; tab < tabs; tab += 1) open(bot);
    });
    return one.run();
  }

  test("in as many prefixes, like browsers with five tabs each", () => expectPromised(siege(3_000, 5)));
  test("in as many prefixes, one ticket each, shown again and again", () =>
    expectPromised(siege(3_000, 1, askEveryMs)));
  test("in as many prefixes, one ticket each, shown again sooner than they were told", () =>
    expectPromised(siege(3_000, 1, 4_000)));
  test("in twelve prefixes, like browsers with five tabs each", () => expectPromised(siege(12, 5)));

  test("where asking isn't counted, who asks five times has five tickets among the eldest", () => {
    const uncounted: MakeDoor = (effort) => {
      const turns = new Turns<Visit>({ most: 256, effort });
      return Object.assign(turns, { asked: () => undefined });
    };
    expect(longestMs(siege(3_000, 5, undefined, { door: uncounted }))).toBeGreaterThan(60_000);
  });

  test("where all prefixes count as one, whoever has no script waits behind all that came before", () => {
    const plain = { plainShare: 1 };
    expectPromised(siege(12, 1, askEveryMs, plain));
    expectLost(siege(12, 1, askEveryMs, { ...plain, door: onePrefixDoor }));
  });

  test("first come, first served: most honest people never get through", () => {
    expectLost(siege(3_000, 5, undefined, { door: firstComeDoor }));
    expectLost(siege(12, 1, askEveryMs, { door: firstComeDoor }));
  });

  test("honest people without scripts behind one carrier's address come through in its lane, and hardly without it", () => {
    const behind = (carrier: LaneName) => siege(3_000, 5, undefined, { plainShare: 1, carrier });
    expectPromised(behind("shared"));
    expectLost(behind("ticket"));
  });

  test("the bound: 3,000 that do nothing that a person wouldn't, each in its own prefix, are each served once first", () => {
    const told = siege(3_000, 1);
    expect(share(told)).toBeGreaterThanOrEqual(0.95);
    expect(medianMs(told)).toBeLessThanOrEqual(8_000);
    expect(longestMs(told)).toBeLessThanOrEqual(100_000);
  });
});

describe("bots that take a new ticket from a new prefix, 500 a second, and wait with all of them", () => {
  const hoardEveryMs = 6_000;

  function siege(mostEffort?: number): Told {
    const one = new Siege({ seconds, seed, plainShare: 0, ...(mostEffort !== undefined && { mostEffort }) });
    let fresh = 2_000_000;
    const open = (): void => {
      fresh += 1;
      one.visit({ isHonest: false, prefix: fresh, hasScripts: false });
      one.after(hoardEveryMs, open);
    };
    everyBot(one, open);
    return one.run();
  }

  test("come after whoever proved some work", () => expectPromised(siege()));

  test("where no work is ever asked for, they are as many as ten of each turn", () => {
    const told = siege(0);
    expect(told.effortMost).toBe(0);
    expectLost(told);
  });
});

describe("one pass that 3,000 share", () => {
  /** Where it isn't counted, it is good for ever. */
  function siege(isCounted: boolean): Told {
    const one = new Siege({ seconds: isCounted ? seconds : 70, seed });
    const spent = new Spent(new SharedArrayBuffer(spentBytes(64)));
    const pass = one.nextId();
    const show = (prefix: number): void => {
      one.after(askEveryMs, () => show(prefix));
      one.door.asked(prefix, one.nowMs);
      if (isCounted && !spent.spend(pass, passBudget, 1_800_000, one.nowMs)) return;
      const visit = botVisit(one, prefix);
      const standing = { ...visit.standing, lane: "pass", pass } as const;
      one.come({ ...visit, standing, served: () => undefined, backMs: Number.POSITIVE_INFINITY });
    };
    everyBot(one, show);
    return one.run();
  }

  test("gains them its budget, once", () => {
    const told = siege(true);
    expectPromised(told);
    expect(told.botTurns).toBeLessThanOrEqual(passBudget);
  });

  test("not counted, it gains them most of what there is", () => {
    expect(siege(false).botTurns).toBeGreaterThan(50 * passBudget);
  });
});

describe("a swarm that solves what is asked for", () => {
  /** Four times as fast as a cheap phone, each. */
  const coreSpeed = 4;

  interface Swarm {
    readonly cores: number;
    /** A prefix that was never seen, for each request. */
    readonly isRotating: boolean;
    readonly mostEffort?: number;
    readonly plainShare?: number;
    readonly door?: MakeDoor;
  }

  /** Nobody without scripts: these would wait behind prefixes that have had nothing, without end. */
  const rotating = { isRotating: true, plainShare: 0 };

  function siege({ cores, isRotating, ...options }: Swarm): Told {
    const one = new Siege({ seconds, seed, ...options });
    let fresh = 2_000_000;
    let freeMs = 0;
    /** One after the other, as if all cores were one. */
    const solved = (effort: number, then: () => void): void => {
      freeMs = Math.max(freeMs, one.nowMs) + effort / (coreSpeed * cores);
      one.after(freeMs - one.nowMs, then);
    };
    everyBot(one, (bot) => {
      const held = { pass: 0n, effort: 0, left: 0, isSolving: false, isWaiting: false };
      const solve = (effort: number): void => {
        held.isSolving = true;
        solved(effort, () =>
          Object.assign(held, { isSolving: false, pass: one.nextId(), effort, left: passBudget }),
        );
      };
      const ask = (): void => {
        one.after(askEveryMs, ask);
        const { effort } = one.effort;
        const isShort = held.left === 0 || held.effort < effort;
        if (isShort && effort > 0 && !held.isSolving) solve(effort);
        if (held.isWaiting || (isShort && effort > 0)) return;
        fresh += 1;
        const prefix = isRotating ? fresh : bot;
        held.isWaiting = true;
        const served = (): void => void (held.isWaiting = false);
        if (effort === 0) {
          one.visit({ isHonest: false, prefix, hasScripts: false, backMs: askEveryMs, served });
          return;
        }
        held.left -= 1;
        const visit = botVisit(one, prefix);
        const standing = { ...visit.standing, lane: "pass", effort: held.effort, pass: held.pass } as const;
        one.come({ ...visit, standing, served, backMs: askEveryMs });
      };
      ask();
    });
    return one.run();
  }

  test("on 64 cores from 3,000 prefixes leaves the honest their turns", () => {
    const told = siege({ cores: 64, isRotating: false });
    expectPromised(told);
    expect(told.effortMost).toBeGreaterThan(0);
  });

  test("first come, first served: most honest people never get through", () => {
    expectLost(siege({ cores: 64, isRotating: false, door: firstComeDoor }));
  });

  test("from a new prefix each time: held by what a proof costs, up to as many cores as that pays for", () => {
    const held = siege({ ...rotating, cores: 8 });
    expect(share(held)).toBeGreaterThanOrEqual(0.95);
    expect(medianMs(held)).toBeLessThanOrEqual(8_000);
    const cheap = siege({ ...rotating, cores: 8, mostEffort: 250 });
    expect(share(cheap)).toBeLessThan(0.85);
    expect(longestMs(cheap)).toBeGreaterThan(60_000);
  });

  test("the bound: new prefixes without end and twenty times the cores, and many of the honest are lost", () => {
    expect(share(siege({ ...rotating, cores: 160 }))).toBeLessThan(0.6);
  });
});
