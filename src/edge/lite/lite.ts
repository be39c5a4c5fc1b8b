/** What a worker knows of less than normal service: since when, the text pages that it has made, how many whole ones it may still send, and what it did. */
import { RecentMap } from "../../base/recent-map.ts";
import { type Bucket, fullBucket, takeToken } from "../../decision/bucket.ts";
import type { ServiceLevel } from "../../decision/modes/service.ts";
import type { AnswerForms } from "../cache/answer-forms.ts";
import { type LineKind, lineKinds } from "./words.ts";

/** From the main thread, to each worker. */
export interface ServiceTold {
  readonly level: ServiceLevel;
  /** Since when it is less than normal, ms since 1970. */
  readonly sinceMs: number | undefined;
  /** By an operator. */
  readonly isOrdered: boolean;
  /** In a second, from this worker, to those who ask for them nevertheless. */
  readonly wholePagesPerS: number;
}

export const normalService: ServiceTold = {
  level: "normal",
  sinceMs: undefined,
  isOrdered: false,
  wholePagesPerS: 1,
};

/** Since the last report. */
export interface LiteCounts {
  readonly texts: number;
  readonly textBytes: number;
  /** Refused because only reading goes on. */
  readonly work: number;
  readonly workBytes: number;
}

/** A thousand stories or so. */
const bytesMax = 8 * 1024 * 1024;
/** Its compressed forms weigh less than it does, all together. */
const formsWeigh = 2;
/** Seconds' worth of whole pages that can be asked for at once. */
const burstS = 4;

/** Undefined: none can be made of it. */
export type TextForms = AnswerForms | undefined;

export class Lite {
  #told = normalService;
  #whole: Bucket = fullBucket({ rate: 1, burst: 1 }, 0);
  /** By entry and line. */
  readonly #texts = new RecentMap<number, AnswerForms>(bytesMax);
  readonly #making = new Map<number, Promise<TextForms>>();
  #copies = new WeakMap<object, Map<LineKind, Promise<AnswerForms>>>();
  #counts = noCounts();

  get sinceMs(): number {
    return this.#told.sinceMs ?? 0;
  }

  /** The line that pages bear. */
  get kind(): LineKind {
    if (this.#told.level === "read-only") return "only reading";
    return this.#told.isOrdered ? "ordered" : "load";
  }

  /** How many are held. */
  get texts(): number {
    return this.#texts.size;
  }

  hear(told: ServiceTold, nowMs: number): void {
    if (told.sinceMs !== this.#told.sinceMs) this.#forget();
    this.#told = told;
    this.#whole = fullBucket(this.#wholeLimits, nowMs);
  }

  /** Whether one more whole page may go out to somebody who asks for it. */
  takeWhole(nowMs: number): boolean {
    return takeToken(this.#whole, this.#wholeLimits, nowMs);
  }

  held(entryId: number, kind: LineKind): AnswerForms | undefined {
    return this.#texts.get(numberOf(entryId, kind));
  }

  /** However many ask at once, it is made once, and held from then on. */
  async make(entryId: number, kind: LineKind, make: () => Promise<TextForms>): Promise<TextForms> {
    const number = numberOf(entryId, kind);
    const running = this.#making.get(number);
    if (running !== undefined) return await running;
    const making = make();
    this.#making.set(number, making);
    const { sinceMs } = this.#told;
    const forms = await making.finally(() => this.#making.delete(number));
    if (forms !== undefined && sinceMs === this.#told.sinceMs)
      this.#texts.set(number, forms, forms.weight * formsWeigh);
    return forms;
  }

  /** Of something of the protected site's, made once for as long as that is held. What failed is tried again by whoever asks next. */
  async ofCopy(of: object, kind: LineKind, make: () => Promise<AnswerForms>): Promise<AnswerForms> {
    const kinds = this.#copies.get(of) ?? new Map<LineKind, Promise<AnswerForms>>();
    this.#copies.set(of, kinds);
    const forms = kinds.get(kind) ?? make();
    kinds.set(kind, forms);
    try {
      return await forms;
    } catch (thrown) {
      kinds.delete(kind);
      throw thrown;
    }
  }

  /** Forgets the text of pages that the edition no longer has. */
  keepOnly(entryIds: ReadonlySet<number>): void {
    for (const number of this.#texts.keys())
      if (!entryIds.has(Math.floor(number / lineKinds.length))) this.#texts.delete(number);
  }

  sentText(bytes: number): void {
    this.#counts.texts += 1;
    this.#counts.textBytes += bytes;
  }

  /** `bytes`: of the answer that it would have had, as far as they are known. */
  refusedWork(bytes: number): void {
    this.#counts.work += 1;
    this.#counts.workBytes += bytes;
  }

  take(): LiteCounts {
    const counts = this.#counts;
    this.#counts = noCounts();
    return counts;
  }

  get #wholeLimits(): { readonly rate: number; readonly burst: number } {
    const rate = this.#told.wholePagesPerS;
    return { rate, burst: Math.max(1, rate * burstS) };
  }

  /** The line says since when. */
  #forget(): void {
    for (const number of this.#texts.keys()) this.#texts.delete(number);
    this.#copies = new WeakMap();
  }
}

function numberOf(entryId: number, kind: LineKind): number {
  return entryId * lineKinds.length + lineKinds.indexOf(kind);
}

function noCounts(): { -readonly [name in keyof LiteCounts]: number } {
  return { texts: 0, textBytes: 0, work: 0, workBytes: 0 };
}
