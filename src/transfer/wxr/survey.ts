/**
 * The first reading of an export: proves that the file is whole before anything is written, and learns what single items
 * can't know: who is who, which picture has which number, what moves along with a link.
 */
import type { KnownMedia } from "../html/context.ts";
import { safeMedia } from "../html/links.ts";
import { textOf } from "../html/text.ts";
import { metaKeys } from "./fields.ts";
import type { WxrChannel, WxrItem, WxrPart } from "./parts.ts";

/** Characters of descriptions, captions and reusable blocks held in memory; what is beyond is not joined. */
const heldLengthMax = 32 * 1024 * 1024;
/** As in a body: longer descriptions are cut. */
const descriptionLengthMax = 2_000;

export class Survey {
  channel: WxrChannel = { title: "", base: "", language: "", isWordPress: false };
  /** Of pages, posts and everything else. */
  items = 0;
  comments = 0;
  readonly #displayNames = new Map<string, string>();
  readonly #categories = new Map<string, string>();
  readonly #media = new Map<string, KnownMedia>();
  readonly #picturesOf = new Map<string, string[]>();
  readonly #mediaPages = new Set<string>();
  readonly #blocks = new Map<string, string>();
  readonly #moving = new Set<string>();
  #heldLength = 0;

  add(part: WxrPart): void {
    switch (part.kind) {
      case "channel":
        this.channel = part.channel;
        return;
      case "author":
        this.#displayNames.set(part.author.login, textOf(part.author.name));
        return;
      case "term":
        if (part.term.id !== undefined) this.#categories.set(part.term.id, part.term.slug);
        return;
      case "item":
        this.#addItem(part.item);
    }
  }

  /** Undefined where the file names nobody, or where the name would give away an e-mail address. */
  displayNameOf(login: string): string | undefined {
    const name = this.#displayNames.get(login);
    return name === undefined || name === "" || name.includes("@") ? undefined : name;
  }

  categorySlug(termId: string | undefined): string | undefined {
    return termId === undefined ? undefined : this.#categories.get(termId);
  }

  media(id: string): KnownMedia | undefined {
    return this.#media.get(id);
  }

  picturesOf(postId: string | undefined): readonly string[] {
    return (postId === undefined ? undefined : this.#picturesOf.get(postId)) ?? [];
  }

  isMediaPage(href: string): boolean {
    return this.#mediaPages.has(addressKey(href));
  }

  reusableBlock(id: string): string | undefined {
    return this.#blocks.get(id);
  }

  /** Among posts and pages that come in with this file. */
  isMoving(href: string): boolean {
    return this.#moving.has(addressKey(href));
  }

  #addItem(item: WxrItem): void {
    this.items += 1;
    this.comments += item.comments;
    if (item.type === "attachment") this.#addMedia(item);
    else if (item.type === "wp_block" && item.id !== undefined) {
      this.#hold(item.content, this.#blocks, item.id, item.content);
    } else if (item.type === "post" || item.type === "page") this.#moving.add(addressKey(item.link));
  }

  #addMedia(item: WxrItem): void {
    this.#mediaPages.add(addressKey(item.link));
    const source = safeMedia(item.attachmentUrl);
    if (item.id === undefined || source === undefined) return;
    const alt = (item.meta.get(metaKeys.description) ?? "").slice(0, descriptionLengthMax);
    const caption = textOf(item.excerpt).slice(0, descriptionLengthMax);
    const media: KnownMedia = { source, alt, caption };
    if (!this.#hold(alt + caption + source, this.#media, item.id, media)) return;
    if (item.parent !== undefined && isPicture(source)) {
      const pictures = this.#picturesOf.get(item.parent);
      if (pictures === undefined) this.#picturesOf.set(item.parent, [item.id]);
      else pictures.push(item.id);
    }
  }

  #hold<V>(text: string, map: Map<string, V>, key: string, value: V): boolean {
    if (this.#heldLength + text.length > heldLengthMax) return false;
    this.#heldLength += text.length;
    map.set(key, value);
    return true;
  }
}

/** The same page under http and https, with and without `www.` and a slash at the end. */
function addressKey(href: string): string {
  const url = URL.parse(href);
  if (url === null) return href;
  return `${url.hostname.replace(/^www\./, "")}${url.port}${url.pathname.replace(/\/+$/, "")}${url.search}`;
}

function isPicture(source: string): boolean {
  return /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$/i.test(new URL(source).pathname);
}
