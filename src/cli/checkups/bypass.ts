/**
 * Whether somebody who knows the protected site's own address gets around the edge. Only addresses of the operator's own are asked: those that the
 * settings name, and this machine's; of names only where DNS says that they lead.
 */
import { isLoopbackHost } from "../../base/network.ts";
import type { Config } from "../../config/settings.ts";
import {
  addressesBehind,
  doorsOf,
  hostOf,
  thisWorld,
  type World,
  writtenDoor,
} from "../../origin/bypass/doors.ts";
import { type Door, knock } from "../../origin/bypass/knock.ts";
import { bypassMend } from "./bypass-mend.ts";
import { type Checkup, type Finding, fine, note, wrong } from "./checkup.ts";

export const bypass: Checkup = {
  name: "bypass",
  needsSettings: true,
  look: ({ config }) => (config.origin.url === "" ? [] : examineBypass(config, thisWorld())),
};

/** Under these, the machine behind a site is often left in DNS. */
const telltales = ["origin", "direct", "mail", "ftp", "cpanel"] as const;

export async function examineBypass(config: Config, world: World): Promise<Finding[]> {
  const addresses = await addressesBehind(config, world);
  const knocked = await Promise.all(doorsOf(config, addresses).map((door) => examineDoor(door, config)));
  const isHere = isLoopbackHost(new URL(config.origin.url).hostname.replace(/^\[(.*)\]$/, "$1"));
  const told = isHere ? [] : await namesThatTell(config, new Set(addresses), world);
  const findings = [...knocked.flat(), ...told];
  return findings.length === 0 ? [fine("the site behind answers on loopback only")] : findings;
}

async function examineDoor(door: Door, config: Config): Promise<Finding[]> {
  const at = writtenDoor(door);
  const answered = await knock(door, hostOf(config));
  switch (answered.kind) {
    case "answers": {
      const what = `the site behind answers at ${at} whoever asks it there (status ${answered.status}): that is a way around Kasbah`;
      return [wrong(what, bypassMend({ door, from: answered.from, header: config.origin.secret_header }))];
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
