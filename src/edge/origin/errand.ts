/** One reader's request to the protected site, with everything that it meets on its way. */
import type { Exchange } from "../exchange.ts";
import type { Asked } from "../judging/ready.ts";
import type { EdgeState } from "../state.ts";
import type { OriginWay } from "./way.ts";

export interface Errand extends Asked {
  readonly exchange: Exchange;
  readonly way: OriginWay;
  readonly state: EdgeState;
}
