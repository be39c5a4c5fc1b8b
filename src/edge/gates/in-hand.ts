/** What somebody may wait for their turn with. */
import type { Exchange } from "../exchange.ts";
import type { EdgeState } from "../state.ts";
import { askerOf } from "./asker.ts";
import type { Shown } from "./shown.ts";
import { freeWork, type Work } from "./work.ts";
import type { WorkGate } from "./work-gate.ts";

interface Place {
  readonly gates: WorkGate;
  readonly state: EdgeState;
  /** Nobody can be asked for anything: it waits where there is room for such. */
  readonly isForMachine: (exchange: Exchange) => boolean;
}

/** Undefined: nothing. */
export function workInHand(
  exchange: Exchange,
  { ticket, pass }: Shown,
  { gates, state, isForMachine }: Place,
): Work | undefined {
  const asker = askerOf(exchange, state);
  const plain = { prefix: asker.prefix, waitedMs: 0, effort: 0 } as const;
  if (exchange.isKnown || exchange.client?.allowed === true) return freeWork({ ...plain, lane: "known" });
  return (
    (pass === undefined ? undefined : gates.byPass(pass, asker)) ??
    (ticket === undefined ? undefined : gates.byTicket(ticket, asker)) ??
    (isForMachine(exchange) ? freeWork({ ...plain, lane: "machines" }) : undefined)
  );
}
