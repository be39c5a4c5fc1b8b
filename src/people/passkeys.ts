/** The public halves of people's passkeys, each for the host name that it was made at. */
import type { Database } from "bun:sqlite";
import { type Clock, rfc3339 } from "../base/clock.ts";

/** As WebAuthn gives it. */
export interface NewPasskey {
  /** The credential's id, base64url. */
  readonly id: string;
  /** COSE (RFC 9052). */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Rises with each use, where the authenticator counts; else 0. */
  readonly counter: number;
  readonly rpId: string;
  readonly transports: readonly string[];
}

export interface Passkey extends NewPasskey {
  readonly account: string;
  /** RFC 3339. */
  readonly createdAt: string;
}

export interface Passkeys {
  /** False where the credential is known, or the account has enough. */
  add(accountId: string, passkey: NewPasskey): boolean;
  find(id: string): Passkey | undefined;
  of(accountId: string): Passkey[];
  counted(id: string, counter: number): void;
  /** False where it is none of theirs, or their last. */
  remove(accountId: string, id: string): boolean;
  removeAll(accountId: string): void;
  /** Whether anybody could sign in. */
  areThere(): boolean;
}

export const passkeysOfOneMax = 20;

interface Row extends Omit<Passkey, "publicKey" | "transports"> {
  readonly publicKey: Uint8Array;
  readonly transports: string;
}

const columns = `
  SELECT id, account_id AS account, public_key AS publicKey, counter, rp_id AS rpId, transports, created_at AS createdAt
  FROM passkey`;

export function createPasskeys(database: Database, { clock }: { readonly clock: Clock }): Passkeys {
  const of = (accountId: string): Passkey[] =>
    database
      .query<Row, [string]>(`${columns} WHERE account_id = ? ORDER BY created_at, id`)
      .all(accountId)
      .map(passkeyFrom);
  return {
    add(accountId, { id, publicKey, counter, rpId, transports }) {
      if (of(accountId).length >= passkeysOfOneMax) return false;
      const { changes } = database
        .query(
          `INSERT INTO passkey (id, account_id, public_key, counter, rp_id, transports, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        )
        .run(id, accountId, publicKey, counter, rpId, transports.join(" "), rfc3339(clock.nowMs()));
      return changes > 0;
    },
    find(id) {
      const row = database.query<Row, [string]>(`${columns} WHERE id = ?`).get(id);
      return row === null ? undefined : passkeyFrom(row);
    },
    of,
    counted: (id, counter) =>
      void database.query("UPDATE passkey SET counter = ? WHERE id = ?").run(counter, id),
    remove: (accountId, id) =>
      database
        .query(
          `DELETE FROM passkey WHERE id = $id AND account_id = $accountId
             AND (SELECT count(*) FROM passkey WHERE account_id = $accountId) > 1`,
        )
        .run({ id, accountId }).changes > 0,
    removeAll: (accountId) => void database.query("DELETE FROM passkey WHERE account_id = ?").run(accountId),
    areThere: () => database.query("SELECT 1 FROM passkey LIMIT 1").get() !== null,
  };
}

function passkeyFrom({ publicKey, transports, ...row }: Row): Passkey {
  return {
    ...row,
    publicKey: Uint8Array.from(publicKey),
    transports: transports === "" ? [] : transports.split(" "),
  };
}
