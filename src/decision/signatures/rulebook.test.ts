// The life of a rule: tried before it acts, judged each second, withdrawn as soon as it harms, gone when nothing needs it.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { floods, manyFaces, plainReaders } from "../../../test/synthetic-floods.ts";
import { bare, key, many, reader, type Request, sampleOf } from "../../../test/synthetic-traffic.ts";
import { seededRandom } from "../../base/random.ts";
import type { Term } from "../requests/trait.ts";
import { Peace } from "./peace.ts";
import type { RuleReport } from "./reports.ts";
import type { Rule } from "./rule.ts";
import { type Proposal, Rulebook, type RulebookInput, type RuleChange, rulesMax } from "./rulebook.ts";
import { Window } from "./window.ts";

const startMs = 1_700_000_000_000;
const ceiling = 0.02;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** An edge's rulebook under simulated time. */
class Scene {
  readonly peace = Peace.start(key);
  readonly window = new Window(key, 8);
  readonly book: Rulebook;
  nowMs = startMs;
  #ids = 0;

  constructor() {
    this.book = new Rulebook({ ceiling, newId: () => `rule ${(this.#ids += 1)}` });
  }

  /** One tick of 100 ms, in which these came. */
  tick(requests: readonly Request[], more: Partial<RulebookInput> = {}): RuleChange[] {
    this.nowMs += 100;
    this.window.add(sampleOf(requests), this.nowMs);
    return this.book.step({
      window: this.window,
      peace: this.peace,
      excess: requests.length * 10,
      mode: "guarded",
      frozen: false,
      reports: new Map(),
      nowMs: this.nowMs,
      ...more,
    });
  }

  ticks(count: number, requests: readonly Request[], more: Partial<RulebookInput> = {}): RuleChange[] {
    return many(count, () => ({})).flatMap(() => this.tick(requests, more));
  }

  /** Time in which nothing comes. */
  quiet(forMs: number, more: Partial<RulebookInput> = {}): RuleChange[] {
    this.nowMs += forMs - 100;
    return this.tick([], { mode: "calm", ...more });
  }

  get now(): Pick<RulebookInput, "peace" | "window" | "nowMs"> {
    return { peace: this.peace, window: this.window, nowMs: this.nowMs };
  }

  get live(): readonly Rule[] {
    return this.book.list().filter(({ state }) => state !== "expired");
  }
}

const flood = many(200, () => bare);
/** One request from each source: nothing tells it but that it says nothing of itself. */
const scattered = many(200, () => ({ ...bare, pace: "0" }));
const proposal: Proposal = {
  terms: [
    { trait: "method", value: "POST" },
    { trait: "pace", value: "8" },
    { trait: "shared", value: "one" },
  ],
  action: "deny",
  seconds: 120,
  by: "operator",
};

describe("a rule of the edge's own", () => {
  test("is made with the first search, acts after 200 ms of live traffic, and within a second of onset", () => {
    const scene = new Scene();
    const [made] = scene.tick(flood);
    expect(made?.kind).toBe("proposed");
    expect(made?.rule.state).toBe("shadow");
    expect(scene.tick(flood)).toEqual([]);
    const [acts] = scene.tick(flood);
    expect(acts).toMatchObject({ kind: "activated", rule: { state: "active", by: "edge", action: "drop" } });
    expect(scene.nowMs - startMs).toBeLessThanOrEqual(1_000);
    expect(scene.book.coverage()).toBeGreaterThan(0.9);
  });

  test("only waits in calm", () => {
    const scene = new Scene();
    scene.ticks(20, flood, { mode: "calm" });
    expect(scene.live.map(({ state }) => state)).toEqual(["shadow"]);
    expect(scene.tick(flood)[0]?.kind).toBe("activated");
  });

  test("goes a minute after nothing matched it any more, and says why", () => {
    const scene = new Scene();
    scene.ticks(5, flood);
    expect(scene.quiet(59_000)).toEqual([]);
    const [gone] = scene.quiet(2_000);
    expect(gone).toMatchObject({ kind: "expired", rule: { ended: "nothing matched it for a minute" } });
    expect(scene.live).toEqual([]);
    expect(scene.book.coverage()).toBe(0);
  });

  test("stays while workers report that it matches", () => {
    const scene = new Scene();
    scene.ticks(5, flood);
    const reports = new Map([["rule 1", report(5, {})]]);
    for (let at = 0; at < 4; at += 1) scene.quiet(40_000, { reports });
    expect(scene.live[0]).toMatchObject({ state: "active", matched: 20, refused: 5 * 4 });
  });

  test("is tried anew after an hour", () => {
    const scene = new Scene();
    scene.ticks(5, flood);
    const reports = new Map([["rule 1", report(5, {})]]);
    const changes = many(130, () => ({})).flatMap(() => scene.quiet(30_000, { reports, mode: "guarded" }));
    expect(changes.map(({ kind }) => kind)).toEqual(["retried"]);
    expect(scene.live.map(({ state }) => state)).toEqual(["shadow"]);
    expect(scene.ticks(5, flood).map(({ kind }) => kind)).toContain("activated");
  });

  test("is refused at most where readers may be among it, and handed to the kernel where none resembles it", () => {
    const actionFor = (name: string): string | undefined => {
      const scene = new Scene();
      scene.ticks(3, floods[name]?.(seededRandom(1), 300) ?? []);
      return scene.live[0]?.action;
    };
    expect(actionFor("one country, nothing but Host")).toBe("drop");
    expect(actionFor("complete browser headers at 8/s")).toBe("deny");
  });
});

describe("harm", () => {
  test("a rule that hits readers in good standing is withdrawn at once, also when frozen, and doesn't come back for ten minutes", () => {
    for (const frozen of [false, true]) {
      const scene = new Scene();
      scene.ticks(5, scattered);
      const reports = new Map([["rule 1", report(100, { MA: [30, 5], phone: [30, 0] })]]);
      const [gone] = scene.tick(scattered, { reports, frozen });
      expect(gone).toMatchObject({
        kind: "withdrawn",
        rule: { ended: "it hit 16.7 % of known readers (MA)" },
      });
      expect(scene.ticks(50, scattered)).toEqual([]);
      scene.quiet(10 * minuteMs);
      expect(scene.tick(scattered)[0]?.kind).toBe("proposed");
    }
  });

  test("it stays while those whom it spares are many", () => {
    const scene = new Scene();
    scene.ticks(5, flood);
    const reports = new Map([["rule 1", report(100, { MA: [400, 1] })]]);
    expect(scene.tick(flood, { reports })).toEqual([]);
    expect(scene.live[0]?.seen).toEqual({ share: 0.0025, group: "MA" });
  });

  test("the same for rules over the bus: one that would harm is turned down, with the reason", () => {
    const scene = new Scene();
    scene.tick([reader]);
    const objectionTo = (terms: Proposal["terms"]): string =>
      objection(scene.book.add({ ...proposal, terms }, scene.now));
    expect(objectionTo([{ trait: "country", value: "SA" }])).toContain(
      "none of its terms is something that clients do",
    );
    expect(objectionTo([{ trait: "accept", value: "page" }])).toContain("of a group of readers");
    expect(objectionTo([{ trait: "headers", value: "accept" }])).toContain("nobody has seen yet");
    expect(objectionTo([{ trait: "wealth", value: "none" }])).toContain("names no trait");
    expect(objectionTo([{ trait: "pace", value: "much" }])).toContain("no number");
  });

  test("one that harms is withdrawn whoever made it", () => {
    const scene = new Scene();
    scene.tick([reader]);
    scene.book.add(proposal, scene.now);
    const reports = new Map([["rule 1", report(3, { phone: [3, 3] })]]);
    expect(scene.tick([reader], { reports })[0]?.kind).toBe("withdrawn");
    expect(objection(scene.book.add(proposal, scene.now))).toContain("harmed readers");
    expect(scene.book.enable("rule 1", scene.nowMs)).toBeUndefined();
  });

  test("adding readers in good standing who match withdraws any rule", () => {
    const group = fc.constantFrom("phone", "MA", "ar-MA", "64500");
    fc.assert(
      fc.property(
        group,
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom(...Object.keys(floods)),
        (name, matched, kind) => {
          const scene = new Scene();
          const requests = floods[kind]?.(seededRandom(2), 200) ?? [];
          scene.ticks(4, requests);
          const reports = new Map(
            scene.live.map(({ id }) => [id, report(1, { [name]: [matched, matched] })]),
          );
          scene.tick(requests, { reports });
          expect(scene.live).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("over the bus, and by hand", () => {
  test("a rule acts after its trial also in calm, for its seconds and no longer", () => {
    const scene = new Scene();
    scene.tick([reader]);
    expect(scene.book.add(proposal, scene.now)).toHaveProperty("rule.state", "shadow");
    expect(scene.ticks(3, [reader], { mode: "calm", excess: 0 }).map(({ kind }) => kind)).toEqual([
      "activated",
    ]);
    const reports = new Map([["rule 1", report(5, {})]]);
    const [gone] = scene.quiet(121_000, { reports });
    expect(gone).toMatchObject({ kind: "expired", rule: { ended: "its time was over" } });
  });

  test("none is handed to the kernel that readers resemble", () => {
    const scene = new Scene();
    const terms: Term[] = [
      { trait: "pace", value: "4" },
      { trait: "shared", value: "one" },
      { trait: "program", value: "chrome" },
    ];
    expect(scene.book.add({ ...proposal, action: "drop", terms }, scene.now)).toHaveProperty(
      "rule.action",
      "deny",
    );
  });

  test("one that was switched off stays away for ten minutes, and comes back when somebody wants it", () => {
    const scene = new Scene();
    scene.ticks(5, flood);
    expect(scene.book.disable("rule 1", "by hand", scene.nowMs)).toMatchObject({
      state: "expired",
      ended: "by hand",
    });
    expect(scene.ticks(20, flood)).toEqual([]);
    expect(scene.book.enable("rule 1", scene.nowMs)).toMatchObject({ state: "shadow", ended: undefined });
    expect(scene.ticks(3, flood).map(({ kind }) => kind)).toEqual(["activated"]);
  });

  test("undo takes back the edge's rules, and only those", () => {
    const scene = new Scene();
    scene.book.add(proposal, scene.now);
    scene.ticks(5, flood);
    expect(scene.book.undo(scene.nowMs).map(({ by }) => by)).toEqual(["edge"]);
    expect(scene.live.map(({ by }) => by)).toEqual(["operator"]);
    expect(scene.ticks(20, flood)).toEqual([]);
  });

  test("frozen, none comes and none goes", () => {
    const scene = new Scene();
    expect(scene.ticks(5, flood, { frozen: true })).toEqual([]);
    scene.ticks(5, flood);
    expect(scene.quiet(hourMs, { frozen: true })).toEqual([]);
    expect(scene.live).toHaveLength(1);
  });
});

describe("limits", () => {
  test("at most 32 rules live; the one that covers least gives way to one that covers more", () => {
    const scene = new Scene();
    for (let at = 0; at < rulesMax + 20; at += 1) {
      const agents = many(200, () => ({
        ...bare,
        program: "tool",
        agent: `tool ${at}`,
        accept: "any",
        country: `A${"ABCDEFGHIJ"[at % 10]}`,
      }));
      scene.ticks(3, agents);
    }
    expect(scene.live.length).toBeLessThanOrEqual(rulesMax);
    const bus = many(40, () => ({})).map((_, at) =>
      scene.book.add(
        { ...proposal, terms: [...proposal.terms, { trait: "path", value: `/${at}` }] },
        scene.now,
      ),
    );
    expect(objection(bus.at(-1))).toContain("32 rules");
    expect(scene.book.list().length).toBeLessThanOrEqual(rulesMax * 2);
  });

  test("slow rules are for sieges, and end with them", () => {
    const scene = new Scene();
    // One in fifty requests of people sends a form to what lies behind.
    const rush = many(200, () => ({ ...reader, method: "POST", place: "passed-on" }));
    expect(scene.ticks(5, rush)).toEqual([]);
    const [made] = scene.ticks(3, rush, { mode: "siege" });
    expect(made?.rule.action).toBe("slow");
    expect(scene.tick(rush)).toMatchObject([{ kind: "expired", rule: { ended: "the siege is over" } }]);
  });
});

test("before a siege nothing is slowed but haste without an end that fetches no part of any page", () => {
  const scene = new Scene();
  const faces = manyFaces["rotating agents with complete headers"]?.(seededRandom(4), 200) ?? [];
  const [made] = scene.ticks(3, faces, { mode: "calm" });
  expect(made).toMatchObject({ kind: "proposed", rule: { action: "slow" } });
  scene.ticks(3, faces);
  expect(scene.live.map(({ state }) => state)).toEqual(["active"]);
  scene.quiet(61_000);
  expect(scene.live).toEqual([]);
});

test("readers behind a flood's addresses, who seem as hasty as it, aren't slowed for being left over", () => {
  const scene = new Scene();
  const readers = many(40, () => ({ ...reader, shared: "few", pace: "8" }));
  const bots = many(160, () => ({ ...bare, shared: "few", pace: "8" }));
  scene.ticks(20, [...bots, ...readers]);
  scene.ticks(10, [...bots, ...readers], { mode: "siege" });
  expect(scene.live.map(({ action, state }) => `${action} ${state}`)).toEqual(["drop active"]);
});

test("readers beside the flood are matched by none of the rules that a mixed flood makes", () => {
  const scene = new Scene();
  const random = seededRandom(5);
  for (let at = 0; at < 20; at += 1) {
    const mixed = Object.values(floods).flatMap((one) => one(random, 20));
    scene.tick([...mixed, ...plainReaders(random, 10)]);
  }
  const readers = plainReaders(random, 500);
  const hit = scene.live.filter(({ terms }) =>
    readers.some((one) => terms.every((term) => holds(one, term))),
  );
  expect(hit).toEqual([]);
  expect(scene.live.length).toBeGreaterThan(3);
});

function holds(request: Request, { trait, value }: Term): boolean {
  const found = request[trait] ?? "none";
  return ["pace", "queries", "misses"].includes(trait) ? Number(found) >= Number(value) : found === value;
}

/** `known`: by group, requests of readers in good standing and what matched of them. */
function report(matched: number, known: Readonly<Record<string, readonly [number, number]>>): RuleReport {
  const groups = Object.entries(known).map(
    ([group, [requests, hit]]) => [group, { requests, matched: hit }] as const,
  );
  return { matched, refused: matched, known: new Map(groups) };
}

function objection(added: ReturnType<Rulebook["add"]> | undefined): string {
  return added !== undefined && "objection" in added ? added.objection : "";
}
