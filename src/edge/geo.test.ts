// Countries from the database that comes along, overrides before it, and what a broken file says.
import { expect, test } from "bun:test";
import { copyFileSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openGeo, readDatabase } from "./geo.ts";

test("the database that comes along knows countries; loopback has none", () => {
  const lookUp = openGeo({ database: "", overrides: [] });
  expect(lookUp("41.140.1.0/24").country).toBe("MA");
  expect(lookUp("2001:4860:0::/48").country).toBe("US");
  expect(lookUp("127.10.3.0/24")).toEqual({ country: "ZZ", asn: 0, name: "" });
});

test("the narrowest override wins, and leaves the rest to the database", () => {
  const lookUp = openGeo({
    database: "",
    overrides: [
      { network: "127.10.0.0/16", country: "SA", asn: 64_500, name: "Example" },
      { network: "127.10.4.0/22", country: "AE" },
      { network: "41.140.0.0/16", name: "Known better" },
    ],
  });
  expect(lookUp("127.10.3.0/24")).toEqual({ country: "SA", asn: 64_500, name: "Example" });
  expect(lookUp("127.10.5.0/24").country).toBe("AE");
  expect(lookUp("41.140.1.0/24")).toMatchObject({ country: "MA", name: "Known better" });
});

test("an operator's own database is read once, for all threads", () => {
  const path = fileURLToPath(
    import.meta.resolve("@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb"),
  );
  const own = join(mkdtempSync(join(tmpdir(), "kasbah-geo-")), "own.mmdb");
  copyFileSync(path, own);
  const geo = { database: own, overrides: [] };
  const shared = readDatabase(geo);
  expect(shared?.byteLength).toBe(statSync(path).size);
  writeFileSync(own, "shortened under our feet");
  const [one, other] = [openGeo(geo, shared), openGeo(geo, shared)];
  expect([one, other].map((lookUp) => lookUp("41.140.1.0/24").country)).toEqual(["MA", "MA"]);
  expect(readDatabase({ database: "", overrides: [] })).toBeUndefined();
});

test("a missing or damaged database says which setting to mend", () => {
  const damaged = join(mkdtempSync(join(tmpdir(), "kasbah-geo-")), "damaged.mmdb");
  writeFileSync(damaged, "not a database");
  for (const database of ["/nowhere/at-all.mmdb", damaged]) {
    expect(() => openGeo({ database, overrides: [] })).toThrow(/can't read the geo database/);
  }
});

test("a country that is no code is refused", () => {
  const overrides = [{ network: "127.10.0.0/16", country: "Saudi Arabia" }];
  expect(() => openGeo({ database: "", overrides })).toThrow(/is not a country's code/);
});
