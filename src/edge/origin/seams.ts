/** What the way to the origin needs of the judge, and of who tells staff. */
import type { Provenance } from "../../decision/record.ts";
import type { Exchange } from "../exchange.ts";
import type { AnswerHead } from "../lane/answer-head.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly isStaff: boolean;
  readonly exchange: Exchange;
}

/** What goes out, before it is put into the form that this reader takes. */
export interface Ready {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | Blob;
  readonly provenance: Provenance;
  /** For counting what readers were shown; empty for what nobody will ask about. */
  readonly shownAs: string;
  readonly kind: "answer" | "copy" | "words";
}

export type Shown = Pick<Ready, "kind" | "provenance" | "shownAs">;

export interface Judgement {
  readonly ready: Ready;
  readonly verdict: "vouched" | "uncertain" | "held" | "unjudged";
  /** It may be kept for other readers. */
  readonly storable: boolean;
}

export interface Judge {
  /** By the head alone and the address: has the body to be whole before anything is said? */
  needsWhole(asked: Asked, head: AnswerHead): boolean;
  judge(asked: Asked, head: AnswerHead, body: Uint8Array): Promise<Judgement>;
  /** The answer can't be had whole, or not be taken out of its coding. */
  unjudgeable(
    asked: Asked,
    head: AnswerHead,
    why: "size" | "time" | "broken" | "coding" | "memory",
  ): Promise<Judgement>;
  /** Of an answer that is handed on as it comes. */
  streamedHeaders(asked: Asked, head: AnswerHead): Headers;
  /** The approved copy. */
  copy(asked: Asked): Promise<Ready | undefined>;
  /** What answers before the origin is asked. */
  instead(asked: Asked): Promise<Ready> | undefined;
  /** To be called for each answer that goes out, also from the cache. */
  shown(what: Shown): void;
}

export interface Staff {
  has(request: { readonly path: string; readonly headers: Headers }): boolean;
}
