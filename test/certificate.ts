/** A certificate of one's own, as files, where the system can make one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Null: none can be made. */
export const openssl = Bun.which("openssl");

export interface CertificateFiles extends Disposable {
  readonly tls_certificate: string;
  readonly tls_key: string;
}

const keys = { ec: ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], rsa: ["rsa:2048"] } as const;

export interface Wanted {
  /** The first one is its subject, too. */
  readonly names?: readonly string[];
  readonly key?: keyof typeof keys;
  readonly days?: number;
}

/** By default for localhost and what is below it. */
export function certificate(wanted: Wanted = {}): CertificateFiles {
  const { names = ["localhost", "*.localhost"], key = "ec", days = 2 } = wanted;
  const folder = mkdtempSync(join(tmpdir(), "kasbah-tls-"));
  const [tls_certificate, tls_key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const subject = [
    "-subj",
    `/CN=${names[0]}`,
    "-addext",
    `subjectAltName=${names.map((name) => `DNS:${name}`).join()}`,
  ];
  const options = ["req", "-x509", "-newkey", ...keys[key], "-nodes", "-days", `${days}`, ...subject];
  Bun.spawnSync([openssl ?? "", ...options, "-keyout", tls_key, "-out", tls_certificate]);
  return { tls_certificate, tls_key, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
