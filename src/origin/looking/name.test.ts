/** What became different about a name: moved, taken away, or only renewed. With a real resolver and a real TLS server on loopback. */
import { expect, test } from "bun:test";
import { Resolver } from "node:dns/promises";
import { certificate as ownCertificate, openssl } from "../../../test/certificate.ts";
import { startDnsServer } from "../../../test/dns-server.ts";
import { lookAtName } from "./look-at-name.ts";
import { type Certificate, changesOf, type NameRecord } from "./name.ts";

const nowMs = Date.UTC(2026, 10, 22);
const certificate: Certificate = {
  fingerprint: "ab".repeat(32),
  issuer: "Let's Encrypt",
  expiresAt: "2027-01-20T00:00:00.000Z",
  isValid: true,
  names: ["cgem.example"],
};
const usual: NameRecord = {
  name: "cgem.example",
  addresses: ["192.0.2.1", "192.0.2.2"],
  aliases: [],
  nameServers: ["ns1.example", "ns2.example"],
  mail: ["10 mail.example"],
  certificate,
};

test("round robin and renewals are nothing", () => {
  const renewed = { ...certificate, fingerprint: "cd".repeat(32), expiresAt: "2027-03-20T00:00:00.000Z" };
  expect(changesOf(usual, { ...usual, addresses: ["192.0.2.2", "192.0.2.3"] }, nowMs)).toEqual([]);
  expect(changesOf(usual, { ...usual, certificate: renewed }, nowMs)).toEqual([]);
});

test.each([
  ["other name servers", { nameServers: ["ns.elsewhere.example"] }, "dns name servers", "contradicts"],
  ["no address any more", { addresses: [] }, "dns addresses", "contradicts"],
  ["all addresses others", { addresses: ["198.51.100.1"] }, "dns addresses", "doubt"],
  ["mail that goes elsewhere", { mail: ["1 mx.elsewhere.example"] }, "dns mail", "doubt"],
  ["an alias", { aliases: ["cgem.host.example"] }, "dns aliases", "doubt"],
  ["no certificate", { certificate: null }, "certificate", "contradicts"],
  [
    "a certificate that is not valid",
    { certificate: { ...certificate, isValid: false } },
    "certificate",
    "contradicts",
  ],
  ["another issuer", { certificate: { ...certificate, issuer: "Somebody" } }, "certificate issuer", "doubt"],
  [
    "an end that is near",
    { certificate: { ...certificate, expiresAt: "2026-11-25T00:00:00.000Z" } },
    "certificate",
    "note",
  ],
] as const)("%s is told", (_, change, what, weight) => {
  expect(changesOf(usual, { ...usual, ...change }, nowMs)).toMatchObject([{ what, weight }]);
});

test.skipIf(openssl === null)(
  "a name is looked at: its addresses from the resolver, its certificate from its server",
  async () => {
    await using dns = await startDnsServer({ addresses: { "cgem.example": ["127.0.0.1"] } });
    using files = ownCertificate();
    const tls = { cert: Bun.file(files.tls_certificate), key: Bun.file(files.tls_key) };
    using server = Bun.serve({ port: 0, hostname: "127.0.0.1", tls, fetch: () => new Response() });
    const names = new Resolver({ timeout: 500, tries: 1 });
    names.setServers([dns.address]);
    const record = await lookAtName("cgem.example", {
      names,
      port: server.port ?? 0,
      plainPort: 1,
      timeoutMs: 2_000,
    });
    expect(record).toMatchObject({ addresses: ["127.0.0.1"], aliases: [], nameServers: [], mail: [] });
    expect(record.certificate?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(record.certificate?.isValid).toBe(false);
  },
);

test("a server without TLS shows no certificate, and a resolver that fails is no answer", async () => {
  await using dns = await startDnsServer({
    addresses: { "plain.example": ["127.0.0.1"] },
    failsOn: ["broken.example"],
  });
  using server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const names = new Resolver({ timeout: 500, tries: 1 });
  names.setServers([dns.address]);
  const options = { names, port: server.port ?? 0, plainPort: 1, timeoutMs: 2_000 };
  expect((await lookAtName("plain.example", options)).certificate).toBeNull();
  expect(lookAtName("broken.example", options)).rejects.toThrow();
});
