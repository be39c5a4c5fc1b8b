/** How the newsroom shows the origin that it may ask: the same secret and certificates as the edge's (src/edge/lane/lanes.ts). */
import { readPem } from "../../config/pem.ts";
import type { Config } from "../../config/settings.ts";

export interface OriginLock {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: BunFetchRequestInitTLS;
}

/** Throws OperatorError where a file can't be read. */
export function originLock({ origin }: Config): OriginLock {
  const { secret, secret_header, tls_name, tls_ca, tls_certificate, tls_key } = origin;
  return {
    headers: secret === "" ? {} : { [secret_header]: secret },
    tls: {
      ...(tls_name !== "" && { serverName: tls_name }),
      ...(tls_ca !== "" && { ca: readPem("origin.tls_ca", tls_ca) }),
      ...(tls_certificate !== "" && {
        cert: readPem("origin.tls_certificate", tls_certificate),
        key: readPem("origin.tls_key", tls_key),
      }),
    },
  };
}
