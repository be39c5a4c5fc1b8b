// Latency buckets: each duration lies in its bucket, quantiles are never too low and at most a half too high.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { bucketEndMs, latencyBucket, latencyBuckets, quantileMs } from "./latency.ts";

const duration = fc.double({ min: 0.016, max: 60_000, noNaN: true });

test("a duration lies between its bucket's ends", () => {
  fc.assert(
    fc.property(duration, (ms) => {
      const bucket = latencyBucket(ms);
      expect(bucketEndMs(bucket)).toBeGreaterThanOrEqual(Math.trunc(ms * 1_000) / 1_000);
      if (bucket > 0) expect(bucketEndMs(bucket - 1)).toBeLessThanOrEqual(ms);
    }),
  );
});

test("what is too short, too long or no number falls into the first or last bucket", () => {
  expect([0, -1, Number.NaN, 0.001].map(latencyBucket)).toEqual([0, 0, 0, 0]);
  expect([1e6, Number.POSITIVE_INFINITY].map(latencyBucket)).toEqual([
    latencyBuckets - 1,
    latencyBuckets - 1,
  ]);
});

test("quantiles are never too low and at most a half too high", () => {
  fc.assert(
    fc.property(
      fc.array(duration, { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (all, quantile) => {
        const counts = new Uint32Array(latencyBuckets);
        for (const ms of all) counts[latencyBucket(ms)] = (counts[latencyBucket(ms)] ?? 0) + 1;
        const truth = all.sort((a, b) => a - b)[Math.ceil(all.length * quantile - 1e-9) - 1] ?? 0;
        const estimate = quantileMs(counts, quantile);
        expect(estimate).toBeGreaterThanOrEqual(truth - 0.001);
        expect(estimate).toBeLessThanOrEqual(truth * 1.5 + 0.001);
      },
    ),
  );
});

test("no requests have no quantile", () => {
  expect(quantileMs(new Uint32Array(latencyBuckets), 0.99)).toBe(0);
});
