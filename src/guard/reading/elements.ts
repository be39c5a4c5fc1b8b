/** What attributes say, by element: whatever a browser fetches, runs, submits or follows. */
import { sha256 } from "../../base/bytes.ts";
import type { Forms } from "./forms.ts";
import type { Gathering } from "./gathering.ts";
import { readMeta } from "./meta.ts";
import { schemeOf, stripped } from "./reference.ts";
import { coverOf, hides, plainStyle } from "./style.ts";
import type { Tag } from "./tag.ts";

export interface Page {
  readonly facts: Gathering;
  readonly forms: Forms;
  /** Links that nobody sees. */
  readonly isHidden: boolean;
  /** A document within this one. */
  inner(markup: string): void;
}

type Rule = (page: Page, tag: Tag, value: string) => void;

const rules: ReadonlyMap<string, Rule> = new Map([
  ["href", followed],
  ["xlink:href", followed],
  ["src", fetched],
  ["data-src", fetchedLater],
  ["data-lazy-src", fetchedLater],
  ["data-original", fetchedLater],
  ["srcset", sourceSet],
  ["data-srcset", sourceSet],
  ["imagesrcset", sourceSet],
  ["poster", picture],
  ["background", picture],
  ["lowsrc", picture],
  ["dynsrc", picture],
  ["style", styled],
  ["data", embedded],
  ["code", embedded],
  ["codebase", embedded],
  ["archive", embedded],
  ["value", parameter],
  ["srcdoc", innerDocument],
  ["formaction", submitted],
  ["ping", pinged],
  ["manifest", cached],
  ["content", described],
  ["values", animated],
  ["to", animated],
  ["from", animated],
  ["by", animated],
]);

const frames: ReadonlySet<string> = new Set([
  "iframe",
  "frame",
  "embed",
  "portal",
  "fencedframe",
  "layer",
  "ilayer",
]);
const pictures: ReadonlySet<string> = new Set(["img", "image", "input", "use", "feimage"]);
const embeds: ReadonlySet<string> = new Set(["object", "applet", "embed"]);
const odd: ReadonlySet<string> = new Set([
  "marquee",
  "embed",
  "applet",
  "bgsound",
  "blink",
  "portal",
  "plaintext",
  "layer",
]);

/** All facts that one start tag holds. */
export function readElement(page: Page, tag: Tag): void {
  const { name, count } = tag;
  if (odd.has(name)) page.facts.add("oddities", name);
  if ((name === "audio" || name === "video") && tag.has("autoplay"))
    page.facts.add("oddities", `${name} autoplay`);
  if (name === "form") page.forms.open(tag);
  else if (name === "input" || name === "button") page.forms.field(tag);
  for (let at = 0; at < count; at += 1) {
    const attribute = tag.names[at] ?? "";
    if (attribute.startsWith("on")) page.facts.code("handler", tag.value(at));
    else rules.get(attribute)?.(page, tag, tag.value(at));
  }
}

function followed(page: Page, tag: Tag, value: string): void {
  const { facts } = page;
  if (tag.name === "link") linked(page, tag, value);
  else if (tag.name === "script") facts.reference("scripts", value);
  else if (tag.name === "base") {
    facts.reference("base", value);
    facts.references.rebase(value);
  } else if (pictures.has(tag.name)) {
    if (!value.startsWith("#")) facts.image(value);
  } else readLink(page, value);
}

/** Where a reader may go from here. */
export function readLink({ facts, isHidden }: Page, value: string): void {
  if (value.startsWith("#")) return;
  const host = facts.host("link-hosts", value);
  const file = fileType.exec(value.slice(-fileLength))?.[1]?.toLowerCase() ?? "";
  if (programs.has(file)) facts.add("oddities", `program .${file} ${host}`.trim());
  else if (archives.has(file)) facts.add("archives", `.${file} ${host}`.trim());
  const contact = contactIn(value);
  if (contact !== undefined) {
    facts.add("links", contact);
    facts.add("contacts", contact);
  }
  if (host === "") {
    const reference = facts.reference("links", value);
    if (isHidden) facts.add("hidden-links", reference);
  } else if (isHidden && !host.endsWith(":")) facts.add("hidden-link-hosts", host);
}

/** Of an address: its last part, with a query. */
const fileLength = 300;
const fileType = /\.(\w{2,4})(?:[?#]|\s*$)/;
/** What runs once it is fetched, on telephones and computers. */
const programs: ReadonlySet<string> = new Set(
  "apk exe msi scr bat cmd vbs hta jar dmg pkg iso lnk xapk ipa".split(" "),
);

/** What has to be unpacked first. */
const archives: ReadonlySet<string> = new Set("zip rar 7z tar gz tgz bz2 xz cab".split(" "));

/** What is longer is a text to send, to whom nobody knows. */
const contactLength = 300;

/** Who is written to or called, however it is spaced; undefined: nobody in particular. */
function contactIn(address: string): string | undefined {
  const plain = stripped(address.slice(0, contactLength)).toLowerCase();
  const phone = whatsapp.exec(plain);
  if (phone !== null) return `whatsapp:${phone[1] ?? phone[2] ?? ""}`;
  if (/^(?:tel|sms):./.test(plain)) return plain.replace(/[?;].*$|%20|[\s().-]/g, "");
  return /^mailto:[^?]/.test(plain) ? plain.replace(/\?.*$/, "") : undefined;
}

const whatsapp =
  /^(?:https?:)?\/\/(?:wa\.me\/\+?(\d+)|api\.whatsapp\.com\/send\/?\?(?:[^#]*&)?phone=\+?(\d+))/;

/** By `rel`, of which there may be several. */
function linked({ facts }: Page, tag: Tag, value: string): void {
  const relations = (tag.get("rel") ?? "").toLowerCase().split(/[\t\n\f\r ]+/);
  for (const relation of relations) {
    if (relation === "stylesheet") facts.reference("styles", value);
    else if (/^(preload|modulepreload|prefetch|prerender|preconnect|dns-prefetch)$/.test(relation)) {
      facts.reference("preloads", value);
    } else if (relation === "manifest") facts.reference("manifests", value);
    else if (relation === "import") facts.reference("scripts", value);
    else if (relation === "serviceworker") facts.reference("service-workers", value);
    else if (relation.includes("icon")) facts.image(value);
    else {
      const host = facts.host("link-hosts", value);
      if (host !== "" && stands.test(relation)) facts.add("oddities", `${relation} ${host}`);
      if (host !== "" && relation === "alternate" && tag.has("hreflang"))
        facts.add("stand-ins", `${relation} ${host}`);
    }
  }
}

/** For search engines another address stands for this page. */
const stands = /^(canonical|amphtml)$/;

function fetched(page: Page, tag: Tag, value: string): void {
  const { facts } = page;
  if (tag.name === "script") facts.reference("scripts", value);
  else if (frames.has(tag.name)) facts.reference("frames", value);
  else if (pictures.has(tag.name)) facts.image(value);
  else facts.host("media-hosts", value);
}

/** What the page's own scripts put into `src` once it is scrolled to. */
function fetchedLater(page: Page, tag: Tag, value: string): void {
  if (tag.name === "img" || tag.name === "iframe") fetched(page, tag, value);
}

function picture({ facts }: Page, _: Tag, value: string): void {
  facts.image(value);
}

function sourceSet({ facts }: Page, _: Tag, value: string): void {
  for (const part of value.split(/[\t\n\f\r ]+/)) {
    // "1x,next.jpg" ends one and begins another (WHATWG HTML, 4.8.4.3).
    const address = part.replace(/^[\d.]+[wxh](,|$)/, "").replace(/^,+|,+$/g, "");
    if (address !== "") facts.image(address);
  }
}

function embedded({ facts }: Page, { name }: Tag, value: string): void {
  if (embeds.has(name)) facts.reference("frames", value);
}

/** `<param name=movie value=…>` of old players. */
function parameter({ facts }: Page, tag: Tag, value: string): void {
  if (
    tag.name === "param" &&
    /^(movie|src|data|url|filename|code|codebase|archive)$/i.test(tag.get("name") ?? "")
  ) {
    facts.reference("frames", value);
  }
}

function innerDocument(page: Page, { name }: Tag, value: string): void {
  if (name !== "iframe") return;
  page.facts.add("frames", "srcdoc:");
  page.inner(value);
}

/** SVG can write an address while the page is open. */
function animated({ facts }: Page, _: Tag, value: string): void {
  for (const part of value.split(";"))
    if (/^(javascript|data)$/.test(schemeOf(stripped(part)))) facts.host("link-hosts", part);
}

/** A player within a frame of its own size is laid over that frame, not over the page. */
const players: ReadonlySet<string> = new Set(["iframe", "video", "embed", "object"]);

function styled({ facts }: Page, { name }: Tag, value: string): void {
  facts.declarations(value);
  const plain = plainStyle(value);
  const cover = players.has(name) ? undefined : coverOf(plain);
  if (cover !== undefined) {
    facts.add("oddities", `${cover} ${name} ${sha256(plain.replace(/\d+/g, "0")).slice(0, 8)}`);
  }
  if ((name === "html" || name === "body") && hides(plain)) facts.add("oddities", "hides");
}

function submitted({ forms }: Page, _: Tag, value: string): void {
  forms.submitTo(value);
}

function pinged({ facts }: Page, _: Tag, value: string): void {
  for (const address of value.trim().split(/[\t\n\f\r ]+/)) facts.host("link-hosts", address);
}

/** Pages that old browsers keep (application cache). */
function cached({ facts }: Page, { name }: Tag, value: string): void {
  if (name === "html") facts.reference("manifests", value);
}

function described({ facts }: Page, tag: Tag, value: string): void {
  if (tag.name === "meta") readMeta(facts, tag, value);
}
