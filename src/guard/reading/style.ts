/** What style sheets fetch, and what they hide. */

const importOrUrl =
  /@import\s*(?:url\(\s*)?["']?([^"')\s;]+)|(?:url|src)\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))|image-set\(\s*["']([^"']*)/gi;
const hiding =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?![.\d])|(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-\d{3}|clip\s*:\s*rect\(\s*[01](?:px)?\b|clip-path\s*:\s*inset\(\s*(?:50|100)%|(?:^|[;{\s])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|!|$)/i;
const simpleRule = /([^{}]*)\{([^{}]*)\}/g;
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

export function hides(declarations: string): boolean {
  return hiding.test(declarations);
}

/** `.name` and `#name` that a rule of their own hides: no guess at what a cascade makes of it. */
export function hiddenSelectors(css: string): string[] {
  if (!hiding.test(css)) return [];
  const found: string[] = [];
  for (const [, selectors = "", declarations = ""] of css.matchAll(simpleRule)) {
    if (!hiding.test(declarations)) continue;
    for (const [, selector = ""] of selectors.matchAll(simpleSelector)) found.push(selector);
  }
  return found;
}

/** `\75rl(` says the same to a browser. */
function unescaped(css: string): string {
  if (!css.includes("\\")) return css;
  return css.replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
  });
}
