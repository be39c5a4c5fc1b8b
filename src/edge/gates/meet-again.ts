/** Who had to wait for too long at the origin's gate, or found no place to wait in, where there isn't enough for all. */
import type { Errand } from "../origin/errand.ts";
import type { Exchange } from "../exchange.ts";
import { returnAddress } from "../gate-pages/return-address.ts";
import { next, type Verdict } from "../outcome.ts";
import { challenge } from "./challenge.ts";
import { isForMachine, isPressed } from "./pressed.ts";
import { targetOf } from "./sealing.ts";

/** The same page again, with the same ticket. Undefined: it has no use for that. */
export async function meetAgain(errand: Errand): Promise<Verdict | undefined> {
  const { exchange, state } = errand;
  const { hand } = exchange;
  const { gates } = state;
  if (gates === undefined || hand === undefined) return undefined;
  if (hand.wasSent) return wentThrough(exchange);
  if (!isPressed(errand)) return undefined;
  const lane = hand.work?.standing.lane;
  if (lane === "known" || lane === "machines" || isForMachine(exchange)) return undefined;
  return await challenge(errand, gates);
}

/** A form that is sent for a second time, by a second click or from a page gone back to: what came of the first is at its address. */
export function wentThrough(exchange: Exchange): Verdict {
  const headers = { location: returnAddress(targetOf(exchange)) ?? "/", "cache-control": "no-store" };
  exchange.answer(new Response(null, { status: 303, headers }), 0, "dynamic");
  return next;
}
