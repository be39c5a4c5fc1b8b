// What the watch makes of what edges tell of their defence: incidents with rules, the worst mode, when nobody may learn, whose a flood is.
import { describe, expect, test } from "bun:test";
import { actingRule, bots, met, readers, testEdge } from "../../test/observations.ts";
import { type House, openHouse } from "../../test/watch-house.ts";
import { rfc3339 } from "../base/clock.ts";
import type { DefenceFacts, RuleFacts } from "../bus/facts.ts";
import { closingQuietS } from "../decision/flood.ts";

const refusedBots = bots(3_000, { status: 429, refused: true });

describe("a flood that an edge has met", () => {
  test("is an incident at once, with rules, what was foretold of them and what came of it", () => {
    const house = openHouse();
    house.pass(10, readers(10), {});
    const rule = ruleOf(house);
    house.pass(1, [...readers(10), refusedBots], met([{ ...rule, matched: 3_000, refused: 3_000 }]));
    expect(house.watch.register.countOpen()).toBe(1);
    const seen = { ...rule, matched: 60_000, refused: 57_000, seen_worst: 0.002, seen_worst_group: "phone" };
    house.pass(20, [...readers(10), refusedBots], met([seen]));
    house.pass(closingQuietS, readers(10), {});
    const [incident, ...others] = house.incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      kind: "flood",
      status: "closed",
      outcome: "neutralised",
      rules: ["rule-1"],
      refused: 63_000,
    });
    const told = incident?.evidence.map(({ data }) => data).filter((data) => data?.["rule"] === "rule-1");
    expect(told).toEqual([
      expect.objectContaining({ coverage: 0.97, predicted_worst: 0.003, predicted_group: "phone" }),
      expect.objectContaining({ matched: 60_000, refused: 57_000, real_worst: 0.002, real_group: "phone" }),
    ]);
  });

  test("says how long it took from the rise of the volume to the first rule", () => {
    const house = openHouse();
    house.pass(5, readers(10), {});
    const riseMs = house.clock.nowMs() + 100;
    house.clock.advance(700);
    const since = { volume_since: rfc3339(riseMs) };
    house.watch.hear(house.edge.defend(met([ruleOf(house)], since), rfc3339(house.clock.nowMs())));
    house.pass(1, [...readers(10), refusedBots], met([ruleOf(house)], since));
    const evidence = house.incidents()[0]?.evidence.find(({ data }) => data?.["first_rule_ms"] !== undefined);
    expect(evidence?.data).toEqual({ first_rule_ms: 600 });
    expect(evidence?.what).toBe("the first rule acted 0.6 s after the volume rose");
  });

  test("is refused by a rule that was there before: what it had matched until then is not counted", () => {
    const house = openHouse();
    const old = { ...ruleOf(house), matched: 1_000, refused: 1_000 };
    house.clock.advance(3_600_000);
    house.pass(1, [refusedBots], met([old]));
    house.pass(3, [refusedBots], met([{ ...old, matched: 1_500, refused: 1_400 }]));
    house.pass(closingQuietS, readers(10), {});
    const end = house.incidents()[0]?.evidence.find(({ data }) => data?.["matched"] !== undefined);
    expect(end?.data).toMatchObject({ matched: 500, refused: 400 });
  });

  test("is open while sources are shut out by the kernel, and ends when the last request came", () => {
    const house = openHouse();
    house.pass(5, [refusedBots], met([ruleOf(house)]));
    const endedMs = house.clock.nowMs();
    house.pass(300, readers(10), { kernel: { state: "on", banned: 300 } });
    expect(house.watch.register.countOpen()).toBe(1);
    house.pass(closingQuietS, readers(10), {});
    expect(house.incidents()).toMatchObject([{ status: "closed", ended_at: rfc3339(endedMs) }]);
    expect(house.incidents()[0]?.evidence.map(({ data }) => data)).toContainEqual({ kept_out: 300 });
  });

  test("in readers' clothes is neutralised where its rules hit no reader, and degraded where they do", () => {
    const outcome = (said: Partial<DefenceFacts>) => {
      const house = openHouse();
      const clothed = readers(3_000, { from: "127.64.0.0", status: 429, refused: true });
      house.pass(10, [...readers(20), ...clothed], met([ruleOf(house)], said));
      house.pass(closingQuietS, readers(20), {});
      return house.incidents()[0]?.outcome;
    };
    expect(outcome({ known_readers: { requests: 40, served: 40 } })).toBe("neutralised");
    expect(outcome({ known_readers: { requests: 40, served: 30 } })).toBe("degraded");
    expect(outcome({ rules: [] })).toBe("degraded");
  });

  test("goes on after the watch was killed, with its rules", () => {
    const house = openHouse();
    house.pass(5, [refusedBots], met([ruleOf(house)]));
    const again = house.reopen();
    again.pass(
      5,
      [refusedBots],
      met([actingRule({ id: "rule-2", created_at: rfc3339(again.clock.nowMs()) })]),
    );
    expect(again.incidents()).toMatchObject([{ status: "open", rules: ["rule-1", "rule-2"] }]);
  });

  test("goes on from a row that an earlier version wrote", () => {
    const house = openHouse();
    house.pass(5, [refusedBots], met([]));
    const [row] = house.database
      .query<{ value: string }, []>("SELECT value FROM memory WHERE name = 'flood'")
      .all();
    const { state, episode } = JSON.parse(row?.value ?? "") as { state: unknown; episode: object };
    const { kind, rules, timed, banned, ...old } = episode as Record<string, unknown>;
    expect([kind, rules, timed, banned]).toEqual(["flood", [], false, 0]);
    house.database
      .query("UPDATE memory SET value = ? WHERE name = 'flood'")
      .run(JSON.stringify({ state, episode: old }));
    const again = house.reopen();
    again.pass(5, [refusedBots], met([]));
    expect(again.incidents()).toMatchObject([{ status: "open", requests: 30_000 }]);
  });

  test("keeps a bounded number of rules and of evidence", () => {
    const house = openHouse();
    for (let second = 0; second < 50; second += 1) {
      house.pass(1, [refusedBots], met([actingRule({ id: `rule-${second}`, matched: second })]));
    }
    house.pass(closingQuietS, readers(10), {});
    const [incident] = house.incidents();
    expect(incident?.rules).toHaveLength(32);
    expect(incident?.evidence.length).toBeLessThanOrEqual(40);
    expect(incident?.evidence.at(-1)?.what).toStartWith("over: ");
  });
});

describe("what kind it is", () => {
  const kindOf = (terms: RuleFacts["terms"], sources: number) => {
    const house = openHouse();
    const created_at = rfc3339(house.clock.nowMs());
    const streams = [...readers(10), bots(3_000, { status: 404, sources })];
    for (const matched of [0, 30, 60]) {
      house.pass(1, streams, met([actingRule({ terms, matched, created_at })]));
    }
    return house.incidents()[0]?.kind;
  };
  const misses = { trait: "misses", value: "8" };
  const post = { trait: "method", value: "POST" };

  test("thousands who ask for wrong addresses are a flood, a few who do are a scan", () => {
    expect(kindOf([misses], 300)).toBe("flood");
    expect(kindOf([misses], 10)).toBe("scan");
    expect(kindOf([{ trait: "pace", value: "8" }], 10)).toBe("flood");
  });

  test("forms sent to where people sign in are sign-in stuffing", () => {
    expect(kindOf([post, { trait: "host", value: "studio" }], 300)).toBe("login");
    expect(kindOf([post, { trait: "path", value: "/wp-login.php" }], 300)).toBe("login");
    expect(kindOf([post], 300)).toBe("flood");
  });
});

describe("a crowd", () => {
  const crowd = readers(2_000, { parts: false, sources: 1_500 });

  test("is no incident, though it is fifty times the readers and fetches no parts", () => {
    const house = openHouse();
    house.pass(120, crowd, { volume: true });
    expect(house.incidents()).toEqual([]);
    expect(house.watch.mode).toBe("calm");
    expect(house.told.filter(({ subject }) => subject === "learning").every(isLearning)).toBe(true);
  });

  test("that overruns the machine is no flood: readers went without, and that is said", () => {
    const house = openHouse();
    house.pass(10, readers(2_000, { parts: false, status: 503 }), {
      mode: "guarded",
      volume: true,
      health: true,
    });
    expect(house.incidents()).toMatchObject([{ kind: "outage", status: "open", rules: [] }]);
  });
});

describe("an edge that is wrong", () => {
  test("and says nothing while readers lose their pages to a flood is not believed", () => {
    const house = openHouse();
    house.pass(10, [...readers(20, { status: 503 }), bots(3_000)], {});
    expect(house.incidents()).toMatchObject([{ kind: "flood", status: "open" }]);
  });

  test("is believed while readers are served", () => {
    const house = openHouse();
    house.pass(30, [...readers(20), bots(3_000)], {});
    expect(house.incidents()).toEqual([]);
  });

  test("or says nothing at all: the watch has its own eyes", () => {
    const house = openHouse();
    house.pass(10, [...readers(20), bots(3_000)]);
    expect(house.incidents()).toMatchObject([{ kind: "flood" }]);
  });
});

describe("the mode", () => {
  test("is the worst of all edges, said at once, and again every 15 s", () => {
    const house = openHouse();
    const other = testEdge("edge-2");
    house.pass(1, readers(10), {});
    house.watch.hear(other.defend({ mode: "siege", reason: "all three" }));
    expect(house.told.at(-1)).toEqual({ subject: "mode", event: { mode: "siege", reason: "all three" } });
    house.pass(3, readers(10), { mode: "guarded" });
    expect(house.watch.mode).toBe("siege");
    house.pass(3, readers(10), { mode: "guarded" });
    expect(house.watch.mode).toBe("guarded");
    house.pass(20, readers(10), {});
    expect(house.told.filter(({ subject }) => subject === "mode").length).toBeGreaterThan(3);
    expect(house.watch.mode).toBe("calm");
  });

  test("of thousands of edges is told in bounded memory, and an attack does not hide behind names", () => {
    const house = openHouse();
    for (let edge = 0; edge < 500; edge += 1) house.watch.hear(testEdge(`edge-${edge}`).defend());
    house.clock.advance(6_000);
    house.watch.hear(house.edge.defend({ mode: "siege" }));
    expect(house.watch.mode).toBe("siege");
  });
});

describe("learning", () => {
  test("is off while an incident is open, on again afterwards, and said again every 15 s", () => {
    const house = openHouse();
    house.pass(2, readers(10), {});
    house.pass(5, [refusedBots], met([ruleOf(house)]));
    house.pass(closingQuietS + 20, readers(10), {});
    const said = house.told.filter(({ subject }) => subject === "learning");
    expect(said.map(isLearning).join(" ")).toMatch(/^true( false){5,6}( true){1,3}$/);
  });

  test("is off from the announcement of a drill until its last requests are counted", () => {
    const house = openHouse();
    house.pass(2, readers(10), {});
    house.announce(10);
    expect(house.told.at(-1)).toEqual({
      subject: "learning",
      event: { learn: false, reason: "a drill is running" },
    });
    house.pass(10, [...readers(10), refusedBots], met([ruleOf(house)]));
    const before = house.told.length;
    house.pass(4, readers(10), {});
    const said = () => house.told.slice(before).filter(({ subject }) => subject === "learning");
    expect(said().some(isLearning)).toBe(false);
    house.pass(2, readers(10), {});
    expect(said().some(isLearning)).toBe(true);
  });
});

describe("a drill that edges meet", () => {
  test("is the drill's alone: its rules, its refusals, and nothing of it is real or learned", () => {
    const house = openHouse();
    house.pass(5, readers(10), {});
    const before = house.watch.baseline;
    house.announce(30);
    const rule = { ...ruleOf(house), matched: 3_000 };
    house.pass(10, [...readers(10), refusedBots], met([rule]));
    expect(house.watch.register.countOpen()).toBe(0);
    house.announce(0);
    house.pass(10, readers(10), { mode: "guarded", rules: [rule] });
    expect(house.incidents()).toMatchObject([
      { drill: true, status: "closed", rules: ["rule-1"], refused: 30_000 },
    ]);
    // Of these ten seconds the first four are still the drill’s.
    expect(house.watch.baseline.hour.requests).toBe(before.hour.requests + 60);
  });

  test("is over when it says so, though the edges relax only minutes later", () => {
    const house = openHouse();
    house.announce(5);
    house.pass(5, [...readers(10), refusedBots], met([ruleOf(house)]));
    house.pass(60, readers(10), { mode: "guarded" });
    expect(house.watch.traffic.at(-1)).toMatchObject({ mode: "guarded", drill: false, incidents_open: 0 });
  });

  test("does not hide a real flood that edges refuse meanwhile", () => {
    const house = openHouse();
    house.announce(60);
    const real = bots(2_000, { from: "127.10.0.0", status: 429, refused: true });
    house.pass(10, [...readers(10), refusedBots], met([ruleOf(house)]));
    expect(house.watch.register.countOpen()).toBe(0);
    house.pass(10, [...readers(10), refusedBots, real], met([ruleOf(house)]));
    expect(house.incidents().map(({ drill, refused }) => [drill, refused])).toContainEqual([false, 20_000]);
  });

  test("with a crowd beside it is not a real flood", () => {
    const house = openHouse();
    house.announce(60);
    house.pass(20, [...readers(2_000, { parts: false }), refusedBots], met([ruleOf(house)]));
    expect(house.incidents().map(({ drill }) => drill)).toEqual([true]);
  });
});

function isLearning({ event }: { readonly event: unknown }): boolean {
  return (event as { learn: boolean }).learn;
}

function ruleOf({ clock }: House): RuleFacts {
  return actingRule({ created_at: rfc3339(clock.nowMs()) });
}
