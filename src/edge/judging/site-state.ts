/**
 * How the protected site is treated, as one value that events change: live, or held to approved copies; which single pages are held meanwhile, and
 * when the edge looks at them again. Pure: time is handed in.
 */

/** A known page that an alarm was read on: its copy is shown until the edge has read it right several times. */
export interface HeldPage {
  readonly sinceMs: number;
  /** Readings in a row that were no alarm and no question. */
  readonly right: number;
  /** Looks so far, and when the next one is due. */
  readonly looks: number;
  readonly nextMs: number;
}

export interface SiteState {
  readonly site: "live" | "held";
  readonly sinceMs: number;
  readonly by: "edge" | "operator";
  readonly reason: string;
  /** By address. */
  readonly pages: ReadonlyMap<string, HeldPage>;
  /** When alarms were read lately, oldest first. */
  readonly alarmsMs: readonly number[];
  /** Ms since 1970; 0: nobody is working on the site. */
  readonly workingUntilMs: number;
  /** The front page is to be read, because something elsewhere was an alarm; and when it last was, for that reason. */
  readonly isFrontDue: boolean;
  readonly frontLookedMs: number;
  /** When a service worker was last seen planted; 0: never. */
  readonly workerSeenMs: number;
}

export interface SeenReading {
  readonly address: string;
  readonly verdict: "vouched" | "uncertain" | "question" | "alarm";
  readonly isKnown: boolean;
  readonly isReread: boolean;
  readonly plantsWorker: boolean;
}

/** The first alarm and two that confirm it; each is a load of its own. */
const alarmsMin = 3;
const confirmedWithinMs = 60_000;
/** Readings in a row after which a page is live again, and how far apart they are. */
const rightMin = 3;
const rightEveryMs = 2_000;
/** From one look at a held page to the next, while it is not right. */
const looksAfterMs = [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** More pages than that, and it is the site. */
const pagesMax = 1_000;
/** How long browsers are told to forget a service worker after it was last seen: who reads once a day is reached. */
const clearForMs = 36 * 3_600_000;
const frontPage = "/";
const lookedAnewAfterMs = 10_000;

export function newSite(nowMs: number): SiteState {
  return {
    site: "live",
    sinceMs: nowMs,
    by: "edge",
    reason: "",
    pages: new Map(),
    alarmsMs: [],
    workingUntilMs: 0,
    isFrontDue: false,
    frontLookedMs: 0,
    workerSeenMs: 0,
  };
}

export function afterReading(state: SiteState, reading: SeenReading, nowMs: number): SiteState {
  const seen = reading.plantsWorker ? { ...state, workerSeenMs: nowMs } : state;
  if (seen.site === "held") return seen;
  if (reading.verdict === "alarm") return afterAlarm(seen, reading, nowMs);
  return reading.isReread ? afterLook(seen, reading, nowMs) : seen;
}

export function hold(state: SiteState, by: SiteState["by"], reason: string, nowMs: number): SiteState {
  if (state.site === "held" && (state.by === by || by === "edge")) return state;
  const sinceMs = state.site === "held" ? state.sinceMs : nowMs;
  return { ...state, site: "held", sinceMs, by, reason, pages: new Map(), alarmsMs: [] };
}

export function release(state: SiteState, nowMs: number): SiteState {
  return {
    ...newSite(nowMs),
    by: "operator",
    workingUntilMs: state.workingUntilMs,
    workerSeenMs: state.workerSeenMs,
  };
}

/** `untilMs` 0: nobody works on it any more. */
export function working(state: SiteState, untilMs: number): SiteState {
  return { ...state, workingUntilMs: untilMs };
}

/** Pages that are to be read now, and the state in which they have been asked for. */
export function dueLooks(
  state: SiteState,
  nowMs: number,
): { readonly state: SiteState; readonly addresses: readonly string[] } {
  const due = [...state.pages].filter(([, { nextMs }]) => nextMs <= nowMs);
  if (due.length === 0 && !state.isFrontDue) return { state, addresses: [] };
  const pages = new Map([
    ...state.pages,
    ...due.map(([address, page]) => [address, afterAsking(page, nowMs)] as const),
  ]);
  const front = state.isFrontDue ? [frontPage] : [];
  const frontLookedMs = state.isFrontDue ? nowMs : state.frontLookedMs;
  return {
    state: { ...state, pages, isFrontDue: false, frontLookedMs },
    addresses: [...new Set([...due.map(([address]) => address), ...front])],
  };
}

/** Somebody has said that they are working on the site. */
export function isWorkedOn({ workingUntilMs }: SiteState, nowMs: number): boolean {
  return nowMs < workingUntilMs;
}

/** Browsers are to forget what the site stored in them, because a service worker was seen lately. */
export function clearsStorage({ workerSeenMs }: SiteState, nowMs: number): boolean {
  return workerSeenMs > 0 && nowMs < workerSeenMs + clearForMs;
}

/**
 * Only what stands at a known address counts towards holding the site: anybody can have a site say "hacked by" at an address that they make up. Such
 * an alarm makes the edge look at the front page itself.
 */
function afterAlarm(state: SiteState, { address, isKnown, isReread }: SeenReading, nowMs: number): SiteState {
  if (!isKnown) return { ...state, isFrontDue: nowMs - state.frontLookedMs >= lookedAnewAfterMs };
  const alarmsMs = [...state.alarmsMs.filter((atMs) => nowMs - atMs < confirmedWithinMs), nowMs];
  const pages = withPage(state.pages, address, { isReread, nowMs });
  if (alarmsMs.length < alarmsMin && pages.size <= pagesMax) return { ...state, alarmsMs, pages };
  return hold(
    state,
    "edge",
    `${alarmsMs.length} readings contradict the approved pages, the last one at ${address}`,
    nowMs,
  );
}

function withPage(
  pages: SiteState["pages"],
  address: string,
  { isReread, nowMs }: { readonly isReread: boolean; readonly nowMs: number },
): SiteState["pages"] {
  const page = pages.get(address);
  if (page === undefined)
    return new Map([...pages, [address, { sinceMs: nowMs, right: 0, looks: 0, nextMs: nowMs }]]);
  return isReread ? new Map([...pages, [address, { ...page, right: 0 }]]) : pages;
}

function afterLook(state: SiteState, { address, verdict }: SeenReading, nowMs: number): SiteState {
  const page = state.pages.get(address);
  if (page === undefined) return state;
  const right = verdict === "question" ? 0 : page.right + 1;
  const pages = new Map(state.pages);
  if (right >= rightMin) pages.delete(address);
  else pages.set(address, { ...page, right, nextMs: right > 0 ? nowMs + rightEveryMs : page.nextMs });
  return { ...state, pages };
}

function afterAsking(page: HeldPage, nowMs: number): HeldPage {
  const waitMs = looksAfterMs[Math.min(page.looks, looksAfterMs.length - 1)] ?? 0;
  return { ...page, looks: page.looks + 1, nextMs: nowMs + waitMs };
}
