/**
 * The maintenance page that is compiled in: small, without anything to load, in light and dark, for screen readers and phones. What an
 * operator says in it is text, never markup. Pure.
 */
import { createHash } from "node:crypto";
import { offsetS, writtenDate } from "../../language/dates.ts";
import { rfc3339 } from "../../base/clock.ts";
import { directionOf, type InterfaceLanguage } from "../../language/tags.ts";
import { escapeHtml } from "../errors.ts";
import { maintenanceWords as words } from "./words.ts";

export interface MaintenancePage {
  readonly language: InterfaceLanguage;
  /** On an operator's word, or because nothing true is left to show. */
  readonly why: "told" | "nothing left";
  readonly message: string;
  /** Ms since 1970; null: nobody knows. */
  readonly untilMs: number | null;
  readonly timeZone: string;
  /** Where pages can be read as text meanwhile; undefined: nowhere. */
  readonly textPath: string | undefined;
}

/** No picture, no font: on a full line the page is one packet or two. */
const style = `
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
.message { white-space: pre-line; font-weight: 600 }
.soon { color: var(--faint) }
a { color: var(--link); text-underline-offset: .2em; padding-block: .4rem; display: inline-block }
a:focus-visible { outline: 3px solid currentcolor; outline-offset: 3px }
`;

/** For the Content-Security-Policy: this very style, and no other. */
export const styleSource = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;

export function maintenanceHtml(page: MaintenancePage): string {
  const { language, why, message, textPath } = page;
  const title = words.title[language];
  const what = why === "told" ? words.told[language] : words.nothingLeft[language];
  const paragraphs = [
    `<p>${what}</p>`,
    ...(message === "" ? [] : [`<p class="message" dir="auto">${escapeHtml(message)}</p>`]),
    `<p class="soon">${untilOf(page) ?? words.soon[language]}</p>`,
    ...(textPath === undefined
      ? []
      : [`<p><a href="${escapeHtml(textPath)}">${words.text[language]}</a></p>`]),
  ];
  return [
    `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">`,
    `<title>${title}</title><style>${style}</style></head>`,
    `<body><main><h1>${title}</h1>${paragraphs.join("")}</main></body></html>\n`,
  ].join("");
}

function untilOf({ untilMs, language, timeZone }: MaintenancePage): string | undefined {
  if (untilMs === null) return undefined;
  const at = rfc3339(untilMs);
  const written = `${writtenDate(at, "moment", language, timeZone)} (${zoneOf(at, timeZone)})`;
  const time = `<time datetime="${at}">${escapeHtml(written)}</time>`;
  return words.until[language].replace("{until}", () => time);
}

/** A reader may be anywhere. `UTC+1`, left to right in any language. */
function zoneOf(at: string, timeZone: string): string {
  const minutes = Math.round(offsetS(at, timeZone) / 60);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const past = rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`;
  return minutes === 0 ? "UTC" : `\u2066UTC${minutes < 0 ? "−" : "+"}${hours}${past}\u2069`;
}
