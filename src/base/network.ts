/** Networks, addresses to listen on and host names as operators write them. */
import ipaddr from "ipaddr.js";

/** How a network is to be written, for error messages. */
export const networkForm = 'a network like "192.0.2.0/24" or "2001:db8::/32", or one address';

/**
 * The one way to write a network (one address gets /32 or /128), or undefined where it is none. Bits beyond the prefix
 * are a mistake and not rounded away: `10.1.2.3/8` would hit sixteen million addresses where one was meant.
 */
export function normalNetwork(text: string): string | undefined {
  const [host = "", length, ...rest] = text.split("/");
  if (rest.length > 0 || !isAddress(host)) return undefined;
  const address = ipaddr.parse(host);
  const bits = address.kind() === "ipv4" ? 32 : 128;
  const prefix = length === undefined ? bits : wholeNumber(length);
  if (prefix === undefined || prefix > bits) return undefined;
  const normal = `${address.toString()}/${prefix}`;
  return networkAddress(normal) === address.toString() ? normal : undefined;
}

export const listenForm = 'an address with a port, like "127.0.0.1:8080" or "[::1]:8080"';

export interface ListenAddress {
  /** Without brackets. */
  readonly hostname: string;
  /** 0 takes any free one. */
  readonly port: number;
}

/** Of a setting that was checked when it was read. Throws where it is no such address after all. */
export function listenAddress(setting: string): ListenAddress {
  const address = parseListenAddress(setting);
  if (address === undefined) throw new Error(`can't listen on "${setting}": it is not ${listenForm}`);
  return address;
}

/** An IP address or "localhost" with a port; undefined where it is none. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const hostname = bracketed ?? plain ?? "";
  const port = Number(digits);
  if (!(port <= 65_535)) return undefined;
  const fits =
    bracketed === undefined
      ? isAddress(hostname) || hostname === "localhost"
      : hostname.includes(":") && isAddress(hostname);
  return fits ? { hostname, port } : undefined;
}

export const hostForm = 'a host name like "example.org", without "https://" and port';

/** In lower case and, where it has other letters than ASCII, in Punycode; undefined where it is none. */
export function normalHost(text: string): string | undefined {
  const url = URL.parse(`http://${text}`);
  if (url === null || text.length > 253 || /[^\p{L}\p{M}\p{N}.-]/u.test(text)) return undefined;
  return url.hostname;
}

/** Without zones and without the old short and octal forms, which ipaddr.js would take. */
function isAddress(text: string): boolean {
  return (
    ipaddr.IPv4.isValidFourPartDecimal(text) || (/^[\da-f:.]+$/i.test(text) && ipaddr.IPv6.isValid(text))
  );
}

function wholeNumber(text: string): number | undefined {
  return /^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : undefined;
}

function networkAddress(cidr: string): string {
  const of = cidr.includes(":") ? ipaddr.IPv6 : ipaddr.IPv4;
  return of.networkAddressFromCIDR(cidr).toString();
}
