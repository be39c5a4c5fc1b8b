/**
 * What happens to a request, in this order. docs/life-of-a-request.md shows this very table (phases.test.ts holds it to that).
 * A phase that settles how the request ends lets it skip the ones that only matter to requests that are still open.
 */
import { admit } from "./admit.ts";
import type { Exchange } from "./exchange.ts";
import { identify } from "./identify.ts";
import type { Verdict } from "./outcome.ts";
import { record } from "./record.ts";
import { traitsOf } from "./request-traits.ts";
import { resolve } from "./resolve.ts";
import { respond } from "./respond.ts";
import type { EdgeState } from "./state.ts";

export interface Phase {
  readonly name: string;
  readonly reason: string;
  /** "open": only while it is not settled how the request ends. */
  readonly runs: "open" | "always";
  readonly run: (exchange: Exchange, state: EdgeState) => Verdict | Promise<Verdict>;
}

export const phases: readonly Phase[] = [
  {
    name: "identify",
    reason:
      "Who asks, and for which site: the client's address, the host, the path. What can't be read ends here.",
    runs: "open",
    run: identify,
  },
  {
    name: "admit",
    reason:
      "The allow-list, then bans, a bucket per prefix that only something faster than any reader meets, then what floods have in common. Also for what ends as an error: a flood may ask for nothing else.",
    runs: "always",
    run: admit,
  },
  {
    name: "resolve",
    reason:
      "What answers: what an ACME client laid down, the same address over https for what came in clear to an edge that speaks TLS, maintenance where that is on, a signed target of the edition that is served now, data under /_kasbah/, the server that the host leads to, or nothing.",
    runs: "open",
    run: resolve,
  },
  {
    name: "respond",
    reason:
      "The answer itself: verified bytes in the form the client takes, 304, a part, what another server says, or a page that explains.",
    runs: "always",
    run: respond,
  },
  {
    name: "record",
    reason:
      "What is counted about it, and, of some, a vector of what it has in common with others. Never waits, never keeps who read what.",
    runs: "always",
    run: record,
  },
];

/** The answer; a promise only where a phase had to wait. Rejects or throws what a phase threw. */
export function runPhases(exchange: Exchange, state: EdgeState, from = 0): Response | Promise<Response> {
  for (let at = from; at < phases.length; at += 1) {
    const phase = phases[at];
    if (phase === undefined || (phase.runs === "open" && exchange.outcome !== undefined)) continue;
    const verdict = phase.run(exchange, state);
    if (verdict instanceof Promise) return finishLater(verdict, exchange, state, at + 1);
    settle(exchange, verdict);
  }
  if (exchange.response === undefined) throw new Error("no phase answered");
  return exchange.response;
}

async function finishLater(
  verdict: Promise<Verdict>,
  exchange: Exchange,
  state: EdgeState,
  from: number,
): Promise<Response> {
  if (exchange.client !== undefined) traitsOf(exchange, state).keepSource();
  exchange.place = undefined;
  settle(exchange, await verdict);
  return runPhases(exchange, state, from);
}

function settle(exchange: Exchange, verdict: Verdict): void {
  if (verdict.kind !== "next") exchange.outcome = verdict;
}
