// The memory for pages: never more than its limit, each page read once however many ask, forms made once.
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { page } from "../../test/edition-fixture.ts";
import { sha256, utf8 } from "../base/bytes.ts";
import { BlobStore, type StoredBlob } from "../store/blobs.ts";
import type { Coding } from "./accept-encoding.ts";
import { AddressBook } from "./address-book.ts";
import type { Form } from "./forms.ts";
import type { Entry } from "./outcome.ts";
import { PageMemory } from "./page-memory.ts";

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

async function form(memory: PageMemory, entry: Entry | undefined, coding?: Coding): Promise<Form> {
  const reading = entry && (await memory.make(entry, coding));
  if (reading?.kind !== "form") throw new Error("not there");
  return reading.form;
}

const text = (at: number): string => `page ${at} `.repeat(1_500);

test("holds what fits, forgets the least recently read, and reads again from disk", async () => {
  using own = await shelf(Array.from({ length: 40 }, (_, at) => text(at)));
  const memory = new PageMemory({ blobs: own.store, bytesMax: 200_000, tls: false, monotonicMs: () => 0 });
  for (const entry of own.entries) await form(memory, entry);
  expect(memory.bytes).toBeLessThanOrEqual(200_000);
  expect(memory.forms).toBeGreaterThan(8);
  const [first] = own.entries;
  expect(first && memory.held(first, undefined)).toBeUndefined();
  expect(await (await form(memory, first)).body.text()).toBe(text(0));
  expect(own.store.reads).toBe(41);
});

test("where readers take br, the uncompressed forms make room for it", async () => {
  using own = await shelf(Array.from({ length: 40 }, (_, at) => text(at)));
  const memory = new PageMemory({ blobs: own.store, bytesMax: 120_000, tls: false, monotonicMs: () => 0 });
  for (const entry of own.entries) await form(memory, entry, "br");
  const held = own.entries.filter((entry) => memory.held(entry, "br") !== undefined);
  expect(held.length).toBeGreaterThan(25);
  expect(memory.bytes).toBeLessThanOrEqual(120_000);
});

test("a hundred at once are one reading and one compression", async () => {
  using own = await shelf([text(1)]);
  const memory = new PageMemory({ blobs: own.store, bytesMax: 200_000, tls: false, monotonicMs: () => 0 });
  const forms = await Promise.all(Array.from({ length: 100 }, () => form(memory, own.entries[0], "br")));
  expect(new Set(forms).size).toBe(1);
  expect(own.store.reads).toBe(1);
});

test("who asks for many new forms at once gets pages as they are", async () => {
  using own = await shelf(Array.from({ length: 30 }, (_, at) => text(at)));
  const memory = new PageMemory({ blobs: own.store, bytesMax: 10_000_000, tls: false, monotonicMs: () => 0 });
  await Promise.all(own.entries.map((entry) => form(memory, entry)));
  const forms = await Promise.all(own.entries.map((entry) => form(memory, entry, "br")));
  expect(forms.filter(({ etag }) => etag.endsWith('-br"'))).toHaveLength(2);
});

test("a page larger than the whole memory is given all the same, and not kept", async () => {
  using own = await shelf([text(1)]);
  const memory = new PageMemory({ blobs: own.store, bytesMax: 1_000, tls: false, monotonicMs: () => 0 });
  expect(await (await form(memory, own.entries[0])).body.text()).toBe(text(1));
  expect([memory.forms, memory.bytes]).toEqual([0, 0]);
});

test("a page that becomes ready after it was withdrawn is not kept", async () => {
  using own = await shelf([text(1)]);
  const memory = new PageMemory({ blobs: own.store, bytesMax: 200_000, tls: false, monotonicMs: () => 0 });
  const making = form(memory, own.entries[0]);
  memory.keepOnly(new Set());
  await making;
  expect(memory.forms).toBe(0);
});

test("a damaged blob is not read again for each request, and found whole once it is", async () => {
  using own = await shelf([text(1)]);
  const [entry] = own.entries;
  if (entry === undefined) throw new Error("no entry");
  let nowMs = 0;
  const memory = new PageMemory({
    blobs: own.store,
    bytesMax: 200_000,
    tls: false,
    monotonicMs: () => nowMs,
  });
  await own.store.erase([entry.target.sha256]);
  for (let ask = 0; ask < 100; ask += 1) expect((await memory.make(entry, "br")).kind).toBe("fault");
  expect(own.store.reads).toBe(1);
  await own.store.put(new Map([[entry.target.sha256, utf8(text(1))]]));
  nowMs += 500;
  expect((await memory.make(entry, "br")).kind).toBe("form");
});
