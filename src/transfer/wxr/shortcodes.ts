/**
 * WordPress's own shortcodes into the HTML that its theme would have shown. Those of plug-ins stay as they are written: nobody
 * here knows what they meant, and an editor can see them.
 */
import type { KnownMedia } from "../html/context.ts";
import { htmlLengthMax } from "../html/body-from-html.ts";
import { escapeHtml } from "../html/escape.ts";

export interface ShortcodeMedia {
  readonly byId: (id: string) => KnownMedia | undefined;
  /** Ids of the pictures that were uploaded to this post, in the file's order: what `[gallery]` alone shows. */
  readonly ofThisPost: readonly string[];
}

interface Shortcode {
  readonly attributes: ReadonlyMap<string, string>;
  /** Between the opening and the closing one; undefined where there is no closing one. */
  readonly content: string | undefined;
}

type Renderer = (shortcode: Shortcode, media: ShortcodeMedia) => string | undefined;

/** Undefined leaves the shortcode as it is written. */
const renderers: ReadonlyMap<string, Renderer> = new Map<string, Renderer>([
  ["caption", caption],
  ["wp_caption", caption],
  ["gallery", gallery],
  ["audio", player],
  ["video", player],
  ["playlist", playlist],
  ["embed", ({ content }) => (content === undefined ? undefined : `\n\n${content.trim()}\n\n`)],
  ["code", listing],
  ["sourcecode", listing],
]);

/** More pictures than this in one gallery is an accident. */
const galleryMax = 1_000;

/** `[gallery ids="1,2"]`, `[/caption]`; doubled brackets mean the brackets themselves. */
const bracketed = new RegExp(
  `\\[(\\[?)(/?)(${[...renderers.keys()].join("|")})(?=[\\s\\]/])([^\\[\\]]{0,4000})\\](\\]?)`,
  "g",
);

interface Token {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly isClosing: boolean;
  readonly isEscaped: boolean;
  readonly rest: string;
}

/** In one pass: an opening shortcode reaches to the next closing one of its name, where there is one. */
export function withoutShortcodes(content: string, media: ShortcodeMedia): string {
  const tokens = [...content.matchAll(bracketed)].map(tokenOf);
  const closings = closingsByOpening(tokens);
  let written = "";
  let at = 0;
  tokens.forEach((token, index) => {
    if (token.start < at) return;
    written += content.slice(at, token.start);
    at = token.end;
    if (token.isEscaped) {
      written += content.slice(token.start + 1, token.end - 1);
      return;
    }
    const closing = closings.get(index);
    const inner = closing === undefined ? undefined : content.slice(token.end, closing.start);
    // A gallery repeated without end must not outgrow what a body can be made of.
    const rendered = written.length > htmlLengthMax ? undefined : render(token, inner, media);
    if (rendered !== undefined && closing !== undefined) at = closing.end;
    written += rendered ?? content.slice(token.start, token.end);
  });
  return written + content.slice(at);
}

function render(token: Token, content: string | undefined, media: ShortcodeMedia): string | undefined {
  if (token.isClosing) return undefined;
  return renderers.get(token.name)?.({ attributes: attributesIn(token.rest), content }, media);
}

function tokenOf(match: RegExpExecArray): Token {
  const [all, opening = "", slash = "", name = "", rest = "", closing = ""] = match;
  return {
    start: match.index,
    // A single bracket behind belongs to the text.
    end: match.index + all.length - (opening === "" ? closing.length : 0),
    name,
    isClosing: slash === "/",
    isEscaped: opening !== "" && closing !== "",
    rest,
  };
}

function closingsByOpening(tokens: readonly Token[]): ReadonlyMap<number, Token> {
  const closings = new Map<number, Token>();
  const next = new Map<string, Token>();
  for (const [index, token] of [...tokens.entries()].reverse()) {
    if (token.isEscaped) continue;
    const closing = next.get(token.name);
    if (token.isClosing) next.set(token.name, token);
    else if (closing !== undefined) {
      closings.set(index, closing);
      next.delete(token.name);
    }
  }
  return closings;
}

/** `name="value"`, `name='value'`, `name=value`; a value without a name goes under "". */
function attributesIn(rest: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of rest.matchAll(/(?:([\w-]+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g)) {
    const [, name = "", double, single, bare] = match;
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), double ?? single ?? bare ?? "");
  }
  return found;
}

/** A picture, in a link or not, and the words below it; before WordPress 3.4 the words were an attribute. */
function caption({ attributes, content }: Shortcode): string | undefined {
  if (content === undefined) return undefined;
  const [, picture, words = ""] =
    /^\s*((?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*<\/a>)?)(.*)$/is.exec(content) ?? [];
  if (picture === undefined) return content;
  const below = words.trim() === "" ? (attributes.get("caption") ?? "") : words.trim();
  return `<figure>${picture}<figcaption>${below}</figcaption></figure>`;
}

function gallery({ attributes }: Shortcode, { byId, ofThisPost }: ShortcodeMedia): string | undefined {
  const named = idsIn(attributes.get("ids") ?? attributes.get("include") ?? "");
  const without = new Set(idsIn(attributes.get("exclude") ?? ""));
  const ids = (named.length > 0 ? named : ofThisPost).filter((id) => !without.has(id)).slice(0, galleryMax);
  const figures = ids.flatMap((id) => {
    const known = byId(id);
    return known === undefined ? [] : [figureOf(known, id)];
  });
  return figures.length === 0 ? undefined : `\n\n${figures.join("\n\n")}\n\n`;
}

export function figureOf({ source, alt, caption: words }: KnownMedia, id: string): string {
  return `<figure><img class="wp-image-${id}" src="${escapeHtml(source)}" alt="${escapeHtml(alt)}"><figcaption>${escapeHtml(words)}</figcaption></figure>`;
}

const playable = ["src", "mp3", "m4a", "ogg", "wav", "wma", "mp4", "m4v", "webm", "ogv", "flv", ""];

function player({ attributes }: Shortcode): string | undefined {
  const address = playable
    .map((name) => attributes.get(name))
    .find((value) => /^https?:\/\//i.test(value ?? ""));
  return address === undefined ? undefined : linkParagraph(address, address);
}

function playlist({ attributes }: Shortcode, { byId }: ShortcodeMedia): string | undefined {
  const links = idsIn(attributes.get("ids") ?? "").flatMap((id) => {
    const known = byId(id);
    return known === undefined ? [] : [linkParagraph(known.source, known.caption || known.source)];
  });
  return links.length === 0 ? undefined : links.join("");
}

function linkParagraph(address: string, words: string): string {
  return `\n\n<a href="${escapeHtml(address)}">${escapeHtml(words)}</a>\n\n`;
}

function listing({ content }: Shortcode): string | undefined {
  return content === undefined ? undefined : `<pre>${content.replace(/</g, "&lt;")}</pre>`;
}

function idsIn(list: string): string[] {
  return list.match(/\d{1,15}/g) ?? [];
}
