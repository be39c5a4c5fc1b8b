/**
 * Phase: may this client go on? Bans and buckets are src/decision/admission.ts, what its source did src/decision/sources/, what its request has
 * in common with a flood state.rules; refusals.ts puts the answer into words.
 */
import type { Client } from "../decision/admission.ts";
import type { Alike, Step } from "../decision/sources/ladder.ts";
import type { SourceRequest } from "../decision/sources/source-table.ts";
import type { Rule } from "../decision/signatures/rule.ts";
import type { Exchange } from "./exchange.ts";
import { foreseenOf } from "./foreseen.ts";
import type { Span } from "./holds.ts";
import { next, type Outcome, type Verdict } from "./outcome.ts";
import { claimOf, fingerprintOf, traitsOf } from "./request-traits.ts";
import type { EdgeState } from "./state.ts";
import type { KernelWish } from "./worker-notes.ts";

/** Nobody notices much of it, but a client that waits for each answer asks half as often. */
const slowMs: Span = { least: 250, most: 1_000 };
/** A reader who looks just like a flood that comes from the same address waits so long, and reads. */
const waitMs: Span = { least: 1_000, most: 3_000 };
/** In which the kernel is told; before that it would reset the connection instead of sending an answer. */
const unbanMs: Span = { least: 400, most: 600 };
/** Long enough that a flood of a few thousand is a few hundred requests a second; shorter than clients' patience ends. */
const closeMs: Span = { least: 2_000, most: 5_000 };

export function admit(exchange: Exchange, state: EdgeState): Verdict | Promise<Verdict> {
  const { client } = exchange;
  exchange.holder = state.signIn?.staff.holderOf(exchange);
  if (client === undefined || client.allowed || exchange.holder !== undefined) return next;
  const { admission, sources, refusals } = state;
  const { atMs: nowMs } = exchange;
  const place = (exchange.place = sources.place(client.source, nowMs));
  const isOperator = sources.isOperator(place, nowMs);
  const ban = admission.banOf(client, nowMs);
  if (ban !== undefined && !isOperator) return refuse(exchange, refusals.byBan(ban, nowMs));
  const asker = { client, place, isOperator, wasAlone: sources.sharedOf(place) === "one", nowMs };
  // What rules refuse takes nothing from readers behind the same address.
  if (state.rules.size === 0) return throttle(exchange, client, state) ?? judgeSource(exchange, asker, state);
  const verdict = judgeSource(exchange, asker, state);
  return verdict === next ? (throttle(exchange, client, state) ?? next) : verdict;
}

function throttle(
  exchange: Exchange,
  client: Client,
  { admission, refusals }: EdgeState,
): Verdict | undefined {
  const retryAfterS = admission.throttledForS(client, exchange.atMs);
  return retryAfterS === 0 ? undefined : refuse(exchange, refusals.byBucket(retryAfterS));
}

interface Asker {
  readonly client: Client;
  /** In the table of sources. */
  readonly place: number;
  readonly isOperator: boolean;
  /** Nothing but one program was seen there before. */
  readonly wasAlone: boolean;
  readonly nowMs: number;
}

function judgeSource(exchange: Exchange, asker: Asker, state: EdgeState): Verdict | Promise<Verdict> {
  const { place, nowMs } = asker;
  const { sources, ladder, rules } = state;
  const acts = state.acts && !asker.isOperator;
  if (acts && rules.size > 0) {
    exchange.standsFor = ladder.standsFor(place, traitsOf(exchange, state).hash("agent"), nowMs);
  }
  if (exchange.standsFor === 0) {
    sources.noteUnread(place, nowMs);
    return enact("close", undefined, exchange, state);
  }
  sources.noteRequest(place, toldOf(exchange, asker.client, state), nowMs);
  const isQuiet = sources.isAtReadersPace(place, nowMs) && !ladder.isOn(place);
  exchange.isKnown = isQuiet && sources.isKnown(place, nowMs);
  const rule = rules.size === 0 ? undefined : rules.match(traitsOf(exchange, state));
  exchange.rule = rule?.id;
  // What is only tried says nothing for its source, either: another worker may have heard already that the rule acts.
  if (rule?.state === "shadow") return next;
  if (!acts || exchange.isKnown) return next;
  if (claimOf(exchange, state) !== "verified") return climb(exchange, rule, asker, state);
  wish("spare", exchange, state);
  return next;
}

/** Of those who are not spared. */
function climb(
  exchange: Exchange,
  rule: Rule | undefined,
  asker: Asker,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const { place, nowMs } = asker;
  const { ladder, sources } = state;
  if (rule === undefined && (ladder.isOn(place) || sources.wasNamed(place))) {
    return judgeUnmatched(exchange, asker, state);
  }
  if (rule === undefined) return next;
  return enact(ladder.step(place, rule, alikeOf(exchange, state), nowMs), rule, exchange, state);
}

/**
 * No rule matches it. That says little where its source can't be hasty, because it is held back or dropped: what would match but for that
 * waits. Unless it shows a reader behind an address that was named to the kernel, which is let in again.
 */
function judgeUnmatched(
  exchange: Exchange,
  { place, wasAlone, nowMs }: Asker,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const { rules, sources, ladder } = state;
  const alike = alikeOf(exchange, state);
  const wasNamed = sources.wasNamed(place);
  const hadReaders = sources.hasReaders(place);
  const almost = rules.almost(traitsOf(exchange, state));
  const unlike = { look: alike.look, wasAlone, isUnruled: rules.act && almost === undefined };
  const isReaders = wasNamed && ladder.findsReader(place, unlike);
  if (almost !== undefined && !isReaders) {
    if (ladder.holds(place, almost, nowMs)) return waitsFor(almost, exchange, state);
    if (wasNamed) return next;
  }
  ladder.step(place, undefined, alike, nowMs);
  if (!isReaders) return next;
  wish("unban", exchange, state);
  return hadReaders ? next : (hold(unbanMs, exchange, state)?.then(() => next) ?? next);
}

function alikeOf(exchange: Exchange, state: EdgeState): Alike {
  return { look: traitsOf(exchange, state).hash("agent"), standsFor: exchange.standsFor };
}

function waitsFor(almost: Rule, exchange: Exchange, state: EdgeState): Verdict | Promise<Verdict> {
  exchange.rule = almost.id;
  return waits(waitMs, almost, exchange, state);
}

/** What is remembered of its source. */
function toldOf(exchange: Exchange, client: Client, state: EdgeState): SourceRequest {
  return {
    fingerprint: fingerprintOf(exchange, client, state),
    query: exchange.query === undefined ? 0 : traitsOf(exchange, state).query,
    part: isPart(exchange, state) ? traitsOf(exchange, state).hash("path") : 0,
  };
}

/**
 * What a server behind the edge will answer with isn't known yet. A page of its software loads dozens of things, and reading it is one request:
 * beside parts (`isPartName`) also these, which may be asked for by themselves as well.
 */
const loadedByPages = /\.(?:json|map|mp[34]|ogg|webm)$/i;

function isPart(exchange: Exchange, state: EdgeState): boolean {
  const { place } = foreseenOf(exchange, state);
  return place === "part" || (place === "passed-on" && loadedByPages.test(exchange.path));
}

function enact(
  step: Step,
  rule: Rule | undefined,
  exchange: Exchange,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  switch (step) {
    case "pass":
      return next;
    case "slow":
      return waits(slowMs, rule, exchange, state);
    case "refuse":
      return refuseBy(rule, exchange, state);
    case "close":
      return holdAndClose(rule, exchange, state);
    case "kernel":
      if (!mayBeDropped(exchange, state)) return holdAndClose(rule, exchange, state);
      wish(traitsOf(exchange, state).text("shared") === "one" ? "ban" : "banBriefly", exchange, state);
      return closeBy(rule, exchange, state);
  }
}

/** Of the kernel, about the address of the connection: never about what a header says, nor about the proxy that wrote it. */
function wish(what: KernelWish, { isDirect, address }: Exchange, { notes }: EdgeState): void {
  if (isDirect) notes.wish(what, address);
}

/** Not by what a header says, nor the proxy that wrote it; nor a search engine, perhaps, until DNS has answered. */
function mayBeDropped(exchange: Exchange, state: EdgeState): boolean {
  return exchange.isDirect && claimOf(exchange, state) !== "unknown";
}

/** Is served afterwards; refused where no more may wait. */
function waits(
  span: Span,
  rule: Rule | undefined,
  exchange: Exchange,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  return hold(span, exchange, state)?.then(() => next) ?? refuseBy(rule, exchange, state);
}

async function holdAndClose(rule: Rule | undefined, exchange: Exchange, state: EdgeState): Promise<Verdict> {
  await hold(closeMs, exchange, state);
  return closeBy(rule, exchange, state);
}

/** Undefined where no more may be held. What answers the request is looked up afterwards. */
function hold(span: Span, exchange: Exchange, state: EdgeState): Promise<void> | undefined {
  const held = state.holds.hold(span, exchange.request.signal);
  return held && timed(held, exchange, state);
}

async function timed(held: Promise<unknown>, exchange: Exchange, { monotonicMs }: EdgeState): Promise<void> {
  const startedMs = monotonicMs();
  await held;
  exchange.heldMs = monotonicMs() - startedMs;
}

function refuseBy(rule: Rule | undefined, exchange: Exchange, { refusals, clock }: EdgeState): Verdict {
  return refuse(exchange, refusals.byRule(rule, false, clock.nowMs()));
}

function closeBy(rule: Rule | undefined, exchange: Exchange, { refusals, clock }: EdgeState): Verdict {
  return refuse(exchange, refusals.byRule(rule, true, clock.nowMs()));
}

function refuse(exchange: Exchange, outcome: Outcome): Verdict {
  exchange.refused = true;
  return outcome;
}
