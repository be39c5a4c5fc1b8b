/** An item's title, excerpt and HTML into what an editor would have written. */
import { formatOf, interfaceOf, type LanguageTag } from "../../language/tags.ts";
import { type Content, contentSchema } from "../../pieces/piece.ts";
import { bodyFromHtml, htmlLengthMax } from "../html/body-from-html.ts";
import { textOf } from "../html/text.ts";
import { metaKeys } from "./fields.ts";
import type { WxrItem } from "./parts.ts";
import { figureOf, withoutShortcodes } from "./shortcodes.ts";
import type { Survey } from "./survey.ts";

export type ContentResult =
  | { readonly ok: true; readonly content: Content; readonly remarks: readonly string[] }
  | { readonly ok: false; readonly reason: string };

const titleLengthMax = 300;
const standfirstLengthMax = 1_000;
/** A reusable block may hold another one. */
const reusableDepthMax = 4;

export function contentOf(
  item: WxrItem,
  language: LanguageTag,
  survey: Survey,
  timeZone: string,
): ContentResult {
  const remarks: string[] = [];
  const shortened = (text: string, max: number, what: string): string => {
    if (text.length <= max) return text;
    remarks.push(`${what} shortened to ${max} characters`);
    return `${text.slice(0, max - 1).trimEnd()}…`;
  };
  const html = htmlOf(item, survey);
  const body = bodyFromHtml(html, {
    language,
    base: baseOf(item, survey),
    newlines: !isFromBlockEditor(html),
    link: (href) => (survey.isMoving(href) ? pathOf(href) : href),
    media: (id) => survey.media(id),
    isMediaPage: (href) => survey.isMediaPage(href),
  });
  if (!body.ok) return body;
  if (body.remarks !== "") remarks.push(body.remarks);
  const title = textOf(item.title);
  const checked = contentSchema.safeParse({
    title: title === "" ? untitled(item, language, timeZone) : shortened(title, titleLengthMax, "title"),
    standfirst: shortened(textOf(item.excerpt), standfirstLengthMax, "excerpt"),
    body: body.body,
  });
  if (!checked.success) return { ok: false, reason: checked.error.issues[0]?.message ?? "not a text" };
  return { ok: true, content: checked.data, remarks };
}

/** Shortcodes and reusable blocks resolved, the lead picture in front where the text does not show it anyway. */
function htmlOf(item: WxrItem, survey: Survey): string {
  const whole = withReusableBlocks(item.content, survey, reusableDepthMax);
  const html = withoutShortcodes(whole, {
    byId: (id) => survey.media(id),
    ofThisPost: survey.picturesOf(item.id),
  });
  const leadId = item.meta.get(metaKeys.leadPicture) ?? "";
  const lead = survey.media(leadId);
  const isShown = lead === undefined || html.includes(`wp-image-${leadId}`) || html.includes(lead.source);
  return isShown ? html : `${figureOf(lead, leadId)}\n\n${html}`;
}

function withReusableBlocks(html: string, survey: Survey, depth: number): string {
  if (depth === 0 || html.length > htmlLengthMax) return html;
  return html.replace(/<!-- wp:block \{"ref":(\d{1,15})[^>]{0,200}\/-->/g, (comment, id: string) => {
    const block = survey.reusableBlock(id);
    return block === undefined ? comment : withReusableBlocks(block, survey, depth - 1);
  });
}

function isFromBlockEditor(html: string): boolean {
  return html.includes("<!-- wp:");
}

function baseOf({ link }: WxrItem, survey: Survey): string {
  return URL.canParse(link) ? link : `${survey.channel.base}/`;
}

/** Its redirect is found wherever this site lives: under a new domain, on a mirror, behind an onion. */
function pathOf(href: string): string {
  const { pathname, search, hash } = new URL(href);
  return pathname + search + hash;
}

function untitled({ date }: WxrItem, language: LanguageTag, timeZone: string): string {
  const words = { ar: "بلا عنوان", fr: "Sans titre", en: "Untitled" }[interfaceOf(language)];
  if (date === undefined) return words;
  const day = new Intl.DateTimeFormat(formatOf(language), { dateStyle: "long", timeZone }).format(
    new Date(date),
  );
  return `${words}${interfaceOf(language) === "ar" ? "،" : ","} ${day}`;
}
