/** Which site a Host header means. Ports, case and a trailing dot make no difference; two hosts in one request are an attack. */
import { RecentMap } from "../base/recent-map.ts";

export type HostAnswer =
  /** `host`: its name as we know it. */
  | { readonly kind: "site"; readonly site: string; readonly host: string }
  | { readonly kind: "malformed" }
  | { readonly kind: "unknown" };

const malformed: HostAnswer = { kind: "malformed" };
const unknown: HostAnswer = { kind: "unknown" };

/** A name or IPv4 address, or an IPv6 address in brackets; then perhaps a port (RFC 9110, section 7.2). */
const hostForm = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])\.?(?::\d{0,5})?$/;
/** RFC 1035: names are at most 253 long. */
const lengthMax = 270;
const rememberedMax = 256;

export class Hosts {
  readonly #sites = new Map<string, HostAnswer>();
  /** By the header as it came, so that the usual case is one look-up. */
  readonly #remembered = new RecentMap<string, HostAnswer>(rememberedMax);

  /** `sites`: host names by site. `loopbackSite` answers to 127.0.0.1 and [::1] too, while the edge listens there only. */
  constructor(sites: Readonly<Record<string, readonly string[]>>, loopbackSite: string | undefined) {
    for (const [site, hosts] of Object.entries(sites)) {
      for (const host of hosts) this.#set(host.toLowerCase(), site);
    }
    if (loopbackSite === undefined) return;
    for (const host of ["127.0.0.1", "[::1]"]) this.#set(host, loopbackSite);
  }

  find(header: string | null): HostAnswer {
    if (header === null || header.length > lengthMax) return malformed;
    const known = this.#remembered.get(header);
    if (known !== undefined) return known;
    const answer = this.#read(header);
    this.#remembered.set(header, answer);
    return answer;
  }

  #set(host: string, site: string): void {
    this.#sites.set(host, { kind: "site", site, host });
  }

  #read(header: string): HostAnswer {
    const host = hostForm.exec(header.toLowerCase())?.[1];
    return host === undefined ? malformed : (this.#sites.get(host) ?? unknown);
  }
}

/** Whether an address to listen on can be reached from this machine only. */
export function isLoopback(listen: string): boolean {
  return /^(127(\.\d+){3}|localhost|\[::1\]):\d+$/.test(listen);
}
