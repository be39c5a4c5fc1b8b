/**
 * Where a reader's request would have to ask the origin: in calm it goes on as it is. While there isn't enough for all, what it has in hand
 * is looked at. With standing it goes on to the queue; without, its answer is what was approved of the address, or a page to wait at.
 */
import type { Exchange } from "../exchange.ts";
import type { Errand } from "../origin/errand.ts";
import { answerReady } from "../origin/answer-ready.ts";
import type { Verdict } from "../outcome.ts";
import { challenge } from "./challenge.ts";
import { workInHand } from "./in-hand.ts";
import { isForMachine, isPressed, pressureOn } from "./pressed.ts";
import type { WorkGate } from "./work-gate.ts";

/** Undefined: it goes on. `kept`: what was kept of the origin's, where it is good enough for whoever has no standing. */
export async function meetGate(
  errand: Errand,
  kept?: () => Verdict | Promise<Verdict>,
): Promise<Verdict | undefined> {
  const { exchange, state } = errand;
  const { hand } = exchange;
  const { gates } = state;
  if (gates === undefined || hand === undefined || hand.work !== undefined) return undefined;
  pressureOn(errand).asked();
  if (!isPressed(errand)) return undefined;
  hand.work = workInHand(exchange, hand.shown, { gates, state, isForMachine });
  if (hand.work !== undefined) return undefined;
  return kept === undefined ? await stopped(errand, gates) : await kept();
}

/** A page can't be waited at with a socket: while there isn't enough, it takes good standing or a pass, which the page that opens it earned. */
export function mayOpenSocket(exchange: Exchange, { way, state }: Pick<Errand, "way" | "state">): boolean {
  const { hand } = exchange;
  const { gates } = state;
  if (gates === undefined || hand === undefined) return true;
  way.gate.pressure.asked();
  if (!isPressed({ way, state })) return true;
  const lane = workInHand(exchange, hand.shown, { gates, state, isForMachine })?.standing.lane;
  return lane === "known" || lane === "pass";
}

/** The approved copy is for reading, and reading is free. */
async function stopped(errand: Errand, gates: WorkGate): Promise<Verdict> {
  const { method, way } = errand;
  const copy = method === "GET" || method === "HEAD" ? await way.judge.copy(errand) : undefined;
  return copy === undefined ? await challenge(errand, gates) : await answerReady(errand, copy);
}
