/** A site of a few rules, for tests of publishing: texts with tags in a table, a front page, a page a tag; withdrawn texts answer 410. */
import type { Database } from "bun:sqlite";
import { sha256, utf8 } from "../src/base/bytes.ts";
import type { Address } from "../src/edition/target.ts";
import type { Page, Read, Renderer, Source } from "../src/publishing/rendering.ts";
import type { Migration } from "../src/store/database.ts";

export interface ToyText {
  readonly id: string;
  readonly title: string;
  readonly tag: string;
  readonly state: "published" | "withdrawn";
}

export const toyMigrations: readonly Migration[] = [
  { id: "toy/1", sql: "CREATE TABLE toy (id TEXT PRIMARY KEY, title TEXT, tag TEXT, state TEXT) STRICT" },
];

export const toyPath = (id: string): string => `/ar/2011/07/${id}`;

export class ToySite {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  put({ id, title, tag, state }: Omit<ToyText, "state"> & Partial<ToyText>): void {
    this.#database
      .query("INSERT OR REPLACE INTO toy (id, title, tag, state) VALUES (?, ?, ?, ?)")
      .run(id, title, tag, state ?? "published");
  }

  remove(id: string): void {
    this.#database.query("DELETE FROM toy WHERE id = ?").run(id);
  }

  withdraw(id: string): void {
    this.#database.query("UPDATE toy SET state = 'withdrawn' WHERE id = ?").run(id);
  }

  texts(): ToyText[] {
    return this.#database.query<ToyText, []>("SELECT id, title, tag, state FROM toy ORDER BY id").all();
  }

  readonly source = (): Source => toySource(this.texts());
}

export function toySource(texts: readonly ToyText[]): Source {
  const shown = texts.filter(({ state }) => state === "published");
  const value = (key: string): unknown => {
    const [kind, name] = key.split(":");
    if (kind === "places") return texts.map(({ id, state }) => ({ id, state }));
    if (kind === "place") return texts.find(({ id }) => id === name)?.state;
    if (kind === "text") return shown.find(({ id }) => id === name);
    if (kind === "tags") return [...new Set(shown.map(({ tag }) => tag))].sort();
    if (kind === "tag") return shown.filter(({ tag }) => tag === name).map(({ id }) => id);
    return shown.slice(-5).map(({ id }) => id);
  };
  return {
    value,
    version: (key) => (value(key) === undefined ? "" : sha256(JSON.stringify(value(key))).slice(0, 12)),
  };
}

export function toyRenderer(version = "1", broken: ReadonlySet<string> = new Set()): Renderer {
  return {
    version,
    addresses(source) {
      const ids = (source.value("places") as { id: string }[]).map(({ id }) => toyPath(id));
      const tags = (source.value("tags") as string[]).map((tag) => `/ar/tag/${tag}`);
      return ["/", ...ids, ...ids.map((path) => `${path}/text`), ...tags].map(portal);
    },
    render(address, read) {
      if (broken.has(address.path)) throw new Error("a broken page");
      return html(`${version} ${address.path}\n`, renderPath(address.path, read));
    },
    withdrawalKeys({ path }) {
      const id = /^\/ar\/2011\/07\/([^/]+)/.exec(path)?.[1];
      return id === undefined ? [] : [`text:${id}`];
    },
  };
}

export function portal(path: string): Address {
  return { site: "portal", path };
}

function renderPath(path: string, read: Read): string | undefined {
  const [, id] = /^\/ar\/2011\/07\/([^/]+)/.exec(path) ?? [];
  if (id !== undefined) return read(`place:${id}`) === "withdrawn" ? undefined : titleOf(id, read);
  const list = path === "/" ? "front" : `tag:${path.split("/").at(-1)}`;
  return (read(list) as string[]).map((each) => titleOf(each, read)).join("\n");
}

function titleOf(id: string, read: Read): string {
  return (read(`text:${id}`) as ToyText).title;
}

function html(head: string, body: string | undefined): Page {
  const gone = body === undefined;
  return {
    area: "pages",
    status: gone ? 410 : 200,
    type: "text/html; charset=utf-8",
    headers: { "content-language": "ar" },
    body: utf8(gone ? "gone" : head + body),
  };
}
