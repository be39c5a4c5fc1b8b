/**
 * What an answer of the protected site's says about where it lies: its own address where the public one belongs, and names and versions of
 * machines behind it. Who knows the address gets around the edge. The exact address is rewritten, whatever else tells it is found. Pure.
 */
import type { DocumentKind } from "../../guard/facts.ts";

export interface Seen {
  /** The server behind the edge, as it writes itself: `http://127.0.0.1:9000`; in lower case. */
  readonly origin: string;
  /** The same as the client knows it: `https` and `example.org`, with its port where it has one. */
  readonly scheme: string;
  readonly host: string;
}

/** Somebody else's words: text, never markup. */
export interface Leak {
  /** "body", or the header's name. */
  readonly where: string;
  /** What stands there, cut short. */
  readonly value: string;
}

/** Around what was found. */
const excerpt = { before: 40, after: 60 } as const;
/** Of one answer; more say nothing new. */
const leaksMax = 8;

/** Header fields that say nothing to a reader, and to others which machine answered. */
const aboutMachines =
  /^x-(?:backend(?:-.*)?|served-by|server(?:-.*)?|upstream(?:-.*)?|origin(?:-.*)?|host(?:-.*)?|node(?:-.*)?|hostname|instance(?:-.*)?|pod(?:-.*)?|aspnet-version|aspnetmvc-version|debug-.*)$/;
/** Product and nothing else: `nginx/1.22.1 (Debian)` → `nginx`. */
const products = new Set(["server", "x-powered-by", "x-generator"]);

/** As the client gets it; undefined: not at all. `name` in lower case. */
export function publicHeader(name: string, value: string, seen: Seen): string | undefined {
  if (aboutMachines.test(name)) return undefined;
  if (products.has(name)) return /^[^/\s(;,]+/.exec(value)?.[0];
  const text = publicText(value, seen);
  return name === "set-cookie" ? withoutDomain(text, seen) : text;
}

/** A cookie for the origin's own name would be refused by every browser, and tell that name. */
function withoutDomain(cookie: string, { origin }: Seen): string {
  if (!/;\s*domain\s*=/i.test(cookie)) return cookie;
  const { hostname } = addressOf(origin);
  const parts = cookie.split(";");
  const isOwn = (part: string): boolean => {
    const [, domain] = /^\s*domain\s*=\s*"?\.?([^"]*)"?\s*$/i.exec(part) ?? [];
    return domain?.toLowerCase() === hostname;
  };
  return parts.filter((part) => !isOwn(part)).join(";");
}

/** The origin's address where a reader's address belongs, in each of the ways in which URLs are written into texts. */
export function publicText(text: string, seen: Seen): string {
  const { pattern, hostname } = addressOf(seen.origin);
  if (!text.toLowerCase().includes(hostname)) return text;
  return text.replace(pattern, (_, scheme: string | undefined, slashes: string) => {
    const isEncoded = slashes.includes("%");
    const host = isEncoded ? encodeURIComponent(seen.host) : seen.host;
    return `${scheme === undefined ? "" : `${seen.scheme}${isEncoded ? "%3A" : ":"}`}${slashes}${host}`;
  });
}

/** Kinds whose text browsers or feed readers take addresses from. */
const rewritten: ReadonlySet<DocumentKind> = new Set(["html", "xml", "svg", "style", "script", "data"]);

/** A copy only where something changed. Any encoding that extends ASCII: bytes that are not an address's stay what they are. */
export function publicBody(
  kind: DocumentKind,
  bytes: Uint8Array,
  seen: Seen,
): { readonly bytes: Uint8Array; readonly leaks: readonly Leak[] } {
  const isText = rewritten.has(kind) || kind === "text";
  const before = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!isText || !mentions(before, addressOf(seen.origin).hostname)) return { bytes, leaks: [] };
  const text = before.toString("latin1");
  const after = rewritten.has(kind) ? publicText(text, seen) : text;
  const leaks = leaksIn("body", after, seen);
  return { bytes: after === text ? bytes : Buffer.from(after, "latin1"), leaks };
}

/** What tells the origin's address in spite of all rewriting. */
export function leaksIn(where: string, text: string, { origin, host }: Seen): Leak[] {
  const { telling, hostname } = addressOf(origin);
  const leaks: Leak[] = [];
  // Under a name of the site's own, what tells the server is the port.
  const isPublic = `.${withoutPort(host)}`.toLowerCase().endsWith(`.${hostname}`);
  for (const { 0: found, index } of text.matchAll(telling)) {
    if (isPublic && found.toLowerCase() === hostname) continue;
    if (leaks.length === leaksMax) break;
    const value = text.slice(Math.max(0, index - excerpt.before), index + found.length + excerpt.after);
    leaks.push({ where, value });
  }
  return leaks;
}

interface OriginNames {
  /** In lower case; in whatever tells the address. */
  readonly hostname: string;
  /** The address, with what stands before it in a URL. */
  readonly pattern: RegExp;
  /** The address, or the name where nobody else has it. */
  readonly telling: RegExp;
}

/** One origin for each edge. */
let known: { readonly origin: string; readonly names: OriginNames } | undefined;

function addressOf(origin: string): OriginNames {
  if (known?.origin !== origin) known = { origin, names: namesOf(origin) };
  return known.names;
}

/** Not within a longer name or number; percent-encoded, a colon is no boundary of its own. */
const ends = String.raw`(?![\w@-]|\.[\w-]|:\d|%3A\d)`;

function namesOf(origin: string): OriginNames {
  const { hostname, port } = new URL(origin);
  const colons = "(?::|%3A)";
  const name = RegExp.escape(hostname);
  const authority = port === "" ? name : `${name}${colons}${port}`;
  const isEverybodys = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  const defaultPort = port === "" ? String.raw`(?::(?:80|443)(?!\d))?` : "";
  return {
    hostname,
    pattern: new RegExp(
      `(?:\\b(https?)${colons})?(//|\\\\/\\\\/|%2F%2F)${authority}${defaultPort}${ends}`,
      "gi",
    ),
    telling: new RegExp(
      `(?:(?<![\\w.-])|(?<=%2F))(?:${isEverybodys ? authority : `${name}(?:${colons}\\d+)?`})${ends}`,
      "gi",
    ),
  };
}

/** Names may be written in any case; numbers have none. */
function mentions(bytes: Buffer, hostname: string): boolean {
  if (bytes.includes(hostname, 0, "latin1")) return true;
  return /[a-z]/.test(hostname) && bytes.toString("latin1").toLowerCase().includes(hostname);
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, "");
}
