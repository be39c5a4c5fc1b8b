/** Where an item goes in the newsroom's model (docs/decisions/0010): its kind, section, tags and publication. Pure. */
import { encodeSegment, slugFrom } from "../../language/slug.ts";
import type { PieceKind, SiteName, Workflow } from "../../pieces/piece.ts";
import { textOf } from "../html/text.ts";
import { metaKeys } from "./fields.ts";
import type { WxrCategory, WxrItem } from "./parts.ts";
import type { Survey } from "./survey.ts";

export interface Term {
  readonly slug: string;
  readonly name: string;
  /** Where WordPress listed its posts, below the home page: `category/port`. */
  readonly oldPath: string;
}

export interface Placing {
  readonly kind: PieceKind;
  readonly section: Term | undefined;
  readonly tags: readonly Term[];
}

/** Formats that WordPress's themes show without a headline: a remark, a link, a quotation. */
const briefFormats: ReadonlySet<string> = new Set([
  "post-format-aside",
  "post-format-link",
  "post-format-quote",
  "post-format-status",
]);

/** What WordPress puts a post into that nobody put anywhere, in the languages of its readers here. */
const uncategorized: ReadonlySet<string> = new Set([
  "uncategorized",
  "uncategorised",
  "non-classe",
  "non-classé",
  "غير-مصنف",
  "sin-categoria",
  "sense-categoria",
]);

const tagsMax = 100;

export function placingOf(item: WxrItem, site: SiteName, survey: Survey): Placing {
  const kind = kindOf(item, site);
  const categories = termsOf(
    item.categories.filter(({ domain, slug }) => domain === "category" && !uncategorized.has(slug)),
  );
  const first = slugFrom(survey.categorySlug(item.meta.get(metaKeys.firstCategory)) ?? "");
  const section =
    kind === "page" ? undefined : (categories.find(({ slug }) => slug === first) ?? categories[0]);
  const tags = [
    ...categories.filter((category) => category !== section),
    ...termsOf(item.categories.filter(({ domain }) => domain === "post_tag")),
  ];
  const bySlug = new Map(tags.map((tag) => [tag.slug, tag]));
  return { kind, section, tags: [...bySlug.values()].slice(0, tagsMax) };
}

export function kindOf({ type, categories }: WxrItem, site: SiteName): PieceKind {
  if (type === "page") return "page";
  if (site === "blog") return "post";
  const isBrief = categories.some(({ domain, slug }) => domain === "post_format" && briefFormats.has(slug));
  return isBrief ? "brief" : "story";
}

/** Terms without a single letter or digit can't have an address and are left out. */
function termsOf(categories: readonly WxrCategory[]): Term[] {
  return categories.flatMap(({ domain, slug, name }) => {
    const address = slugFrom(slug) || slugFrom(textOf(name));
    const oldPath = `${domain === "category" ? "category" : "tag"}/${encodeSegment(slug)}`;
    return address === "" ? [] : [{ slug: address, name: textOf(name).slice(0, 200) || address, oldPath }];
  });
}

export type Aim =
  | { readonly to: "published" | "scheduled"; readonly at: string }
  | { readonly to: "private" | "none" };

export interface Plan {
  readonly aim: Aim;
  readonly workflow: Workflow;
  /** For the report, where it is not simply published. */
  readonly remark: string;
}

/** Nothing comes out that was not public; a password is not kept, so what it protected is private. */
export function planOf(item: WxrItem, now: string): Plan {
  const at = item.date ?? now;
  if (item.hasPassword)
    return {
      aim: { to: "private" },
      workflow: "ready",
      remark: "it had a password: private, the password is not kept",
    };
  switch (item.status) {
    case "publish":
      return at <= now
        ? { aim: { to: "published", at }, workflow: "ready", remark: "" }
        : {
            aim: { to: "scheduled", at },
            workflow: "ready",
            remark: `dated in the future: scheduled for ${at}`,
          };
    case "future":
      return at > now
        ? { aim: { to: "scheduled", at }, workflow: "ready", remark: `scheduled for ${at}` }
        : {
            aim: { to: "none" },
            workflow: "ready",
            remark: "its scheduled time has passed: not published, an editor decides",
          };
    case "private":
      return { aim: { to: "private" }, workflow: "ready", remark: "private" };
    case "pending":
      return { aim: { to: "none" }, workflow: "in review", remark: "in review, not published" };
    default:
      return { aim: { to: "none" }, workflow: "draft", remark: "a draft, not published" };
  }
}

/** Why an item of this type and status does not come in at all; undefined where it does. */
export function exclusionOf({ type, status, id, guid, tooLong }: WxrItem): string | undefined {
  if (type === "attachment")
    return "the file is not fetched; texts that show it keep its address and description";
  if (type === "nav_menu_item") return "menus are not built yet";
  if (type === "wp_block") return "a reusable block: it comes in with the texts that show it";
  if (type !== "post" && type !== "page") return `nothing here holds a "${type.slice(0, 60)}"`;
  if (status === "trash") return "it is in the bin";
  if (status === "auto-draft") return "begun and never saved by anybody";
  if (id === undefined && guid === "") return "it has neither a number nor an address to know it by again";
  if (tooLong.length > 0) return `too long: ${tooLong.join(", ")}`;
  return undefined;
}
