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
/** Half of a character beyond the basic plane, left by a cut. */
const halfPair = /[\ud800-\udbff]$/;
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
    return `${text
      .slice(0, max - 1)
      .replace(halfPair, "")
      .trimEnd()}…`;
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
  const whole = withReusableBlocks(item.content, survey);
  const html = withoutShortcodes(whole, {
    byId: (id) => survey.media(id),
    ofThisPost: survey.picturesOf(item.id),
  });
  const leadId = item.meta.get(metaKeys.leadPicture) ?? "";
  const lead = survey.media(leadId);
  const isShown = lead === undefined || html.includes(`wp-image-${leadId}`) || html.includes(lead.source);
  return isShown ? html : `${figureOf(lead, leadId)}\n\n${html}`;
}

/** Blocks that hold each other many times over stop where the text would be too long anyway. */
function withReusableBlocks(content: string, survey: Survey): string {
  let room = htmlLengthMax;
  const expanded = (html: string, depth: number): string =>
    html.replace(/<!-- wp:block \{"ref":(\d{1,15})[^>]{0,200}\/-->/g, (comment, id: string) => {
      const block = survey.reusableBlock(id);
      if (block === undefined || depth === 0 || block.length > room) return comment;
      room -= block.length;
      return expanded(block, depth - 1);
    });
  return expanded(content, reusableDepthMax);
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
  return pathname.replace(/^\/{2,}/, "/") + search + hash;
}

function untitled({ date }: WxrItem, language: LanguageTag, timeZone: string): string {
  const words = { ar: "بلا عنوان", fr: "Sans titre", en: "Untitled" }[interfaceOf(language)];
  if (date === undefined) return words;
  const day = new Intl.DateTimeFormat(formatOf(language), { dateStyle: "long", timeZone }).format(
    new Date(date),
  );
  return `${words}${interfaceOf(language) === "ar" ? "،" : ","} ${day}`;
}
