// What Prometheus is told of a protected site and of alerts.
import { expect, test } from "bun:test";
import { findingAt, stateAt } from "../../test/origin-facts.ts";
import { AlertMetrics } from "./alert-metrics.ts";
import { MetricSet } from "./metric-set.ts";
import { OriginMetrics } from "./origin-metrics.ts";

test("findings count once, however often they are told; states are what was said last", async () => {
  const set = new MetricSet();
  const metrics = new OriginMetrics(set);
  for (let times = 0; times < 3; times += 1) metrics.finding(findingAt(0));
  metrics.finding(findingAt(0, { id: "another", verdict: "question", held: false }));
  metrics.state(stateAt(0, { site: "held", held_pages: 3 }));
  metrics.state(stateAt(0, { shown: { judged: 7, uncertain: 1, copies: 5, cached: 9 } }));
  const text = await set.registry.metrics();
  expect(text).toContain('kasbah_origin_findings_total{edge="edge-1",verdict="alarm",held="true"} 1');
  expect(text).toContain('kasbah_origin_findings_total{edge="edge-1",verdict="question",held="false"} 1');
  expect(text).toContain('kasbah_origin_site{edge="edge-1",site="held"} 0');
  expect(text).toContain('kasbah_origin_site{edge="edge-1",site="live"} 1');
  expect(text).toContain('kasbah_origin_shown{edge="edge-1",what="copies"} 5');
  expect(text).toContain('kasbah_origin_baseline_pages{edge="edge-1"} 40');
});

test("what could not be delivered shows", async () => {
  const set = new MetricSet();
  const channel = "webhook hooks.example.org 3f9a";
  new AlertMetrics(set).state([
    { channel, sent: 1, failed: 30, waiting: 2, dead: 1, error: "it answered 500" },
  ]);
  const text = await set.registry.metrics();
  expect(text).toContain(`kasbah_alerts_undelivered{channel="${channel}",state="given up"} 1`);
  expect(text).toContain(`kasbah_alerts_failed{channel="${channel}"} 30`);
});
