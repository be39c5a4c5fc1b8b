/** A certificate of one's own for localhost, as files, where the system can make one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Null: none can be made. */
export const openssl = Bun.which("openssl");

export interface CertificateFiles extends Disposable {
  readonly tls_certificate: string;
  readonly tls_key: string;
}

export function certificate(): CertificateFiles {
  const folder = mkdtempSync(join(tmpdir(), "kasbah-tls-"));
  const [tls_certificate, tls_key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const options = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost";
  Bun.spawnSync([openssl ?? "", ...options.split(" "), "-keyout", tls_key, "-out", tls_certificate]);
  return { tls_certificate, tls_key, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
