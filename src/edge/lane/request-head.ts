/** The head of a request as the server behind the edge gets it: the client's, without what is not its to say. Pure. */
import { RecentMap } from "../../base/recent-map.ts";
import { fieldsNamedBy, isHopByHop } from "./hop-by-hop.ts";

/** How the body is told apart from what follows it. */
export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly bytes: number }
  | { readonly kind: "chunked" };

export interface ClientRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Headers;
  /** As the client wrote it, with its port. */
  readonly host: string;
  /** The client's, as the edge determined it. */
  readonly address: string;
  readonly scheme: "http" | "https";
  /** To the studio, which alone gets its own cookies. */
  readonly isForStudio?: boolean;
}

/** What stands in a chain of proxies for this program. */
export const viaName = "kasbah";

/** Said by us, or believed by somebody's software as if a proxy of its own had said it. */
const spokenFor =
  /^(forwarded|x-forwarded(-.*)?|x-real-ip|x-client-ip|x-cluster-client-ip|client-ip|true-client-ip|cf-connecting-ip|x-original-(url|host|forwarded-for)|x-rewrite-url|host|content-length|expect)$/;

/** Undefined where the target can't stand on a request line. */
export function requestHead(request: ClientRequest, framing: Framing): Uint8Array | undefined {
  const { method, target, headers } = request;
  if (!/^\/[!-~]*$/.test(target) || target.includes("#")) return undefined;
  const named = fieldsNamedBy(headers.get("connection"));
  const lines = [`${method} ${target} HTTP/1.1`, `host: ${request.host}`];
  for (const [name, value] of headers) {
    if (!isClients(name) || named.has(name)) continue;
    const said = name === "cookie" && request.isForStudio !== true ? withoutStudioCookies(value) : value;
    if (said !== "" || value === "") lines.push(`${name}: ${said}`);
  }
  lines.push(...forwarding(request), ...framingLine(method, framing), "\r\n");
  return Buffer.from(lines.join("\r\n"), "latin1");
}

/** As src/people/cookies.ts names them. Browsers send what `localhost` set to every port there (RFC 6265, section 8.5). */
const studioCookie = /^\s*(__Host-)?kasbah(-[a-z]+)?=/;

function withoutStudioCookies(value: string): string {
  if (!value.includes("kasbah")) return value;
  const others = value.split(";").filter((cookie) => !studioCookie.test(cookie));
  return others.join(";").trim();
}

/** Clients send the same few names again and again. */
const remembered = new RecentMap<string, boolean>(512);

/** The client's to say, and meant for the server. */
function isClients(name: string): boolean {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  // CGI makes one variable of `X_Real_IP` and `X-Real-IP`.
  const is = !isHopByHop(name) && name !== "via" && !spokenFor.test(name.replaceAll("_", "-"));
  remembered.set(name, is);
  return is;
}

/** RFC 7239, and what was usual before it. Only the client: one address leaves nothing to be misread. */
function forwarding({ address: written, host, scheme, headers }: ClientRequest): string[] {
  const before = headers.get("via");
  const address = written.replace(/^::ffff:(?=\d+\.)/i, "");
  const node = address.includes(":") ? `"[${address}]"` : address;
  return [
    `forwarded: for=${node};host="${host}";proto=${scheme}`,
    `x-forwarded-for: ${address}`,
    `x-forwarded-host: ${host}`,
    `x-forwarded-proto: ${scheme}`,
    `x-real-ip: ${address}`,
    `via: ${before === null ? "" : `${before}, `}1.1 ${viaName}`,
  ];
}

/** A length of nothing is said where a body might be expected (RFC 9110, section 8.6). */
function framingLine(method: string, framing: Framing): string[] {
  switch (framing.kind) {
    case "length":
      return [`content-length: ${framing.bytes}`];
    case "chunked":
      return ["transfer-encoding: chunked"];
    case "none":
      return ["POST", "PUT", "PATCH"].includes(method) ? ["content-length: 0"] : [];
  }
}
