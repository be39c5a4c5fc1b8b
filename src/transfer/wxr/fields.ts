/** Which elements of a WordPress export are read, and how much of each. What stands here not is skipped unread: e-mail addresses, comments. */
import { htmlLengthMax } from "../html/body-from-html.ts";

const short = 400;
const address = 4_000;

/** Characters, by the path below `rss`. */
export const fieldLengthMax: ReadonlyMap<string, number> = new Map(
  Object.entries({
    "channel/title": short,
    "channel/link": address,
    "channel/language": short,
    "channel/wp:base_blog_url": address,
    "channel/wp:wxr_version": short,

    "channel/wp:author/wp:author_login": short,
    "channel/wp:author/wp:author_display_name": short,

    "channel/wp:category/wp:term_id": short,
    "channel/wp:category/wp:category_nicename": 1_000,

    "channel/item/title": 2_000,
    "channel/item/link": address,
    "channel/item/guid": address,
    "channel/item/dc:creator": short,
    "channel/item/content:encoded": htmlLengthMax,
    "channel/item/excerpt:encoded": 100_000,
    "channel/item/wp:post_id": short,
    "channel/item/wp:post_date": short,
    "channel/item/wp:post_date_gmt": short,
    "channel/item/wp:post_name": 1_000,
    "channel/item/wp:status": short,
    "channel/item/wp:post_parent": short,
    "channel/item/wp:post_type": short,
    "channel/item/wp:post_password": short,
    "channel/item/wp:is_sticky": short,
    "channel/item/wp:attachment_url": address,
    "channel/item/category": short,
    "channel/item/wp:postmeta/wp:meta_key": short,
    "channel/item/wp:postmeta/wp:meta_value": address,
  }),
);

/** Of the hundreds of keys that plug-ins write: the lead picture, a picture's description, the category that comes first. */
export const metaKeys = {
  leadPicture: "_thumbnail_id",
  description: "_wp_attachment_image_alt",
  firstCategory: "_yoast_wpseo_primary_category",
} as const;

/** More categories than this on one item are read no further. */
export const categoriesMax = 500;

const namespaces: readonly (readonly [prefix: string, uri: RegExp])[] = [
  ["", /^$/],
  ["wp:", /^https?:\/\/wordpress\.org\/export\/1\.\d+\/$/],
  ["excerpt:", /^https?:\/\/wordpress\.org\/export\/1\.\d+\/excerpt\/$/],
  ["content:", /^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/$/],
  ["dc:", /^http:\/\/purl\.org\/dc\/elements\/1\.1\/$/],
];

/** The name under which the tables know an element, whatever prefix the file uses; undefined for other vocabularies. */
export function nameOf(local: string, uri: string): string | undefined {
  const prefix = namespaces.find(([, pattern]) => pattern.test(uri))?.[0];
  return prefix === undefined ? undefined : prefix + local;
}
