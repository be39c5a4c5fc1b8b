/** Blobs of the baseline in a worker: read when they are first needed, verified on each reading, held in bounded memory. */
import type { Sha256 } from "../../base/bytes.ts";
import { RecentMap } from "../../base/recent-map.ts";
import { decodePage, type PageBaseline } from "../../guard/learning/page.ts";
import { decodeSite, type SiteBaseline } from "../../guard/learning/site.ts";
import type { BlobStore } from "../../store/blobs.ts";
import { type BlobFault, faultOfReading, type SignedBlob } from "../blob-fault.ts";

export interface BaselineMemoryOptions {
  readonly blobs: BlobStore;
  /** For approved copies, and as much again for what is known of pages, by the length of its blobs. */
  readonly bytesMax: number;
  readonly reportFault: (blob: SignedBlob, fault: BlobFault) => void;
}

export class BaselineMemory {
  readonly #options: BaselineMemoryOptions;
  readonly #copies: RecentMap<Sha256, Uint8Array<ArrayBuffer>>;
  readonly #pages: RecentMap<Sha256, PageBaseline>;
  /** Of the baseline that is used now. */
  #site: { readonly sha256: Sha256; readonly site: SiteBaseline } | undefined;

  constructor(options: BaselineMemoryOptions) {
    this.#options = options;
    this.#copies = new RecentMap(options.bytesMax);
    this.#pages = new RecentMap(options.bytesMax);
  }

  /** An approved copy's bytes; undefined: they can't be had at the moment. */
  async copy(blob: SignedBlob): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const held = this.#copies.get(blob.sha256);
    if (held !== undefined) return held;
    const data = await this.#read(blob);
    if (data !== undefined) this.#copies.set(blob.sha256, data, data.length);
    return data;
  }

  async page(blob: SignedBlob): Promise<PageBaseline | undefined> {
    const held = this.#pages.get(blob.sha256);
    if (held !== undefined) return held;
    const page = await this.#decode(blob, decodePage);
    if (page !== undefined) this.#pages.set(blob.sha256, page, blob.length);
    return page;
  }

  async site(blob: SignedBlob): Promise<SiteBaseline | undefined> {
    if (this.#site?.sha256 === blob.sha256) return this.#site.site;
    const site = await this.#decode(blob, decodeSite);
    if (site !== undefined) this.#site = { sha256: blob.sha256, site };
    return site;
  }

  async #decode<T>(blob: SignedBlob, decode: (data: Uint8Array) => T): Promise<T | undefined> {
    const data = await this.#read(blob);
    if (data === undefined) return undefined;
    try {
      return decode(data);
    } catch (thrown) {
      this.#options.reportFault(blob, faultOfReading(thrown));
      return undefined;
    }
  }

  async #read(blob: SignedBlob): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { blobs, reportFault } = this.#options;
    try {
      const { state, ...found } = await blobs.get(blob.sha256, blob.length);
      if ("data" in found) return found.data;
      if (state !== "whole")
        reportFault(blob, { kind: "fault", fault: state, detail: "found when it was asked for" });
    } catch (thrown) {
      reportFault(blob, faultOfReading(thrown));
    }
    return undefined;
  }
}
