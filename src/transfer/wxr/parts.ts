/**
 * What a WordPress export (WXR 1.0 to 1.2) consists of, as far as it is read at all. Passwords end here as "has one"; e-mail
 * addresses, first and last names, and everything about commenters are not even read (`fields.ts`).
 */
import { z } from "zod";
import { cleanText } from "../../language/clean.ts";

const text = z.string().default("").transform(cleanText);
const line = text.transform((value) => value.replace(/\s+/g, " ").trim());
const numberOf = line.transform((value) => (/^[1-9]\d{0,14}$/.test(value) ? value : undefined));

export const channelSchema = z
  .object({ title: line, link: line, language: line, "wp:base_blog_url": line, "wp:wxr_version": line })
  .transform((raw) => ({
    title: raw.title,
    /** Where the site stood, without a slash at the end; empty where the file does not say. */
    base: (URL.canParse(raw.link) ? raw.link : raw["wp:base_blog_url"]).replace(/\/+$/, ""),
    language: raw.language,
    isWordPress: raw["wp:wxr_version"] !== "",
  }));
export type WxrChannel = z.infer<typeof channelSchema>;

export const authorSchema = z
  .object({ "wp:author_login": line, "wp:author_display_name": line })
  .transform((raw) => ({ login: raw["wp:author_login"], name: raw["wp:author_display_name"] }));
export type WxrAuthor = z.infer<typeof authorSchema>;

/** A category of one item, or of another taxonomy: tags, formats, the languages of a multilingual plug-in. */
const categorySchema = z
  .object({ domain: line, nicename: line, text: line })
  .transform((raw) => ({ domain: raw.domain, slug: decoded(raw.nicename), name: raw.text }));
export type WxrCategory = z.infer<typeof categorySchema>;

export const termSchema = z
  .object({ "wp:term_id": numberOf, "wp:category_nicename": line })
  .transform((raw) => ({ id: raw["wp:term_id"], slug: decoded(raw["wp:category_nicename"]) }));
export type WxrTerm = z.infer<typeof termSchema>;

const metaSchema = z
  .object({ "wp:meta_key": line, "wp:meta_value": line })
  .transform((raw) => [raw["wp:meta_key"], raw["wp:meta_value"]] as const);

export const itemSchema = z
  .object({
    title: text,
    link: line,
    guid: line,
    "dc:creator": line,
    "content:encoded": text,
    "excerpt:encoded": text,
    "wp:post_id": numberOf,
    "wp:post_date": line,
    "wp:post_date_gmt": line,
    "wp:post_name": line,
    "wp:status": line,
    "wp:post_parent": numberOf,
    "wp:post_type": line,
    "wp:post_password": z.string().default(""),
    "wp:is_sticky": line,
    "wp:attachment_url": line,
    categories: z.array(categorySchema),
    meta: z.array(metaSchema),
  })
  .transform((raw) => ({
    id: raw["wp:post_id"],
    type: raw["wp:post_type"],
    status: raw["wp:status"],
    title: raw.title,
    link: raw.link,
    guid: raw.guid,
    /** The account's name: to find the display name by, never to be kept. */
    login: raw["dc:creator"],
    content: raw["content:encoded"],
    excerpt: raw["excerpt:encoded"],
    /** RFC 3339, or undefined for a draft that never had a date. */
    date: momentOf(raw["wp:post_date_gmt"]) ?? momentOf(raw["wp:post_date"]),
    slug: decoded(raw["wp:post_name"]),
    parent: raw["wp:post_parent"],
    hasPassword: raw["wp:post_password"] !== "",
    isSticky: raw["wp:is_sticky"] === "1",
    attachmentUrl: raw["wp:attachment_url"],
    categories: raw.categories,
    meta: new Map(raw.meta),
  }));
export type WxrItem = z.infer<typeof itemSchema> & {
  /** Of the file, where the item begins. */
  readonly line: number;
  readonly comments: number;
  /** Names of fields that were longer than is read. */
  readonly tooLong: readonly string[];
};

export type WxrPart =
  | { readonly kind: "channel"; readonly channel: WxrChannel }
  | { readonly kind: "author"; readonly author: WxrAuthor }
  | { readonly kind: "term"; readonly term: WxrTerm }
  | { readonly kind: "item"; readonly item: WxrItem };

/** Slugs of other scripts are percent-encoded in the file. What is not UTF-8 stays as it is. */
function decoded(slug: string): string {
  try {
    return cleanText(decodeURIComponent(slug));
  } catch {
    return slug;
  }
}

/** `2012-03-15 21:38:08`, in UTC; `0000-00-00 00:00:00` is WordPress's "never". */
function momentOf(date: string): string | undefined {
  if (!/^[12]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(date)) return undefined;
  const at = Date.parse(`${date.replace(" ", "T")}Z`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
