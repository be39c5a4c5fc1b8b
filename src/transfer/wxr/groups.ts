/** The elements of an export that hold others, while they are being read, and the parts that they become. */
import type { SaxesTagNS } from "saxes";
import { unreachable } from "../../base/errors.ts";
import { categoriesMax, metaKeys } from "./fields.ts";
import { authorSchema, channelSchema, itemSchema, termSchema, type WxrItem, type WxrPart } from "./parts.ts";

const groupPaths = [
  "channel",
  "channel/wp:author",
  "channel/wp:category",
  "channel/item",
  "channel/item/wp:postmeta",
] as const;
export type GroupPath = (typeof groupPaths)[number];

type Fields = Record<string, string>;

export interface Group {
  readonly path: GroupPath;
  /** Where it begins in the file. */
  readonly line: number;
  readonly fields: Fields;
  readonly tooLong: string[];
  readonly categories: Fields[];
  readonly meta: Fields[];
  comments: number;
}

/** The text of one element, as it comes in. */
export interface Capture {
  readonly field: string;
  readonly limit: number;
  readonly attributes: Fields;
  text: string;
  isTooLong: boolean;
}

export function isGroup(path: string): path is GroupPath {
  return (groupPaths as readonly string[]).includes(path);
}

export function newGroup(path: GroupPath, line: number): Group {
  return { path, line, fields: {}, tooLong: [], categories: [], meta: [], comments: 0 };
}

export function newCapture(path: string, tag: SaxesTagNS, limit: number): Capture {
  const attributes = Object.fromEntries(
    Object.values(tag.attributes).map(({ name, value }) => [name, value]),
  );
  return { field: path.slice(path.lastIndexOf("/") + 1), limit, attributes, text: "", isTooLong: false };
}

export function append(capture: Capture, text: string): void {
  if (capture.isTooLong) return;
  capture.isTooLong = capture.text.length + text.length > capture.limit;
  if (!capture.isTooLong) capture.text += text;
}

/** The first of several wins, as in WordPress's own importer. */
export function keep(group: Group, capture: Capture): void {
  const { field, text, attributes } = capture;
  if (capture.isTooLong) group.tooLong.push(field);
  else if (field === "category") keepCategory(group, { ...attributes, text });
  else group.fields[field] ??= text;
}

/** What a group becomes; nothing for what belongs to the group around it. */
export function partOf(group: Group, outer: Group | undefined): WxrPart | undefined {
  switch (group.path) {
    case "channel":
      return { kind: "channel", channel: channelSchema.parse(group.fields) };
    case "channel/wp:author":
      return { kind: "author", author: authorSchema.parse(group.fields) };
    case "channel/wp:category":
      return { kind: "term", term: termSchema.parse(group.fields) };
    case "channel/item":
      return { kind: "item", item: itemOf(group) };
    case "channel/item/wp:postmeta":
      if (isWanted(group)) outer?.meta.push(group.fields);
      return undefined;
    default:
      return unreachable(group.path);
  }
}

function keepCategory(group: Group, category: Fields): void {
  if (group.categories.length < categoriesMax) group.categories.push(category);
}

function itemOf({ fields, categories, meta, line, comments, tooLong }: Group): WxrItem {
  return { ...itemSchema.parse({ ...fields, categories, meta }), line, comments, tooLong };
}

function isWanted({ fields }: Group): boolean {
  return Object.values<string | undefined>(metaKeys).includes(fields["wp:meta_key"]);
}
