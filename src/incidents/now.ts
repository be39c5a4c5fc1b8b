/** How the site stands this moment and since when, told from the last minutes of traffic. Pure: words are src/incidents/words/. */
import type { Traffic } from "../bus/facts.ts";

export type Now =
  | { readonly state: "the watch is silent" }
  /** No edge has told the watch anything for a while; null: not since the watch or the studio was started. */
  | { readonly state: "the edge is silent"; readonly sinceMs: number | null }
  | Heard;

export interface Heard {
  readonly state: "readable" | "on guard" | "under attack" | "drill" | "losing pages";
  readonly sinceMs: number;
  /** It may have begun earlier than what is remembered. */
  readonly isOlder: boolean;
  /** Nobody asked for a page. */
  readonly isAlone: boolean;
  /** 99 of 100 readers wait less; of the worst second. */
  readonly waitMs: number;
  /** Share of readers' requests that were not served in time. */
  readonly lost: number;
}

/** Without a word for so long, somebody is taken to be silent. */
export const silentAfterMs = 5_000;
/** What a state is told from: long enough that one slow second is not the site's state. */
const windowS = 10;
/** A hundredth lost is what makes an outcome "degraded" too (outcome.ts); of very few readers it says nothing. */
const losing = { share: 0.01, requests: 2 } as const;

/** `seconds`: oldest first. */
export function nowOf(
  seconds: readonly Traffic[],
  nowMs: number,
): Exclude<Now, { state: "the watch is silent" }> {
  const last = seconds.length - 1;
  const lastMs = timeOf(seconds[last]);
  if (lastMs === null || nowMs - lastMs >= silentAfterMs)
    return { state: "the edge is silent", sinceMs: lastMs };
  const view = viewAt(seconds, last);
  let first = last;
  while (first > 0 && !isGap(seconds, first) && viewAt(seconds, first - 1).state === view.state) first -= 1;
  return { ...view, sinceMs: timeOf(seconds[first]) ?? lastMs, isOlder: first === 0 };
}

/** How it looked to somebody in that second. */
function viewAt(seconds: readonly Traffic[], at: number): Omit<Heard, "sinceMs" | "isOlder"> {
  const window = seconds.slice(Math.max(0, at - windowS + 1), at + 1);
  const requests = window.reduce((sum, { readers }) => sum + readers.requests, 0);
  const missed = window.reduce((sum, { readers }) => sum + readers.requests - readers.served, 0);
  const lost = requests === 0 ? 0 : missed / requests;
  return {
    state: lost > losing.share && missed >= losing.requests ? "losing pages" : threatOf(seconds[at]),
    isAlone: requests === 0,
    waitMs: Math.max(...window.map(({ readers }) => readers.p99_ms)),
    lost,
  };
}

/** An attack is what the watch has an incident of: a mode alone may be a precaution, or somebody's order. */
function threatOf(second: Traffic | undefined): "readable" | "on guard" | "under attack" | "drill" {
  if (second === undefined || second.mode === "calm") return "readable";
  if (second.incidents_open > 0) return "under attack";
  return second.drill ? "drill" : "on guard";
}

function isGap(seconds: readonly Traffic[], at: number): boolean {
  return (timeOf(seconds[at]) ?? 0) - (timeOf(seconds[at - 1]) ?? 0) >= silentAfterMs;
}

function timeOf(second: Traffic | undefined): number | null {
  return second === undefined ? null : Date.parse(second.at);
}

export const windows = { "ten seconds": 10, minute: 60, "ten minutes": 600 } as const;
export type Window = keyof typeof windows;
/** From the shortest to the longest. */
export const windowNames = Object.keys(windows) as readonly Window[];

/** Averages by second over the last so many; the wait is the worst second's. */
export interface Figures {
  readonly requests: number;
  readonly refused: number;
  readonly failed: number;
  readonly waitMs: number;
}

/** Null where nothing was heard in that time. */
export function figuresOf(seconds: readonly Traffic[], window: Window, nowMs: number): Figures | null {
  const heard = seconds.filter(({ at }) => Date.parse(at) > nowMs - windows[window] * 1_000);
  if (heard.length === 0) return null;
  const average = (of: (second: Traffic) => number): number =>
    heard.reduce((sum, second) => sum + of(second), 0) / heard.length;
  return {
    requests: average(({ requests }) => requests),
    refused: average(({ refused }) => refused),
    failed: average(({ failed }) => failed),
    waitMs: Math.max(...heard.map(({ readers }) => readers.p99_ms)),
  };
}
