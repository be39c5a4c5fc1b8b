/** When there is a price: a siege that a flood brought about by itself is none as long as the origin serves everybody. And who never meets a page that names it. */
import type { Exchange } from "../exchange.ts";
import type { Errand } from "../origin/errand.ts";
import { isForMachines } from "./machines.ts";
import { isGivenBack } from "./sealing.ts";

export function isPressed({ way, state }: Pick<Errand, "way" | "state">): boolean {
  return state.isSiegeOrdered || way.gate.pressure.isOn;
}

/** Or has something in it that can't be given back in a page. */
export function isForMachine(exchange: Exchange): boolean {
  const { method, path, query, request } = exchange;
  if (isForMachines({ method, path, query, headers: request.headers })) return true;
  return method !== "GET" && method !== "HEAD" && !isGivenBack(exchange);
}
