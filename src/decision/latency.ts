/** Durations in a fixed array of buckets, two to an octave: quantiles within a half more, from 16 µs to about a minute. */

export const latencyBuckets = 44;

const firstOctave = 4;

/** Bucket of a duration in ms. */
export function latencyBucket(ms: number): number {
  const us = ms * 1_000;
  // Above 2^31 µs the integer tricks below end; negative and NaN count as nothing.
  if (!(us >= 16)) return 0;
  if (us >= 2 ** 26) return latencyBuckets - 1;
  const octave = 31 - Math.clz32(us);
  return (octave - firstOctave) * 2 + ((us >>> (octave - 1)) & 1);
}

/** Where a bucket ends, ms: what a quantile that falls into it is reported as. */
export function bucketEndMs(bucket: number): number {
  const octave = 2 ** (firstOctave + (bucket >> 1));
  return ((bucket & 1) === 0 ? octave * 1.5 : octave * 2) / 1_000;
}

/** `counts[bucket]` requests each; 0 where there are none. `quantile` in (0, 1]. */
export function quantileMs(counts: ArrayLike<number>, quantile: number): number {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let left = total * quantile;
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    left -= counts[bucket] ?? 0;
    if (left <= 0) return bucketEndMs(bucket);
  }
  return bucketEndMs(counts.length - 1);
}
