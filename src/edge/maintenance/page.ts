/**
 * The maintenance page that is compiled in. What an operator says in it is text, never markup. Pure.
 */
import { offsetS, writtenDate } from "../../language/dates.ts";
import { rfc3339 } from "../../base/clock.ts";
import type { InterfaceLanguage } from "../../language/tags.ts";
import { escapeHtml } from "../errors.ts";
import { hashSource, shellHtml, shellStyle } from "../plain-shell.ts";
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

const style = `${shellStyle}.message { white-space: pre-line; font-weight: 600 }
`;

/** For the Content-Security-Policy. */
export const styleSource = hashSource(style);

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
  return shellHtml({ language, title, style, main: `<h1>${title}</h1>${paragraphs.join("")}` });
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
