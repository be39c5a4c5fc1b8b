/**
 * Whether somebody who knows the protected site's own address gets around the edge. Only addresses of the operator's own are asked: those that the
 * settings name, and this machine's; of names only where DNS says that they lead.
 */
import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import { isLoopbackHost } from "../../base/network.ts";
import type { Config } from "../../config/settings.ts";
import { bypassMend } from "./bypass-mend.ts";
import { type Checkup, type Finding, fine, note, wrong } from "./checkup.ts";
import { type Door, knock } from "./origin-door.ts";

export const bypass: Checkup = {
  name: "bypass",
  needsSettings: true,
  look: ({ config }) =>
    config.origin.url === "" ? [] : examineBypass(config, { lookUp, own: ownAddresses() }),
};

export interface World {
  /** The addresses of a name; none where it has none. */
  readonly lookUp: (name: string) => Promise<readonly string[]>;
  /** This machine's, without loopback. */
  readonly own: readonly string[];
}

/** Under these, the machine behind a site is often left in DNS. */
const telltales = ["origin", "direct", "mail", "ftp", "cpanel"] as const;

export async function examineBypass(config: Config, world: World): Promise<Finding[]> {
  const door = doorOf(config.origin.url);
  const host = config["site.portal"].hosts[0] ?? "localhost";
  const addresses = isLoopbackHost(door.hostname) ? world.own : await world.lookUp(door.hostname);
  const knocked = await Promise.all(
    doorsOf(config, door, addresses).map((one) => knockedAt(one, host, config)),
  );
  const told = isLoopbackHost(door.hostname) ? [] : await namesThatTell(config, new Set(addresses), world);
  const findings = [...knocked.flat(), ...told];
  return findings.length === 0 ? [fine("the site behind answers on loopback only")] : findings;
}

function doorOf(url: string): Door {
  const { hostname, port, protocol } = new URL(url);
  const tls = protocol === "https:";
  return { hostname: withoutBrackets(hostname), port: port === "" ? (tls ? 443 : 80) : Number(port), tls };
}

/** On this machine, loopback is no door for anybody else; its other addresses are. */
function doorsOf({ origin }: Config, door: Door, addresses: readonly string[]): Door[] {
  const isHere = isLoopbackHost(door.hostname);
  const named = [...(isHere ? [] : [door.hostname]), ...origin.addresses.map(withoutBrackets)];
  const hostnames = new Set(isHere ? [...addresses, ...named] : named);
  const { port, tls } = door;
  return [...hostnames].map((hostname) => ({ hostname, port, tls }));
}

async function knockedAt(door: Door, host: string, { origin }: Config): Promise<Finding[]> {
  const at = `${door.hostname.includes(":") ? `[${door.hostname}]` : door.hostname}:${door.port}`;
  const answered = await knock(door, host);
  switch (answered.kind) {
    case "answers": {
      const what = `the site behind answers at ${at} whoever asks it there (status ${answered.status}): that is a way around Kasbah`;
      return [wrong(what, bypassMend({ door, from: answered.from, header: origin.secret_header }))];
    }
    case "refuses":
      return [
        fine(`at ${at} the site behind refuses who does not come through Kasbah (status ${answered.status})`),
      ];
    case "closed":
      return [];
  }
}

async function namesThatTell(
  config: Config,
  addresses: ReadonlySet<string>,
  { lookUp: find }: World,
): Promise<Finding[]> {
  const names = [...new Set(config["site.portal"].hosts.filter(isPublicName).flatMap(namesAround))];
  const found = await Promise.all(
    names.map(async (name) => ({
      name,
      leads: (await find(name)).some((address) => addresses.has(address)),
    })),
  );
  const telling = found.filter(({ leads }) => leads).map(({ name }) => name);
  if (telling.length === 0) return [];
  const what = `DNS tells where the site behind lies: ${telling.join(", ")}`;
  return [
    note(
      what,
      "let these names lead elsewhere, or nowhere; who looked before knows the address, so close it, too",
    ),
  ];
}

function namesAround(host: string): string[] {
  const base = host.replace(/^www\./, "");
  return [host, base, ...telltales.map((name) => `${name}.${base}`)];
}

/** That a resolver out there can know. */
function isPublicName(host: string): boolean {
  return /^[^.]+\..*[a-z]$/i.test(host) && !/\.(onion|local|localhost|internal|test|invalid)$/i.test(host);
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

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}
