/** What comes of asking the origin for everybody who may get its answer. */
import type { KeptAnswer } from "../cache/kept.ts";
import type { StoredAnswer } from "../cache/stored.ts";
import type { LaneFault, Passed } from "../lane/passage.ts";
import type { FetchClient } from "./fetch-client.ts";
import type { Ready } from "../judging/ready.ts";

export type Fetched =
  /** For everybody, also later. */
  | { readonly kind: "stored"; readonly stored: StoredAnswer; readonly varies: readonly string[] }
  /** For everybody who waits for it. */
  | { readonly kind: "ready"; readonly ready: Ready; readonly isFailure: boolean }
  /** For the one who asked; the others ask for themselves. */
  | { readonly kind: "alone"; readonly ready: Ready }
  | {
      readonly kind: "stream";
      readonly answer: Passed;
      readonly headers: Headers;
      readonly client: FetchClient;
    }
  /** It depends on fields that were not sent. */
  | { readonly kind: "varies"; readonly names: readonly string[] }
  | { readonly kind: "malformed" }
  | { readonly kind: "fault"; readonly fault: LaneFault };

/** And what others know of it: what everybody gets is kept by then. */
export type Outcome =
  | Exclude<Fetched, { readonly kind: "stored" }>
  /** Another worker asked, and it is for one alone. */
  | { readonly kind: "passed"; readonly isLong: boolean }
  | { readonly kind: "kept"; readonly kept: KeptAnswer };
