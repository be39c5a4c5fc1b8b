/**
 * The way of one request to the protected site. Who works on it goes straight through. Readers get what is kept, at once; what is not is asked for
 * once for all of them, judged before its first byte leaves, and kept. Where the origin fails or is slow: what was kept, the approved copy, words.
 */
import type { Exchange } from "../exchange.ts";
import type { Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { answerAlone, whole } from "./answer-alone.ts";
import { answerReady } from "./answer-ready.ts";
import { answerShared } from "./answer-shared.ts";
import { answerUnread } from "./answer-unread.ts";
import { answerPurge, purgeMethod } from "./answer-purge.ts";
import type { Errand } from "./errand.ts";
import { forgetChanged } from "./forgetting.ts";
import type { OriginWay } from "./way.ts";

/** RFC 9110, section 9.2.1. */
const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** A promise only where something has to be waited for: what is kept goes out at once. */
export function answerOrigin(
  exchange: Exchange,
  way: OriginWay,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const { method, path, query, request } = exchange;
  const isStaff = way.judge.staff.has({ path, headers: request.headers });
  const errand: Errand = { method, path, query, isStaff, exchange, way, state };
  if (method === purgeMethod) return answerPurge(errand);
  const instead = isStaff ? undefined : way.judge.instead(errand);
  if (instead !== undefined) return instead.then((ready) => answerReady(errand, ready));
  if (!safeMethods.has(method)) return answerChanging(errand);
  if (isStaff) return answerUnread(errand, true);
  // In a flood also who has a page of their own gets everybody's, where there is one: any client can send such a cookie.
  const isOwn = method === "OPTIONS" || (state.mode === "calm" && isPersonal(errand));
  return isOwn ? answerAlone(errand, whole) : answerShared(errand);
}

/** More than reading. What it changed is forgotten, and what its answer points to (RFC 9111, section 4.4). */
async function answerChanging(errand: Errand): Promise<Verdict> {
  const { exchange } = errand;
  const verdict = errand.isStaff ? await answerUnread(errand, true) : await answerAlone(errand, whole);
  if (exchange.status > 0 && exchange.status < 400) forgetChanged(errand);
  return verdict;
}

function isPersonal({ exchange, way }: Errand): boolean {
  const cookies = exchange.request.headers.get("cookie");
  return cookies !== null && way.personal.areIn(cookies);
}
