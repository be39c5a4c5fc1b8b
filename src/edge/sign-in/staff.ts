/**
 * Who is staff at the studio's lane: whoever shows a token that the edge gave out when the studio called their session a good one. A session's
 * cookie alone is nothing: a flood sends invented ones. Where the studio says that a session is over, its token is worth nothing more, here.
 */
import { sha256 } from "../../base/bytes.ts";
import { RecentHalves } from "../../base/recent-halves.ts";
import { sessionHeader, signedIn, signedOut } from "../../bus/session-header.ts";
import type { GateKeys } from "../../decision/gates/gate-keys.ts";
import { StaffTokens } from "../../decision/gates/staff-token.ts";
import type { Exchange } from "../exchange.ts";
import { cookieOf, cookies } from "../gate-pages/names.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import { fieldValue } from "../lane/answer-headers.ts";
import { type Badge, badgeOf, sessionBegunBy } from "./badge.ts";

export interface StaffOptions {
  readonly keys: GateKeys;
  readonly sessionMs: number;
  readonly tls: boolean;
}

/** Sessions that ended while their tokens were good. Who has more of those to show was signed in that often. */
const overMax = 4_096;

export class Staff {
  readonly #tokens: StaffTokens;
  readonly #tls: boolean;
  /** By a session's digest. */
  readonly #over = new RecentHalves<string, boolean>(overMax);

  constructor({ keys, sessionMs, tls }: StaffOptions) {
    this.#tokens = new StaffTokens(keys, sessionMs);
    this.#tls = tls;
  }

  badgeOf(exchange: Exchange): Badge {
    return badgeOf(exchange, this.#tls);
  }

  /** Who goes first, by their session's digest; undefined: one of all the others. */
  holderOf(exchange: Exchange): string | undefined {
    const { site, atMs, request } = exchange;
    if (site !== "studio" || request.headers.get("cookie")?.includes(cookies.staff) !== true)
      return undefined;
    const badge = this.badgeOf(exchange);
    const holder = badge.session === undefined ? undefined : sha256(badge.session);
    if (holder === undefined || !this.#isGood(badge, site, atMs)) return undefined;
    return this.#over.get(holder) === true ? undefined : holder;
  }

  /** What the studio's answer means for whoever shows this badge: the cookie that goes along; undefined: none. */
  hear(head: AnswerHead, badge: Badge, { site, atMs }: Exchange): string | undefined {
    const said = fieldValue(head.fields, sessionHeader);
    if (said === signedIn) return this.#admit(badge, sessionBegunBy(head), { site, nowMs: atMs });
    if (said !== signedOut || badge.session === undefined) return undefined;
    if (!this.#isGood(badge, site, atMs)) return undefined;
    this.#over.set(sha256(badge.session), true);
    return cookieOf(cookies.staff, "", 0, this.#tls);
  }

  /** `begun`: the session that this very answer begins. */
  #admit(
    badge: Badge,
    begun: string | undefined,
    { site, nowMs }: { readonly site: string; readonly nowMs: number },
  ): string | undefined {
    const session = begun ?? badge.session;
    if (session === undefined) return undefined;
    const holder = sha256(session);
    if (this.#over.get(holder) === true) this.#over.set(holder, false);
    if (begun === undefined && this.#isGood(badge, site, nowMs)) return undefined;
    const token = this.#tokens.issue({ site, session, nowMs });
    return cookieOf(cookies.staff, token, this.#tokens.lifeMs / 1_000, this.#tls);
  }

  #isGood({ session, token }: Badge, site: string, nowMs: number): boolean {
    return (
      session !== undefined && token !== undefined && this.#tokens.isGood(token, { site, session, nowMs })
    );
  }
}
