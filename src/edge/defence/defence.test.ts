// The loop of the defence in simulated time: a flood from the first second on, without watch or bus; who may change what; what is never done.
import { describe, expect, test } from "bun:test";
import { SimulatedDefence, type Tick } from "../../../test/edge/simulated-defence.ts";
import { bare, desktop, many, reader } from "../../../test/synthetic-traffic.ts";
import type { WorkerNotes } from "../worker-notes.ts";

/** A few readers; a flood of 20,000 requests a second among them; fifty times the readers, all from one referrer and one country. */
const calm = (): Tick => ({ requests: [reader, desktop] });
const flooded = (): Tick => ({
  requests: many(200, (at) => (at < 4 ? { ...reader, source: at } : { ...bare, source: at % 150 })),
  weight: 10,
});
const crowd = (): Tick => ({
  requests: many(200, (at) => ({ ...reader, referrer: "news.example", source: at })),
});
const phones = [{ trait: "client", value: "phone" }];
const bareTerms = [
  { trait: "program", value: "none" },
  { trait: "accept", value: "none" },
];

describe("a flood", () => {
  test("meets an active rule within a second, in the edge's first second, and nobody else was needed", () => {
    using edge = new SimulatedDefence();
    const ms = edge.until(() => edge.activeRules > 0, flooded);
    expect(ms).toBeLessThanOrEqual(1_000);
    expect(edge.defence.mode).toBe("guarded");
    expect(edge.rulesOfWorkers.some((rule) => rule.endsWith(" active"))).toBe(true);
    expect(edge.told).toContainEqual({ kind: "mode", mode: "guarded" });
  });

  test("is met as soon after calm", () => {
    using edge = new SimulatedDefence();
    edge.defence.hearWatch({ learn: true, reason: "calm" });
    edge.run(30_000, calm);
    expect(edge.until(() => edge.activeRules > 0, flooded)).toBeLessThanOrEqual(1_000);
  });

  test("is told in words, in the form of the bus, and in the log", () => {
    using edge = new SimulatedDefence();
    edge.run(2_000, flooded);
    const { facts } = edge;
    expect(facts).toMatchObject({ mode: "guarded", volume: true, composition: true, dry_run: false });
    expect(facts.requests_per_s).toBeGreaterThan(10_000);
    expect(facts.countries[0]).toMatchObject({ code: "SA" });
    expect(facts.rules[0]?.description).toContain("of the flood");
    expect(edge.lines.map(({ event }) => event)).toEqual(
      expect.arrayContaining(["tries a rule", "a rule acts", "the mode changes"]),
    );
  });

  test("with the machine under strain is a siege", () => {
    using edge = new SimulatedDefence();
    edge.run(3_000, () => ({ ...flooded(), lagMs: 300 }));
    expect(edge.defence.mode).toBe("siege");
  });

  test("that nobody looks at stays: it is the look that finds the rule", () => {
    using edge = new SimulatedDefence({ mode: "off" });
    edge.run(5_000, flooded);
    expect([edge.activeRules, edge.defence.mode, edge.told]).toEqual([0, "calm", []]);
  });
});

test("fifty times the readers, of one referrer, one country and one phone, stay calm and meet no rule", () => {
  using edge = new SimulatedDefence();
  edge.run(10_000, calm);
  edge.run(30_000, crowd);
  expect([edge.defence.mode, edge.defence.rules, edge.facts.volume]).toEqual(["calm", [], true]);
});

describe("a rule from the bus", () => {
  const ask = { action: "deny", seconds: 600, by: "watch" } as const;

  test("that matches all phones is refused with an objection", () => {
    using edge = new SimulatedDefence();
    const hostile = [
      phones,
      [...phones, { trait: "country", value: "MA" }],
      [{ trait: "accept", value: "page" }],
    ];
    for (const terms of hostile) {
      const added = edge.defence.addRule({ ...ask, terms });
      expect("objection" in added && added.objection.length).toBeGreaterThan(10);
    }
    expect(edge.rulesOfWorkers).toEqual([]);
  });

  test("that harms nobody is tried, then acts, then ends", () => {
    using edge = new SimulatedDefence();
    expect(edge.defence.addRule({ ...ask, terms: bareTerms, seconds: 5 })).toHaveProperty("rule");
    expect(edge.rulesOfWorkers).toEqual(["rule-1 shadow"]);
    edge.run(1_000, calm);
    expect(edge.rulesOfWorkers).toEqual(["rule-1 active"]);
    edge.run(5_000, calm);
    expect(edge.rulesOfWorkers).toEqual([]);
  });

  const harm = (notes: WorkerNotes): void => {
    const traits = {
      hash: () => 0,
      number: () => 0,
      text: (trait: string) => (trait === "client" ? "phone" : "x"),
    };
    for (let reads = 0; reads < 20; reads += 1) {
      notes.matched("rule-1", false, 1);
      notes.known(true);
      notes.knownGroups(traits, "rule-1");
    }
  };

  test("that starts to harm later is withdrawn within a second, also while everything is frozen", () => {
    using edge = new SimulatedDefence();
    edge.defence.addRule({ ...ask, terms: bareTerms });
    edge.run(2_000, calm);
    edge.defence.freeze(true);
    const ms = edge.until(
      () => edge.rulesOfWorkers.length === 0,
      () => ({ ...calm(), note: harm }),
    );
    expect(ms).toBeLessThanOrEqual(1_000);
    expect(edge.defence.rules[0]?.ended).toContain("of known readers");
  });

  test("goes on harming where nobody tells how readers in good standing fare", () => {
    using edge = new SimulatedDefence();
    edge.defence.addRule({ ...ask, terms: bareTerms });
    edge.run(5_000, calm);
    expect(edge.rulesOfWorkers).toEqual(["rule-1 active"]);
  });
});

describe("an operator", () => {
  test("takes everything back: rules, steps of the ladder, the kernel's sets; the same rules don't come back", () => {
    using edge = new SimulatedDefence();
    edge.run(2_000, flooded);
    const taken = edge.defence.undo();
    expect(taken.length).toBeGreaterThan(0);
    expect([edge.rulesOfWorkers, edge.unbanned]).toEqual([[], 1]);
    edge.run(5_000, flooded);
    const again = edge.defence.rules.filter(({ state }) => state === "active");
    for (const { terms } of taken) expect(again.map((rule) => rule.terms)).not.toContainEqual(terms);
  });

  test("freezes the rules: none comes", () => {
    using edge = new SimulatedDefence();
    edge.defence.freeze(true);
    edge.run(5_000, flooded);
    expect([edge.defence.rules, edge.facts.frozen]).toEqual([[], true]);
  });

  test("insists on calm for a while: workers have no rules; then the flood is met again", () => {
    using edge = new SimulatedDefence();
    edge.run(2_000, flooded);
    edge.defence.force({ mode: "calm", seconds: 10 });
    expect([edge.defence.mode, edge.rulesOfWorkers]).toEqual(["calm", []]);
    expect(edge.facts.forced?.mode).toBe("calm");
    edge.run(12_000, flooded);
    expect(edge.facts.forced).toBeNull();
    expect(edge.rulesOfWorkers.length).toBeGreaterThan(0);
  });

  test("goes before the configuration, which holds again afterwards", () => {
    using edge = new SimulatedDefence({ mode: "siege" });
    edge.run(1_000, calm);
    expect([edge.defence.mode, edge.facts.forced]).toEqual(["siege", null]);
    edge.defence.force({ mode: "calm", seconds: 60 });
    expect(edge.defence.mode).toBe("calm");
    edge.defence.force({ mode: "auto", seconds: 1 });
    edge.run(1_000, calm);
    expect(edge.defence.mode).toBe("siege");
  });
});

describe("whom the ladder names", () => {
  const named = (notes: WorkerNotes): void => notes.wish("ban", "198.51.100.7");

  test("is handed to the kernel", () => {
    using edge = new SimulatedDefence();
    edge.tick({ note: named });
    expect(edge.banned).toEqual(["198.51.100.7"]);
  });

  test("waits for a kernel that is not open yet", () => {
    using edge = new SimulatedDefence({}, { hasKernel: false });
    edge.tick({ note: named });
    edge.openKernel();
    edge.tick();
    expect(edge.banned).toEqual(["198.51.100.7"]);
  });

  test("is let in again where somebody is found to read there, or spared where they are known", () => {
    using edge = new SimulatedDefence();
    edge.tick({
      note: (notes) => {
        notes.wish("unban", "198.51.100.7");
        notes.wish("spare", "198.51.100.8");
        named(notes);
      },
    });
    expect([edge.letIn, edge.spared]).toEqual([["198.51.100.7"], ["198.51.100.8"]]);
  });

  test("is not, in a dry run, while an operator insists on calm, or where the defence is off", () => {
    for (const mode of ["shadow", "off"] as const) {
      using edge = new SimulatedDefence({ mode });
      edge.tick({ note: named });
      expect(edge.banned).toEqual([]);
    }
    using edge = new SimulatedDefence();
    edge.defence.force({ mode: "calm", seconds: 10 });
    edge.tick({ note: named });
    expect(edge.banned).toEqual([]);
  });

  test("stands in no line of the log", () => {
    using edge = new SimulatedDefence();
    edge.run(2_000, () => ({ ...flooded(), note: named }));
    expect(JSON.stringify(edge.lines)).not.toContain("198.51.100");
  });
});

test("a dry run works everything out and says so", () => {
  using edge = new SimulatedDefence({ mode: "shadow" });
  edge.run(2_000, flooded);
  expect(edge.facts).toMatchObject({ mode: "guarded", dry_run: true });
  expect(edge.activeRules).toBeGreaterThan(0);
});

test("incidents of the watch's name the rules that belong to them", () => {
  using edge = new SimulatedDefence();
  edge.run(2_000, flooded);
  const [rule] = edge.defence.rules;
  edge.defence.linkIncident({ id: "incident-1", rules: [rule?.id ?? ""] });
  expect(edge.facts.rules[0]?.incident).toBe("incident-1");
});
