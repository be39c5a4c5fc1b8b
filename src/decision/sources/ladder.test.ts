// The ladder: how fast a flood climbs it, who never does, and that everybody comes down again.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { testRule } from "../../../test/rule.ts";
import type { Action, Rule } from "../signatures/rule.ts";
import type { Source } from "../source.ts";
import { Ladder, type Step } from "./ladder.ts";
import { SourceTable } from "./source-table.ts";

const key = { first: 0x1234_5678, second: 0x9abc_def0 };
const start = Date.UTC(2011, 6, 31, 14);
const minuteMs = 60_000;
const source: Source = { v6: false, high: 0, low: 0x0a00_0001 };
const bot = 0xb07;
const reader = 0x4ead;

function ruleOf(action: Action): Rule {
  return testRule({ terms: [{ trait: "program", value: "none" }], action });
}
const deny = ruleOf("deny");
const drop = ruleOf("drop");

/** One source. During a flood nothing gives it standing. */
function climber(now: "calm" | "flood" = "flood") {
  const table = new SourceTable(key, new ArrayBuffer(SourceTable.bytes(100)));
  const ladder = new Ladder(table);
  if (now === "flood") table.tellCalm(false, start);
  const ask = (matched: Rule | undefined, look: number, nowMs = start): Step | "unread" => {
    const place = table.place(source, nowMs);
    table.noteRequest(place, { fingerprint: look, query: 0, part: 0 }, nowMs);
    const standsFor = ladder.standsFor(place, look, nowMs);
    return standsFor === 0 ? "unread" : ladder.step(place, matched, { look, standsFor }, nowMs);
  };
  return { table, ask };
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe("a flood's source", () => {
  test("is refused, then held back, and hardly ever judged again", () => {
    const { ask } = climber();
    expect(times(5, () => ask(deny, bot))).toEqual(["refuse", "refuse", "refuse", "close", "close"]);
    times(10, () => ask(deny, bot));
    const later = times(64, () => ask(deny, bot));
    expect(later.filter((step) => step !== "unread")).toEqual(["close", "close", "close", "close"]);
  });

  test("goes to the kernel with the second request, where no reader does the like and nothing else comes from it", () => {
    const { ask } = climber();
    expect(times(2, () => ask(drop, bot))).toEqual(["refuse", "kernel"]);
  });

  test("is named to the kernel again when it goes on later, not with each request", () => {
    const { ask } = climber();
    const steps = times(60, (second) => ask(drop, bot, start + second * 1_000));
    expect(steps.filter((step) => step === "kernel").length).toBeWithin(2, 4);
  });

  test("that calls itself by many names is given some seconds for a reader to show, and goes there all the same", () => {
    const { ask } = climber();
    const steps = times(100, (index) => ask(drop, bot + index, start + index * 100));
    expect(steps.indexOf("kernel")).toBeWithin(60, 90);
  });

  test("goes there for what a reader might do only where it goes on as no reader would", () => {
    const { ask } = climber();
    expect(times(60, () => ask(deny, bot))).not.toContain("kernel");
    expect(times(200, () => ask(deny, bot))).toContain("kernel");
  });

  test("goes there soon where it asks for the same page again and again, and not where it also fetches a page's parts", () => {
    const samePage: Rule = { ...deny, terms: [...deny.terms, { trait: "path", value: "/" }] };
    expect(times(4, () => climber().ask(samePage, bot))).not.toContain("kernel");
    const { ask } = climber();
    expect(times(4, () => ask(samePage, bot)).at(-1)).toBe("kernel");
    const visitor = climber();
    visitor.table.noteEnd(visitor.table.place(source, start), 200, true);
    expect(times(60, () => visitor.ask(samePage, bot))).not.toContain("kernel");
  });

  test("does not come into good standing by what it did before, in calm", () => {
    const { table, ask } = climber("calm");
    ask(undefined, bot);
    ask(deny, bot, start + 10_000);
    const later = start + 5 * minuteMs;
    expect(table.isKnown(table.place(source, later), later)).toBe(false);
  });

  test("only waits where the rule says no more", () => {
    const { ask } = climber();
    expect(new Set(times(50, () => ask(ruleOf("slow"), bot)))).toEqual(new Set(["slow"]));
  });

  test("is off the ladder two minutes after it stopped", () => {
    const { table, ask } = climber();
    times(100, () => ask(drop, bot));
    expect(table.ladderOf(table.place(source, start + 2 * minuteMs)).strikes).toBe(0);
    expect(ask(drop, bot, start + 2 * minuteMs)).toBe("refuse");
  });
});

describe("a reader behind the same address", () => {
  test("is never refused, whatever comes from it, and keeps it from being dropped", () => {
    const { ask } = climber();
    const steps = times(600, (index) => {
      const nowMs = start + index * 100;
      return index % 12 === 0 ? { reader: ask(undefined, reader, nowMs) } : { bot: ask(drop, bot, nowMs) };
    });
    expect(new Set(steps.map((step) => step.reader))).toEqual(new Set(["pass", undefined]));
    expect(steps.slice(13).map((step) => step.bot)).not.toContain("kernel");
  });

  test("who comes after the flood had it alone is judged from the first request on", () => {
    const { ask } = climber();
    times(100, () => ask(deny, bot));
    expect(times(10, () => ask(undefined, reader))).not.toContain("unread");
  });

  test("who looks just like the flood's program is found within sixteen requests of both", () => {
    const { ask } = climber();
    times(100, () => ask(deny, bot));
    const steps = times(40, () => ask(undefined, bot));
    expect(steps.indexOf("pass")).toBeLessThan(16);
    expect(steps.slice(16)).not.toContain("unread");
  });

  test("who was hit by a rule that is withdrawn is served from the next request on, at a reader's pace", () => {
    const { ask } = climber();
    const second = (at: number): number => start + at * 1_000;
    expect(times(12, (at) => ask(deny, reader, second(at))).at(-1)).toBe("close");
    expect(ask(undefined, reader, second(13))).toBe("pass");
  });

  test("who is in good standing keeps the address from being dropped", () => {
    const { table, ask } = climber("calm");
    ask(undefined, reader, start);
    const onset = start + 2 * minuteMs;
    table.tellCalm(false, onset);
    expect(times(100, () => ask(drop, bot, onset))).not.toContain("kernel");
  });

  test("who comes seconds after the flood's other program was first seen there keeps it from being dropped", () => {
    const { ask } = climber();
    ask(undefined, reader, start);
    const steps = times(400, (index) => {
      const nowMs = start + 1_000 + index * 100;
      return index % 40 === 39 ? ask(undefined, reader, nowMs) : ask(drop, bot, nowMs);
    });
    expect(steps).not.toContain("kernel");
  });
});

describe("an address where somebody read in calm, seconds before a flood from there", () => {
  const hasty: Rule = { ...drop, terms: [{ trait: "pace", value: "4" }] };

  function afterCalm(first: number) {
    const { table, ask } = climber("calm");
    ask(undefined, reader, first);
    const onset = start + 2 * minuteMs;
    table.tellCalm(false, onset);
    return (rule: Rule): Set<string> => new Set(times(300, (at) => ask(rule, reader, onset + at * 10)));
  }

  test("is only slowed by a rule against haste, which its reader may look like", () => {
    expect(afterCalm(start + 110_000)(hasty)).toEqual(new Set(["slow"]));
  });

  test("isn't spared what no reader does", () => {
    expect(afterCalm(start + 110_000)(drop)).not.toContain("slow");
  });

  test("is given the time to show that somebody reads there with a program that can't be told from the flood's", () => {
    const { table, ask } = climber("calm");
    ask(undefined, reader, start + 110_000);
    const onset = start + 2 * minuteMs;
    table.tellCalm(false, onset);
    const during = (firstMs: number): Step[] =>
      times(40, (at) => onset + firstMs + at * 100).flatMap((nowMs) => ask(drop, reader, nowMs) as Step);
    expect(during(0)).not.toContain("kernel");
    expect(during(6_000)).toContain("kernel");
  });

  test("isn't the address of a flood's own first request", () => {
    expect(afterCalm(start + 118_000)(hasty)).toContain("kernel");
  });
});

describe("an address that was named to the kernel", () => {
  const unruled = { look: reader, wasAlone: true, isUnruled: true };

  function named(look = bot) {
    const climbed = climber();
    times(2, () => climbed.ask(drop, look));
    const { table } = climbed;
    const ladder = new Ladder(table);
    const finds = (request: Partial<typeof unruled>): boolean =>
      ladder.findsReader(table.place(source, start), { ...unruled, ...request });
    const steps = (minutes: number): (Step | "unread")[] =>
      times(40, (at) => climbed.ask(drop, look, start + minutes * minuteMs + at * 1_000));
    return { table, finds, steps };
  }

  test("is named again and again while nobody reads there", () => {
    expect(named().steps(3)).toContain("kernel");
  });

  test("is not for a quarter of an hour and more, once a reader showed; what matches is held back", () => {
    const { finds, steps } = named();
    expect(finds({})).toBe(true);
    expect(steps(3)).not.toContain("kernel");
    expect(steps(3)).toContain("close");
    expect(steps(16)).not.toContain("kernel");
    expect(steps(60)).toContain("kernel");
  });

  test("has a reader where another program asks, or where the rules tell a request from the flood's", () => {
    expect(named().finds({ isUnruled: false })).toBe(true);
    expect(named().finds({ look: bot })).toBe(true);
  });

  test("has none where the flood's own program asks while no rule holds, or less hastily; nor one of many names", () => {
    expect(named().finds({ look: bot, isUnruled: false })).toBe(false);
    const { finds, steps } = named();
    expect(finds({ wasAlone: false, isUnruled: false })).toBe(false);
    expect(steps(3)).toContain("kernel");
  });

  test("is remembered as named for longer than it is dropped, and forgotten within the hour", () => {
    const { table } = named();
    const wasNamed = (minutes: number): boolean =>
      table.wasNamed(table.place(source, start + minutes * minuteMs));
    expect([wasNamed(0), wasNamed(15), wasNamed(40)]).toEqual([true, true, false]);
  });
});

test("whatever comes in whatever order: no request that a rule doesn't match is ever slowed, refused or named, unless it looks like one that was", () => {
  const requests = fc.array(
    fc.record({ matched: fc.option(fc.constantFrom(deny, drop, ruleOf("slow"))), waitMs: fc.nat(5_000) }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(requests, (all) => {
      const { ask } = climber();
      let nowMs = start;
      for (const { matched, waitMs } of all) {
        nowMs += waitMs;
        const step = ask(matched ?? undefined, matched === null ? reader : bot, nowMs);
        if (matched === null) expect(step).toBe("pass");
        else expect(step).not.toBe("pass");
      }
    }),
  );
});
