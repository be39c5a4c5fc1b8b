/** How a request ends, and the verdicts that phases give. */
import type { Target } from "../edition/target.ts";
import type { ErrorAnswer } from "./errors.ts";
import type { Lane } from "./lane/lane.ts";
import type { Maintenance } from "./maintenance/maintenance.ts";

/** One target, with what the hot path would otherwise work out again and again. Itself an outcome of a request. */
export interface Entry {
  readonly kind: "entry";
  readonly target: Target;
  /** The same for targets whose answers are the same byte for byte, also from one edition to the next. */
  readonly id: number;
  readonly isCompressible: boolean;
  /** What a page is made of, not a page itself. */
  readonly isPart: boolean;
}

/** How a request ends. What follows only puts it into an HTTP answer. */
export type Outcome =
  /** A signed target, or its redirect or 410. */
  | Entry
  /** Another spelling of an address that exists; `location` comes from the edition, never from the request. */
  | { readonly kind: "moved"; readonly location: string }
  /** It came in clear, and belongs over TLS; `location` is an address of the site's own. */
  | { readonly kind: "secured"; readonly location: string }
  /** Data under `/_kasbah/`. */
  | {
      readonly kind: "data";
      readonly type: string;
      readonly body: Uint8Array<ArrayBuffer> | string;
      readonly immutable: boolean;
    }
  /** Somebody else's software answers: the protected origin, or the studio. */
  | { readonly kind: "passed-on"; readonly lane: Lane }
  /** Undefined: on nobody's word, because there is nothing true to show. */
  | { readonly kind: "maintenance"; readonly maintenance: Maintenance | undefined }
  | { readonly kind: "error"; readonly error: ErrorAnswer };

/** A phase lets the request go on, or settles how it ends. */
export type Verdict = { readonly kind: "next" } | Outcome;

export const next: Verdict = { kind: "next" };

export function fails(error: ErrorAnswer): Outcome {
  return { kind: "error", error };
}
