/** Asks the resolver that this machine is configured with, and the server behind a name for its certificate. Only names that the operator wrote down. */
import type { Resolver } from "node:dns/promises";
import { connect, type PeerCertificate } from "node:tls";
import type { Certificate, NameRecord } from "./name.ts";

/** What is asked of node:dns; `Resolver` of node:dns/promises has it. */
export type Names = Pick<Resolver, "resolve4" | "resolve6" | "resolveCname" | "resolveNs" | "resolveMx">;

export interface NameOptions {
  readonly names: Names;
  /** Where certificates are shown; 443 but in tests. */
  readonly port: number;
  /** Where pages are shown without; 80 but in tests. */
  readonly plainPort: number;
  readonly timeoutMs: number;
}

/** What isn't there is empty. Rejects where the resolver itself fails: nothing is known then. */
export async function lookAtName(name: string, options: NameOptions): Promise<NameRecord> {
  const { names } = options;
  const [v4, v6, aliases, nameServers, mail] = await Promise.all([
    records(() => names.resolve4(name)),
    records(() => names.resolve6(name)),
    records(() => names.resolveCname(name)),
    records(() => names.resolveNs(name)),
    records(() => names.resolveMx(name)),
  ]);
  const addresses = [...v4, ...v6].sort();
  const [address] = addresses;
  return {
    name,
    addresses,
    aliases: aliases.sort(),
    nameServers: nameServers.sort(),
    mail: mail.map(({ exchange, priority }) => `${priority} ${exchange}`).sort(),
    certificate: address === undefined ? null : await certificateAt(name, address, options),
  };
}

/** RFC 8499: a name without such records, and a name that does not exist, are answers; all else is none. */
const isAnswer = new Set(["ENODATA", "ENOTFOUND"]);

async function records<T>(ask: () => Promise<T[]>): Promise<T[]> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && isAnswer.has(String(thrown.code))) return [];
    throw thrown;
  }
}

/** Null where nothing there speaks TLS in time. */
function certificateAt(
  name: string,
  address: string,
  { port, timeoutMs }: NameOptions,
): Promise<Certificate | null> {
  const { promise, resolve } = Promise.withResolvers<Certificate | null>();
  // Whatever is shown is looked at; nothing is sent to it.
  const socket = connect({
    host: address,
    port,
    servername: name,
    rejectUnauthorized: false,
    timeout: timeoutMs,
  });
  const end = (certificate: Certificate | null): void => {
    socket.destroy();
    resolve(certificate);
  };
  socket
    .on("secureConnect", () => end(certificateOf(socket.getPeerCertificate(), socket.authorized)))
    .on("timeout", () => end(null))
    .on("error", () => end(null));
  return promise;
}

function certificateOf(shown: PeerCertificate, isValid: boolean): Certificate | null {
  if (shown.fingerprint256 === undefined) return null;
  return {
    fingerprint: shown.fingerprint256.replaceAll(":", "").toLowerCase(),
    issuer: first(shown.issuer.O) ?? first(shown.issuer.CN) ?? "unknown",
    expiresAt: new Date(shown.valid_to).toISOString(),
    isValid,
    names: (shown.subjectaltname ?? "").split(", ").flatMap((each) => each.match(/^DNS:(.+)$/)?.[1] ?? []),
  };
}

function first(said: string | string[] | undefined): string | undefined {
  return Array.isArray(said) ? said[0] : said;
}
