/** Whether the addresses can be listened on, and by whom they are taken. */
import { createServer } from "node:net";
import { codeOf, messageOf, OperatorError } from "../../base/errors.ts";
import { listenAddress } from "../../base/network.ts";
import type { Config } from "../../config/settings.ts";
import { type RoleName, roleNames } from "../role-messages.ts";
import { type Checkup, type Finding, fine, type Patient, wrong } from "./checkup.ts";

export const ports: Checkup = {
  name: "ports",
  needsSettings: true,
  look: (patient) =>
    Promise.all(
      roleNames
        .flatMap((role) => addresses(role, patient.config))
        .map((place) => lookAt(place, patient.instance)),
    ),
};

interface ListenPlace {
  readonly setting: string;
  readonly address: string;
}

/** Before roles are started: throws OperatorError where one of them could not listen. */
export async function requirePorts(roles: readonly RoleName[], config: Config): Promise<void> {
  for (const place of roles.flatMap((role) => addresses(role, config))) {
    const { verdict, what, mend = "" } = await lookAt(place, undefined);
    if (verdict === "wrong") throw new OperatorError(what, { hint: mend });
  }
}

function addresses(role: RoleName, { edge, metrics }: Config): ListenPlace[] {
  switch (role) {
    case "edge":
      return [
        ...edge.listen.map((address) => ({ setting: "edge.listen", address })),
        ...edge.redirect_listen.map((address) => ({ setting: "edge.redirect_listen", address })),
      ];
    case "watch":
      return [{ setting: "metrics.listen", address: metrics.listen }];
    case "newsroom":
      return [];
  }
}

async function lookAt({ setting, address }: ListenPlace, instance: Patient["instance"]): Promise<Finding> {
  const { hostname, port } = listenAddress(address);
  try {
    await listenOnce(hostname, port);
    return fine(`${address} (${setting}) is free`);
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "EADDRINUSE" && instance !== undefined)
      return fine(`${address} (${setting}) is in use, and Kasbah runs`);
    return explained(`${address} (${setting})`, port, code ?? messageOf(thrown));
  }
}

function listenOnce(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

function explained(address: string, port: number, code: string): Finding {
  switch (code) {
    case "EADDRINUSE":
      return wrong(
        `${address} is taken by another program`,
        `see \`ss -ltnp 'sport = :${port}'\`; stop it or choose another port`,
      );
    case "EACCES":
    case "EPERM":
      return wrong(
        `this user may not listen on ${address}`,
        `allow it with \`sysctl net.ipv4.ip_unprivileged_port_start=${port}\`, or choose a port from 1024`,
      );
    case "EADDRNOTAVAIL":
      return wrong(
        `${address} is no address of this machine`,
        "write one of `ip address`, or 0.0.0.0 for all of them",
      );
    default:
      return wrong(`can't listen on ${address} (${code})`, "choose another address");
  }
}
