/** Verified pages and their compressed forms, in bounded memory. What is not in it is read from disk and verified. */
import { RecentMap } from "../base/recent-map.ts";
import type { BlobStore } from "../store/blobs.ts";
import { type Coding, codings } from "./accept-encoding.ts";
import { type BlobFault, faultOfReading, RecentFaults, type SignedBlob } from "./blob-fault.ts";
import { compress, createForm, type Form } from "./forms.ts";
import type { Entry } from "./outcome.ts";

export type FormReading = { readonly kind: "form"; readonly form: Form } | BlobFault;
type Reading = { readonly kind: "body"; readonly body: Uint8Array<ArrayBuffer> } | BlobFault;

export interface PageMemoryOptions {
  readonly blobs: BlobStore;
  readonly bytesMax: number;
  readonly tls: boolean;
  readonly monotonicMs: () => number;
}

/** What a form takes beside its body: headers, bookkeeping, and what the allocator leaves unused. */
const overheadBytes = 4_096;
/** Compressing is work: who asks for many new forms at once gets pages as they are. */
const compressionsMax = 2;
/**
 * The engine lets bodies that were forgotten grow to some 100 MB before it collects them; after this many bytes of them it is
 * told to. It takes 1 to 5 ms.
 */
const collectEveryBytes = 4 * 1024 * 1024;

/** Each form stands for itself: where all readers take br, the uncompressed ones are forgotten first. */
export class PageMemory {
  readonly #options: PageMemoryOptions;
  readonly #forms: RecentMap<number, Form>;
  /** By SHA-256. */
  readonly #faults: RecentFaults<string>;
  readonly #making = new Map<number, Promise<FormReading>>();
  /** Entries of the edition that is served; a page may become ready after it was withdrawn. */
  #wanted: ReadonlySet<number> | undefined;
  #compressions = 0;
  #forgottenBytes = 0;

  constructor(options: PageMemoryOptions) {
    this.#options = options;
    this.#forms = new RecentMap(options.bytesMax);
    this.#faults = new RecentFaults(options.monotonicMs);
  }

  /** Overhead included; never above `bytesMax`. */
  get bytes(): number {
    return this.#forms.weight;
  }

  /** How many are held. */
  get forms(): number {
    return this.#forms.size;
  }

  /** Verified before, and still here. `coding` undefined: as it is. */
  held(entry: Entry, coding: Coding | undefined): Form | undefined {
    return this.#forms.get(formNumber(entry, coding));
  }

  /** From disk, verified, then compressed; held from then on. However many ask at once, it is made once. Never rejects. */
  async make(entry: Entry, coding: Coding | undefined): Promise<FormReading> {
    const number = formNumber(entry, coding);
    const running = this.#making.get(number);
    if (running !== undefined) return await running;
    const making = coding === undefined ? this.#plain(entry) : this.#compressed(entry, coding);
    this.#making.set(number, making);
    return await making.finally(() => this.#making.delete(number));
  }

  /** Forgets what the edition no longer has: superseded pages, and what was withdrawn. */
  keepOnly(entryIds: ReadonlySet<number>): void {
    this.#wanted = entryIds;
    for (const number of this.#forms.keys()) {
      if (!entryIds.has(Math.floor(number / formsEach))) this.#forms.delete(number);
    }
  }

  async #plain(entry: Entry): Promise<FormReading> {
    const reading = await this.#read(entry);
    return reading.kind === "fault" ? reading : this.#keep(entry, undefined, reading.body);
  }

  async #read({ target }: Entry): Promise<Reading> {
    if (target.length === 0) return { kind: "body", body: new Uint8Array() };
    const known = this.#faults.find(target.sha256);
    if (known !== undefined) return known;
    const reading = await this.#readBlob(target);
    return reading.kind === "fault" ? this.#faults.remember(target.sha256, reading) : reading;
  }

  async #readBlob(target: SignedBlob): Promise<Reading> {
    try {
      const blob = await this.#options.blobs.get(target.sha256, target.length);
      if (blob.state === "whole") return { kind: "body", body: blob.data };
      return { kind: "fault", fault: blob.state, detail: "found when it was asked for" };
    } catch (thrown) {
      return faultOfReading(thrown);
    }
  }

  /** The uncompressed form where too many are being compressed already, or where it gains nothing. */
  async #compressed(entry: Entry, coding: Coding): Promise<FormReading> {
    if (this.#compressions >= compressionsMax) return await this.#plain(entry);
    this.#compressions += 1;
    try {
      const reading = await this.#read(entry);
      if (reading.kind === "fault") return reading;
      const body = await compress(coding, reading.body).catch(() => reading.body);
      if (body.length < reading.body.length) {
        reading.body.buffer.transfer(0);
        return this.#keep(entry, coding, body);
      }
      const plain = this.#keep(entry, undefined, reading.body);
      this.#forms.set(formNumber(entry, coding), plain.form, overheadBytes);
      return plain;
    } finally {
      this.#compressions -= 1;
    }
  }

  /** Takes the bytes over: what holds them is given back at once. */
  #keep(
    entry: Entry,
    coding: Coding | undefined,
    body: Uint8Array<ArrayBuffer>,
  ): FormReading & { kind: "form" } {
    const form = createForm(entry, coding, body, this.#options.tls);
    body.buffer.transfer(0);
    const weight = form.body.size + overheadBytes;
    if (this.#wanted?.has(entry.id) === false) return { kind: "form", form };
    const before = this.#forms.weight;
    this.#forms.set(formNumber(entry, coding), form, weight);
    this.#forgottenBytes += before + weight - this.#forms.weight;
    if (this.#forgottenBytes > collectEveryBytes) {
      this.#forgottenBytes = 0;
      Bun.gc(true);
    }
    return { kind: "form", form };
  }
}

const formsEach = codings.length + 1;

function formNumber({ id }: Entry, coding: Coding | undefined): number {
  return id * formsEach + (coding === undefined ? 0 : codings.indexOf(coding) + 1);
}
