/** A request for a WebSocket to the protected site: opened there first, so that a client is told at once where there is none. */
import { prefixKey } from "../../decision/source.ts";
import { answerError } from "../answer-error.ts";
import { askFor } from "../answer-lane.ts";
import type { ErrorAnswer } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { next, type Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { mayOpenSocket } from "../gates/meet-gate.ts";
import { closeCodes } from "./bridge.ts";
import { isOpened, siteSocket } from "./site-socket.ts";

const busy: ErrorAnswer = { status: 503, retryAfterS: 5, close: true };
const noSocket: ErrorAnswer = { status: 502, close: true };
const malformed: ErrorAnswer = { status: 400, close: true };

/** What comes through one can't be judged: only where the operator said so (origin.websocket_paths), with everything below. */
export function isUpgrade(
  { method, path, request: { headers } }: Exchange,
  paths: readonly string[],
): boolean {
  if (paths.length === 0 || method !== "GET" || headers.get("upgrade")?.toLowerCase() !== "websocket")
    return false;
  return paths.some(
    (allowed) => path === allowed || path.startsWith(allowed.endsWith("/") ? allowed : `${allowed}/`),
  );
}

export async function answerUpgrade(
  exchange: Exchange,
  way: NonNullable<EdgeState["origin"]>,
  state: EdgeState,
): Promise<Verdict> {
  const { lane, gate, judge } = way;
  const { request, server, source, path, query } = exchange;
  const asked = askFor(exchange, request.headers, state);
  if (asked === undefined) return await answerError(exchange, malformed, state);
  const isStaff = judge.staff.has({ path, headers: request.headers });
  const isRefused =
    !isStaff && (judge.isHeld || state.service === "read-only" || !mayOpenSocket(exchange, { way, state }));
  const leave = gate.isAway || isRefused ? undefined : state.bridges.take(prefixKey(source));
  if (leave === undefined) return await answerError(exchange, busy, state);
  const target = query === undefined ? path : `${path}?${query}`;
  const protocols = listOf(request.headers.get("sec-websocket-protocol"));
  const site = siteSocket({ lane, target, head: asked.head, protocols });
  const bridge = state.bridges.build(site, leave);
  if (!(await isOpened(site, lane))) {
    bridge.end(closeCodes.lost, "");
    return await answerError(exchange, noSocket, state);
  }
  const headers: Record<string, string> =
    site.protocol === "" ? {} : { "sec-websocket-protocol": site.protocol };
  exchange.isUpgraded = server.upgrade(request, { data: bridge, headers });
  if (!exchange.isUpgraded) {
    bridge.end(closeCodes.normal, "");
    return await answerError(exchange, malformed, state);
  }
  exchange.answer(new Response(null, { status: 101 }), 0, "uncertain");
  return next;
}

function listOf(header: string | null): string[] {
  return header === null ? [] : header.split(",", 16).map((entry) => entry.trim());
}
