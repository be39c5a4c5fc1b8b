/** The way of readers' requests to the protected site: what is kept, who waits for what, the gate, the judge. One for each worker. */
import type { Clock } from "../../base/clock.ts";
import { listenAddress } from "../../base/network.ts";
import type { Config } from "../../config/settings.ts";
import { Addresses } from "../cache/addresses.ts";
import type { CacheAsk } from "../cache/cache-messages.ts";
import { CookieNames } from "../cookie-names.ts";
import type { KeptKeys } from "../cache/kept-keys.ts";
import { OriginCache } from "../cache/origin-cache.ts";
import { Sharing } from "../cache/sharing.ts";
import type { StoringLimits } from "../cache/storing.ts";
import type { OriginGate } from "../gate/gate.ts";
import type { OriginJudge } from "../judging/origin-judge.ts";
import type { Lane } from "../lane/lane.ts";
import type { Outcome } from "./fetched.ts";
import { Purgers } from "./purgers.ts";

export interface WayLimits extends StoringLimits {
  /** Longer answers are judged by their copy alone, or pass as they come. */
  readonly judgeBytesMax: number;
  /** After which an earlier answer is better than none. */
  readonly slowMs: number;
}

/** Made elsewhere. */
export interface WayParts {
  readonly lane: Lane;
  /** In front of the lane. */
  readonly gate: OriginGate;
  /** Behind it: whether an answer goes out. */
  readonly judge: OriginJudge;
  /** To the main thread. */
  readonly tellCache: (asked: CacheAsk) => void;
  /** Of what the main thread keeps for all. */
  readonly keptKeys: KeptKeys;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
}

export interface OriginWay extends WayParts {
  readonly cache: OriginCache;
  readonly sharing: Sharing;
  /** On their way to the origin, by the key under which their answer would be kept. */
  readonly fetches: Map<string, Promise<Outcome>>;
  readonly addresses: Addresses;
  /** Their owners get pages of their own. */
  readonly personal: CookieNames;
  readonly purgers: Purgers;
  readonly limits: WayLimits;
}

/** Of HTTP and HTTPS: what stands before an edge may listen there. */
const standardPorts = [80, 443];

function portsOf({ listen, https_port: httpsPort }: Config["edge"]): number[] {
  const named = httpsPort === 0 ? standardPorts : [...standardPorts, httpsPort];
  return [...named, ...listen.map((each) => listenAddress(each).port)];
}

export function originWayOf(
  { origin, edge }: Config,
  { workers, ...parts }: WayParts & { readonly workers: number },
): OriginWay {
  return {
    ...parts,
    cache: new OriginCache(Math.floor(origin.cache_bytes / 2 / workers)),
    sharing: new Sharing({ tell: parts.tellCache, keptKeys: parts.keptKeys, monotonicMs: parts.monotonicMs }),
    fetches: new Map(),
    addresses: new Addresses(portsOf(edge)),
    personal: new CookieNames(origin.personal_cookies),
    purgers: new Purgers(origin),
    limits: {
      judgeBytesMax: origin.judge_bytes_max,
      slowMs: origin.slow_s * 1000,
      defaultFreshS: origin.default_fresh_s,
      staleS: origin.stale_s,
      staleIfErrorS: origin.stale_if_error_s,
    },
  };
}
