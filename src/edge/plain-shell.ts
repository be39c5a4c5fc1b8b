/**
 * The page around words that the edge says where no edition has them: small, with nothing to load, in light and dark, for screen readers,
 * text browsers and phones, from right to left and from left to right. Pure.
 */
import { createHash } from "node:crypto";
import { directionOf, type InterfaceLanguage } from "../language/tags.ts";

/** No picture, no font: on a full line the page is one packet or two. */
export const shellStyle = `
:root { color-scheme: light dark; --ground: #fbfaf7; --ink: #1d1b16; --faint: #5d584c; --line: #8a6d00; --link: #0b4f8a }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16150f; --ink: #ece7da; --faint: #b0a998; --line: #d9b84a; --link: #8ec5ff }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--ink);
  font: 1.125rem/1.6 system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif }
:lang(ar) { line-height: 1.8 }
main { max-width: 34rem; width: 100%; padding-inline-start: 1.25rem; border-inline-start: .3rem solid var(--line); overflow-wrap: anywhere }
h1 { margin: 0 0 .75rem; font-size: 1.75rem; line-height: 1.3 }
p { margin: .75rem 0 }
.soon { color: var(--faint) }
a { color: var(--link); text-underline-offset: .2em; padding-block: .4rem; display: inline-block }
a:focus-visible { outline: 3px solid currentcolor; outline-offset: 3px }
`;

export interface Shell {
  readonly language: InterfaceLanguage;
  /** These and `main` are markup: what comes from outside was escaped. */
  readonly title: string;
  readonly head?: string;
  readonly style: string;
  readonly main: string;
}

export function shellHtml({ language, title, head = "", style, main }: Shell): string {
  return [
    `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">${head}`,
    `<title>${title}</title><style>${style}</style></head>`,
    `<body><main>${main}</main></body></html>\n`,
  ].join("");
}

/** For a Content-Security-Policy: this very style or script, and no other. */
export function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
