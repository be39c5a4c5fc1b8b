/** What style sheets fetch, what they hide, and what they lay over the page. */
import { sha256 } from "../../base/bytes.ts";

const importOrUrl =
  /@import\s*(?:url\(\s*)?["']?([^"')\s;]+)|(?:url|src)\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))|image-set\(\s*["']([^"']*)/gi;
const removing = /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)/i;
const hiding = new RegExp(
  [
    removing.source,
    String.raw`font-size\s*:\s*(?:0(?:\.0\d*)?(?![.\d])|[01](?:\.\d+)?p[xt])`,
    String.raw`opacity\s*:\s*0?(?:0|\.0\d*)(?![.\d])`,
    String.raw`(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-\d{3}`,
    String.raw`clip\s*:\s*rect\(\s*[01](?:px)?\b`,
    String.raw`clip-path\s*:\s*inset\(\s*(?:50|100)%`,
    String.raw`(?:^|[;{\s])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|!|$)`,
  ].join("|"),
  "i",
);
const simpleSelector = /(?:^|,)\s*[a-z]*([.#][\w-]+)\s*(?=,|$)/gi;
const addressesMax = 1_000;

export interface StyleAddresses {
  readonly imports: readonly string[];
  readonly urls: readonly string[];
}

export function addressesInStyle(css: string): StyleAddresses {
  const plain = plainStyle(css);
  const imports = new Set<string>();
  const urls = new Set<string>();
  for (const { imported, url } of addressesOf(plain)) {
    if (imported === undefined) urls.add(url);
    else imports.add(imported);
  }
  // What looks like a comment is none within an address.
  if (plain !== css)
    for (const { imported, url } of addressesOf(css)) if (imported === undefined) urls.add(url);
  return { imports: [...imports], urls: [...urls] };
}

interface StyleAddress {
  readonly imported: string | undefined;
  readonly url: string;
}

function addressesOf(css: string): StyleAddress[] {
  if (!/url|src|@import|image-set/i.test(css)) return [];
  return css
    .matchAll(importOrUrl)
    .take(addressesMax)
    .map(([, imported, ...others]) => ({ imported, url: others.find((one) => one !== undefined) ?? "" }))
    .toArray();
}

/** As browsers read it: without comments and escapes. */
export function plainStyle(css: string): string {
  return css.includes("/*") || css.includes("\\") ? unescaped(withoutComments(css)) : css;
}

/** Of a plain style: nothing of the element is seen. */
export function removes(declarations: string): boolean {
  return removing.test(declarations);
}

/** Or nearly nothing: too small, too far away, see-through. */
export function hides(declarations: string): boolean {
  return hiding.test(declarations);
}

/** `.name` and `#name` that a rule of their own hides on any screen: no guess at what a cascade makes of it. Of a plain sheet. */
export function hiddenSelectors(css: string): string[] {
  return hiding.test(css) ? [...rulesOf(css)].flatMap(hiddenBy) : [];
}

function hiddenBy({ selectors, declarations }: Rule): string[] {
  return hiding.test(declarations)
    ? [...selectors.matchAll(simpleSelector)].map(([, selector = ""]) => selector)
    : [];
}

interface Rule {
  readonly selectors: string;
  readonly declarations: string;
}

/** Those outside `@media` and its like. */
function* rulesOf(css: string): Generator<Rule> {
  let depth = 0;
  let from = 0;
  let open = 0;
  for (const { 0: brace, index } of css.matchAll(/[{}]/g)) {
    depth = Math.max(0, depth + (brace === "{" ? 1 : -1));
    if (brace === "{" && depth === 1) open = index;
    else if (brace === "}" && depth === 0) {
      yield { selectors: css.slice(from, open), declarations: css.slice(open + 1, index) };
      from = index + 1;
    }
  }
}

const fixed = /position\s*:\s*fixed/i;
const placed = /position\s*:\s*(?:absolute|sticky)/i;
const corner = /(?:^|[;{\s])(?:top|left|inset)\s*:\s*-?0/i;
const onTop = /z-index\s*:\s*\d{3,}/i;
const wholeLength = String.raw`(?:(?:9\d|[1-9]\d\d+)(?:\.\d+)?(?:%|[dls]?v[whib]|vmax)|\d{4,}px)`;
/** One of each group says that a box reaches from one side of the page to the other. */
const fromSideToSide = spanning(["width", "inline-size"], ["left", "right"], "inset-inline");
const fromTopToBottom = spanning(["height", "block-size"], ["top", "bottom"], "inset-block");
/** Without any of its own sides, what is cast around it. */
const castWide = /(?:box-shadow|outline)\s*:[^;]{0,60}?\d{4,6}px/i;

/** Each alternative is a list of patterns that are all needed. */
function spanning(
  lengths: readonly string[],
  sides: readonly [string, string],
  both: string,
): readonly (readonly RegExp[])[] {
  const property = (name: string, value: string): RegExp =>
    new RegExp(String.raw`(?:^|[;{\s])${name}\s*:\s*${value}`, "i");
  return [
    [property("inset", "-?0")],
    [property(both, "-?0")],
    [property(`(?:min-)?(?:${lengths.join("|")})`, wholeLength)],
    sides.map((side) => property(side, "-?0")),
  ];
}

function spans(declarations: string, ways: readonly (readonly RegExp[])[]): boolean {
  return ways.some((patterns) => patterns.every((pattern) => pattern.test(declarations)));
}

/**
 * Of a plain style, as far as one can say without laying it out: `covers` lies over the page as a whole; `bar` along one of its sides, as
 * notices and menus do, and as high as what is in it.
 */
export function coverOf(declarations: string): "covers" | "bar" | undefined {
  if (!/position|box-shadow|outline/i.test(declarations)) return undefined;
  const isFixed = fixed.test(declarations);
  if (!isFixed && !(placed.test(declarations) && corner.test(declarations))) return undefined;
  const wide = spans(declarations, fromSideToSide);
  const high = spans(declarations, fromTopToBottom);
  if ((wide && high) || castWide.test(declarations)) return "covers";
  return isFixed && (wide || high) ? "bar" : undefined;
}

const pageSelector =
  /(?:^|,)\s*(?:\*|:root|main|html|body|(?:html|body)(?:\s*>\s*|\s+)(?:\*|div|main|:not\([^)]*\)))\s*(?=,|$)/i;

/** What rules of a plain sheet, also those within `@media`, do to the whole page: `sheet covers`, `sheet hides`. */
export function sheetOddities(css: string, isHiding: boolean): string[] {
  if (!isHiding && !/position/i.test(css)) return [];
  const found = new Set<string>();
  for (const { selectors, declarations } of innermostRules(css)) {
    if (pageSelector.test(selectors.trim()) && hiding.test(declarations)) found.add("sheet hides");
    const isAbove = fixed.test(declarations) || onTop.test(declarations);
    if (isAbove && coverOf(declarations) === "covers") found.add("sheet covers");
  }
  return [...found];
}

const generated = /content\s*:\s*(?:"([^"]*)"|'([^']*)')/gi;
const saysMost = 20;
const saidLength = 100;

/** Of a plain sheet, also within `@media`: texts that it adds, and which selectors it hides, as one: colours and sizes make no difference. */
export function sheetEffects(css: string, isHiding: boolean): string[] {
  const hidden = isHiding ? [...innermostRules(css)].flatMap(hiddenIn) : [];
  const said = css
    .matchAll(generated)
    .map(([, double, single]) => (double ?? single ?? "").slice(0, saidLength))
    .filter((text) => /\p{L}{2}/u.test(text))
    .take(saysMost);
  return [
    ...(hidden.length === 0 ? [] : [`hides ${sha256(hidden.sort().join(",")).slice(0, 8)}`]),
    ...said.map((text) => `says ${text}`),
  ];
}

function hiddenIn({ selectors, declarations }: Rule): string[] {
  return hiding.test(declarations) ? [selectors.replace(/\s+/g, " ").trim()] : [];
}

/** Each in one step through the sheet: a pattern for whole rules would walk to the end from every letter of a sheet without any. */
function* innermostRules(css: string): Generator<Rule> {
  for (const block of css.split("}")) {
    const open = block.lastIndexOf("{");
    if (open < 0) continue;
    const before = open === 0 ? -1 : block.lastIndexOf("{", open - 1);
    yield { selectors: block.slice(before + 1, open), declarations: block.slice(open + 1) };
  }
}

/** One that is never closed reaches to the end. */
function withoutComments(css: string): string {
  return css.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, "");
}

/** `\75rl(` says the same to a browser. */
function unescaped(css: string): string {
  if (!css.includes("\\")) return css;
  return css.replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
  });
}
