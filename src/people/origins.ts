/** Under which names the studio is reached. A passkey belongs to the host name under which it was made. */
import { listenAddress } from "../base/network.ts";
import type { Config } from "../config/settings.ts";

/**
 * `listening`: where the studio listens itself, `http://localhost:8090`. With `studio.hostname` also behind the edge or
 * behind somebody's TLS proxy; names below .localhost lead nowhere else, so browsers trust them without TLS.
 */
export function studioOrigins({ studio, edge }: Config, listening: string): readonly string[] {
  const { hostname } = studio;
  if (hostname === "") return [listening];
  const ports = edge.listen.map((address) => listenAddress(address).port);
  const scheme = edge.tls === "off" ? "http" : "https";
  const isSecure = scheme === "https" || hostname.endsWith(".localhost");
  const direct = isSecure ? ports.map((port) => new URL(`${scheme}://${hostname}:${port}`).origin) : [];
  return [...new Set([listening, `https://${hostname}`, ...direct])];
}

/** Where links that people are sent lead to. */
export function linkOrigin(config: Config, listening: string): string {
  const { hostname } = config.studio;
  if (hostname === "") return listening;
  const direct = studioOrigins(config, listening).find(
    (origin) => new URL(origin).hostname === hostname && origin !== `https://${hostname}`,
  );
  return hostname.endsWith(".localhost") && direct !== undefined ? direct : `https://${hostname}`;
}

/** Which of them a request came under, by its Host; undefined where it is none. */
export function originOf(request: Request, origins: readonly string[]): string | undefined {
  const host = request.headers.get("host");
  return origins.find((origin) => new URL(origin).host === host);
}

/** WebAuthn's relying party id: the host name without port. */
export function rpIdOf(origin: string): string {
  return new URL(origin).hostname;
}

/** Until the studio listens: where its settings say that it will. */
export function configuredOrigin({ studio }: Config): string {
  return `http://localhost:${listenAddress(studio.listen).port}`;
}
