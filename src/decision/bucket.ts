/** A token bucket: a burst at once, then a steady rate. Pure; the caller brings the time. */

export interface BucketLimits {
  /** Tokens that come back each second. */
  readonly rate: number;
  /** Tokens in a full bucket. */
  readonly burst: number;
}

export interface Bucket {
  tokens: number;
  /** When `tokens` was right, ms since 1970. */
  atMs: number;
}

export function fullBucket({ burst }: BucketLimits, nowMs: number): Bucket {
  return { tokens: burst, atMs: nowMs };
}

/** Takes one token where there is one. A clock that went backwards gives nothing and takes nothing. */
export function takeToken(bucket: Bucket, { rate, burst }: BucketLimits, nowMs: number): boolean {
  const elapsedMs = Math.max(0, nowMs - bucket.atMs);
  const tokens = Math.min(burst, bucket.tokens + (elapsedMs * rate) / 1000);
  bucket.atMs = nowMs;
  if (tokens < 1) {
    bucket.tokens = tokens;
    return false;
  }
  bucket.tokens = tokens - 1;
  return true;
}

/** Whole seconds, at least one, until there is a token again if nobody takes one before. */
export function retryAfterS(bucket: Bucket, { rate }: BucketLimits): number {
  return Math.max(1, Math.ceil((1 - bucket.tokens) / rate));
}
