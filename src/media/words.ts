/** What the newsroom is told about a picture; the words are in words/. */
import type { PictureFault } from "./store.ts";

export interface MediaWords {
  /** `{size}`: megabytes. */
  readonly faults: Readonly<Record<PictureFault | "too long" | "too slow to come", string>>;
  /** A moving picture was too large, and its first frame was kept. */
  readonly stilled: string;
}
