/** What a request to the studio shows of who asks: the session in its cookie, which only the studio can check, and the edge's own token beside it. */
import { hostPrefix, sessionCookie } from "../../bus/session-header.ts";
import { cookieName, cookies } from "../gate-pages/names.ts";
import type { AnswerHead } from "../lane/answer-head.ts";

export interface Badge {
  /** Undefined: none, or what can't be one. */
  readonly session: string | undefined;
  readonly token: string | undefined;
}

const sessionNames = [hostPrefix + sessionCookie, sessionCookie];
/** As src/people/token.ts makes them. */
const written = /^[\w-]{43}$/;

export function badgeOf(headers: Headers, tls: boolean): Badge {
  const shown = new Bun.CookieMap(headers.get("cookie") ?? "");
  const sessions = sessionNames.map((name) => shown.get(name) ?? "");
  return {
    session: sessions.find((value) => written.test(value)),
    token: shown.get(cookieName(cookies.staff, tls)) ?? undefined,
  };
}

/** The one that an answer begins; undefined: none. */
export function sessionBegunBy({ fields }: AnswerHead): string | undefined {
  for (const [name, value] of fields) {
    if (name !== "set-cookie") continue;
    const begun = sessionNames.find((session) => value.startsWith(`${session}=`));
    const session = begun === undefined ? "" : value.slice(begun.length + 1).split(";")[0];
    if (session !== undefined && written.test(session)) return session;
  }
  return undefined;
}
