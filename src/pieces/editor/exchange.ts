/** What the editor's page and the server tell each other, and how they find each other in the page. Both import it: types and names only. */
import type { LanguageTag } from "../../language/tags.ts";
import type { Content } from "../piece.ts";

/** A revision as somebody saved it. */
export interface Version extends Content {
  readonly revision: string;
  /** RFC 3339. */
  readonly at: string;
  /** Name of who saved it, or null for an import. */
  readonly by: string | null;
}

/** What a text shows of citizens' material, in the words of the page around it. */
export interface MaterialCard {
  /** "Video". */
  readonly kind: string;
  /** "Verified". */
  readonly state: string;
  readonly meaning: string;
  readonly claim: string;
  /** That the claim is in. */
  readonly language: LanguageTag;
}

/** In the page, as JSON. */
export interface Opened {
  readonly text: string;
  readonly language: LanguageTag;
  /** The newsroom's: times are told by one clock on all of the page. */
  readonly timeZone: string;
  readonly mine: Version;
  /** What stands beside it where both were saved at the same time: the text as it is now. */
  readonly theirs: Version | null;
  /** By id: of everything that any of these show. */
  readonly material: Readonly<Record<string, MaterialCard>>;
  /** Of the visitor's, from a page that was left without saving. */
  readonly unsaved: Unsaved | null;
}

/** `POST /texts/:text/revisions`. */
export interface SaveRequest extends Content {
  readonly parent: string;
  readonly merges?: string;
}

export interface Unsaved extends SaveRequest {
  /** RFC 3339. */
  readonly at: string;
}

export type SaveAnswer =
  | { readonly outcome: "saved"; readonly revision: string; readonly at: string }
  /** Kept as `revision`, beside `theirs`, which somebody else saved meanwhile. */
  | {
      readonly outcome: "conflict";
      readonly revision: string;
      readonly at: string;
      readonly theirs: Version;
    };

/** Ids of what the page and its script know each other by. */
export const ids = {
  opened: "opened-text",
  form: "writing",
  body: "writing-body",
  view: "text-view",
  before: "before-saving",
  panel: "text-panel",
} as const;
