/** Keeps accounts, bylines and grants in the newsroom's database. */
import type { Database } from "bun:sqlite";
import { type Clock, rfc3339 } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { ulid } from "../base/ulid.ts";
import { type Names, namesSchema } from "../language/names.ts";
import { isSlug } from "../language/slug.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import type { Account, Byline, Grant } from "./person.ts";

export interface NewByline {
  /** Throws where it is not a slug (src/language/slug.ts). */
  readonly slug: string;
  readonly names: Names;
  /** Where an import found it; the same one twice adds nothing. */
  readonly origin?: string;
}

export interface People {
  addAccount(name: string): Account;
  account(id: string): Account | undefined;
  /** Oldest first, those that were revoked too. */
  accounts(): Account[];
  /** Of the interface; undefined where they never chose. */
  languageOf(accountId: string): InterfaceLanguage | undefined;
  setLanguage(accountId: string, language: InterfaceLanguage): void;
  /** What authenticators know the account by, base64url; undefined until its first passkey. */
  userHandleOf(accountId: string): string | undefined;
  setUserHandle(accountId: string, userHandle: string): void;
  /** Takes all grants. */
  markRevoked(accountId: string): void;
  /** `added` is false where the origin or, without one, the slug is known already; names then stay as they are. */
  addByline(byline: NewByline): { readonly byline: Byline; readonly added: boolean };
  rename(bylineId: string, names: Names): void;
  byline(id: string): Byline | undefined;
  bylines(): Byline[];
  /** A second time changes nothing. */
  grant(grant: Grant): void;
  revoke(grant: Grant): void;
  grantsOf(accountId: string): Grant[];
}

interface BylineRow {
  readonly id: string;
  readonly slug: string;
  readonly names: string;
}

export function createPeople(
  database: Database,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): People {
  return { ...accounts(database, clock, random), ...bylines(database, clock, random), ...grants(database) };
}

interface AccountRow {
  readonly language: InterfaceLanguage | null;
  readonly user_handle: string | null;
}

type Accounts = Pick<
  People,
  | "addAccount"
  | "account"
  | "accounts"
  | "languageOf"
  | "setLanguage"
  | "userHandleOf"
  | "setUserHandle"
  | "markRevoked"
>;

function accounts(database: Database, clock: Clock, random: Random): Accounts {
  const columns = "SELECT id, name, created_at AS createdAt, revoked_at AS revokedAt FROM account";
  const set = (
    column: "language" | "user_handle" | "revoked_at",
    id: string,
    value: string | null,
  ): unknown => database.query(`UPDATE account SET ${column} = ? WHERE id = ?`).run(value, id);
  const of = (id: string): AccountRow | undefined =>
    database.query<AccountRow, [string]>("SELECT language, user_handle FROM account WHERE id = ?").get(id) ??
    undefined;
  return {
    addAccount(name) {
      const account = { id: ulid(clock, random), name, createdAt: rfc3339(clock.nowMs()) };
      database
        .query("INSERT INTO account (id, name, created_at) VALUES ($id, $name, $createdAt)")
        .run(account);
      return { ...account, revokedAt: null };
    },
    account: (id) => database.query<Account, [string]>(`${columns} WHERE id = ?`).get(id) ?? undefined,
    accounts: () => database.query<Account, []>(`${columns} ORDER BY id`).all(),
    languageOf: (id) => of(id)?.language ?? undefined,
    setLanguage: (id, language) => void set("language", id, language),
    userHandleOf: (id) => of(id)?.user_handle ?? undefined,
    setUserHandle: (id, userHandle) => void set("user_handle", id, userHandle),
    markRevoked(id) {
      database.query("DELETE FROM account_grant WHERE account_id = ?").run(id);
      set("user_handle", id, null);
      set("revoked_at", id, rfc3339(clock.nowMs()));
    },
  };
}

function bylines(
  database: Database,
  clock: Clock,
  random: Random,
): Pick<People, "addByline" | "rename" | "byline" | "bylines"> {
  const columns = "SELECT id, slug, names FROM byline";
  const find = (where: "id" | "slug" | "origin", value: string): Byline | undefined => {
    const row = database.query<BylineRow, [string]>(`${columns} WHERE ${where} = ?`).get(value);
    return row === null ? undefined : bylineFrom(row);
  };
  return {
    addByline({ slug, names, origin }) {
      if (!isSlug(slug)) throw new Error(`adding a byline: "${slug}" is not a slug`);
      const known = origin === undefined ? find("slug", slug) : find("origin", origin);
      if (known !== undefined) return { byline: known, added: false };
      const byline = { id: ulid(clock, random), slug: freeSlug(slug, find), names: namesSchema.parse(names) };
      database
        .query("INSERT INTO byline (id, slug, names, origin) VALUES (?, ?, ?, ?)")
        .run(byline.id, byline.slug, JSON.stringify(byline.names), origin ?? null);
      return { byline, added: true };
    },
    rename(bylineId, names) {
      const written = JSON.stringify(namesSchema.parse(names));
      database.query("UPDATE byline SET names = ? WHERE id = ?").run(written, bylineId);
    },
    byline: (id) => find("id", id),
    bylines: () => readBylines(database),
  };
}

/** All of them, by slug. */
export function readBylines(database: Database): Byline[] {
  return database
    .query<BylineRow, []>("SELECT id, slug, names FROM byline ORDER BY slug")
    .all()
    .map(bylineFrom);
}

function grants(database: Database): Pick<People, "grant" | "revoke" | "grantsOf"> {
  return {
    grant: (grant) =>
      void database
        .query("INSERT INTO account_grant VALUES ($account, $role, $site, $section) ON CONFLICT DO NOTHING")
        .run({ ...grant }),
    revoke: (grant) =>
      void database
        .query(
          `DELETE FROM account_grant
           WHERE account_id = $account AND role = $role AND site IS $site AND section IS $section`,
        )
        .run({ ...grant }),
    grantsOf: (accountId) =>
      database
        .query<Grant, [string]>(
          "SELECT account_id AS account, role, site, section FROM account_grant WHERE account_id = ?",
        )
        .all(accountId),
  };
}

/** `name`, else `name-2`, `name-3` … */
function freeSlug(slug: string, find: (where: "slug", value: string) => unknown): string {
  for (let at = 1; ; at += 1) {
    const candidate = at === 1 ? slug : `${slug}-${at}`;
    if (find("slug", candidate) === undefined) return candidate;
  }
}

function bylineFrom({ id, slug, names }: BylineRow): Byline {
  return { id, slug, names: JSON.parse(names) as Names };
}
