/** Waiting for somebody else on behalf of a reader, whom Bun would take for idle. */
import type { Exchange } from "../exchange.ts";
import { idlesAgain, neverIdles } from "../idle.ts";
import type { EdgeState } from "../state.ts";

/** Most waits are over before: looking after a client costs a tenth of a short request. */
const momentMs = 100;

/** "slow" where it takes longer than `slowMs`. Rejects where `awaited` does. */
export async function waitFor<T>(
  awaited: Promise<T>,
  {
    exchange,
    state,
    slowMs,
  }: { readonly exchange: Exchange; readonly state: EdgeState; readonly slowMs?: number },
): Promise<T | "slow"> {
  let isLong = false;
  const moment = setTimeout(() => {
    isLong = true;
    neverIdles(exchange);
  }, momentMs);
  const { promise: slow, resolve } = Promise.withResolvers<"slow">();
  const timer = slowMs === undefined ? undefined : setTimeout(() => resolve("slow"), slowMs);
  try {
    return await (slowMs === undefined ? awaited : Promise.race([awaited, slow]));
  } finally {
    clearTimeout(moment);
    clearTimeout(timer);
    if (isLong) idlesAgain(exchange, state);
  }
}
