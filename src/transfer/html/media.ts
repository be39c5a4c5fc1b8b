/**
 * Pictures, their captions, and what was embedded from elsewhere. Nothing is fetched: a picture keeps its address as its
 * source, an embed becomes a link.
 */
import { cleanText } from "../../language/clean.ts";
import type { Block, ImageAttrs } from "../../pieces/body.ts";
import type { Handler, Walk } from "./context.ts";
import { blockContext } from "./declared.ts";
import { embedAddress, unseenElements } from "./elements.ts";
import { safeMedia } from "./links.ts";
import {
  attribute,
  type Element,
  fragment,
  hasClass,
  isElement,
  type Node,
  type ParentNode,
  textBelow,
} from "./parse.ts";

const captionLengthMax = 2_000;
/** Where plug-ins that load pictures late keep the address until a script runs; `src` then shows an empty one. */
const lateAttributes = ["data-src", "data-lazy-src", "data-original"];
const pictureFile = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$/i;

const image: Handler = (walk, element, context) => {
  const alt = oneLine(attribute(element, "alt") ?? "");
  if (isSmile(element)) return walk.writer.text(alt, context.marks);
  if (isPixel(element)) return walk.remarks.add("tracking pixel removed");
  const attrs = imageAttrs(walk, element, alt);
  if (attrs !== undefined) return walk.writer.picture({ type: "image", attrs });
  walk.remarks.add("picture without an address left out, its description kept");
  walk.writer.text(alt, context.marks);
};

const figure: Handler = (walk, element, context) => {
  const inside = blockContext(element, context);
  const captions = element.childNodes.filter(isCaption);
  const rest = element.childNodes.filter((node) => !isCaption(node));
  const made = walk.writer.contained(() => walk.children(fragment(rest), inside));
  walk.writer.place(made);
  const picture = onlyPicture(made);
  const words = oneLine(captions.map((caption) => textBelow(caption, unseenElements)).join(" "));
  if (picture === undefined || words === "" || words.length > captionLengthMax) {
    return walk.children(fragment(captions), inside);
  }
  picture.caption = words;
  if (captions.some((caption) => holds(caption, "a"))) walk.remarks.add("link in a caption dropped");
};

/** Plug-ins that load pictures late repeat them for browsers without scripts. */
const noscript: Handler = (walk, element, context) => {
  if (!walk.memory.loadsLate || !holds(element, "img")) walk.children(element, context);
};

/** A link in a paragraph of its own; where the address is unusable, whatever stands there instead. */
export const embed: Handler = (walk, element, context) => {
  const href = embeddedAddress(element, walk.options.base);
  if (href === undefined) {
    walk.remarks.add(`${element.tagName} removed`);
    // The content of these two is markup as text, meant for browsers of the nineties.
    if (!["iframe", "frame"].includes(element.tagName)) walk.children(element, context);
    return;
  }
  walk.remarks.add(`${element.tagName} became a link`);
  const title = oneLine(attribute(element, "title") ?? "");
  walk.writer.paragraphs(context.declared, () =>
    walk.writer.text(title === "" ? href : title, [{ type: "link", attrs: { href } }]),
  );
};

export const mediaHandlers: ReadonlyMap<string, Handler> = new Map([
  ["img", image],
  ["figure", figure],
  ["noscript", noscript],
]);

/** True of a link's address that shows what the picture inside the link shows already. */
export function showsPicture(walk: Walk, href: string): boolean {
  return pictureFile.test(new URL(href).pathname) || (walk.options.isMediaPage?.(href) ?? false);
}

export function holds(parent: ParentNode, tagName: string): boolean {
  return parent.childNodes.some((node) => isElement(node) && isOrHolds(node, tagName));
}

function isOrHolds(element: Element, tagName: string): boolean {
  return element.tagName === tagName || holds(element, tagName);
}

function imageAttrs(walk: Walk, element: Element, alt: string): ImageAttrs | undefined {
  const known = walk.options.media?.(mediaId(element) ?? "");
  const late = firstAddress(element, lateAttributes, walk.options.base);
  if (late !== undefined) walk.memory.loadsLate = true;
  const source = known?.source ?? late ?? firstAddress(element, ["src"], walk.options.base);
  if (source === undefined) return undefined;
  return { alt: (alt === "" ? (known?.alt ?? "") : alt).slice(0, captionLengthMax), source };
}

/** WordPress writes the number of a picture into a class, its galleries into an attribute. */
function mediaId(element: Element): string | undefined {
  const byClass = /(?:^|\s)wp-image-(\d{1,12})(?:\s|$)/.exec(attribute(element, "class") ?? "")?.[1];
  return byClass ?? attribute(element, "data-id");
}

function isSmile(element: Element): boolean {
  return hasClass(element, "emoji") || hasClass(element, "wp-smiley");
}

function isPixel(element: Element): boolean {
  const sides = [attribute(element, "width"), attribute(element, "height")];
  return sides.every((side) => side !== undefined && /^[01](px)?$/.test(side.trim()));
}

function isCaption(node: Node): node is Element {
  return isElement(node) && node.tagName === "figcaption";
}

/** The one picture that a caption can only belong to; a link to its address may stand beside it. */
function onlyPicture(made: readonly Block[]): ImageAttrs | undefined {
  const pictures = made.filter((block) => block.type === "image");
  const [picture] = pictures;
  const alone = pictures.length === 1 && made.length <= 2;
  return alone && picture?.attrs.caption === undefined ? picture?.attrs : undefined;
}

/** Its own, or that of what plays inside it. */
function embeddedAddress(element: Element, base: string): string | undefined {
  const own = firstAddress(element, embedAddress.get(element.tagName) ?? [], base);
  if (own !== undefined) return own;
  const players = element.childNodes.filter(isElement).filter(isPlayed);
  return players
    .map((player) => firstAddress(player, ["src", "value"], base))
    .find((address) => address !== undefined);
}

function isPlayed(element: Element): boolean {
  if (element.tagName !== "param") return element.tagName === "source";
  return /^(movie|src)$/i.test(attribute(element, "name") ?? "");
}

function firstAddress(element: Element, names: readonly string[], base: string): string | undefined {
  return names
    .map((name) => safeMedia(attribute(element, name), base))
    .find((address) => address !== undefined);
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").trim();
}
