/**
 * The approved baseline: its entries, the manifest that an edition carries, and every blob that either names. The newsroom keeps its own
 * copies of those blobs, from which the edition's are made again where they are lost.
 */
import type { Database } from "bun:sqlite";
import { type Sha256, sha256 } from "../../base/bytes.ts";
import { type Clock, dayMs, rfc3339 } from "../../base/clock.ts";
import type { Address } from "../../edition/target.ts";
import { Withdrawn } from "../../edition/withdrawals.ts";
import type { Withdrawal } from "../../edition/edition.ts";
import type { DocumentKind } from "../../guard/facts.ts";
import { decodePage, type PageBaseline } from "../../guard/learning/page.ts";
import { encodeSite, learnSite } from "../../guard/learning/site.ts";
import { type BaselineEntry, blobsOf, encodeManifest } from "../../guard/manifest.ts";
import type { Annex } from "../../publishing/annex.ts";
import type { BlobStore } from "../../store/blobs.ts";
import { Entries, type Entry, type NamedEntry } from "./entries.ts";
import { OriginMemory } from "../memory.ts";
import { partsOf, type OriginAddress } from "../client/protected-site.ts";

export interface BaselineOptions {
  readonly database: Database;
  /** The newsroom's own blobs. */
  readonly own: BlobStore;
  /** Those that edges read. */
  readonly shown: BlobStore;
  readonly clock: Clock;
}

export interface BaselineChange {
  /** True: what is put is all there is. */
  readonly replaces: boolean;
  /** Called more than once, so that not all of it has to be in memory. */
  readonly put: () => Iterable<Entry>;
  readonly removed: readonly OriginAddress[];
}

/** An edge that was away that long has read the newer manifest before it asks for what the old one named. */
const retiredForMs = dayMs;
/** Blobs copied at a time. */
const batchSize = 64;
/** Looking at all pages takes at most so much of the time; a small site is looked at with each change. */
const siteShareMax = 0.02;
const empty = sha256("");

export class Baseline implements Annex {
  readonly entries: Entries;
  readonly #options: BaselineOptions;
  readonly #memory: OriginMemory;
  #siteDueMs = Number.NEGATIVE_INFINITY;

  constructor(options: BaselineOptions) {
    this.#options = options;
    this.entries = new Entries(options.database, "origin_baseline");
    this.#memory = new OriginMemory(options.database);
  }

  /** As it is to be published; undefined before anything was approved. */
  manifest(): Uint8Array | undefined {
    return this.#memory.bytes("manifest");
  }

  /** Of the manifest's bytes; empty before anything was approved. */
  version(): string {
    return this.#memory.text("version") ?? "";
  }

  approvedAt(): string | null {
    return this.#memory.text("approved_at") ?? null;
  }

  site(): Uint8Array | undefined {
    return this.#memory.bytes("site");
  }

  /**
   * What is new is on the disk before the manifest names it: a kill on the way leaves the old baseline whole. What was withdrawn is left
   * out. `looksAtAll`: what is known of the site as a whole is learned anew, however long that takes.
   */
  async change(change: BaselineChange, withdrawals: readonly Withdrawal[], looksAtAll = true): Promise<void> {
    const withdrawn = new Withdrawn(withdrawals);
    const put = (): Iterable<Entry> => allowed(change.put(), withdrawn);
    this.#note(put());
    for (const batch of batches(put())) await this.#show(batch);
    this.#options.database.transaction(() => {
      if (change.replaces) this.entries.clear();
      for (const address of change.removed) this.entries.remove(address);
      for (const entry of put()) this.entries.put(entry);
      this.#write(looksAtAll);
    })();
    await this.showSite();
  }

  /** Puts what is known of the site where edges read it; also after a kill between the change and this. */
  async showSite(): Promise<void> {
    const site = this.site();
    if (site !== undefined) await this.#options.shown.put(new Map([[sha256(site), site]]));
  }

  *needed(): Generator<Sha256> {
    const rows = this.#options.database
      .query<{ sha256: Sha256 }, [number]>(
        "SELECT DISTINCT sha256 FROM origin_blob WHERE retired_ms IS NULL OR retired_ms > ?",
      )
      .all(this.#options.clock.nowMs() - retiredForMs);
    for (const row of rows) yield row.sha256;
  }

  async restore(wanted: Sha256): Promise<Uint8Array | undefined> {
    const site = this.site();
    if (site !== undefined && sha256(site) === wanted) return site;
    const entry = this.entries.withBlob(wanted);
    if (entry?.facts?.sha256 === wanted) return entry.facts.data;
    if (entry === undefined) return undefined;
    const stored = await this.#options.own.get(wanted, entry.length);
    return stored.state === "whole" ? stored.data : undefined;
  }

  showing({ site, path }: Address): Sha256[] {
    if (site !== "portal") return [];
    return this.#options.database
      .query<{ sha256: Sha256 }, [string, string, string]>(
        `SELECT DISTINCT sha256 FROM origin_blob AS shown
         WHERE (address = ?1 OR address = '' OR substr(address, 1, length(?2)) = ?2) AND sha256 != ?3 AND NOT EXISTS
           (SELECT 1 FROM origin_blob WHERE sha256 = shown.sha256 AND retired_ms IS NULL)`,
      )
      .all(path, `${path}?`, empty)
      .map((row) => row.sha256);
  }

  forget(blobs: readonly Sha256[]): void {
    const remove = this.#options.database.query("DELETE FROM origin_blob WHERE sha256 = ?");
    this.#options.database.transaction(() => {
      for (const blob of blobs) remove.run(blob);
    })();
  }

  /** From now on no sweep takes them away. */
  #note(entries: Iterable<Entry>): void {
    this.#options.database.transaction(() => {
      for (const entry of entries) for (const blob of blobsIn(entry)) this.#noteBlob(blob, entry.address);
    })();
  }

  #noteBlob(blob: Sha256, address: OriginAddress | ""): void {
    this.#options.database
      .query(
        "INSERT INTO origin_blob (sha256, address) VALUES (?, ?) ON CONFLICT DO UPDATE SET retired_ms = NULL",
      )
      .run(blob, address);
  }

  async #show(entries: readonly Entry[]): Promise<void> {
    const blobs = new Map<Sha256, Uint8Array>();
    for (const { facts, copy, length, address } of entries) {
      if (facts !== null) blobs.set(facts.sha256, facts.data);
      const stored = await this.#options.own.get(copy, length);
      if (stored.state !== "whole") throw new Error(`the newsroom's copy of ${address} is ${stored.state}`);
      blobs.set(copy, stored.data);
    }
    await this.#options.shown.put(blobs);
  }

  #write(looksAtAll: boolean): void {
    const nowMs = this.#options.clock.nowMs();
    const site = looksAtAll || nowMs >= this.#siteDueMs ? this.#lookAtAll() : this.site();
    if (site === undefined) return;
    this.#memory.set("site", site);
    const manifest = {
      approved_at: rfc3339(nowMs),
      site: { sha256: sha256(site), length: site.length },
      entries: Array.from(this.entries.named(), manifestEntry),
    };
    this.#noteBlob(sha256(site), "");
    this.#retire(new Set(blobsOf(manifest).map((blob) => blob.sha256)), nowMs);
    const bytes = encodeManifest(manifest);
    this.#memory.set("manifest", bytes);
    this.#memory.set("version", sha256(bytes));
    this.#memory.set("approved_at", manifest.approved_at);
  }

  #lookAtAll(): Uint8Array {
    const { clock } = this.#options;
    const startMs = clock.nowMs();
    const site = encodeSite(siteOf(() => this.entries.all()).site);
    this.#siteDueMs = clock.nowMs() + (clock.nowMs() - startMs) / siteShareMax;
    return site;
  }

  #retire(current: ReadonlySet<string>, nowMs: number): void {
    const named = this.#options.database
      .query<{ sha256: Sha256 }, []>("SELECT DISTINCT sha256 FROM origin_blob WHERE retired_ms IS NULL")
      .all();
    const retire = this.#options.database.query("UPDATE origin_blob SET retired_ms = ? WHERE sha256 = ?");
    for (const row of named) if (!current.has(row.sha256)) retire.run(nowMs, row.sha256);
  }
}

/** What these entries teach about the site as a whole. `entries`: called more than once. */
export function siteOf(entries: () => Iterable<Entry>): ReturnType<typeof learnSite> {
  return learnSite(pagesIn(entries()), assetsIn(entries()));
}

function* pagesIn(entries: Iterable<Entry>): Generator<{ address: string; page: PageBaseline }> {
  for (const { address, facts } of entries)
    if (facts !== null) yield { address, page: decodePage(facts.data) };
}

function* assetsIn(
  entries: Iterable<Entry>,
): Generator<{ address: string; kind: DocumentKind; sha256: string }> {
  for (const { address, facts, kind, copy } of entries)
    if (facts === null) yield { address, kind, sha256: copy };
}

function blobsIn({ copy, facts }: Entry): Sha256[] {
  return facts === null ? [copy] : [copy, facts.sha256];
}

function* allowed(entries: Iterable<Entry>, withdrawn: Withdrawn): Generator<Entry> {
  for (const entry of entries) if (!isForbidden(entry, withdrawn)) yield entry;
}

function* batches(entries: Iterable<Entry>): Generator<Entry[]> {
  let batch: Entry[] = [];
  for (const entry of entries) {
    if (batch.push(entry) < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function isForbidden({ address, copy }: Entry, withdrawn: Withdrawn): boolean {
  return withdrawn.coversAddress({ site: "portal", ...partsOf(address) }) || withdrawn.blobs.has(copy);
}

function manifestEntry(entry: NamedEntry): BaselineEntry {
  const { address, status, type, headers, copy, length, facts, takenAt } = entry;
  return {
    ...partsOf(address),
    status,
    type,
    headers: { ...headers },
    copy: { sha256: copy, length },
    facts,
    taken_at: takenAt,
  };
}
