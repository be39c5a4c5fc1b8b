/**
 * How this site's usual readers fare, whoever else is there: what happens to each kind of client is weighed by its share in the
 * baseline, not by the requests that it makes now (direct standardisation), so that a flood can't hide what it does to them. Kinds that are
 * not there at the moment are taken to fare like the others of their class.
 */
import { type Baseline, usual, usualRate } from "./baseline.ts";
import { bucketEndMs, latencyBucket, latencyBuckets } from "./latency.ts";
import { highFactor } from "./modes/volume.ts";
import { type KindTraffic, marginal, type ProgramClass, programClass, type Traffic } from "./traffic.ts";
import { kindName, parseKind } from "./traits.ts";

export interface ReadersFare {
  /** Requests taken for usual readers': of each class no more than a very good hour brings. Not whole. */
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
/** So that a kind which the baseline has never seen counts for next to nothing, but counts where it is the only one. */
const unheardOf = 1e-6;

export interface Circumstances {
  /** The longest time for which a worker did not look up; who came meanwhile counts as having waited all of it. */
  readonly lagMs: number;
  /** Of usual readers' requests, the share that what refuses now is known to hit; undefined: whoever is refused may be a reader. */
  readonly harm?: number | undefined;
}

export function readersFare(
  traffic: Traffic,
  baseline: Baseline,
  { lagMs, harm }: Circumstances,
): ReadersFare {
  const limitMs = Math.max(timesUsual * baseline.p99_ms, unnoticedMs);
  const stall: Stall = { share: Math.min(1, lagMs / 1_000 / traffic.seconds), ms: lagMs };
  const usualShares = marginal(usual(baseline.kinds), (kind) =>
    programClass(parseKind(kind)?.agent ?? "other"),
  );
  const mostPerS = highFactor * usualRate(baseline, traffic.endMs);
  const latency = new Float64Array(latencyBuckets);
  let [requests, weight, inTime] = [0, 0, 0];
  for (const [name, kinds] of byClass(traffic)) {
    const share = usualShares.get(name) ?? 0;
    const fare = classFare(kinds, baseline, { stall, harm });
    const taken = Math.min(fare.requests, mostPerS * share * traffic.seconds);
    requests += taken;
    weight += share;
    inTime += share * fare.served(limitMs);
    fare.waits.forEach((part, bucket) => (latency[bucket] = (latency[bucket] ?? 0) + taken * part));
  }
  return { requests, served: weight === 0 ? 0 : (requests * inTime) / weight, latency: Array.from(latency) };
}

function byClass({ kinds }: Traffic): Map<ProgramClass, KindTraffic[]> {
  return Map.groupBy(
    kinds.values().filter(({ requests }) => requests > 0),
    ({ kind }) => programClass(kind.agent),
  );
}

interface Stall {
  /** Of the time. */
  readonly share: number;
  readonly ms: number;
}

/** Shares by bucket, and of what is served within so many ms; kinds weighed by the baseline. */
function classFare(
  kinds: readonly KindTraffic[],
  baseline: Baseline,
  { stall, harm }: { readonly stall: Stall; readonly harm: number | undefined },
) {
  const weights = kinds.map(({ kind }) => (baseline.kinds.shares[kindName(kind)] ?? 0) + unheardOf);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const fares = kinds.map((kind, at) => ({
    weight: (weights[at] ?? 0) / whole,
    served: servedShare(kind, harm),
    waits: withStall(kind.latency, stall).map((count) => count / kind.requests),
  }));
  return {
    requests: kinds.reduce((sum, { requests }) => sum + requests, 0),
    waits: Array.from({ length: latencyBuckets }, (_, bucket) =>
      fares.reduce((sum, { weight, waits }) => sum + weight * (waits[bucket] ?? 0), 0),
    ),
    served: (limitMs: number) =>
      fares.reduce(
        (sum, { weight, served, waits }) => sum + weight * served * shareWithin(waits, limitMs),
        0,
      ),
  };
}

/** Where it is known whom refusals hit, a kind's readers fare like those of it who were let in, but for that harm. */
function servedShare({ requests, served, refused }: KindTraffic, harm: number | undefined): number {
  if (harm === undefined) return served / requests;
  return (1 - harm) * (refused >= requests ? 1 : served / (requests - refused));
}

function shareWithin(waits: Float64Array, limitMs: number): number {
  return waits.reduce((sum, part, bucket) => (bucketEndMs(bucket) <= limitMs ? sum + part : sum), 0);
}

function withStall(latency: readonly number[], { share, ms }: Stall): Float64Array {
  const waits = new Float64Array(latencyBuckets);
  latency.forEach((count, bucket) => {
    const later = latencyBucket(bucketEndMs(bucket) + ms);
    waits[bucket] = (waits[bucket] ?? 0) + (1 - share) * count;
    waits[later] = (waits[later] ?? 0) + share * count;
  });
  return waits;
}
