// The memory for pages: never more than its limit, each page read once however many ask, forms made once.
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { page } from "../../test/edition-fixture.ts";
import { sha256, utf8 } from "../base/bytes.ts";
import { BlobStore, type StoredBlob } from "../store/blobs.ts";
import { AddressBook } from "./address-book.ts";
import type { Entry } from "./outcome.ts";
import { PageMemory, type Page } from "./page-memory.ts";

class CountingStore extends BlobStore {
  reads = 0;
  override async get(...asked: Parameters<BlobStore["get"]>): Promise<StoredBlob> {
    this.reads += 1;
    return await super.get(...asked);
  }
}

interface Shelf extends Disposable {
  readonly store: CountingStore;
  readonly entries: readonly Entry[];
}

async function shelf(bodies: readonly string[]): Promise<Shelf> {
  const folder = mkdtempSync(join(tmpdir(), "kasbah-pages-"));
  const store = new CountingStore(folder);
  await store.put(new Map(bodies.map((body) => [sha256(body), utf8(body)])));
  store.reads = 0;
  const targets = bodies.map((body, at) => page({ site: "portal", path: `/${at}` }, body));
  const book = new AddressBook({ id: sha256(""), version: 1, targets, withdrawals: [] });
  const entries = targets
    .map(({ path }) => book.find("portal", path, undefined))
    .filter((found) => found?.kind === "entry");
  return { store, entries, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

async function load(memory: PageMemory, entry: Entry | undefined): Promise<Page> {
  const reading = entry && (await memory.load(entry));
  if (reading?.kind !== "page") throw new Error("not there");
  return reading.page;
}

const text = (at: number): string => `page ${at} `.repeat(1_500);

test("holds what fits, forgets the least recently read, and reads again from disk", async () => {
  using own = await shelf(Array.from({ length: 40 }, (_, at) => text(at)));
  const memory = new PageMemory({ blobs: own.store, bytesMax: 200_000, tls: false });
  for (const entry of own.entries) await load(memory, entry);
  expect(memory.bytes).toBeLessThanOrEqual(200_000);
  expect(memory.pages).toBeGreaterThan(8);
  const [first] = own.entries;
  expect(first && memory.held(first)).toBeUndefined();
  expect(await (await load(memory, first)).plain.body.text()).toBe(text(0));
  expect(own.store.reads).toBe(41);
});

test("compressed forms count too, and are made once for all who ask", async () => {
  using own = await shelf([text(1)]);
  const memory = new PageMemory({ blobs: own.store, bytesMax: 200_000, tls: false });
  const held = await load(memory, own.entries[0]);
  const before = memory.bytes;
  const forms = await Promise.all([1, 2, 3].map(async () => memory.form(held, ["br"])));
  expect(new Set(forms).size).toBe(1);
  expect(memory.bytes).toBeGreaterThan(before);
  expect(memory.form(held, ["br"])).toBe(forms[0] as never);
});

test("a hundred at once are one reading", async () => {
  using own = await shelf([text(1)]);
  const memory = new PageMemory({ blobs: own.store, bytesMax: 200_000, tls: false });
  await Promise.all(Array.from({ length: 100 }, () => load(memory, own.entries[0])));
  expect(own.store.reads).toBe(1);
});

test("who asks for many new forms at once gets pages as they are", async () => {
  using own = await shelf(Array.from({ length: 30 }, (_, at) => text(at)));
  const memory = new PageMemory({ blobs: own.store, bytesMax: 10_000_000, tls: false });
  const held = await Promise.all(own.entries.map((entry) => load(memory, entry)));
  const forms = held.map((one) => memory.form(one, ["br"]));
  expect(forms.filter((form) => form instanceof Promise)).toHaveLength(8);
  await Promise.all(forms.map(async (form) => form));
});

test("a page larger than the whole memory is given all the same, and not kept", async () => {
  using own = await shelf([text(1)]);
  const memory = new PageMemory({ blobs: own.store, bytesMax: 1_000, tls: false });
  expect(await (await load(memory, own.entries[0])).plain.body.text()).toBe(text(1));
  expect([memory.pages, memory.bytes]).toEqual([0, 0]);
});
