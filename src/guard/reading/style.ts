/** What style sheets fetch, and what they hide. */

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

/** `\75rl(` says the same to a browser. */
function unescaped(css: string): string {
  if (!css.includes("\\")) return css;
  return css.replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
  });
}
