/**
 * Country and network of a prefix: the operator's overrides first, then an .mmdb file. Asked for the busiest prefixes in the edge's main
 * thread; by workers for requests of which a sample is kept, or when a rule is narrowed by either. Nobody is refused anything for them alone.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ipaddr from "ipaddr.js";
import { Reader, type Response } from "maxmind";
import { z } from "zod";
import { messageOf, OperatorError } from "../base/errors.ts";
import { RecentMap } from "../base/recent-map.ts";
import type { Config, GeoOverride } from "../config/settings.ts";
import { type LookUpOrigin, type Origin, unknownOrigin } from "../decision/tally-summary.ts";

/** The forms in which the usual databases write it: ip-location-db's flat one, MaxMind's and DB-IP's. */
const recordSchema = z.object({
  country_code: z.string().length(2).optional(),
  country: z.object({ iso_code: z.string().length(2).optional() }).optional(),
  autonomous_system_number: z.int().nonnegative().optional(),
  autonomous_system_organization: z.string().optional(),
});

/** Prefixes whose origin is remembered; a flood's come back every second. */
const rememberedPrefixes = 16_384;

/**
 * The operator's own database, read once for all threads; undefined where it is the one that comes along, which each thread maps.
 * Throws OperatorError where it can't be read.
 */
export function readDatabase({ database }: Config["geo"]): SharedArrayBuffer | undefined {
  if (database === "") return undefined;
  return explained(database, () => {
    const bytes = readFileSync(database);
    const shared = new SharedArrayBuffer(bytes.length);
    bytes.copy(new Uint8Array(shared));
    return shared;
  });
}

/** `database`: what `readDatabase` gave. Throws OperatorError where it is damaged. */
export function openGeo(geo: Config["geo"], database = readDatabase(geo)): LookUpOrigin {
  const reader = explained(geo.database, () => {
    return new Reader<Response>(database === undefined ? mapped(ownDatabase()) : Buffer.from(database));
  });
  const known = geo.overrides.map(parseOverride).sort((a, b) => b.bits - a.bits);
  const remembered = new RecentMap<string, Origin>(rememberedPrefixes);
  return (prefix) => {
    const found = remembered.get(prefix) ?? originOf(prefix.slice(0, prefix.indexOf("/")), reader, known);
    remembered.set(prefix, found);
    return found;
  };
}

function ownDatabase(): string {
  return fileURLToPath(
    import.meta.resolve("@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb"),
  );
}

/**
 * Of eight megabytes a look-up touches a few pages, and only these count as the edge's memory. Not for an operator's own file: a
 * program that shortens it in place would end the process.
 */
function mapped(path: string): Buffer {
  const { buffer, byteOffset, byteLength } = Bun.mmap(path);
  return Buffer.from(buffer, byteOffset, byteLength);
}

function explained<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw new OperatorError(`can't read the geo database ${path || ownDatabase()} (${messageOf(thrown)})`, {
      hint: "set geo.database to an .mmdb file with countries, or leave it empty for the one that comes with Kasbah",
      cause: thrown,
    });
  }
}

interface Override {
  readonly network: readonly [ipaddr.IPv4 | ipaddr.IPv6, number];
  readonly bits: number;
  readonly origin: Partial<Origin>;
}

function parseOverride({ network, country, asn, name }: GeoOverride): Override {
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    throw new OperatorError(`geo.overrides: "${country}" is not a country's code`, {
      hint: `write the two capital letters of ISO 3166-1 for ${network}, like "MA"`,
      exitCode: 2,
    });
  }
  const parsed = ipaddr.parseCIDR(network);
  return {
    network: parsed,
    bits: parsed[1],
    origin: { ...(country && { country }), ...(asn && { asn }), ...(name && { name }) },
  };
}

function originOf(address: string, reader: Reader<Response>, overrides: readonly Override[]): Origin {
  const parsed = ipaddr.parse(address);
  const better = overrides.find(
    ({ network: [base, bits] }) => base.kind() === parsed.kind() && parsed.match(base, bits),
  );
  return { ...recorded(reader.get(address)), ...better?.origin };
}

function recorded(found: unknown): Origin {
  const record = recordSchema.safeParse(found).data;
  return {
    country: record?.country_code ?? record?.country?.iso_code ?? unknownOrigin.country,
    asn: record?.autonomous_system_number ?? unknownOrigin.asn,
    name: record?.autonomous_system_organization ?? unknownOrigin.name,
  };
}
