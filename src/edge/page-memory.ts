/** Verified pages and their compressed forms, in bounded memory. What is not in it is read from disk and verified. */
import { RecentMap } from "../base/recent-map.ts";
import type { BlobStore } from "../store/blobs.ts";
import type { Coding } from "./accept-encoding.ts";
import type { Entry } from "./outcome.ts";
import { type BlobFault, faultOfReading } from "./blob-fault.ts";
import { compress, createForm, type Form, isCompressible } from "./forms.ts";

export interface Page {
  readonly entry: Entry;
  readonly plain: Form;
  /** What a page is made of, not a page itself. */
  readonly isPart: boolean;
  /** Null where compressing gains nothing. */
  readonly compressed: Map<Coding, Form | null>;
}

export type PageReading = { readonly kind: "page"; readonly page: Page } | BlobFault;

export interface PageMemoryOptions {
  readonly blobs: BlobStore;
  readonly bytesMax: number;
  readonly tls: boolean;
}

/** Headers and bookkeeping of a form, roughly; measured as in docs/decisions. */
const overheadBytes = 2_048;
/** Redirects have no body; that one needs no disk. */
const empty = { state: "whole", data: new Uint8Array() } as const;
const partType = /^(text\/(css|javascript)|application\/javascript|image\/|font\/)/;
/** Compressing is work: who asks for many new forms at once gets the page as it is. */
const compressionsMax = 8;

export class PageMemory {
  readonly #options: PageMemoryOptions;
  readonly #pages: RecentMap<string, Page>;
  readonly #loading = new Map<string, Promise<PageReading>>();
  readonly #compressing = new Map<string, Promise<Form>>();

  constructor(options: PageMemoryOptions) {
    this.#options = options;
    this.#pages = new RecentMap(options.bytesMax);
  }

  /** Bytes, overhead included; never above `bytesMax`. */
  get bytes(): number {
    return this.#pages.weight;
  }

  get pages(): number {
    return this.#pages.size;
  }

  /** Verified before, and still here. */
  held(entry: Entry): Page | undefined {
    return this.#pages.get(entry.key);
  }

  /** From disk, verified; from then on it is held. However many ask at once, it is read once. Never rejects. */
  async load(entry: Entry): Promise<PageReading> {
    const running = this.#loading.get(entry.key);
    if (running !== undefined) return running;
    const loading = this.#read(entry).finally(() => this.#loading.delete(entry.key));
    this.#loading.set(entry.key, loading);
    return loading;
  }

  /** The form that the client likes best among those that are ready; a promise where one has to be made first. */
  form(page: Page, accepted: readonly Coding[]): Form | Promise<Form> {
    const [best] = accepted;
    if (best === undefined || !isCompressible(page.entry)) return page.plain;
    const ready = page.compressed.get(best);
    if (ready !== undefined) return ready ?? page.plain;
    return this.#compress(page, best) ?? page.plain;
  }

  /** The same without waiting: where it has to be made first, the page as it is. */
  readyForm(page: Page, accepted: readonly Coding[]): Form {
    const form = this.form(page, accepted);
    return form instanceof Promise ? page.plain : form;
  }

  /** Forgets every page that the edition no longer has: superseded ones, and what was withdrawn. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const { entry } of this.#pages.values()) {
      if (!keys.has(entry.key)) this.#pages.delete(entry.key);
    }
  }

  async #read(entry: Entry): Promise<PageReading> {
    const { sha256, length, type } = entry.target;
    try {
      const blob = length === 0 ? empty : await this.#options.blobs.get(sha256, length);
      if (blob.state !== "whole") return { kind: "fault", fault: blob.state, detail: `not what was signed` };
      const body = new Uint8Array(blob.data);
      const plain = createForm(entry, undefined, body, this.#options.tls);
      const page: Page = { entry, plain, isPart: partType.test(type), compressed: new Map() };
      this.#keep(page);
      return { kind: "page", page };
    } catch (thrown) {
      return faultOfReading(thrown);
    }
  }

  /** Undefined where too many are being made already. Never rejects. */
  #compress(page: Page, coding: Coding): Promise<Form> | undefined {
    const key = `${coding} ${page.entry.key}`;
    const running = this.#compressing.get(key);
    if (running !== undefined) return running;
    if (this.#compressing.size >= compressionsMax) return undefined;
    const making = this.#makeForm(page, coding)
      .catch(() => page.plain)
      .finally(() => this.#compressing.delete(key));
    this.#compressing.set(key, making);
    return making;
  }

  async #makeForm(page: Page, coding: Coding): Promise<Form> {
    const body = await compress(coding, await page.plain.body.bytes());
    const gains = body.length < page.plain.body.size;
    const form = gains ? createForm(page.entry, coding, body, this.#options.tls) : null;
    page.compressed.set(coding, form);
    if (this.#pages.has(page.entry.key)) this.#keep(page);
    return form ?? page.plain;
  }

  #keep(page: Page): void {
    const forms = [page.plain, ...page.compressed.values()].filter((form) => form !== null);
    const weight = forms.reduce((sum, form) => sum + form.body.size + overheadBytes, 0);
    this.#pages.set(page.entry.key, page, weight);
  }
}
