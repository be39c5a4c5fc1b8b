// What Prometheus hears of an edge's defence: figures and states with few labels, and nothing of who asked for what.
import { expect, test } from "bun:test";
import { fakeFacts, floodRule, underFlood } from "../../test/studio/fake-edge.ts";
import type { DefenceFacts } from "../bus/facts.ts";
import { DefenceMetrics } from "./defence-metrics.ts";
import { MetricSet } from "./metric-set.ts";

const start = Date.parse("2011-07-31T14:05:30Z");

function house() {
  const set = new MetricSet();
  const metrics = new DefenceMetrics(set);
  return {
    tell: (facts: Partial<DefenceFacts>, atS = 0) =>
      metrics.defence({ ...fakeFacts(start + atS * 1_000), ...facts }),
    lines: async () => (await set.registry.metrics()).split("\n").filter((line) => !line.startsWith("#")),
  };
}

test("an edge under a flood: mode, signs, rules, ladder, kernel, readers", async () => {
  const { tell, lines } = house();
  tell({
    ...underFlood,
    rules: [
      { ...floodRule, seen_worst: 0.002 },
      { ...floodRule, id: "tried", state: "shadow", seen_worst: 0.5 },
    ],
  });
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'kasbah_edge_mode{edge="edge-1",mode="siege"} 1',
      'kasbah_edge_mode{edge="edge-1",mode="calm"} 0',
      'kasbah_defence_sign{edge="edge-1",sign="volume"} 1',
      'kasbah_defence_sign{edge="edge-1",sign="health"} 0',
      'kasbah_defence_order{edge="edge-1",order="dry-run"} 0',
      'kasbah_rules{edge="edge-1",state="active"} 1',
      'kasbah_rules{edge="edge-1",state="shadow"} 1',
      'kasbah_rules_harm_worst{edge="edge-1"} 0.002',
      'kasbah_ladder_addresses{edge="edge-1",step="close"} 1204',
      'kasbah_refusals_held{edge="edge-1"} 412',
      'kasbah_kernel_state{edge="edge-1",state="on"} 1',
      'kasbah_kernel_banned{edge="edge-1"} 980',
      'kasbah_defence_requests_per_second{edge="edge-1"} 3012',
      'kasbah_defence_usual_requests_per_second{edge="edge-1"} 24',
      'kasbah_known_readers_requests{edge="edge-1",answer="served"} 240',
    ]),
  );
});

test("what is done about connections: sums go on where an edge begins anew", async () => {
  const { tell, lines } = house();
  const deeds = { open: 9_000, opened_per_s: 4_100, silent_per_s: 4_000, left: 3 };
  const sums = { slow_ended: 40, hoarded_ended: 5, slow_named: 2, silent_named: 1_200 };
  tell({ sockets: { ...deeds, ...sums } });
  tell({ sockets: { ...deeds, ...sums, slow_ended: 50 } });
  tell({ sockets: { ...deeds, slow_ended: 1, hoarded_ended: 0, slow_named: 0, silent_named: 0 } });
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'kasbah_connections_open{edge="edge-1"} 9000',
      'kasbah_connections_opened_per_second{edge="edge-1",by="silent"} 4000',
      'kasbah_connections_left{edge="edge-1"} 3',
      'kasbah_connections_ended_total{edge="edge-1",why="slow"} 51',
      'kasbah_connections_ended_total{edge="edge-1",why="hoarded"} 5',
      'kasbah_connections_named_total{edge="edge-1",why="silent"} 1200',
    ]),
  );
});

test("what rules refused is a counter: once each, also when a rule goes, comes or starts anew", async () => {
  const { tell, lines } = house();
  const refused = async (action: string) =>
    Number(
      (await lines())
        .find((line) => line.startsWith(`kasbah_rule_refused_total{edge="edge-1",action="${action}"}`))
        ?.split(" ")[1],
    );
  const rule = (count: number) => ({ ...floodRule, refused: count });
  for (const rules of [
    [rule(100)],
    [rule(100)],
    [rule(150)],
    [rule(10)],
    [],
    [{ ...rule(5), id: "other", action: "deny" as const }],
  ])
    tell({ rules });
  expect([await refused("drop"), await refused("deny"), await refused("slow")]).toEqual([160, 5, 0]);
});

test("the mode's last change keeps its time until the next one", async () => {
  const { tell, lines } = house();
  const changed = async () =>
    (await lines()).find((line) => line.startsWith("kasbah_edge_mode_changed"))?.split(" ")[1];
  tell({}, 0);
  tell({ mode: "guarded" }, 5);
  tell({ mode: "guarded" }, 6);
  expect(Number(await changed())).toBe(start / 1_000 + 5);
});

test("labels are bounded, and hold neither address nor words of a request", async () => {
  const { tell, lines } = house();
  for (let at = 0; at < 100; at += 1) {
    const rules = [{ ...floodRule, id: `rule ${at}`, description: "from 127.10.3.4 /secret" }];
    tell({ ...underFlood, edge: `edge-${at}`, rules });
  }
  const all = await lines();
  expect(new Set(all.map((line) => /edge="([^"]+)"/.exec(line)?.[1]).filter(Boolean)).size).toBe(64);
  expect(all.join("\n")).not.toMatch(/127\.10|secret|rule \d|SA/);
});
