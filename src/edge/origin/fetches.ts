/**
 * Equal requests for what everybody gets: the first one asks the origin, whoever asks meanwhile waits for the same answer, whichever worker they
 * came to. What comes of it is kept, here and for the others.
 */
import { messageOf } from "../../base/errors.ts";
import type { Target } from "../cache/addresses.ts";
import { KeptAnswer } from "../cache/kept.ts";
import { type OriginCache, variantKey } from "../cache/origin-cache.ts";
import { fingerprintOf, type Seen } from "../cache/parameters.ts";
import { sharedBytes, type Stored } from "../cache/stored.ts";
import type { LaneFault } from "../lane/passage.ts";
import type { Errand } from "./errand.ts";
import { fetchForAll } from "./fetch.ts";
import type { Fetched, Outcome } from "./fetched.ts";

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
  /** That was given to the reader already. */
  readonly isBackground?: boolean;
}

/** For so long nobody tries again whether an answer can be kept. */
const passedMs = 60_000;

/** Somebody asks the origin for it already. */
export function isUnderWay({ exchange, way }: Errand, address: string): boolean {
  return way.fetches.has(way.cache.keyFor(address, exchange.request.headers));
}

export function fetchAndKeep(errand: Errand, missing: Missing): Shared {
  const { fetches, cache } = errand.way;
  const key = cache.keyFor(missing.address, errand.exchange.request.headers);
  const running = fetches.get(key);
  if (running !== undefined) return { outcome: running, isFirst: false };
  const outcome = fetchOrWait(errand, { ...missing, key })
    .catch((thrown: unknown) => failed(errand, key, thrown))
    .finally(() => fetches.delete(key));
  fetches.set(key, outcome);
  return { outcome, isFirst: true };
}

/** Not the origin's fault; nobody may wait for it for good. */
function failed({ state, way }: Errand, key: string, thrown: unknown): Outcome {
  state.log.error("an answer of the origin's could not be dealt with", { reason: messageOf(thrown) });
  way.sharing.empty(key);
  return { kind: "fault", fault: "broken" };
}

/** What other workers have of it, and this one hasn't: true where there was something, which it has now. Nobody asks the origin for it. */
export async function hadElsewhere(
  { exchange, way }: Errand,
  { address, before }: Missing,
): Promise<boolean> {
  const { cache, sharing } = way;
  const key = cache.keyFor(address, exchange.request.headers);
  const stored = await sharing.look(key, before?.about.freshUntilMs ?? 0);
  if (stored !== undefined) adopt(key, stored, cache);
  return stored !== undefined;
}

interface Place extends Missing {
  /** Under which it would be kept, as far as is known before. */
  readonly key: string;
}

/** Another worker may have it, or be asking for it: the main thread knows. */
async function fetchOrWait(errand: Errand, place: Place): Promise<Outcome> {
  const { cache, sharing } = errand.way;
  const { key, before } = place;
  const reply = await sharing.may(key, before?.about.freshUntilMs ?? 0);
  switch (reply.kind) {
    case "found":
      return adopt(key, reply.stored, cache);
    case "nothing":
      if (reply.fault !== undefined) return { kind: "fault", fault: reply.fault };
      return await fetchHere(errand, place, sharing.purged.count);
    case "leave": {
      const found = reply.stored?.kind === "answer" ? cache.keep(key, reply.stored) : undefined;
      return await fetchHere(errand, { ...place, before: before ?? found }, reply.purges);
    }
  }
}

function adopt(key: string, stored: Stored, cache: OriginCache): Outcome {
  if (stored.kind === "answer") return { kind: "kept", kept: cache.keep(key, stored) };
  cache.mark(key, stored);
  return stored;
}

/** `purges`: how many there had been when it was asked for. */
async function fetchHere(errand: Errand, place: Place, purges: number): Promise<Outcome> {
  const { exchange, way } = errand;
  const { addresses, cache, sharing } = way;
  const { mode } = errand.state;
  const host = addresses.hostOf(exchange, mode);
  const asked = {
    method: "GET",
    ...addresses.targetOf(exchange, mode),
    isStaff: false,
    exchange,
  };
  const { address, before, isBackground = false } = place;
  const varies = cache.namesAt(address);
  const fetched = await fetchForAll({ asked, host, varies, before, isBackground, way });
  const stored = storedOf(fetched, place, errand);
  const isOutdated = sharing.purged.hasSince(purges, stored);
  if (stored.length === 0) sharing.empty(place.key, faultOf(fetched));
  else sharing.filled({ key: place.key, stored, purges, seen: seenIn(fetched, asked, errand) });
  let kept: KeptAnswer | undefined;
  for (const [key, one] of stored) {
    if (one.kind === "answer") kept = isOutdated ? new KeptAnswer(key, one) : cache.keep(key, one);
    else if (!isOutdated) cache.mark(key, one);
  }
  if (fetched.kind !== "stored") return fetched;
  return kept === undefined ? { kind: "passed", isLong: false } : { kind: "kept", kept };
}

/** What may be learned from it of parameters: only in calm, when readers ask. */
function seenIn(fetched: Fetched, { path, query }: Target, { state }: Errand): Seen | undefined {
  if (fetched.kind !== "stored" || query === undefined || state.mode !== "calm") return undefined;
  const { status, body } = fetched.stored;
  return status === 200 ? { path, query, fingerprint: fingerprintOf(body, query) } : undefined;
}

/** The origin failed: whoever waits is spared the question. */
function faultOf(fetched: Fetched): LaneFault | undefined {
  if (fetched.kind === "fault") return fetched.fault;
  return fetched.kind === "ready" && fetched.isFailure ? "broken" : undefined;
}

/** What is to be known of it from now on, by key. */
function storedOf(fetched: Fetched, { address, key }: Place, { exchange, way }: Errand): [string, Stored][] {
  switch (fetched.kind) {
    case "stored": {
      const { varies, stored } = fetched;
      const answer = { ...stored, body: sharedBytes(stored.body) };
      if (varies.length === 0) return [[address, answer]];
      const variant = variantKey(address, varies, exchange.request.headers);
      return [
        [address, { kind: "varies", names: varies }],
        [variant, answer],
      ];
    }
    case "varies":
      return [[address, fetched]];
    case "alone":
    case "stream": {
      const untilMs = way.clock.nowMs() + passedMs;
      return [[key, { kind: "passed", untilMs, isLong: fetched.kind === "stream" }]];
    }
    default:
      return [];
  }
}
