/**
 * The way of one request to the protected site. Who works on it goes straight through. Readers get what is kept, at once; what is not is asked for
 * once for all of them, judged before its first byte leaves, and kept. Where the origin fails or is slow: what was kept, the approved copy, words.
 */
import { answerError } from "../answer-error.ts";
import { answerLane, sendPassed, WaitingClient } from "../answer-lane.ts";
import { targetText } from "../cache/addresses.ts";
import type { KeptAnswer } from "../cache/kept.ts";
import { sendAnswer } from "../cache/send-answer.ts";
import type { ErrorAnswer } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { next, type Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { type Alone, answerAlone } from "./answer-alone.ts";
import { answerReady } from "./answer-ready.ts";
import { isUsual } from "./asking.ts";
import type { Outcome } from "./fetched.ts";
import { fetchAndKeep } from "./fetches.ts";
import { waitFor } from "./patience.ts";
import type { Asked } from "./asked.ts";
import { giveUp } from "./take.ts";
import type { OriginWay } from "./way.ts";

const malformed: ErrorAnswer = { status: 400, close: true };
/** Fields on which an answer depends are learned one answer at a time; more than two rounds are no site's. */
const roundsMax = 3;
/** RFC 9110, section 9.2.1. */
const safeMethods = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);
const whole: Alone = { isLong: false };
const long: Alone = { isLong: true };

/** A promise only where something has to be waited for: what is kept goes out at once. */
export function answerOrigin(
  exchange: Exchange,
  way: OriginWay,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const { method, path, query, request } = exchange;
  const isStaff = way.judge.staff.has({ path, headers: request.headers });
  if (isStaff) return answerStaff(exchange, way, state);
  const asked: Asked = { method, path, query, isStaff, exchange };
  const instead = way.judge.instead(asked);
  if (instead !== undefined) return instead.then((ready) => answerReady(exchange, ready, way, state));
  if (method !== "GET" && method !== "HEAD") return answerWork(asked, way, state);
  return isPersonal(exchange, way) ? answerAlone(asked, whole, way, state) : answerShared(asked, way, state);
}

/** Who works on the site: never kept, never judged. */
async function answerStaff(exchange: Exchange, way: OriginWay, state: EdgeState): Promise<Verdict> {
  const verdict = await answerLane(exchange, way.lane, state, {
    pass: (request) => way.gate.pass(request, true),
    provenance: "dynamic",
  });
  const { path, request, response } = exchange;
  if (response !== undefined) way.judge.holdBackSignIns(response.headers, { path, headers: request.headers });
  invalidate(exchange, way);
  return verdict;
}

/** More than reading: judged as any page, kept for nobody. */
async function answerWork(asked: Asked, way: OriginWay, state: EdgeState): Promise<Verdict> {
  const verdict = await answerAlone(asked, whole, way, state);
  invalidate(asked.exchange, way);
  return verdict;
}

/** What it changed is forgotten (RFC 9111, section 4.4). */
function invalidate({ method, path, query, status, response }: Exchange, { cache }: OriginWay): void {
  if (safeMethods.has(method) || status === 0 || status >= 400) return;
  const named = ["location", "content-location"].map((name) => pathOf(response?.headers.get(name)));
  for (const address of [targetText({ path, query }), ...named]) {
    if (address !== undefined) cache.purge({ kind: "address", address });
  }
}

/** Also of another site's address: at worst the origin is asked once more. */
function pathOf(url: string | null | undefined): string | undefined {
  const parsed = url === null || url === undefined ? null : URL.parse(url, "http://origin");
  return parsed === null ? undefined : parsed.pathname + parsed.search;
}

function isPersonal({ request }: Exchange, { personal }: OriginWay): boolean {
  const cookies = request.headers.get("cookie");
  return cookies !== null && personal.areIn(cookies);
}

function answerShared(asked: Asked, way: OriginWay, state: EdgeState, round = 1): Verdict | Promise<Verdict> {
  const { exchange } = asked;
  const { headers } = exchange.request;
  const address = way.addresses.of(exchange);
  const found = way.cache.find(address, headers);
  if (found?.kind === "answer") {
    if (exchange.atMs < found.about.freshUntilMs) return give(exchange, found, way, state);
    if (exchange.atMs < found.about.staleUntilMs) {
      fetchAndKeep(asked, { address, before: found }, way);
      return give(exchange, found, way, state);
    }
    return answerFetched(asked, { address, before: found, round }, way, state);
  }
  if (found?.kind === "passed" && exchange.atMs < found.untilMs) return answerAlone(asked, found, way, state);
  const names = way.cache.namesAt(address);
  const isOwn = names.includes("cookie") && headers.has("cookie");
  if (isOwn || round > roundsMax || !isUsual(headers)) return answerAlone(asked, whole, way, state);
  return answerFetched(asked, { address, before: undefined, round }, way, state);
}

/** What is kept. */
function give(
  exchange: Exchange,
  kept: KeptAnswer,
  way: OriginWay,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  kept.grow(exchange.atMs);
  way.judge.shown(kept.about);
  return sendKept(exchange, kept, way, state);
}

function sendKept(
  exchange: Exchange,
  kept: KeptAnswer,
  way: OriginWay,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const sent = sendAnswer(exchange, kept, state);
  if (sent instanceof Promise) void sent.then(() => way.cache.weigh(kept));
  return sent;
}

interface Missing {
  readonly address: string;
  /** Too old to be given out without asking. */
  readonly before: KeptAnswer | undefined;
  readonly round: number;
}

async function answerFetched(
  asked: Asked,
  missing: Missing,
  way: OriginWay,
  state: EdgeState,
): Promise<Verdict> {
  const { exchange } = asked;
  const { before } = missing;
  const spare = before !== undefined && exchange.atMs < before.about.errorUntilMs ? before : undefined;
  const { outcome, isFirst } = fetchAndKeep(asked, missing, way);
  const slow = spare === undefined ? {} : { slowMs: way.limits.slowMs };
  const come = await waitFor(outcome, { exchange, state, ...slow });
  if (spare !== undefined && (come === "slow" || isFailure(come)))
    return await give(exchange, spare, way, state);
  return come === "slow"
    ? next
    : await answerOutcome(asked, { come, isFirst, round: missing.round }, way, state);
}

function isFailure(outcome: Outcome): boolean {
  return outcome.kind === "fault" || (outcome.kind === "ready" && outcome.isFailure);
}

async function answerOutcome(
  asked: Asked,
  { come, isFirst, round }: { readonly come: Outcome; readonly isFirst: boolean; readonly round: number },
  way: OriginWay,
  state: EdgeState,
): Promise<Verdict> {
  const { exchange } = asked;
  switch (come.kind) {
    case "kept":
      way.judge.shown(come.kept.about);
      return await sendKept(exchange, come.kept, way, state);
    case "ready": {
      const copy = come.isFailure ? await way.judge.copy(asked) : undefined;
      return await answerReady(exchange, copy ?? come.ready, way, state);
    }
    case "alone":
      return isFirst && !hasOwn(exchange)
        ? await answerReady(exchange, come.ready, way, state)
        : await answerAlone(asked, whole, way, state);
    case "stream": {
      if (!isFirst || hasOwn(exchange) || asked.method === "HEAD") {
        if (isFirst) giveUp(come.answer);
        return await answerAlone(asked, long, way, state);
      }
      come.client.handTo(new WaitingClient(exchange, state));
      return sendPassed(exchange, come.answer, { headers: come.headers, provenance: "uncertain" });
    }
    case "varies":
      return await answerShared(asked, way, state, round + 1);
    case "malformed":
      return await answerError(exchange, malformed, state);
    case "fault": {
      const copy = await way.judge.copy(asked);
      return copy === undefined
        ? await answerError(exchange, way.lane.options.errors[come.fault], state)
        : await answerReady(exchange, copy, way, state);
    }
  }
}

/** It said more than was asked for everybody. */
function hasOwn({ request: { headers } }: Exchange): boolean {
  return headers.has("cookie") || headers.has("range");
}
