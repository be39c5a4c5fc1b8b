/** How the protected site answers somebody who has found its own address: asked as they would, without the secret and without a certificate. */
import { request as plainRequest } from "node:http";
import { request as encryptedRequest } from "node:https";
import type { Socket } from "node:net";

export interface Door {
  /** A name or an address, without brackets. */
  readonly hostname: string;
  readonly port: number;
  readonly tls: boolean;
}

export type Answered =
  /** `from`: this machine's address as the origin sees it. */
  | { readonly kind: "answers"; readonly status: number; readonly from: string }
  | { readonly kind: "refuses"; readonly status: number }
  /** Nobody accepts a connection there, or none without a certificate. */
  | { readonly kind: "closed" };

const patienceMs = 3_000;

/** `host`: what the site calls itself. Never rejects. */
export function knock({ hostname, port, tls }: Door, host: string): Promise<Answered> {
  const { promise, resolve } = Promise.withResolvers<Answered>();
  const common = { host: hostname, port, path: "/", headers: { host }, agent: false, timeout: patienceMs };
  // Whoever gets around walls does not care whose certificate it is.
  const secured = { ...common, servername: host, rejectUnauthorized: false };
  const asked = tls ? encryptedRequest(secured) : plainRequest(common);
  const deadline = setTimeout(() => asked.destroy(), patienceMs);
  asked.on("response", (response) => {
    const status = response.statusCode ?? 0;
    resolve(
      status < 400
        ? { kind: "answers", status, from: localAddress(asked.socket) }
        : { kind: "refuses", status },
    );
    response.destroy();
  });
  asked.on("timeout", () => asked.destroy());
  asked.on("error", () => resolve({ kind: "closed" }));
  asked.on("close", () => {
    clearTimeout(deadline);
    resolve({ kind: "closed" });
  });
  asked.end();
  return promise;
}

function localAddress(socket: Socket | null): string {
  return socket?.localAddress?.replace(/^::ffff:/, "") ?? "";
}
