/** Invitations: one-time links that let somebody in, or let somebody who lost their passkey in again. */
import type { Database } from "bun:sqlite";
import { type Clock, hourMs, rfc3339 } from "../base/clock.ts";
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

export class Invitations {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #validMs: number;

  constructor(
    database: Database,
    options: { readonly clock: Clock; readonly random: Random; readonly hours: number },
  ) {
    this.#database = database;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#validMs = options.hours * hourMs;
  }

  /** Undefined where too many wait to be used. Voids earlier ones for the same account, and earlier first ones. */
  invite(asked: NewInvitation): Invited | undefined {
    return this.#database.transaction(() => {
      this.#forget(asked);
      return this.open().length < openInvitationsMax ? this.#add(asked) : undefined;
    })();
  }

  /** Undefined for a token that is unknown, used, or expired: nobody is told which. */
  find(token: string): Invitation | undefined {
    const row = this.#database
      .query<Row, [{ digest: string; now: string }]>(`${columns} WHERE digest = $digest AND ${stillWorks}`)
      .get({ digest: tokenDigest(token), now: this.#now() });
    return row === null ? undefined : invitationFrom(row);
  }

  /** Undefined as before. Uses it up; belongs into the transaction that does what it is for. */
  use(token: string): Invitation | undefined {
    const found = this.find(token);
    if (found !== undefined)
      this.#database.query("UPDATE invitation SET used_at = ? WHERE id = ?").run(this.#now(), found.id);
    return found;
  }

  /** Those that still work, newest first. */
  open(): Invitation[] {
    return this.#database
      .query<Row, [{ now: string }]>(`${columns} WHERE ${stillWorks} ORDER BY id DESC`)
      .all({ now: this.#now() })
      .map(invitationFrom);
  }

  /** False where it doesn't work any more. */
  void(id: string): boolean {
    const voided = this.#database.query(`DELETE FROM invitation WHERE id = $id AND ${stillWorks}`);
    return voided.run({ id, now: this.#now() }).changes > 0;
  }

  /** Those for an account, and those that it made. */
  voidAllOf(accountId: string): void {
    this.#database
      .query("DELETE FROM invitation WHERE account_id = $accountId OR created_by = $accountId")
      .run({ accountId });
  }

  #forget({ account, isFirst = false }: NewInvitation): void {
    this.#database
      .query(
        `DELETE FROM invitation
         WHERE used_at IS NOT NULL OR expires_at <= $now OR account_id = $account OR (is_first AND $isFirst)`,
      )
      .run({ now: this.#now(), account: account ?? null, isFirst });
  }

  #add({ name, grants, by, isFirst = false, ...asked }: NewInvitation): Invited {
    const account = asked.account ?? null;
    const token = newToken(this.#random);
    const id = ulid(this.#clock, this.#random);
    const expiresAt = rfc3339(this.#clock.nowMs() + this.#validMs);
    this.#database
      .query(
        `INSERT INTO invitation (id, digest, account_id, name, grants, created_at, created_by, expires_at, is_first)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        tokenDigest(token),
        account,
        name,
        JSON.stringify(grants),
        this.#now(),
        by,
        expiresAt,
        isFirst,
      );
    return { id, token, account, name, grants, createdBy: by, expiresAt, isFirst };
  }

  #now(): string {
    return rfc3339(this.#clock.nowMs());
  }
}

function invitationFrom({ grants, isFirst, ...row }: Row): Invitation {
  return { ...row, grants: JSON.parse(grants) as RoleAt[], isFirst: isFirst === 1 };
}
