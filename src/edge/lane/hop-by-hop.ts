/** Header fields that belong to one connection and not to the message (RFC 9110, section 7.6.1): who passes it on leaves them out. */

const connectionFields = new Set([
  "connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const nothing: ReadonlySet<string> = new Set();
/** What nearly all say. */
const usual = new Map<string, ReadonlySet<string>>([
  ["keep-alive", new Set(["keep-alive"])],
  ["close", new Set(["close"])],
]);

/** What else `Connection` names: fields that the sender meant for its neighbour alone. In lower case. */
export function fieldsNamedBy(connection: string | null | undefined): ReadonlySet<string> {
  if (connection === null || connection === undefined) return nothing;
  return usual.get(connection) ?? new Set(connection.split(",").map((name) => name.trim().toLowerCase()));
}

/** `name` in lower case. `Proxy`, too: CGI would make HTTP_PROXY of it, which programs believe (CVE-2016-5385). */
export function isHopByHop(name: string): boolean {
  return connectionFields.has(name) || (name.startsWith("proxy") && (name.length === 5 || name[5] === "-"));
}
