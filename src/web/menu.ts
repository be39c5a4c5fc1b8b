/** The studio's menu: each feature has its entries. */
import type { Act } from "./acts.ts";
import type { InThreeLanguages } from "./words.ts";

/** Shown to who may do `act` somewhere. */
export interface MenuEntry {
  readonly path: string;
  readonly act: Act;
  readonly words: InThreeLanguages<string>;
}
