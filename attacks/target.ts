/** Where a drill may go: 127.0.0.0/8. Every process of a drill asks again before it opens a connection. */
import { OperatorError } from "../src/base/errors.ts";

export interface Target {
  /** An address of 127.0.0.0/8. */
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  /** For the Host line. */
  readonly host: string;
  /** Where people sign in, where that is known. */
  readonly signIn?: { readonly host: string; readonly path: string };
}

const loopback = /^127(\.\d{1,3}){3}$/;

/** The first address of the running instance that a drill may go to, in clear where there is one. Throws OperatorError where there is none. */
export function chooseTarget(addresses: readonly string[], host: string): Target {
  const urls = addresses.map((address) => new URL(address)).filter(({ hostname }) => loopback.test(hostname));
  const url = urls.find(({ protocol }) => protocol === "http:") ?? urls[0];
  if (url === undefined) {
    throw new OperatorError(
      `a drill only goes to loopback, and this instance listens on ${addresses.join(", ") || "nothing"}`,
      { hint: 'try it on an instance with edge.listen = ["127.0.0.1:8080"]' },
    );
  }
  const tls = url.protocol === "https:";
  return assertLoopback({ address: url.hostname, port: Number(url.port || (tls ? 443 : 80)), tls, host });
}

/** Returns it. Throws OperatorError for anything but loopback, wherever it came from. */
export function assertLoopback(target: Target): Target {
  const octets = target.address.split(".").map(Number);
  if (loopback.test(target.address) && octets.every((octet) => octet <= 255)) return target;
  throw new OperatorError(`a drill never goes to ${target.address}: only to 127.0.0.0/8`, {
    hint: "it drills this instance, on this machine",
    exitCode: 2,
  });
}
