// How much each edge serves, as Prometheus reads it.
import { expect, test } from "bun:test";
import { MetricSet } from "./metric-set.ts";
import { ServiceMetrics } from "./service-metrics.ts";

test("one level is 1, the others 0; text pages and refused work are told as the edge counts them", async () => {
  const set = new MetricSet();
  const told = { edge: "a", at: "2011-07-31T14:00:00Z", since: null, causes: [], ordered_until: null };
  new ServiceMetrics(set).service({ ...told, level: "read-only", texts: 12, work_refused: 3 });
  const text = await set.registry.metrics();
  for (const line of [
    'kasbah_edge_service{edge="a",service="normal"} 0',
    'kasbah_edge_service{edge="a",service="lite"} 0',
    'kasbah_edge_service{edge="a",service="read-only"} 1',
    'kasbah_edge_text_pages{edge="a"} 12',
    'kasbah_edge_work_refused{edge="a"} 3',
  ])
    expect(text).toContain(line);
});
