// What ss really lists and ends: both families, an IPv4 client of an IPv6 listener, many at once, and nobody else's.
import { afterEach, expect, test } from "bun:test";
import { connect, type Socket } from "node:net";
import { until } from "../../../test/edge/whole-edge.ts";
import { echoServer, kernelObeys } from "../../../test/nft.ts";
import type { ListenAddress } from "../../base/network.ts";
import { endSockets, listSockets, ssProgram } from "./ss.ts";

const program = ssProgram() ?? "";
const hasRight = kernelObeys && program !== "";

const endings: (() => unknown)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

function listenAt(hostname: string): ListenAddress {
  const server = echoServer(hostname);
  endings.push(() => server.stop(true));
  return { hostname, port: server.port };
}

async function clientOf({ port }: ListenAddress, host: string): Promise<Socket> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = connect({ port, host }).on("error", () => {});
  endings.push(() => socket.destroy());
  socket.once("data", () => resolve()).write("?");
  await promise;
  return socket;
}

const portIn = (end: string): string => end.slice(end.lastIndexOf(":") + 1);

test.skipIf(!hasRight)("ends those that it is told, in both families, and no other", async () => {
  const [all, v4] = [listenAt("::"), listenAt("127.0.0.1")];
  const told = [
    await clientOf(all, "127.0.0.1"),
    await clientOf(all, "::1"),
    await clientOf(v4, "127.0.0.1"),
  ];
  const spared = [
    await clientOf(all, "127.0.0.1"),
    await clientOf(all, "::1"),
    await clientOf(v4, "127.0.0.1"),
  ];
  const listed = (await listSockets(program, [all, v4])) ?? [];
  expect(listed).toHaveLength(6);
  // In other families, or to other listeners, clients may have the same port.
  const ends = told.map(({ remotePort, localAddress, localPort }) =>
    [remotePort, localAddress, localPort].join(" "),
  );
  const meant = listed.filter(({ local, address, peer }) =>
    ends.includes([portIn(local), address.replace("::ffff:", ""), portIn(peer)].join(" ")),
  );
  expect(await endSockets(program, meant)).toBe(3);
  await until(async () => told.every(({ destroyed }) => destroyed));
  expect(spared.some(({ destroyed }) => destroyed)).toBe(false);
  expect(await listSockets(program, [all, v4])).toHaveLength(3);
});

test.skipIf(!hasRight)(
  "lists what is open at one address and port, and is told of thousands at once",
  async () => {
    const [here, elsewhere] = [listenAt("127.0.0.1"), listenAt("127.0.0.1")];
    await clientOf(here, "127.0.0.1");
    await clientOf(elsewhere, "127.0.0.1");
    const [listed, ...others] = (await listSockets(program, [here])) ?? [];
    if (listed === undefined) throw new Error("nothing is listed");
    expect(others).toEqual([]);
    const gone = Array.from({ length: 3_000 }, (_, at) => `127.70.${at >> 8}.${at & 255}:${1_024 + at}`);
    const all = [...gone.map((peer) => Object.assign({}, listed, { peer })), listed];
    expect(await endSockets(program, all)).toBe(1);
  },
);

test("a program that fails or isn't there lists nothing and ends nothing", async () => {
  for (const none of ["/nowhere/ss", "/bin/false"]) {
    expect(await listSockets(none, [{ hostname: "127.0.0.1", port: 80 }])).toBeUndefined();
    expect(await endSockets(none, [])).toBe(0);
  }
});
