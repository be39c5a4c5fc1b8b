/** Where a drill may go: 127.0.0.0/8, in clear. Every process of a drill asks again before it opens a connection. */
import { OperatorError } from "../src/base/errors.ts";

export interface Target {
  /** An address of 127.0.0.0/8. */
  readonly address: string;
  readonly port: number;
  /** For the Host line. */
  readonly host: string;
}

const loopback = /^127(\.\d{1,3}){3}$/;

/** The first address of the running instance that a drill may go to. Throws OperatorError where there is none. */
export function chooseTarget(addresses: readonly string[], host: string): Target {
  const urls = addresses.map((address) => new URL(address));
  const url = urls.find(({ protocol, hostname }) => protocol === "http:" && loopback.test(hostname));
  if (url === undefined) {
    throw new OperatorError(
      `a drill only goes to loopback in clear, and this instance listens on ${addresses.join(", ") || "nothing"}`,
      {
        hint: 'try it on an instance with edge.listen = ["127.0.0.1:8080"] and tls = "off"',
      },
    );
  }
  return assertLoopback({ address: url.hostname, port: Number(url.port || 80), host });
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
