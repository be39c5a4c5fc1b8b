/** What a request to the studio shows of who asks: the session in its cookie, which only the studio can check, and the edge's own token beside it. */
import { hostPrefix, sessionCookie } from "../../bus/session-header.ts";
import { cookieName, cookies } from "../gate-pages/names.ts";
import type { Exchange } from "../exchange.ts";
import type { AnswerHead } from "../lane/answer-head.ts";

export interface Badge {
  /** Undefined: none, or what can't be one. */
  readonly session: string | undefined;
  readonly token: string | undefined;
}

const names = { bound: hostPrefix + sessionCookie, plain: sessionCookie } as const;
/** As src/people/token.ts makes them. */
const written = /^[\w-]{43}$/;

/**
 * The session is the one that the studio looks at, so that nobody with a good one has tokens made for others that they show beside it. Where it isn't
 * known here that the client's connection is encrypted, it may be all the same, by a proxy that isn't trusted.
 */
export function badgeOf(
  { request: { headers }, scheme }: Pick<Exchange, "request" | "scheme">,
  tls: boolean,
): Badge {
  const shown = new Bun.CookieMap(headers.get("cookie") ?? "");
  const named = scheme === "https" ? [names.bound] : [names.plain, names.bound];
  return {
    session: named.map((name) => shown.get(name) ?? "").find((value) => written.test(value)),
    token: shown.get(cookieName(cookies.staff, tls)) ?? undefined,
  };
}

/** The one that an answer begins; undefined: none. */
export function sessionBegunBy({ fields }: Pick<AnswerHead, "fields">): string | undefined {
  for (const [name, value] of fields) {
    if (name !== "set-cookie") continue;
    const begun = Object.values(names).find((session) => value.startsWith(`${session}=`));
    const [session = ""] = begun === undefined ? [] : value.slice(begun.length + 1).split(";");
    if (written.test(session)) return session;
  }
  return undefined;
}
