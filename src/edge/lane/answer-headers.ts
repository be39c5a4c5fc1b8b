/** The headers of an answer as the client gets them: the server's, without what was meant for the edge alone. Pure. */
import { hsts } from "../security-headers.ts";
import type { AnswerHead } from "./answer-head.ts";
import { fieldsNamedBy, isHopByHop } from "./hop-by-hop.ts";
import { viaName } from "./request-head.ts";

export interface Seen {
  /** The server behind the edge, as it writes itself: `http://127.0.0.1:9000`. */
  readonly origin: string;
  /** The same as the client knows it: `https://example.org`. */
  readonly publicOrigin: string;
  /** The client's connection to the edge is encrypted. */
  readonly tls: boolean;
  readonly isHead: boolean;
}

/** Alt-Svc would lead clients around the edge. */
const dropped = new Set(["alt-svc", "via", "content-length"]);

export function clientHeaders({ fields, status }: AnswerHead, seen: Seen): Headers {
  const headers = new Headers();
  const named = fieldsNamedBy(valueOf(fields, "connection"));
  for (const [name, value] of fields) {
    if (isHopByHop(name) || named.has(name) || dropped.has(name)) continue;
    headers.append(name, publicValue(name, value, seen));
  }
  const via = valueOf(fields, "via");
  headers.set("via", via === undefined ? `1.1 ${viaName}` : `${via}, 1.1 ${viaName}`);
  const length = seen.isHead || status === 304 ? valueOf(fields, "content-length") : undefined;
  if (length !== undefined) headers.set("content-length", length);
  if (seen.tls && !headers.has("strict-transport-security")) addTo(headers, hsts);
  return headers;
}

function valueOf(fields: AnswerHead["fields"], name: string): string | undefined {
  const values = fields.filter(([known]) => known === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}

/** Redirects to the server's own address lead to the public one, as nginx's `proxy_redirect` does by default. */
function publicValue(name: string, value: string, { origin, publicOrigin }: Seen): string {
  if (name === "location" && leadsTo(origin, value)) return publicOrigin + value.slice(origin.length);
  if (name !== "refresh") return value;
  const [, before, target] = /^(\s*\d+\s*[;,]\s*(?:url\s*=\s*)?)(.*)$/i.exec(value) ?? [];
  return before === undefined || target === undefined || !leadsTo(origin, target)
    ? value
    : before + publicOrigin + target.slice(origin.length);
}

/** `http://127.0.0.1:9000` is not the beginning of `http://127.0.0.1:90001`. */
function leadsTo(origin: string, url: string): boolean {
  return url.slice(0, origin.length).toLowerCase() === origin && /^([/?#]|$)/.test(url.slice(origin.length));
}

function addTo(headers: Headers, more: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
}
