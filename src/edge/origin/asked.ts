/** What a reader asks the protected site for. */
import type { Exchange } from "../exchange.ts";
import type { Asked as Judged } from "../judging/ready.ts";

export interface Asked extends Judged {
  readonly exchange: Exchange;
}
