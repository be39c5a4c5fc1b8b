/** Against the real kernel: who is dropped, who never is, and that nothing of it outlives the edge. Sources are loopback addresses. */
import { afterEach, describe, expect, test } from "bun:test";
import { Client, echoServer, isLetIn, kernelObeys } from "../../../test/nft.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { Kernel, type KernelOptions } from "./kernel.ts";

const settings = { nftables: "auto", connections_per_prefix: 512, new_connections_per_prefix: 200 } as const;
const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function startServer(hostname?: string): { hostname: string; port: number } {
  const server = echoServer(hostname);
  endings.push(() => server.stop(true));
  return { hostname: server.hostname, port: server.port };
}

async function openKernel(
  listen: KernelOptions["listen"],
  options: Partial<KernelOptions> = {},
): Promise<Kernel> {
  const kernel = await Kernel.open({
    settings,
    listen,
    trustedProxies: [],
    allow: [],
    hashKey: { first: 1, second: 2 },
    clock: systemClock,
    log: silentLog,
    ...options,
  });
  endings.push(() => kernel[Symbol.asyncDispose]());
  return kernel;
}

async function ban(kernel: Kernel, ...addresses: readonly string[]): Promise<void> {
  kernel.ban(addresses, systemClock.nowMs());
  await kernel.told();
}

describe.skipIf(!kernelObeys)("with the right", () => {
  test("a banned source falls silent, also on connections that it has; others don't notice", async () => {
    const server = startServer();
    const kernel = await openKernel([server]);
    expect(kernel.state).toBe("on");
    using attacker = await Client.open(server, "127.66.0.1");
    using reader = await Client.open(server, "127.66.0.2");
    expect(await attacker.isAnswered()).toBe(true);
    await ban(kernel, "127.66.0.1");
    expect(kernel.banned).toBe(1);
    expect(await attacker.isAnswered()).toBe(false);
    expect(await isLetIn(server, "127.66.0.1")).toBe(false);
    expect(await reader.isAnswered()).toBe(true);
    expect(await isLetIn(server, "127.66.0.2")).toBe(true);
  });
});
