// What is found wrong with a certificate before readers find it: another one's key, its time, its names.
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { certificate, openssl, type Wanted } from "../../../test/certificate.ts";
import { testConfig } from "../../../test/edge/config.ts";
import { dayMs, systemClock } from "../../base/clock.ts";
import { type Certificate, examineCertificate, servedHosts } from "./certificate.ts";

/** Certificates are made in the course of this file. */
const nowMs = systemClock.nowMs() + 60_000;

function made(wanted: Wanted = {}): Certificate {
  using files = certificate(wanted);
  return { cert: readFileSync(files.tls_certificate, "utf8"), key: readFileSync(files.tls_key, "utf8") };
}

describe.skipIf(openssl === null)("a certificate", () => {
  test("for all names, with its own key, has no fault", () => {
    const found = made({ names: ["example.org", "*.example.org"] });
    const hosts = ["example.org", "studio.example.org", "abc.onion", "localhost", "blog.localhost"];
    const { faults, keyType, validUntilMs = 0 } = examineCertificate(found, hosts, nowMs);
    expect([faults, keyType]).toEqual([[], "ec"]);
    expect(validUntilMs).toBeWithin(nowMs + dayMs, nowMs + 3 * dayMs);
    expect(examineCertificate(made({ key: "rsa" }), [], nowMs).keyType).toBe("rsa");
  });

  test("with another one's key is of no use to anybody", () => {
    const mixed = { cert: made().cert, key: made().key };
    expect(examineCertificate(mixed, [], nowMs).faults).toMatchObject([
      { what: "edge.tls_key is not the key of edge.tls_certificate", isFatal: true },
    ]);
  });

  test("before and after its time is of no use to anybody", () => {
    const found = made();
    for (const [atMs, what] of [
      [nowMs + 3 * dayMs, "the certificate has expired at"],
      [nowMs - dayMs, "on only"],
    ] as const) {
      const { faults } = examineCertificate(found, [], atMs);
      expect(faults).toMatchObject([{ what: expect.stringContaining(what), isFatal: true }]);
    }
  });

  test("that leaves names out names them, and how to have them", () => {
    const config = testConfig({
      "site.portal": { hosts: ["example.org", "abc.onion"] },
      "site.blog": { hosts: ["blog.example.org"] },
      studio: { hostname: "studio.example.org" },
    });
    const found = made({ names: ["example.org", "studio.example.org"] });
    expect(examineCertificate(found, servedHosts(config), nowMs).faults).toMatchObject([
      {
        what: "the certificate is not for blog.example.org",
        mend: expect.stringContaining("-d blog.example.org"),
        isFatal: false,
      },
    ]);
  });

  test("of which half is missing, or that is none, is told as such", () => {
    const { cert, key } = made();
    for (const broken of [
      { cert: cert.slice(0, 300), key },
      { cert: "", key },
      { cert, key: "" },
      { cert: `${cert}${cert.slice(0, 300)}`, key },
    ])
      expect(examineCertificate(broken, [], nowMs).faults).toMatchObject([{ isFatal: true }]);
  });
});
