/**
 * How this site's usual readers fare, whoever else is there: each kind of client is given the weight that it has in the baseline's mix
 * (direct standardisation), so that a flood can't hide what it does to them. Of one kind no more requests are taken for readers' than a
 * very good hour brings.
 */
import type { Baseline } from "./baseline.ts";
import { highFactor } from "./flood-signs.ts";
import { bucketEndMs } from "./latency.ts";
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

export function readersFare(traffic: Traffic, baseline: Baseline, lagMs: number): ReadersFare {
  const limitMs = Math.max(timesUsual * baseline.p99_ms, unnoticedMs);
  const latency: number[] = [];
  let requests = 0;
  let served = 0;
  for (const [name, kind] of traffic.kinds) {
    const allowed = highFactor * baseline.rate_per_s * (baseline.kinds.shares[name] ?? 0) * traffic.seconds;
    const taken = Math.min(kind.requests, allowed) / Math.max(1, kind.requests);
    const inTime = kind.latency.reduce(
      (sum, count, bucket) => (bucketEndMs(bucket) + lagMs <= limitMs ? sum + count : sum),
      0,
    );
    requests += taken * kind.requests;
    served += taken * kind.served * (inTime / Math.max(1, kind.requests));
    kind.latency.forEach((count, bucket) => (latency[bucket] = (latency[bucket] ?? 0) + taken * count));
  }
  return { requests, served, latency: Array.from(latency, (count) => count ?? 0) };
}
