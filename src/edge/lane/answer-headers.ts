/** The headers of an answer as the client gets them: the server's, without what was meant for the edge alone. Pure. */
import { sessionHeader } from "../../bus/session-header.ts";
import { cacheFields } from "../cache/tags.ts";
import { hsts } from "../security-headers.ts";
import { publicHeader, type Seen } from "../origin/leaks.ts";
import type { AnswerHead } from "./answer-head.ts";
import { fieldsNamedBy, isHopByHop } from "./hop-by-hop.ts";
import { viaName } from "./request-head.ts";

export interface HeadersSeen extends Seen {
  /** The client's connection to the edge is encrypted. */
  readonly tls: boolean;
  readonly isHead: boolean;
}

/** Alt-Svc would lead clients around the edge; what the studio says of sessions, and tags for caches, are for the edge. */
const dropped = new Set(["alt-svc", "via", "content-length", sessionHeader, ...cacheFields]);

export function clientHeaders({ fields, status }: AnswerHead, seen: HeadersSeen): Headers {
  const headers = new Headers();
  const named = fieldsNamedBy(fieldValue(fields, "connection"));
  for (const [name, value] of fields) {
    if (dropped.has(name) || isHopByHop(name) || named.has(name)) continue;
    const said = publicHeader(name, value, seen);
    if (said !== undefined) headers.append(name, said);
  }
  const via = fieldValue(fields, "via");
  headers.set("via", via === undefined ? `1.1 ${viaName}` : `${via}, 1.1 ${viaName}`);
  const length = seen.isHead || status === 304 ? fieldValue(fields, "content-length") : undefined;
  if (length !== undefined) headers.set("content-length", length);
  if (seen.tls && !headers.has("strict-transport-security")) addTo(headers, hsts);
  return headers;
}

/** What was said under that name, in one line; undefined where nothing was. */
export function fieldValue(fields: AnswerHead["fields"], wanted: string): string | undefined {
  let all: string | undefined;
  for (const [name, value] of fields) {
    if (name === wanted) all = all === undefined ? value : `${all}, ${value}`;
  }
  return all;
}

function addTo(headers: Headers, more: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
}
