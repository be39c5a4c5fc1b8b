/**
 * How this site's usual readers fare, whoever else is there: each kind of client is given the weight that it has in the baseline's mix
 * (direct standardisation), so that a flood can't hide what it does to them. Of one kind no more requests are taken for readers' than a
 * very good hour brings.
 */
import type { Baseline } from "./baseline.ts";
import { highFactor } from "./flood-signs.ts";
import { bucketEndMs, latencyBucket, latencyBuckets } from "./latency.ts";
import type { Traffic } from "./traffic.ts";

export interface ReadersFare {
  /** Requests taken for usual readers'; not whole. */
  readonly requests: number;
  /** Of these, served within the usual time × 3. */
  readonly served: number;
  /** Of these, by bucket (latency.ts); not whole. */
  readonly latency: readonly number[];
}

/** How much longer than usual a reader's answer may take. */
const timesUsual = 3;
/** Nobody notices less than this, whatever is usual (Miller, "Response time in man-computer conversational transactions", 1968). */
const unnoticedMs = 100;

/** `lagMs`: the longest time for which a worker did not look up; who came meanwhile counts as having waited all of it. */
export function readersFare(traffic: Traffic, baseline: Baseline, lagMs: number): ReadersFare {
  const limitMs = Math.max(timesUsual * baseline.p99_ms, unnoticedMs);
  const stalled = Math.min(1, lagMs / 1_000 / traffic.seconds);
  const latency = new Float64Array(latencyBuckets);
  let requests = 0;
  let served = 0;
  for (const [name, kind] of traffic.kinds) {
    if (kind.requests === 0) continue;
    const allowed = highFactor * baseline.rate_per_s * (baseline.kinds.shares[name] ?? 0) * traffic.seconds;
    const taken = Math.min(1, allowed / kind.requests);
    const waits = withStall(kind.latency, stalled, lagMs);
    const inTime = waits.reduce(
      (sum, count, bucket) => (bucketEndMs(bucket) <= limitMs ? sum + count : sum),
      0,
    );
    requests += taken * kind.requests;
    served += taken * kind.served * (inTime / kind.requests);
    waits.forEach((count, bucket) => (latency[bucket] = (latency[bucket] ?? 0) + taken * count));
  }
  return { requests, served, latency: Array.from(latency) };
}

function withStall(latency: readonly number[], stalled: number, lagMs: number): Float64Array {
  const waits = new Float64Array(latencyBuckets);
  latency.forEach((count, bucket) => {
    const later = latencyBucket(bucketEndMs(bucket) + lagMs);
    waits[bucket] = (waits[bucket] ?? 0) + (1 - stalled) * count;
    waits[later] = (waits[later] ?? 0) + stalled * count;
  });
  return waits;
}
