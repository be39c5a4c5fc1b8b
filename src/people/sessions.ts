/** Who is signed in: a session is a token in a cookie, holds for so many hours and in the browser where it began. */
import type { Database } from "bun:sqlite";
import { type Clock, hourMs, rfc3339 } from "../base/clock.ts";
import { sha256 } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { newToken, tokenDigest } from "./token.ts";

export type SessionFound =
  | { readonly state: "signed in"; readonly account: string }
  /** "noticed": this request comes from another browser, which has just ended it; "ended": one did so earlier. */
  | { readonly state: "noticed" | "ended"; readonly account: string };

export interface Sessions {
  /** `browser`: the kind that it is begun in (browser-kind.ts). Returns the token. */
  begin(accountId: string, browser: string): string;
  /** Undefined where there is none, or its time is over. */
  find(token: string, browser: string): SessionFound | undefined;
  end(token: string): void;
  endAll(accountId: string): void;
}

/** More browsers than anybody works in; the oldest session gives way. */
export const sessionsOfOneMax = 20;

interface Row {
  readonly account: string;
  readonly browser: string;
  readonly ended: string | null;
}

export function createSessions(
  database: Database,
  { clock, random, hours }: { readonly clock: Clock; readonly random: Random; readonly hours: number },
): Sessions {
  const now = (): string => rfc3339(clock.nowMs());
  const begin = database.transaction((accountId: string, browser: string): string => {
    database.query("DELETE FROM session WHERE expires_at <= ?").run(now());
    database
      .query(
        `DELETE FROM session WHERE account_id = $accountId AND digest NOT IN (
           SELECT digest FROM session WHERE account_id = $accountId ORDER BY created_at DESC LIMIT $others)`,
      )
      .run({ accountId, others: sessionsOfOneMax - 1 });
    const token = newToken(random);
    const expiresAt = rfc3339(clock.nowMs() + hours * hourMs);
    database
      .query(
        "INSERT INTO session (digest, account_id, browser, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
      )
      .run(tokenDigest(token), accountId, boundTo(token, browser), now(), expiresAt);
    return token;
  });

  return {
    begin: (accountId, browser) => begin(accountId, browser),
    find(token, browser) {
      const digest = tokenDigest(token);
      const row = database
        .query<Row, [string, string]>(
          "SELECT account_id AS account, browser, ended FROM session WHERE digest = ? AND expires_at > ?",
        )
        .get(digest, now());
      if (row === null) return undefined;
      if (row.ended !== null) return { state: "ended", account: row.account };
      if (row.browser === boundTo(token, browser)) return { state: "signed in", account: row.account };
      database.query("UPDATE session SET ended = 'another browser' WHERE digest = ?").run(digest);
      return { state: "noticed", account: row.account };
    },
    end: (token) => void database.query("DELETE FROM session WHERE digest = ?").run(tokenDigest(token)),
    endAll: (accountId) => void database.query("DELETE FROM session WHERE account_id = ?").run(accountId),
  };
}

function boundTo(token: string, browser: string): string {
  return sha256(`${token}\n${browser}`);
}
