/**
 * Where somebody who knows the protected site's own address would knock: only at addresses of the operator's own, those that the settings name, and
 * this machine's.
 */
import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import { isLoopbackHost, listenAddress } from "../../base/network.ts";
import type { Config } from "../../config/settings.ts";
import type { Door } from "./knock.ts";

export interface World {
  /** The addresses of a name; none where it has none. */
  readonly lookUp: (name: string) => Promise<readonly string[]>;
  /** This machine's, without loopback. */
  readonly own: readonly string[];
}

export function thisWorld(): World {
  return { lookUp, own: ownAddresses() };
}

/** What the site calls itself. */
export function hostOf(config: Config): string {
  return config["site.portal"].hosts[0] ?? "localhost";
}

/** Of the machine that it stands on. */
export async function addressesBehind({ origin }: Config, world: World): Promise<readonly string[]> {
  const { hostname } = doorOf(origin.url);
  return isLoopbackHost(hostname) ? world.own : await world.lookUp(hostname);
}

const everywhere = new Set(["0.0.0.0", "::"]);

/** On this machine, loopback is no door for anybody else; its other addresses are, but where the edge itself answers. */
export function doorsOf({ origin, edge }: Config, addresses: readonly string[]): readonly Door[] {
  const { hostname: site, port, tls } = doorOf(origin.url);
  const isHere = isLoopbackHost(site);
  const ours = edge.listen.map(listenAddress).filter((listening) => listening.port === port);
  const isOurs = (address: string): boolean =>
    ours.some(({ hostname }) => hostname === address || everywhere.has(hostname));
  const here = isHere ? addresses.filter((address) => !isOurs(address)) : [];
  const hostnames = new Set([...here, ...(isHere ? [] : [site]), ...origin.addresses.map(withoutBrackets)]);
  return Array.from(hostnames, (hostname) => ({ hostname, port, tls }));
}

/** `192.0.2.7:80`, `[2001:db8::7]:80`. */
export function writtenDoor({ hostname, port }: Door): string {
  return `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

function doorOf(url: string): Door {
  const { hostname, port, protocol } = new URL(url);
  const tls = protocol === "https:";
  return { hostname: withoutBrackets(hostname), port: port === "" ? (tls ? 443 : 80) : Number(port), tls };
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

async function lookUp(name: string): Promise<string[]> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

/** Link-local ones need a zone, and reach one cable. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
    .map(({ address }) => address);
}
