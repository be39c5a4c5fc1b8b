/** What goes out for a request to the protected site, before it is put into the form that this reader takes. */
import type { Provenance } from "../../decision/record.ts";
import type { Exchange } from "../exchange.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Without "?". */
  readonly query: string | undefined;
  /** staff.ts. */
  readonly isStaff: boolean;
  /** Whose request it is. */
  readonly exchange: Pick<Exchange, "request" | "scheme">;
}

/** What is counted of an answer that went out. */
export interface WasShown {
  readonly provenance: Provenance;
  /** `answerKey`; empty for what nobody will ask about. */
  readonly shownAs: string;
  readonly kind: "answer" | "copy" | "words";
}

export interface Ready extends WasShown {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | Blob;
}

export interface Judgement {
  readonly ready: Ready;
  /** "unjudged": there is nothing to judge by, or nobody wants it judged. */
  readonly verdict: "vouched" | "uncertain" | "held" | "unjudged";
  /** It may be kept for other readers. */
  readonly storable: boolean;
}

/** Says what stands behind an answer of the protected site's: `judged`, `uncertain` or `copy`. */
export const provenanceHeader = "kasbah-provenance";
