/** Invitations: one-time links that let somebody in, or let somebody who lost their passkey in again. */
import type { Database } from "bun:sqlite";
import { type Clock, rfc3339 } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { ulid } from "../base/ulid.ts";
import type { RoleAt } from "./permissions.ts";
import { newToken, tokenDigest } from "./token.ts";

export interface Invitation {
  readonly id: string;
  /** Whom it lets in again; null for somebody new. */
  readonly account: string | null;
  /** Of a new account, unless its owner chooses another. */
  readonly name: string;
  readonly grants: readonly RoleAt[];
  /** Null: by a command on this machine. */
  readonly createdBy: string | null;
  /** RFC 3339. */
  readonly expiresAt: string;
  /** Made by the newsroom itself while nobody has a passkey. */
  readonly isFirst: boolean;
}

export interface NewInvitation {
  /** Default: for somebody new. */
  readonly account?: string;
  readonly name: string;
  readonly grants: readonly RoleAt[];
  readonly by: string | null;
  readonly isFirst?: boolean;
}

/** The token is known now and never again. */
export interface Invited extends Invitation {
  readonly token: string;
}

export interface Invitations {
  /** Undefined where too many wait to be used. Voids earlier ones for the same account, and earlier first ones. */
  invite(invitation: NewInvitation): Invited | undefined;
  /** Undefined for a token that is unknown, used, or expired: nobody is told which. */
  find(token: string): Invitation | undefined;
  /** Undefined as before. Uses it up; belongs into the transaction that does what it is for. */
  use(token: string): Invitation | undefined;
  /** Those that still work, newest first. */
  open(): Invitation[];
  /** False where it doesn't work any more. */
  void(id: string): boolean;
  /** Those for an account, and those that it made. */
  voidAllOf(accountId: string): void;
}

/** A newsroom that has more people on their way in than this has been filled with links by somebody. */
export const openInvitationsMax = 200;

interface Row extends Omit<Invitation, "grants" | "isFirst"> {
  readonly grants: string;
  readonly isFirst: 0 | 1;
}

const columns = `
  SELECT id, account_id AS account, name, grants, created_by AS createdBy, expires_at AS expiresAt, is_first AS isFirst
  FROM invitation`;
const stillWorks = "used_at IS NULL AND expires_at > $now";

const hourMs = 60 * 60 * 1_000;

export function createInvitations(
  database: Database,
  { clock, random, hours }: { readonly clock: Clock; readonly random: Random; readonly hours: number },
): Invitations {
  const now = (): string => rfc3339(clock.nowMs());
  const open = (): Invitation[] =>
    database
      .query<Row, [{ now: string }]>(`${columns} WHERE ${stillWorks} ORDER BY id DESC`)
      .all({ now: now() })
      .map(invitationFrom);
  const find = (token: string): Invitation | undefined => {
    const row = database
      .query<Row, [{ digest: string; now: string }]>(`${columns} WHERE digest = $digest AND ${stillWorks}`)
      .get({ digest: tokenDigest(token), now: now() });
    return row === null ? undefined : invitationFrom(row);
  };
  const forget = database.query(
    `DELETE FROM invitation
     WHERE used_at IS NOT NULL OR expires_at <= $now OR account_id = $account OR (is_first = 1 AND $isFirst = 1)`,
  );

  const add = database.transaction((invitation: NewInvitation): Invited | undefined => {
    const { account = null, name, grants, by, isFirst = false } = invitation;
    forget.run({ now: now(), account, isFirst: Number(isFirst) });
    if (open().length >= openInvitationsMax) return undefined;
    const token = newToken(random);
    const expiresAt = rfc3339(clock.nowMs() + hours * hourMs);
    const invited = {
      id: ulid(clock, random),
      token,
      account,
      name,
      grants,
      createdBy: by,
      expiresAt,
      isFirst,
    };
    database
      .query(
        `INSERT INTO invitation (id, digest, account_id, name, grants, created_at, created_by, expires_at, is_first)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        invited.id,
        tokenDigest(token),
        account,
        name,
        JSON.stringify(grants),
        now(),
        by,
        expiresAt,
        Number(isFirst),
      );
    return invited;
  });

  return {
    invite: (invitation) => add(invitation),
    find,
    use(token) {
      const found = find(token);
      if (found !== undefined)
        database.query("UPDATE invitation SET used_at = ? WHERE id = ?").run(now(), found.id);
      return found;
    },
    open,
    void: (id) =>
      database.query(`DELETE FROM invitation WHERE id = $id AND ${stillWorks}`).run({ id, now: now() })
        .changes > 0,
    voidAllOf: (accountId) =>
      void database
        .query("DELETE FROM invitation WHERE account_id = $accountId OR created_by = $accountId")
        .run({ accountId }),
  };
}

function invitationFrom({ grants, isFirst, ...row }: Row): Invitation {
  return { ...row, grants: JSON.parse(grants) as RoleAt[], isFirst: isFirst === 1 };
}
