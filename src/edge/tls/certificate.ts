/** The certificate that readers are shown, with its key: read from its files, looked through, and put into Bun's words. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { rfc3339 } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import { readPem } from "../../config/pem.ts";
import type { Config } from "../../config/settings.ts";

/** PEM texts. */
export interface Certificate {
  /** With its chain. */
  readonly cert: string;
  readonly key: string;
}

/** Undefined: readers are answered in clear. Throws OperatorError where a file can't be read. */
export function readCertificate(edge: Config["edge"]): Certificate | undefined {
  if (edge.tls === "off") return undefined;
  return {
    cert: readPem("edge.tls_certificate", edge.tls_certificate),
    key: readPem("edge.tls_key", edge.tls_key),
  };
}

/**
 * For TLS 1.2: authenticated encryption under a key that whoever gets hold of the server's later can't find out. Each client takes the
 * one that it likes best. TLS 1.3 has nothing else.
 */
const ciphers = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
].join(":");

/** 1.0 and 1.1 are no longer to be spoken (RFC 8996). By its number in the protocol, which is how Bun takes it. */
const tls12 = 0x0303;

/** For Bun.serve. It never renegotiates nor compresses, and takes up sessions by tickets. */
export function tlsOptions({ cert, key }: Certificate) {
  return { cert, key, ciphers, minVersion: tls12 };
}

/** What is wrong with a certificate, and whether nobody at all could use it. */
export interface CertificateFault {
  readonly what: string;
  readonly mend: string;
  readonly isFatal: boolean;
}

export interface Examined {
  readonly faults: readonly CertificateFault[];
  /** Ms since 1970; undefined where there is no such certificate. */
  readonly validUntilMs: number | undefined;
  /** Of its key: "rsa", "ec", … */
  readonly keyType: string | undefined;
}

/** `hosts`: the names under which readers come. */
export function examineCertificate(
  { cert, key }: Certificate,
  hosts: readonly string[],
  nowMs: number,
): Examined {
  try {
    const certified = new X509Certificate(cert);
    const privateKey = createPrivateKey(key);
    const faults = [
      ...keyFaults(certified, { cert, key }),
      ...timeFaults(certified, nowMs),
      ...nameFaults(certified, hosts),
    ];
    const validUntilMs = Date.parse(certified.validTo);
    return { faults, validUntilMs, keyType: privateKey.asymmetricKeyType };
  } catch (thrown) {
    const what = `can't read the certificate or its key (${messageOf(thrown)})`;
    const mend = "both must be PEM files that this user can read";
    return { faults: [{ what, mend, isFatal: true }], validUntilMs: undefined, keyType: undefined };
  }
}

function keyFaults(certified: X509Certificate, { cert, key }: Certificate): CertificateFault[] {
  if (!certified.checkPrivateKey(createPrivateKey(key))) {
    return [
      {
        what: "edge.tls_key is not the key of edge.tls_certificate",
        mend: "set edge.tls_key to the key that it was made with (certbot: privkey.pem beside fullchain.pem)",
        isFatal: true,
      },
    ];
  }
  // As a whole, chain and all, it is read only where it is used.
  createSecureContext({ cert, key });
  return [];
}

function timeFaults({ validFrom, validTo }: X509Certificate, nowMs: number): CertificateFault[] {
  const [fromMs, toMs] = [Date.parse(validFrom), Date.parse(validTo)];
  const mend = "renew it, or set this machine's clock: readers get a warning instead of pages";
  if (nowMs > toMs) return [{ what: `the certificate has expired at ${rfc3339(toMs)}`, mend, isFatal: true }];
  if (nowMs < fromMs)
    return [{ what: `the certificate holds from ${rfc3339(fromMs)} on only`, mend, isFatal: true }];
  return [];
}

/** Over TLS nobody comes by an onion's name, which its key itself proves, nor from elsewhere by localhost. */
function nameFaults(certified: X509Certificate, hosts: readonly string[]): CertificateFault[] {
  const missing = hosts.filter((host) => !isOnion(host) && !isLocal(host) && !covers(certified, host));
  if (missing.length === 0) return [];
  return [
    {
      what: `the certificate is not for ${missing.join(", ")}`,
      mend: `get one with these names as well (certbot: \`--expand ${missing.map((host) => `-d ${host}`).join(" ")}\`): readers get a warning there instead of pages`,
      isFatal: false,
    },
  ];
}

function covers(certified: X509Certificate, host: string): boolean {
  return certified.checkHost(host) !== undefined;
}

export function isOnion(host: string): boolean {
  return host.endsWith(".onion");
}

function isLocal(host: string): boolean {
  return /(^|\.)localhost$/.test(host);
}

/** All names under which readers, or who works here, come. */
export function servedHosts(config: Config): string[] {
  const { hostname } = config.studio;
  const hosts = [...config["site.portal"].hosts, ...config["site.blog"].hosts];
  return hostname === "" ? hosts : [...hosts, hostname];
}
