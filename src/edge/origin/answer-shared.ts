/** What everybody gets at an address: what is kept, as long as it may be; then what the origin says, once for all who ask meanwhile. */
import { answerError } from "../answer-error.ts";
import { sendPassed, WaitingClient } from "../answer-lane.ts";
import type { WholeAnswer } from "../cache/answer-forms.ts";
import type { KeptAnswer } from "../cache/kept.ts";
import { sendAnswer } from "../cache/send-answer.ts";
import type { ErrorAnswer } from "../errors.ts";
import { meetGate } from "../gates/meet-gate.ts";
import { isPressed } from "../gates/pressed.ts";
import { sendLeft } from "../gone/send-left.ts";
import { answerCopy } from "../lite/answer-copy.ts";
import { answerOnlyReading } from "../lite/only-reading.ts";
import { next, type Verdict } from "../outcome.ts";
import { answerAlone, long, whole } from "./answer-alone.ts";
import { answerFault, answerReady } from "./answer-ready.ts";
import { isUsual } from "./asking.ts";
import type { Errand } from "./errand.ts";
import type { Outcome } from "./fetched.ts";
import { fetchAndKeep, hadElsewhere, isUnderWay } from "./fetches.ts";
import { waitFor } from "./patience.ts";
import { giveUp } from "./take.ts";

const malformed: ErrorAnswer = { status: 400, close: true };
/** Fields on which an answer depends are learned one answer at a time; more rounds are no site's. */
const roundsMax = 3;

/** A promise only where something has to be waited for. */
export function answerShared(errand: Errand, round = 1): Verdict | Promise<Verdict> {
  const { exchange, way, state } = errand;
  const isFlooded = state.mode !== "calm";
  const { headers } = exchange.request;
  const address = way.addresses.of(exchange, state.mode);
  const found = way.cache.find(address, headers);
  if (found?.kind === "answer") {
    if (exchange.atMs < found.about.freshUntilMs) return give(errand, found);
    const { staleUntilMs, errorUntilMs } = found.about;
    if (exchange.atMs >= (isFlooded ? errorUntilMs : staleUntilMs))
      return answerFetched(errand, { address, before: found, round });
    fetchAndKeep(errand, { address, before: found, isBackground: true });
    return give(errand, found);
  }
  if (found?.kind === "passed" && exchange.atMs < found.untilMs) return answerAlone(errand, found);
  const isOwn = headers.has("cookie") && way.cache.namesAt(address).includes("cookie");
  // Whoever comes with a flood gets what all get.
  if (isOwn || round > roundsMax || !(isFlooded || isUsual(headers))) return answerAlone(errand, whole);
  return answerFetched(errand, { address, before: undefined, round });
}

/** Again. */
function give(errand: Errand, kept: KeptAnswer): Verdict | Promise<Verdict> {
  if (kept.grow(errand.exchange.atMs)) errand.way.sharing.used(kept.key);
  return send(errand, kept);
}

function send(errand: Errand, kept: KeptAnswer): Verdict | Promise<Verdict> {
  const { exchange, way, state } = errand;
  way.judge.shown(kept.about, true);
  const lite =
    state.service === "normal"
      ? undefined
      : answerCopy(errand, {
          of: kept,
          page: way.addresses.keptTarget(exchange, state.mode),
          answer: kept.about,
          body: () => kept.bytes(),
        });
  if (lite !== undefined) return lite;
  const { awaySinceMs: sinceMs } = way.gate;
  if (sinceMs !== undefined) {
    const answer = async (): Promise<WholeAnswer> => ({ ...kept.about, body: await kept.bytes() });
    return sendLeft(exchange, { of: kept, answer, sinceMs }, state);
  }
  const sent = sendAnswer(exchange, kept, state);
  // It has another form now.
  if (sent instanceof Promise) void sent.then(() => way.cache.weigh(kept));
  return sent;
}

interface Missing {
  readonly address: string;
  /** Too old to be given out without asking. */
  readonly before: KeptAnswer | undefined;
  readonly round: number;
}

async function answerFetched(errand: Errand, missing: Missing): Promise<Verdict> {
  const { exchange, way, state } = errand;
  const { before, round } = missing;
  const isWaiting = isUnderWay(errand, missing.address);
  // What any worker keeps goes before what would hold a reader back.
  if (!isWaiting && isHeldBack(errand) && (await hadElsewhere(errand, missing)))
    return await answerShared(errand, round + 1);
  const spare = before !== undefined && exchange.atMs < before.about.errorUntilMs ? before : undefined;
  // What was kept goes before a page to wait at; who only waits for another's answer asks for nothing.
  const kept = spare === undefined ? undefined : () => give(errand, spare);
  const met = isWaiting
    ? undefined
    : ((await answerOnlyReading(errand, kept)) ?? (await meetGate(errand, kept)));
  if (met !== undefined) return met;
  const { outcome, isFirst } = fetchAndKeep(errand, missing);
  const slow = spare === undefined ? {} : { slowMs: way.limits.slowMs };
  const come = await waitFor(outcome, { exchange, state, ...slow });
  if (spare !== undefined && (come === "slow" || isFailure(come))) return await give(errand, spare);
  return come === "slow" ? next : await answerOutcome(errand, { come, isFirst, round });
}

function isHeldBack(errand: Errand): boolean {
  return errand.state.service === "read-only" || isPressed(errand);
}

function isFailure(outcome: Outcome): boolean {
  return outcome.kind === "fault" || (outcome.kind === "ready" && outcome.isFailure);
}

interface Come {
  readonly come: Outcome;
  /** Whoever asked first gets what is for one alone. */
  readonly isFirst: boolean;
  readonly round: number;
}

async function answerOutcome(errand: Errand, { come, isFirst, round }: Come): Promise<Verdict> {
  switch (come.kind) {
    case "kept":
      return isFor(errand, come.kept) ? await send(errand, come.kept) : await answerShared(errand, round + 1);
    case "passed":
      return await answerAlone(errand, come);
    case "ready": {
      const copy = come.isFailure ? await errand.way.judge.copy(errand) : undefined;
      return await answerReady(errand, copy ?? come.ready);
    }
    case "alone":
      return isFirst && !hasOwn(errand)
        ? await answerReady(errand, come.ready)
        : await answerAlone(errand, whole);
    case "stream":
      return await answerStream(errand, come, isFirst);
    case "varies":
      return await answerShared(errand, round + 1);
    case "malformed":
      return await answerError(errand.exchange, malformed, errand.state);
    case "fault":
      return await answerFault(errand, come.fault);
  }
}

async function answerStream(
  errand: Errand,
  come: Extract<Outcome, { readonly kind: "stream" }>,
  isFirst: boolean,
): Promise<Verdict> {
  const { exchange, state } = errand;
  if (isFirst && !hasOwn(errand) && errand.method === "GET") {
    come.client.handTo(new WaitingClient(exchange, state));
    return sendPassed(exchange, come.answer, { headers: come.headers, provenance: "uncertain" });
  }
  if (isFirst) giveUp(come.answer);
  return await answerAlone(errand, long);
}

/** Who waited for the same address may want another form of it: that is known only now. */
function isFor({ exchange, way, state }: Errand, { key }: KeptAnswer): boolean {
  return way.cache.keyFor(way.addresses.of(exchange, state.mode), exchange.request.headers) === key;
}

/** It said more than was asked for everybody. */
function hasOwn({ exchange: { request } }: Errand): boolean {
  return request.headers.has("cookie") || request.headers.has("range");
}
