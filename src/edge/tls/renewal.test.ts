// Certificate files that change while the edge runs: taken when they are whole and fit together, left alone until then.
import { beforeEach, describe, expect, test } from "bun:test";
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { certificate, type CertificateFiles, openssl } from "../../../test/certificate.ts";
import { testConfig } from "../../../test/edge/config.ts";
import { type Clock, dayMs, ManualClock, systemClock } from "../../base/clock.ts";
import { OperatorError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { Renewal } from "./renewal.ts";

const taken: Certificate[] = [];
const said: string[] = [];
const say = (message: string, facts?: object): void =>
  void said.push(`${message}${facts === undefined ? "" : `: ${Object.values(facts).join()}`}`);
const log: Log = { debug: say, info: say, warn: say, error: say };

beforeEach(() => {
  taken.length = 0;
  said.length = 0;
});

type Files = Omit<CertificateFiles, typeof Symbol.dispose>;

function renewalOf({ tls_certificate, tls_key }: Files, clock: Clock = systemClock): Renewal {
  const config = testConfig({ edge: { tls: "files", tls_certificate, tls_key } });
  return new Renewal({ config, clock, log, renewed: (found) => taken.push(found) });
}

describe.skipIf(openssl === null)("certificate files", () => {
  test("that are as they were are not taken again", () => {
    using files = certificate();
    const renewal = renewalOf(files);
    renewal.look();
    expect([taken, said]).toEqual([[], []]);
  });

  test("written one after the other are taken once they belong together", () => {
    using files = certificate();
    using renewed = certificate();
    const renewal = renewalOf(files);
    const before = renewal.certificate;
    copyFileSync(renewed.tls_certificate, files.tls_certificate);
    renewal.look();
    renewal.look();
    expect(renewal.certificate).toEqual(before);
    expect(said).toEqual([
      "renewed certificate files are not taken; the old ones stay in use: edge.tls_key is not the key of edge.tls_certificate",
    ]);
    copyFileSync(renewed.tls_key, files.tls_key);
    renewal.look();
    renewal.look();
    expect(taken).toHaveLength(1);
    expect(renewal.certificate).toEqual(taken[0]);
    expect(renewal.certificate).not.toEqual(before);
  });

  test("that are broken, expired or gone leave the old ones in use, and it is said once", () => {
    using files = certificate();
    using expired = certificate();
    const clock = new ManualClock(systemClock.nowMs());
    const renewal = renewalOf(files, clock);
    const before = renewal.certificate;
    const harms = [
      () => writeFileSync(files.tls_certificate, before?.cert.slice(0, 200) ?? ""),
      () => writeFileSync(files.tls_certificate, ""),
      () => {
        copyFileSync(expired.tls_certificate, files.tls_certificate);
        copyFileSync(expired.tls_key, files.tls_key);
        clock.advance(3 * dayMs);
      },
      () => rmSync(files.tls_key),
    ];
    for (const [at, harm] of harms.entries()) {
      harm();
      renewal.look();
      renewal.look();
      expect(said.length).toBe(at + 1);
    }
    expect([taken, renewal.certificate]).toEqual([[], before]);
  });
});

test("nothing is looked at where readers are answered in clear", () => {
  const renewal = new Renewal({
    config: testConfig(),
    clock: systemClock,
    log,
    renewed: (found) => taken.push(found),
  });
  renewal.look();
  expect([renewal.certificate, taken, said]).toEqual([undefined, [], []]);
});

test("files that can't be read at the start are the operator's to mend", () => {
  expect(() => renewalOf({ tls_certificate: "/nowhere.pem", tls_key: "/nowhere.pem" })).toThrow(
    OperatorError,
  );
  expect(readCertificate(testConfig().edge)).toBeUndefined();
});
