/**
 * What a document is and does, as sets of facts: what a baseline remembers of a page, and what a new reading of it is compared with.
 * Never bytes: pages change by themselves all the time, what they may do hardly ever.
 */

export const documentKinds = [
  "html",
  "xml",
  "svg",
  "text",
  "script",
  "style",
  "font",
  "image",
  "data",
  "other",
] as const;
/** What a browser would make of it, from its type and its first bytes. */
export type DocumentKind = (typeof documentKinds)[number];

/**
 * Sets of short texts. A reference is written `/path?query` where it leads to the site itself, else `//host/path?query`; what carries its
 * contents in itself is `data:` or `javascript:` and a hash.
 */
export const factSets = [
  "scripts",
  "styles",
  "preloads",
  /** iframe, frame, object, embed, portal: where they lead. */
  "frames",
  /** `POST //host/path` without its query, with ` password` where it asks for one; "." is the page itself; "- password": no form has it. */
  "forms",
  "base",
  /** <meta http-equiv=refresh> and the Refresh header; "." is the page itself. */
  "refreshes",
  /** Foreign ones only: `example.org`, `example.org:8080`, or a scheme: `mailto:`. */
  "link-hosts",
  "media-hosts",
  /** Own paths that are linked: menus, other pages. */
  "links",
  /** Own and foreign pictures. */
  "images",
  /** Hosts linked from what is not shown. */
  "hidden-link-hosts",
  "manifests",
  "service-workers",
  /** Names of what is set, never values. */
  "cookies",
  /** Content-Security-Policy and its like, `name: value` without nonces. */
  "policies",
  /**
   * What pages rarely have and defacements often: `marquee`, `embed`, `applet`, `audio autoplay`, `bgsound`, `bgcolor #000000`; what tells
   * who a page belongs to: `robots noindex`, `google-site-verification {hash}`; how its bytes are read: `charset utf-8` (each page has one),
   * `utf-7`, `escape sequences`, `two character sets`.
   */
  "oddities",
  /** What sheets in the page do besides looks: `says text` (generated content), `hides` and a hash of the selectors. */
  "sheet-effects",
  /** Of what is linked, archives: `.zip`, with a foreign host `.zip example.org`. */
  "archives",
  /** Foreign hosts that stand for this page in other languages, or for search engines: `alternate example.org`. */
  "stand-ins",
  /** Own paths linked from what is not shown. */
  "hidden-links",
  /** Whom its text and links say to write to, to call or to pay: `mailto:`, `tel:`, `iban:`, `account:`, `wallet:`. */
  "contacts",
  /** Headlines and where they lead: 8 digits of the own address's hash, `//host` or `-`; and how they begin. */
  "entries",
  /** What stands right below the body, what has a class or an id: `div.first-class`, `div#id`, without digits; and `p` and the like where text flows there. */
  "sections",
  /** What might be markup to another parser than ours: within comments, CDATA, textarea; hashes. Within noscript it is read as the page is. */
  "buried",
] as const;
export type FactSet = (typeof factSets)[number];

/** Baselines signed by earlier versions don't have these: nothing is known of them there, which is not that there were none. */
export const laterSets: ReadonlySet<FactSet> = new Set([
  "sheet-effects",
  "archives",
  "stand-ins",
  "hidden-links",
  "contacts",
  "entries",
  "sections",
]);

/** Code or style that stands in the page itself. */
export interface InlineCode {
  /** `handler`: on… attributes and javascript: addresses. `data`: script elements that don't run. */
  readonly kind: "script" | "handler" | "style" | "data";
  /** Hash of the code without its literals. */
  readonly shape: string;
  /** Its string and number literals in their order, shortened (what is cut keeps a hash), a list as one; bounded. Of handlers of one shape: all. */
  readonly literals: readonly string[];
  readonly bytes: number;
}

/** How much there is and of what; a sketch (MinHash) of word or path shingles, so that two can be compared without being kept. */
export interface Volume {
  /** Words, or elements. */
  readonly count: number;
  /** 128 numbers of 32 bits: the share of equal places is how alike two are. None where there is nothing. */
  readonly sketch: readonly number[];
}

export interface Facts {
  readonly kind: DocumentKind;
  readonly status: number;
  /** Media type in lower case, without parameters; empty where none was said. */
  readonly type: string;
  /** Of the body. */
  readonly bytes: number;
  /** SHA-256 of the body. */
  readonly sha256: string;
  /** Where a redirect leads, as a reference; empty where there is none. */
  readonly location: string;
  readonly title: string;
  /** h1 to h3, in their order, bounded. */
  readonly headings: readonly string[];
  /** As declared; empty where it is not. */
  readonly language: string;
  readonly direction: "" | "ltr" | "rtl";
  /** Shares of the letters by writing script ("Arab", "Latn", "Tfng", "Cyrl", …). */
  readonly letters: Readonly<Record<string, number>>;
  readonly sets: Readonly<Record<FactSet, readonly string[]>>;
  readonly inline: readonly InlineCode[];
  readonly text: Volume;
  readonly structure: Volume;
  /** The first blocks of what is seen, as they are written: a line above the page is told from the page by them. Bounded, never kept in a baseline. */
  readonly opening: readonly string[];
  /** What is seen, in lower case, one space between words, without vowel signs and tatweel; bounded, never kept in a baseline. */
  readonly words: string;
  /** Which limit was met, so that nothing can be said of the rest; undefined: none. */
  readonly over: "size" | "time" | "depth" | "elements" | undefined;
}
