/** When there is a price, and who never meets a page that names it. */
import type { Exchange } from "../exchange.ts";
import type { Errand } from "../origin/errand.ts";
import { isForMachines } from "./machines.ts";
import { isGivenBack } from "./sealing.ts";

export function isPressed({ way, state }: Errand): boolean {
  return state.mode === "siege" || way.gate.pressure.isOn;
}

/** Or has something in it that can't be given back in a page. */
export function isForMachine(exchange: Exchange): boolean {
  const { method, path, query, request } = exchange;
  if (isForMachines({ method, path, query, headers: request.headers })) return true;
  return method !== "GET" && method !== "HEAD" && !isGivenBack(exchange);
}
