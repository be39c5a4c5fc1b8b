/** Phase: the answer. Waits for nothing but a page's first compressed form, a large blob's first reading, and a server behind the edge. */
import { answerError } from "./answer-error.ts";
import { answerLarge } from "./answer-large.ts";
import { answerLite } from "./lite/answer-lite.ts";
import { answerPage } from "./answer-page.ts";
import type { Exchange } from "./exchange.ts";
import { throughGates } from "./gates/through-gates.ts";
import { answerOrigin } from "./origin/answer-origin.ts";
import { answerMaintenance } from "./maintenance/answer-maintenance.ts";
import { type Entry, next, type Outcome, type Verdict } from "./outcome.ts";
import { securityHeaders } from "./security-headers.ts";
import { redirectStatus } from "./tls/to-https.ts";
import { answerUpgrade, isUpgrade } from "./upgrade/answer-upgrade.ts";
import { answerStudio } from "./sign-in/answer-studio.ts";
import type { EdgeState } from "./state.ts";

export function respond(exchange: Exchange, state: EdgeState): Verdict | Promise<Verdict> {
  const { outcome } = exchange;
  if (outcome === undefined) throw new Error("no phase settled how the request ends");
  switch (outcome.kind) {
    case "entry":
      return (
        (state.service === "normal" ? undefined : answerLite(exchange, outcome, state)) ??
        answerEntry(exchange, outcome, state)
      );
    case "moved":
      return answerMoved(exchange, outcome.location, state);
    case "secured":
      return answerSecured(exchange, outcome.location, state);
    case "data":
      return answerData(exchange, outcome, state);
    case "passed-on":
      return outcome.lane === state.origin?.lane
        ? answerSite(exchange, state.origin, state)
        : answerStudio(exchange, outcome.lane, state);
    case "maintenance":
      return answerMaintenance(exchange, outcome, state);
    case "error":
      return answerError(exchange, outcome.error, state);
  }
}

function answerSite(
  exchange: Exchange,
  way: NonNullable<EdgeState["origin"]>,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const answer = isUpgrade(exchange, state.websocketPaths) ? answerUpgrade : answerOrigin;
  return throughGates(exchange, { gates: state.gates, state }, () => answer(exchange, way, state));
}

function answerEntry(exchange: Exchange, entry: Entry, state: EdgeState): Verdict | Promise<Verdict> {
  return entry.target.length < state.limits.largeBytes
    ? answerPage(exchange, entry, state)
    : answerLarge(exchange, entry, state);
}

/** The query goes along: it may pick something there. */
function answerMoved(exchange: Exchange, location: string, { tls }: EdgeState): Verdict {
  const query = exchange.query === undefined ? "" : `?${exchange.query}`;
  const headers = {
    location: location + query,
    "cache-control": "no-cache",
    ...securityHeaders(undefined, "", tls),
  };
  exchange.answer(new Response(null, { status: 301, headers }), 0, "dynamic");
  return next;
}

/** For an hour: whoever goes back to answering in clear is found again. */
function answerSecured(exchange: Exchange, location: string, { tls }: EdgeState): Verdict {
  const headers = {
    location,
    "cache-control": "max-age=3600",
    ...securityHeaders(undefined, "", tls),
  };
  const status = redirectStatus(exchange.method);
  exchange.answer(new Response(null, { status, headers }), 0, "dynamic");
  return next;
}

function answerData(
  exchange: Exchange,
  { type, body, immutable }: Outcome & { readonly kind: "data" },
  { tls }: EdgeState,
): Verdict {
  const headers = {
    "content-type": type,
    "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-store",
    ...securityHeaders(undefined, type, tls),
  };
  exchange.answer(new Response(body, { headers }), body.length, "dynamic");
  return next;
}
