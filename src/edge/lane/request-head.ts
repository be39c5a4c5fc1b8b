/** The head of a request as the server behind the edge gets it: the client's, without what is not its to say. Pure. */
import { Remembered } from "../../base/remembered.ts";
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

/**
 * Several ranges at once are an old way to make a server work (CVE-2011-3192): whoever asks for that gets the whole (RFC 9110, section 14.2), as
 * from the edge itself. Undefined where the target can't stand on a request line. */
export function requestHead(request: ClientRequest, framing: Framing): Uint8Array | undefined {
  const { method, target, headers } = request;
  if (!/^\/[!-~]*$/.test(target) || target.includes("#")) return undefined;
  const named = fieldsNamedBy(headers.get("connection"));
  let text = `${method} ${target} HTTP/1.1\r\nhost: ${request.host}\r\n`;
  headers.forEach((value, name) => {
    if (!clients.of(name) || named.has(name) || (name === "range" && value.includes(","))) return;
    const said = name === "cookie" && request.isForStudio !== true ? withoutStudioCookies(value) : value;
    if (said !== "" || value === "") text += `${name}: ${said}\r\n`;
  });
  return Buffer.from(`${text}${forwarding(request)}${framingLine(method, framing)}\r\n`, "latin1");
}

/** As src/people/cookies.ts names them. Browsers send what `localhost` set to every port there (RFC 6265, section 8.5). */
const studioCookie = /^\s*(__Host-)?kasbah(-[a-z]+)?=/;

function withoutStudioCookies(value: string): string {
  if (!value.includes("kasbah")) return value;
  const others = value.split(";").filter((cookie) => !studioCookie.test(cookie));
  return others.join(";").trim();
}

/** Whether a field of that name is the client's to say. Clients send the same few names again and again. */
const clients = new Remembered(isClients, 512);

function isClients(name: string): boolean {
  // CGI makes one variable of `X_Real_IP` and `X-Real-IP`.
  return !isHopByHop(name) && name !== "via" && !spokenFor.test(name.replaceAll("_", "-"));
}

/** RFC 7239, and what was usual before it. Only the client: one address leaves nothing to be misread. */
function forwarding({ address: written, host, scheme, headers }: ClientRequest): string {
  const before = headers.get("via");
  const address = written.startsWith("::") ? written.replace(/^::ffff:(?=\d+\.)/i, "") : written;
  const node = address.includes(":") ? `"[${address}]"` : address;
  return (
    `forwarded: for=${node};host="${host}";proto=${scheme}\r\n` +
    `x-forwarded-for: ${address}\r\n` +
    `x-forwarded-host: ${host}\r\n` +
    `x-forwarded-proto: ${scheme}\r\n` +
    `x-real-ip: ${address}\r\n` +
    `via: ${before === null ? "" : `${before}, `}1.1 ${viaName}\r\n`
  );
}

/** A length of nothing is said where a body might be expected (RFC 9110, section 8.6). */
function framingLine(method: string, framing: Framing): string {
  switch (framing.kind) {
    case "length":
      return `content-length: ${framing.bytes}\r\n`;
    case "chunked":
      return "transfer-encoding: chunked\r\n";
    case "none":
      return ["POST", "PUT", "PATCH"].includes(method) ? "content-length: 0\r\n" : "";
  }
}
