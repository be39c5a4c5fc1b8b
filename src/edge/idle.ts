/** Bun closes a connection on which nothing moves for a while, and can't know that it is not the client who is waited for. */
import type { Exchange } from "./exchange.ts";
import type { EdgeState } from "./state.ts";

/** Until `idlesAgain`, whoever calls this ends the answer himself: Bun keeps the setting with the connection. */
export function neverIdles({ server, came }: Exchange): void {
  server.timeout(came, 0);
}

export function idlesAgain({ server, came }: Exchange, { limits }: EdgeState): void {
  server.timeout(came, limits.idleTimeoutS);
}
