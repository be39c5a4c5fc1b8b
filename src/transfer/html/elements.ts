/** What each HTML element becomes in the editor's document (docs/importing.md). What stands in no table keeps its text and is remarked. */
import type { Mark } from "../../pieces/body.ts";

type PlainMark = Exclude<Mark["type"], "link" | "language">;

/** Emphasis of any name. `<cite>`, `<dfn>` and `<var>` are set in italics by every browser. */
export const markOf: ReadonlyMap<string, PlainMark> = new Map([
  ["b", "bold"],
  ["strong", "bold"],
  ["i", "italic"],
  ["em", "italic"],
  ["cite", "italic"],
  ["dfn", "italic"],
  ["var", "italic"],
  ["s", "strike"],
  ["strike", "strike"],
  ["del", "strike"],
  ["u", "underline"],
  ["ins", "underline"],
  ["code", "code"],
  ["kbd", "code"],
  ["samp", "code"],
  ["tt", "code"],
  ["sub", "subscript"],
  ["sup", "superscript"],
]);

/** The page's title is level 1, so a body's headings begin at 2; below 4 nobody tells them apart. */
export const headingLevelOf: ReadonlyMap<string, 2 | 3 | 4> = new Map([
  ["h1", 2],
  ["h2", 2],
  ["h3", 3],
  ["h4", 4],
  ["h5", 4],
  ["h6", 4],
]);

const blockNames =
  "address article aside body center dd details dialog div dl dt fieldset figcaption footer form header hgroup html legend li main nav p search section summary";
/** Begin and end a paragraph, and leave nothing else behind. */
export const blockElements: ReadonlySet<string> = new Set(blockNames.split(" "));

const plainNames =
  "a abbr acronym bdi bdo big colgroup data font label mark noscript nobr picture rb rp rt rtc ruby small span tbody td tfoot th thead time tr";
/** Known, and no more than their text or children. */
export const transparentElements: ReadonlySet<string> = new Set(plainNames.split(" "));

/** Show another document: a link to it is kept. The attributes that may hold its address, the best first. */
export const embedAddress: ReadonlyMap<string, readonly string[]> = new Map([
  ["iframe", ["src", "data-src"]],
  ["embed", ["src"]],
  ["object", ["data"]],
  ["video", ["src"]],
  ["audio", ["src"]],
  ["frame", ["src"]],
]);

/** Not text that anybody sees; gone with all that is in them. */
export const unseenElements: ReadonlySet<string> = new Set(
  "script style template title datalist noembed noframes head metadata desc".split(" "),
);

/** Empty by nature: nothing is lost with them. */
export const voidElements: ReadonlySet<string> = new Set(
  "area base basefont bgsound col link meta param source track wbr".split(" "),
);

/** Controls that do nothing in a signed page; their text stays. */
export const formElements: ReadonlySet<string> = new Set(
  "form input button select option optgroup textarea output progress meter".split(" "),
);
