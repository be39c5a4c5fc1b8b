/** What style sheets fetch, what they hide, and what they lay over the page. */

const importOrUrl =
  /@import\s*(?:url\(\s*)?["']?([^"')\s;]+)|(?:url|src)\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))|image-set\(\s*["']([^"']*)/gi;
const removing = /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)/i;
const hiding = new RegExp(
  [
    removing.source,
    String.raw`(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?![.\d])`,
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
  const imports: string[] = [];
  const urls: string[] = [];
  if (!/url|src|@import|image-set|\\/i.test(css)) return { imports, urls };
  for (const match of unescaped(css).matchAll(importOrUrl)) {
    const [, imported, ...others] = match;
    if (imported === undefined) urls.push(others.find((address) => address !== undefined) ?? "");
    else imports.push(imported);
    if (imports.length + urls.length >= addressesMax) break;
  }
  return { imports, urls };
}

/** Nothing of it is seen. */
export function removes(declarations: string): boolean {
  return removing.test(declarations);
}

/** Or nearly nothing: too small, too far away, see-through. */
export function hides(declarations: string): boolean {
  return hiding.test(declarations);
}

/** `.name` and `#name` that a rule of their own hides on any screen: no guess at what a cascade makes of it. */
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
const whole =
  /inset\s*:\s*0|(?:^|[;{\s])(?:min-)?(?:width|height)\s*:\s*(?:(?:9\d|[1-9]\d\d+)(?:\.\d+)?(?:%|[dls]?v[whib]|vmax)|\d{4,}px)/i;
const onTop = /z-index\s*:\s*\d{3,}/i;

/** Lies over the page as a whole, as far as one can say without laying it out. */
export function covers(style: string): boolean {
  if (!/position/i.test(style) && !style.includes("\\")) return false;
  const declarations = withoutComments(unescaped(style));
  if (!whole.test(declarations)) return false;
  return fixed.test(declarations) || (placed.test(declarations) && corner.test(declarations));
}

const innermost = /([^{}]*)\{([^{}]*)\}/g;
const pageSelector =
  /(?:^|,)\s*(?:\*|:root|main|html|body|(?:html|body)(?:\s*>\s*|\s+)(?:\*|div|main|:not\([^)]*\)))\s*(?=,|$)/i;

/** What rules of a sheet, also those within `@media`, do to the whole page: `sheet covers`, `sheet hides`. */
export function sheetOddities(css: string): string[] {
  if (!hiding.test(css) && !/position/i.test(css) && !css.includes("\\")) return [];
  const found = new Set<string>();
  for (const [, selectors = "", declarations = ""] of withoutComments(unescaped(css)).matchAll(innermost)) {
    if (pageSelector.test(selectors.trim()) && hiding.test(declarations)) found.add("sheet hides");
    if (covers(declarations) && (fixed.test(declarations) || onTop.test(declarations)))
      found.add("sheet covers");
  }
  return [...found];
}

function withoutComments(css: string): string {
  return css.replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, "");
}

/** `\75rl(` says the same to a browser. */
function unescaped(css: string): string {
  if (!css.includes("\\")) return css;
  return css.replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
  });
}
