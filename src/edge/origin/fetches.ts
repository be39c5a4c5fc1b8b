/** Equal requests that are on their way to the origin: whoever asks for the same meanwhile waits for the same answer. */
import type { KeptAnswer } from "../cache/kept.ts";
import { variantKey } from "../cache/origin-cache.ts";
import { fetchForAll } from "./fetch.ts";
import type { Fetched, Outcome } from "./fetched.ts";
import type { Errand } from "./errand.ts";
import type { OriginWay } from "./way.ts";

export interface Shared {
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
  /** Whoever asked first gets what is for one alone. */
  readonly isFirst: boolean;
}

export interface Missing {
  readonly address: string;
  /** What is kept, and may still hold. */
  readonly before: KeptAnswer | undefined;
}

/** For so long nobody tries again whether an answer can be kept. */
const passedMs = 60_000;

export function fetchAndKeep(errand: Errand, missing: Missing): Shared {
  const { fetches, cache } = errand.way;
  const key = cache.keyFor(missing.address, errand.exchange.request.headers);
  const running = fetches.get(key);
  if (running !== undefined) return { outcome: running, isFirst: false };
  const outcome = fetchFor(errand, missing, key).finally(() => fetches.delete(key));
  fetches.set(key, outcome);
  return { outcome, isFirst: true };
}

async function fetchFor(errand: Errand, { address, before }: Missing, key: string): Promise<Outcome> {
  const { exchange, way } = errand;
  const { addresses, cache, clock } = way;
  const asked = { method: "GET", ...addresses.targetOf(exchange), isStaff: false, exchange };
  const fetched = await fetchForAll({ asked, varies: cache.namesAt(address), before, way });
  switch (fetched.kind) {
    case "stored":
      return { kind: "kept", kept: keep(fetched, { address, headers: exchange.request.headers }, way) };
    case "varies":
      cache.mark(address, fetched);
      return fetched;
    case "alone":
    case "stream":
      cache.mark(key, {
        kind: "passed",
        untilMs: clock.nowMs() + passedMs,
        isLong: fetched.kind === "stream",
      });
      return fetched;
    default:
      return fetched;
  }
}

function keep(
  { stored, varies }: Extract<Fetched, { readonly kind: "stored" }>,
  { address, headers }: { readonly address: string; readonly headers: Headers },
  { cache }: OriginWay,
): KeptAnswer {
  if (varies.length === 0) return cache.keep(address, stored);
  cache.mark(address, { kind: "varies", names: varies });
  return cache.keep(variantKey(address, varies, headers), stored);
}
