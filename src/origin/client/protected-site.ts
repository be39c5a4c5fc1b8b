/** The protected site as the newsroom knows it: where it is asked, under which name readers know it, and how its addresses are written. */
import { listenAddress } from "../../base/network.ts";
import { canonicalSpelling } from "../../base/spelling.ts";
import type { Config } from "../../config/settings.ts";

export interface ProtectedSite {
  /** Where it is asked: `http://127.0.0.1:9000`. */
  readonly origin: string;
  /** Under which readers know it: `https://example.org`. */
  readonly publicOrigin: string;
  /** The Host header of readers: `example.org`, `localhost:8080`. */
  readonly host: string;
  readonly scheme: "http" | "https";
  /** Names and addresses that mean this site. */
  readonly ownHosts: ReadonlySet<string>;
  /** Where readers come in: `/`, and where a site of several languages has them, `/fr/` … */
  readonly fronts: ReadonlySet<OriginAddress>;
}

/** Path and query in their canonical spelling: `/2011/07/?page=2`. The fragment is nobody's business. */
export type OriginAddress = string & { readonly __brand: "OriginAddress" };

export const root = "/" as OriginAddress;
const addressLengthMax = 2_048;

/** Undefined where no origin is configured. */
export function protectedSite(config: Config): ProtectedSite | undefined {
  const { url } = config.origin;
  if (url === "") return undefined;
  const publicUrl = new URL(publicOriginOf(config));
  return {
    origin: url,
    publicOrigin: publicUrl.origin,
    host: publicUrl.host,
    scheme: publicUrl.protocol === "https:" ? "https" : "http",
    ownHosts: new Set([...config["site.portal"].hosts, publicUrl.host, new URL(url).host]),
    fronts: new Set([root, ...config.site.languages.map((tag) => `/${tag}/` as OriginAddress)]),
  };
}

/** The site's main address where one is named, else the first host as the edge answers under it. */
function publicOriginOf({ "site.portal": portal, edge }: Config): string {
  if (portal.address !== "") return portal.address;
  const scheme = edge.tls === "off" ? "http" : "https";
  const port = edge.listen.map((address) => listenAddress(address).port).find((each) => each !== 0);
  const usual = scheme === "https" ? 443 : 80;
  return `${scheme}://${portal.hosts[0] ?? "localhost"}${port === undefined || port === usual ? "" : `:${port}`}`;
}

/** Where a reference on the page at `from` leads; undefined where that is elsewhere, or no address that can be asked for. */
export function addressAt(
  reference: string,
  site: ProtectedSite,
  from: OriginAddress = root,
): OriginAddress | undefined {
  const url = URL.parse(reference, `${site.publicOrigin}${from}`);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  if (!site.ownHosts.has(url.host) && !site.ownHosts.has(url.hostname)) return undefined;
  const address = canonicalSpelling(url.pathname + url.search);
  return address.length > addressLengthMax ? undefined : (address as OriginAddress);
}

/** Of an address that was stored. */
export function partsOf(address: OriginAddress): { readonly path: string; readonly query?: string } {
  const at = address.indexOf("?");
  return at < 0 ? { path: address } : { path: address.slice(0, at), query: address.slice(at + 1) };
}
