/** Addresses as facts: `/path?query` on the site itself, `//host/path?query` elsewhere, a hash where the address is the contents. */
import { sha256 } from "../../base/bytes.ts";

const lengthMax = 1_000;
const rememberedMax = 20_000;

const path = String.raw`[\w\-+~@!$*,;:=()&/.]*`;
const query = String.raw`(?:\?[\w\-+~@!$*,;:=()&/.?%[\]]+)?`;
/** What `new URL` leaves as it is: the most, and ten times as fast. */
const plainAbsolute = new RegExp(
  `^(?:https?:)?//([a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.[a-z]{2,})(?:(/${path})(${query}))?(?:#.*)?$`,
);
const plainPath = new RegExp(`^(/(?!/)${path}${query})(?:#.*)?$`);
/** In a script or a piece of JSON, where slashes may be escaped. */
const absoluteInCode = /https?:(\\?\/)\1([a-z0-9.-]+(?::\d+)?)(?=[\\/"'`?#])/gi;
/** Browsers drop these wherever they stand. */
const dropped = /[\t\n\r]/g;
const scheme = /^([a-z][a-z0-9+.-]*):/i;
const web: ReadonlySet<string> = new Set(["http", "https", "ws", "wss", "ftp"]);
const carriesContents: ReadonlySet<string> = new Set([
  "data",
  "javascript",
  "vbscript",
  "blob",
  "filesystem",
]);

/** Whatever is longer keeps its beginning and a hash. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 17)}…${sha256(text).slice(0, 16)}`;
}

/** An address without what browsers strip from it (WHATWG URL, 4.4). */
export function stripped(address: string): string {
  let from = 0;
  let to = address.length;
  while (from < to && address.charCodeAt(from) <= 32) from += 1;
  while (to > from && address.charCodeAt(to - 1) <= 32) to -= 1;
  return address.slice(from, to).replace(dropped, "");
}

/** In lower case; empty where there is none. */
export function schemeOf(address: string): string {
  return scheme.exec(address)?.[1]?.toLowerCase() ?? "";
}

export class References {
  readonly #ownHosts: ReadonlySet<string>;
  readonly #ownHost: string;
  #base: URL | undefined;
  /** Before a path of the base's host: nothing where that is the site itself. */
  #prefix = "";
  #isRebased = false;
  #known = new Map<string, string>();

  constructor(url: string, ownHosts: ReadonlySet<string>) {
    this.#ownHosts = ownHosts;
    this.#base = parsed(url, undefined);
    this.#ownHost = this.#base?.host ?? "";
  }

  /** All that follows is relative to it; of several the first counts. */
  rebase(href: string): void {
    if (this.#isRebased) return;
    this.#isRebased = true;
    const base = parsed(href, this.#base);
    if (base === undefined || !web.has(base.protocol.slice(0, -1))) return;
    this.#base = base;
    this.#prefix = this.#isOwn(base) ? "" : `//${base.host}`;
    this.#known = new Map();
  }

  of(address: string): string {
    const known = this.#known.get(address);
    if (known !== undefined) return known;
    const found = shortened(this.#plain(address) ?? this.#resolved(address), lengthMax);
    if (this.#known.size < rememberedMax) this.#known.set(address, found);
    return found;
  }

  /** Code without the names of the site itself: `"http:\/\/example.org\/x"` is `"\/x"` on every mirror. */
  withoutOwn(code: string): string {
    return code.replace(absoluteInCode, (whole, _slash: string, host: string) =>
      this.#isOwnName(host, host.replace(/:\d+$/, "")) ? "" : whole,
    );
  }

  #plain(address: string): string | undefined {
    if (address.includes("/.") || address.includes("xn--")) return undefined;
    const own = plainPath.exec(address)?.[1];
    if (own !== undefined) return this.#prefix + own;
    const absolute = plainAbsolute.exec(address);
    if (absolute === null) return undefined;
    const [, host = "", rest = "/", search = ""] = absolute;
    return this.#isOwnName(host, host) ? rest + search : `//${host}${rest}${search}`;
  }

  #resolved(address: string): string {
    const clean = stripped(address);
    const named = schemeOf(clean);
    if (carriesContents.has(named)) return `${named}:${sha256(clean).slice(0, 32)}`;
    if (named === "about") return clean.toLowerCase();
    if (named !== "" && !web.has(named)) return `${named}:`;
    const url = parsed(clean, this.#base);
    if (url === undefined) return `invalid:${sha256(clean).slice(0, 32)}`;
    return (this.#isOwn(url) ? "" : `//${url.host}`) + url.pathname + url.search;
  }

  #isOwn({ host, hostname }: URL): boolean {
    return this.#isOwnName(host, hostname);
  }

  #isOwnName(host: string, hostname: string): boolean {
    return host === this.#ownHost || this.#ownHosts.has(host) || this.#ownHosts.has(hostname);
  }
}

/** Of a reference: `host`, `scheme:`, or empty for the site itself. */
export function hostOf(reference: string): string {
  if (reference.startsWith("//")) {
    const end = reference.indexOf("/", 2);
    return end < 0 ? reference.slice(2) : reference.slice(2, end);
  }
  if (reference.startsWith("/")) return "";
  return `${schemeOf(reference) || "invalid"}:`;
}

function parsed(address: string, base: URL | undefined): URL | undefined {
  return URL.parse(address, base) ?? undefined;
}
