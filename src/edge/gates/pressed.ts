/** When there is a price, and who never meets a page that names it. */
import type { Exchange } from "../exchange.ts";
import type { Errand } from "../origin/errand.ts";
import { isForMachines } from "./machines.ts";
import type { Pressure } from "./pressure.ts";
import { isGivenBack } from "./sealing.ts";

/** `isStaff`: who says that they work on the site. */
export type Asked = Pick<Errand, "way" | "state"> & Partial<Pick<Errand, "isStaff">>;

/**
 * A siege that a flood brought about by itself is no reason as long as the origin serves everybody. Who works on the site has places of their
 * own, and is asked for something only where these are too few: anybody can say that they do.
 */
export function isPressed(asked: Asked): boolean {
  const isOrdered = asked.state.isSiegeOrdered && asked.isStaff !== true;
  return isOrdered || pressureOn(asked).isOn;
}

export function pressureOn({ way: { gate }, isStaff }: Asked): Pressure {
  return isStaff === true ? gate.staffPressure : gate.pressure;
}

/** Or has something in it that can't be given back in a page. */
export function isForMachine(exchange: Exchange): boolean {
  const { method, path, query, request } = exchange;
  if (isForMachines({ method, path, query, headers: request.headers })) return true;
  return method !== "GET" && method !== "HEAD" && !isGivenBack(exchange);
}
