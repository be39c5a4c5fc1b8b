/** The way of readers' requests to the protected site: what is kept, who waits for what, the gate, the judge. One for each worker. */
import type { Clock } from "../../base/clock.ts";
import type { Config } from "../../config/settings.ts";
import { Addresses } from "../cache/addresses.ts";
import { CookieNames } from "../cache/cookie-names.ts";
import { OriginCache } from "../cache/origin-cache.ts";
import type { StoringLimits } from "../cache/storing.ts";
import { type GateOptions, OriginGate } from "../gate/gate.ts";
import type { OriginJudge } from "../judging/origin-judge.ts";
import type { Lane } from "../lane/lane.ts";
import type { Lanes } from "../lane/lanes.ts";
import type { Outcome } from "./fetched.ts";

export interface WayLimits extends StoringLimits {
  /** Longer answers are judged by their copy alone, or pass as they come. */
  readonly judgeBytesMax: number;
  /** After which an earlier answer is better than none. */
  readonly slowMs: number;
}

export interface OriginWay {
  readonly lane: Lane;
  readonly gate: OriginGate;
  readonly judge: OriginJudge;
  readonly cache: OriginCache;
  /** On their way to the origin, by the key under which their answer would be kept. */
  readonly fetches: Map<string, Promise<Outcome>>;
  readonly addresses: Addresses;
  /** Their owners get pages of their own. */
  readonly personal: CookieNames;
  readonly limits: WayLimits;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
}

export interface WayTools {
  readonly workers: number;
  readonly judge: () => OriginJudge;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
}

/** Undefined where nothing is protected. */
export function originWayOf(config: Config, lanes: Lanes, tools: WayTools): OriginWay | undefined {
  const { origin } = config;
  const lane = origin.url === "" ? undefined : lanes.get("portal");
  if (lane === undefined) return undefined;
  const { workers, judge, clock, monotonicMs } = tools;
  return {
    lane,
    gate: gateBefore(lane, config, { clock, monotonicMs }),
    judge: judge(),
    cache: new OriginCache(Math.floor(origin.cache_bytes / 2 / workers)),
    fetches: new Map(),
    addresses: new Addresses(),
    personal: new CookieNames(origin.personal_cookies),
    limits: {
      judgeBytesMax: origin.judge_bytes_max,
      slowMs: origin.slow_s * 1000,
      defaultFreshS: origin.default_fresh_s,
      staleS: origin.stale_s,
      staleIfErrorS: origin.stale_if_error_s,
    },
    clock,
    monotonicMs,
  };
}

function gateBefore(
  lane: Lane,
  { origin, "site.portal": { hosts } }: Config,
  time: Pick<GateOptions, "clock" | "monotonicMs">,
): OriginGate {
  const site = {
    host: hosts[0] ?? "localhost",
    scheme: lane.options.address.tls ? "https" : "http",
  } as const;
  const limits = { queueMax: origin.queue_max, queueMs: origin.queue_s * 1000 };
  return new OriginGate({ ...time, ...limits, lane, site });
}
