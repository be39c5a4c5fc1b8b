/** An edge that only says of its defence what a test has it say, and takes orders as the real one does; on a bus that is there already. */
import { rfc3339 } from "../../src/base/clock.ts";
import type { Bus } from "../../src/bus/bus.ts";
import type { DefenceFacts, RuleFacts } from "../../src/bus/facts.ts";
import { endings } from "../../src/decision/signatures/rule.ts";
import { actingRule } from "../observations.ts";

export interface FakeEdge extends Disposable {
  facts: DefenceFacts;
  /** What it was asked for, as subject and question. */
  readonly orders: readonly (readonly [subject: string, ask: unknown])[];
  /** Tells its facts with these changes. */
  tell(changes?: Partial<DefenceFacts>): void;
}

const quiet: Omit<DefenceFacts, "at"> = {
  edge: "edge-1",
  mode: "calm",
  volume: false,
  composition: false,
  health: false,
  reason: "nothing speaks for more than calm",
  forced: null,
  frozen: false,
  dry_run: false,
  requests_per_s: 24,
  usual_per_s: 20,
  known_readers: { requests: 20, served: 20 },
  rules: [],
  ladder: { slow: 0, refuse: 0, close: 0, kernel: 0 },
  held: 0,
  kernel: { state: "on", banned: 0 },
  countries: [
    { code: "MA", requests: 18, refused: 0 },
    { code: "FR", requests: 6, refused: 0 },
  ],
};

/** A calm edge's. */
export function fakeFacts(nowMs: number): DefenceFacts {
  return { ...quiet, at: rfc3339(nowMs) };
}

/** Answers on `bus`, which is the edge's own end. */
export function fakeEdge(bus: Bus, nowMs: () => number): FakeEdge {
  const orders: [string, unknown][] = [];
  const edge: FakeEdge = {
    facts: fakeFacts(nowMs()),
    orders,
    tell(changes = {}) {
      edge.facts = { ...edge.facts, ...changes, at: rfc3339(nowMs()) };
      bus.publish("defence", edge.facts);
    },
    [Symbol.dispose]: () => ends.forEach((end) => end()),
  };
  const change = (changes: Partial<DefenceFacts>) => {
    edge.facts = { ...edge.facts, ...changes };
    return { defence: edge.facts };
  };
  const switchRule = (id: string, state: RuleFacts["state"], ended: string | null) => {
    const rules = edge.facts.rules.map((each) => (each.id === id ? { ...each, state, ended } : each));
    change({ rules });
    return { rule: rules.find((each) => each.id === id) ?? null };
  };
  const ends = [
    bus.respond("edge.defence", () => ({ defence: edge.facts })),
    bus.respond("edge.defence.freeze", (ask) => {
      orders.push(["freeze", ask]);
      return change(ask);
    }),
    bus.respond("edge.defence.force", (ask) => {
      orders.push(["force", ask]);
      const until = rfc3339(nowMs() + ask.seconds * 1_000);
      return change(
        ask.mode === "auto" ? { forced: null } : { mode: ask.mode, forced: { mode: ask.mode, until } },
      );
    }),
    bus.respond("edge.defence.undo", () => {
      orders.push(["undo", {}]);
      return { ...change({ rules: [] }), rules: edge.facts.rules.length };
    }),
    bus.respond("edge.rules.list", () => ({ rules: edge.facts.rules })),
    bus.respond("edge.rules.enable", ({ id }) => switchRule(id, "active", null)),
    bus.respond("edge.rules.disable", ({ id }) => switchRule(id, "expired", endings.off)),
  ];
  return edge;
}

/** Against the flood of 31 July 2011. */
export const floodRule = actingRule({
  id: "01K0RULE000000000000000000",
  action: "drop",
  coverage: 0.973,
  collateral: 0.0004,
  created_at: "2011-07-31T14:05:01.000Z",
  expires_at: "2011-07-31T14:15:01.000Z",
  matched: 12_400,
  refused: 12_345,
});

/** In the middle of it. */
export const underFlood: Partial<DefenceFacts> = {
  mode: "siege",
  volume: true,
  composition: true,
  reason: "volume and composition",
  requests_per_s: 3_012,
  usual_per_s: 24,
  known_readers: { requests: 240, served: 240 },
  rules: [floodRule],
  ladder: { slow: 12, refuse: 310, close: 1_204, kernel: 980 },
  held: 412,
  kernel: { state: "on", banned: 980 },
  sockets: {
    open: 9_120,
    opened_per_s: 4_100,
    silent_per_s: 4_000,
    slow_ended: 40,
    hoarded_ended: 5,
    left: 0,
    slow_named: 2,
    silent_named: 1_200,
  },
  countries: [
    { code: "SA", requests: 2_700, refused: 2_690 },
    { code: "MA", requests: 200, refused: 4 },
    { code: "EG", requests: 80, refused: 80 },
    { code: "ZZ", requests: 32, refused: 10 },
  ],
};
