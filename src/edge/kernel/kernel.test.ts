/** Against the real kernel: who is dropped, who never is, and that nothing of it outlives the edge. Sources are loopback addresses. */
import { afterEach, describe, expect, test } from "bun:test";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../../test/edge/whole-edge.ts";
import { Client, echoServer, isLetIn, kernelObeys, nft, tables } from "../../../test/nft.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { ManualClock, systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import type { ListenAddress } from "../../base/network.ts";
import { type Network, parseNetwork } from "../../decision/address.ts";
import { Kernel, type KernelOptions } from "./kernel.ts";
import { bansMax, tablePrefix } from "./ruleset.ts";
import { firstBanMs } from "./strikes.ts";

const settings = { nftables: "auto", connections_per_prefix: 512, new_connections_per_prefix: 200 } as const;
const unshare = Bun.which("unshare");
const setpriv = Bun.which("setpriv");
const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function startServer(hostname?: string): ListenAddress {
  const server = echoServer(hostname);
  endings.push(() => server.stop(true));
  return { hostname: server.hostname, port: server.port };
}

async function openKernel(
  listen: readonly ListenAddress[],
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
    trials: false,
    ...options,
  });
  endings.push(() => kernel[Symbol.asyncDispose]());
  return kernel;
}

async function openClient(server: ListenAddress, address: string): Promise<Client> {
  const client = await Client.open(server, address);
  if (client === undefined) throw new Error(`${address} is not let in`);
  return client;
}

async function ban(kernel: Kernel, ...addresses: readonly string[]): Promise<void> {
  kernel.ban(addresses, systemClock.nowMs());
  await kernel.told();
}

function networks(...texts: readonly string[]): Network[] {
  return texts.map(parseNetwork).filter((network) => network !== undefined);
}

/** How many of so many connections are let in. */
async function opened(server: ListenAddress, address: string, count: number): Promise<number> {
  const clients = await Promise.all(Array.from({ length: count }, () => Client.open(server, address)));
  const open = clients.filter((client) => client !== undefined);
  endings.push(() => open.forEach((client) => client[Symbol.dispose]()));
  return open.length;
}

/** Of an edge that listens there. */
function tablesOf(listen: ListenAddress): string[] {
  return tables().filter((name) => name.startsWith(tablePrefix([listen])));
}

/** `127.66.0.1 timeout 1m`. */
function elements(listen: ListenAddress, set: string): string[] {
  const listed = nft("list", "set", "inet", tablesOf(listen)[0] ?? "", set);
  return [...listed.matchAll(/(\S+ timeout \S+) expires/g)].map(([, element = ""]) => element);
}

function pidOf(listen: ListenAddress): number {
  return Number(tablesOf(listen)[0]?.split("_").at(-1));
}

describe.skipIf(!kernelObeys)("who is banned", () => {
  test("falls silent, also on connections that it has; others don't notice", async () => {
    const server = startServer();
    const kernel = await openKernel([server]);
    expect(kernel.state).toBe("on");
    using attacker = await openClient(server, "127.66.0.1");
    using reader = await openClient(server, "127.66.0.2");
    expect(await attacker.isAnswered()).toBe(true);
    await ban(kernel, "127.66.0.1");
    expect(kernel.banned).toBe(1);
    expect(await attacker.isAnswered()).toBe(false);
    expect(await isLetIn(server, "127.66.0.1")).toBe(false);
    expect(await reader.isAnswered()).toBe(true);
    expect(await isLetIn(server, "127.66.0.2")).toBe(true);
  });

  test("reaches every other port and address of the machine, SSH first of all", async () => {
    const [server, ssh] = [startServer(), startServer()];
    const elsewhere = echoServer("127.0.0.2", server.port);
    endings.push(() => elsewhere.stop(true));
    const kernel = await openKernel([server]);
    await ban(kernel, "127.66.0.1");
    expect(await isLetIn(server, "127.66.0.1")).toBe(false);
    expect(await isLetIn(ssh, "127.66.0.1")).toBe(true);
    expect(await isLetIn({ hostname: "127.0.0.2", port: server.port }, "127.66.0.1")).toBe(true);
  });

  test("is dropped at every address, where the edge listens on all of them", async () => {
    const server = startServer("0.0.0.0");
    const kernel = await openKernel([server]);
    await ban(kernel, "127.66.0.1");
    expect(await isLetIn({ hostname: "127.0.0.3", port: server.port }, "127.66.0.1")).toBe(false);
  });

  test("over IPv6 is so with the whole /64, and with an IPv4 address that came mapped into IPv6", async () => {
    const server = startServer("::1");
    const { port } = server;
    const kernel = await openKernel([server, { hostname: "127.0.0.1", port }]);
    const v4 = echoServer("127.0.0.1", port);
    endings.push(() => v4.stop(true));
    await ban(kernel, "::ffff:127.66.0.1", "2001:db8:1:2:aaaa::1");
    expect(await isLetIn({ hostname: "127.0.0.1", port }, "127.66.0.1")).toBe(false);
    expect(nft("list", "set", "inet", tablesOf(server)[0] ?? "", "banned6")).toContain(
      "2001:db8:1:2:: timeout 1m",
    );
    expect(kernel.banned).toBe(2);
    await ban(kernel, "2001:db8:1:2:bbbb::9");
    expect(kernel.banned).toBe(2);
  });

  test.skipIf(unshare === null)("over IPv6 is really dropped, with its /64 and nobody else", async () => {
    const program = join(import.meta.dir, "../../../test/kernel-six.ts");
    const letIn = async (...words: string[]): Promise<string> => {
      const command = [unshare ?? "", "--net", process.execPath, program, ...words];
      return await new Response(Bun.spawn(command, { stdout: "pipe" }).stdout).text();
    };
    expect(await letIn()).toBe("[false,false,true]\n");
    expect(await letIn("trials")).toBe("[true,true,true]\n");
  });

  test("is let in again by unbanAll, and by being spared, for good", async () => {
    const server = startServer();
    const kernel = await openKernel([server]);
    await ban(kernel, "127.66.0.1", "127.66.0.2");
    kernel.spare(["127.66.0.1"], systemClock.nowMs());
    await kernel.told();
    expect(await isLetIn(server, "127.66.0.1")).toBe(true);
    expect(await isLetIn(server, "127.66.0.2")).toBe(false);
    kernel.unbanAll();
    await kernel.told();
    expect(kernel.banned).toBe(0);
    expect(await isLetIn(server, "127.66.0.2")).toBe(true);
    await ban(kernel, "127.66.0.1", "127.66.0.2");
    expect(await isLetIn(server, "127.66.0.1")).toBe(true);
    expect(await isLetIn(server, "127.66.0.2")).toBe(false);
  });

  test("is told so at once, and three thousand of them in well under a second", async () => {
    const server = startServer();
    const kernel = await openKernel([server]);
    const addresses = Array.from({ length: 3_000 }, (_, at) => `127.66.${at >> 8}.${at & 255}`);
    const startedMs = performance.now();
    await ban(kernel, ...addresses);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect(kernel.banned).toBe(3_000);
    expect(elements(server, "banned4").length).toBe(3_000);
    expect(await isLetIn(server, "127.66.11.183")).toBe(false);
  });

  test("ends in the kernel by itself: every element has its time", async () => {
    const server = startServer();
    const clock = new ManualClock(systemClock.nowMs());
    const kernel = await openKernel([server], { clock });
    const banAgain = (): number => kernel.ban(["127.66.0.1"], clock.nowMs());
    expect([banAgain(), banAgain()]).toEqual([1, 0]);
    await kernel.told();
    expect(elements(server, "banned4")).toEqual(["127.66.0.1 timeout 1m"]);
    clock.advance(firstBanMs);
    expect(kernel.banned).toBe(0);
  });

  test("leaves nothing behind at the edge: its sockets and what they were to send are freed, and nobody hears of it", async () => {
    const accepted = Promise.withResolvers<Bun.Socket>();
    const lost = Promise.withResolvers<void>();
    const server = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: { data: (socket) => accepted.resolve(socket), close: () => lost.resolve() },
    });
    endings.push(() => server.stop(true));
    const kernel = await openKernel([server]);
    using attacker = await openClient(server, "127.66.0.1");
    attacker.ask();
    const socket = await accepted.promise;
    await ban(kernel, "127.66.0.1");
    socket.write("the answer");
    await lost.promise;
    expect(attacker.isOpen).toBe(true);
  });

  test("are 65,536 at most; the rest is for the edge itself to refuse", async () => {
    const kernel = await openKernel([startServer()]);
    const addresses = Array.from(
      { length: bansMax + 1_000 },
      (_, at) => `127.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
    );
    kernel.ban(addresses.slice(2), systemClock.nowMs());
    expect(kernel.banned).toBe(bansMax);
    kernel.unbanAll();
    await kernel.told();
  });
});

describe.skipIf(!kernelObeys)("who reads behind a banned address", () => {
  /** The first packet comes again after one second and after three. */
  const patienceMs = 5_000;

  async function getsIn(server: ListenAddress, address: string, withinMs: number): Promise<boolean> {
    const endMs = performance.now() + withinMs;
    while (performance.now() < endMs) if (await isLetIn(server, address)) return true;
    return false;
  }

  test("gets a connection within seconds, though all that there were are dropped", async () => {
    const server = startServer();
    const kernel = await openKernel([server], { trials: true });
    using before = await openClient(server, "127.66.0.1");
    await ban(kernel, "127.66.0.1");
    expect(await before.isAnswered()).toBe(false);
    using trial = await openClient(server, "127.66.0.1");
    for (let asks = 0; asks < 5; asks += 1) expect(await trial.isAnswered()).toBe(true);
  });

  test("gets two connections at once, and no more, however many it tries", async () => {
    const server = startServer();
    const kernel = await openKernel([server], { trials: true });
    await ban(kernel, "127.66.0.1");
    const tries = await Promise.all(Array.from({ length: 50 }, () => Client.open(server, "127.66.0.1")));
    const letIn = tries.filter((client) => client !== undefined);
    endings.push(() => letIn.forEach((client) => client[Symbol.dispose]()));
    expect(letIn.length).toBeWithin(1, 4);
  }, 20_000);

  test("is kept out without that trickle", async () => {
    const server = startServer();
    const kernel = await openKernel([server], { trials: false });
    await ban(kernel, "127.66.0.1");
    expect(await getsIn(server, "127.66.0.1", patienceMs)).toBe(false);
  }, 20_000);

  test("of a whole flood of banned addresses no more than a hundred a second get in", async () => {
    const server = startServer();
    const kernel = await openKernel([server], { trials: true });
    const flood = Array.from({ length: 800 }, (_, at) => `127.66.${at >> 8}.${at & 255}`);
    await ban(kernel, ...flood);
    const startedMs = performance.now();
    const tries = await Promise.all(flood.map((address) => Client.open(server, address)));
    const letIn = tries.filter((client) => client !== undefined);
    endings.push(() => letIn.forEach((client) => client[Symbol.dispose]()));
    const seconds = (performance.now() - startedMs) / 1_000;
    expect(letIn.length).toBeGreaterThan(20);
    expect(letIn.length).toBeLessThan(50 + 100 * (seconds + 0.1));
  }, 20_000);

  test("lets the whole address in once found, which is not banned again for a quarter of an hour", async () => {
    const server = startServer();
    const clock = new ManualClock(systemClock.nowMs());
    const kernel = await openKernel([server], { clock });
    const banned = async (): Promise<number> => {
      kernel.ban(["127.66.0.1"], clock.nowMs());
      await kernel.told();
      return kernel.banned;
    };
    expect(await banned()).toBe(1);
    kernel.unban(["127.66.0.1"], clock.nowMs());
    await kernel.told();
    expect(await isLetIn(server, "127.66.0.1")).toBe(true);
    clock.advance(14 * 60_000);
    expect(await banned()).toBe(0);
    clock.advance(60_000);
    expect(await banned()).toBe(1);
  });

  test("leaves no trial behind where everybody is let in", async () => {
    const server = startServer();
    const kernel = await openKernel([server], { trials: true });
    await ban(kernel, "127.66.0.1");
    using _ = await openClient(server, "127.66.0.1");
    const listed = (): string =>
      ["trying4", "tried4"].map((set) => nft("list", "set", "inet", tablesOf(server)[0] ?? "", set)).join();
    expect(listed()).toContain("127.66.0.1 . ");
    kernel.unbanAll();
    await kernel.told();
    expect(listed()).not.toContain("127.66.0.1");
  });
});

describe.skipIf(!kernelObeys)("never dropped", () => {
  test("are trusted proxies, allowed networks, and this machine itself", async () => {
    const server = startServer();
    const kernel = await openKernel([server], {
      trustedProxies: networks("127.66.1.0/24"),
      allow: networks("127.66.2.2/32", "2001:db8:5::7/128"),
    });
    await ban(kernel, "127.66.1.9", "127.66.2.2", "127.0.0.1", "::ffff:127.66.2.2", "::1", "2001:db8:5::7");
    expect(kernel.banned).toBe(0);
    await ban(kernel, "127.66.2.3", "2001:db8:5::8");
    expect(kernel.banned).toBe(2);
    expect(await isLetIn(server, "127.66.1.9")).toBe(true);
    expect(await isLetIn(server, "127.66.2.2")).toBe(true);
  });

  test("is what is no address: nothing from a header gets to the kernel's command line", async () => {
    const server = startServer();
    const kernel = await openKernel([server]);
    await ban(kernel, "", "127.66.0.1; flush ruleset", "127.66.0.1/8", "unknown", "fe80::1%lo", "0x7f.1");
    expect([kernel.banned, kernel.state]).toEqual([0, "on"]);
  });
});

describe.skipIf(!kernelObeys)("the meters", () => {
  const strict = { connections_per_prefix: 8, new_connections_per_prefix: 0 } as const;

  test("stop a hoarder of connections that never asks for anything, while others read on", async () => {
    const server = startServer();
    await openKernel([server], { settings: { ...settings, ...strict } });
    expect(await opened(server, "127.66.0.1", 20)).toBe(8);
    expect(await isLetIn(server, "127.66.0.1")).toBe(false);
    expect(await isLetIn(server, "127.66.0.2")).toBe(true);
  });

  test("without them, it hoards", async () => {
    const server = startServer();
    await openKernel([server], { settings: { ...settings, ...strict, connections_per_prefix: 0 } });
    expect(await opened(server, "127.66.0.1", 20)).toBe(20);
  });

  test("count a connection no longer once it is closed", async () => {
    const server = startServer();
    await openKernel([server], { settings: { ...settings, ...strict } });
    for (let round = 0; round < 4; round += 1) {
      expect(await opened(server, "127.66.0.1", 8)).toBe(8);
      for (const end of endings.splice(-1)) await end();
    }
  });

  test("stop who opens connections faster than anybody, and only what exceeds", async () => {
    const server = startServer();
    const limits = { connections_per_prefix: 0, new_connections_per_prefix: 2 };
    await openKernel([server], { settings: { ...settings, ...limits } });
    const open = await opened(server, "127.66.0.1", 40);
    expect(open).toBeGreaterThanOrEqual(10);
    expect(open).toBeLessThan(14);
    expect(await isLetIn(server, "127.66.0.2")).toBe(true);
  });

  test("without that one, all get in", async () => {
    const server = startServer();
    const limits = { connections_per_prefix: 0, new_connections_per_prefix: 0 };
    await openKernel([server], { settings: { ...settings, ...limits } });
    expect(await opened(server, "127.66.0.1", 40)).toBe(40);
  });

  test("count nobody whom an operator allows", async () => {
    const server = startServer();
    const options = { settings: { ...settings, ...strict }, allow: networks("127.66.0.0/24") };
    await openKernel([server], options);
    expect(await opened(server, "127.66.0.1", 20)).toBe(20);
  });
});

describe.skipIf(!kernelObeys)("second connections of who asks for nothing", () => {
  const unmetered = { ...settings, connections_per_prefix: 0, new_connections_per_prefix: 0 };

  test("are held back but for a few of all, first ones and those of who asks are not, until they are let in again", async () => {
    const server = startServer();
    const kernel = await openKernel([server], { settings: unmetered, repeatsPerS: 1 });
    kernel.holdRepeats(true, ["127.66.0.2"], systemClock.nowMs());
    await kernel.told();
    expect(await opened(server, "127.66.0.1", 10)).toBeLessThan(5);
    expect(await opened(server, "127.66.0.2", 10)).toBe(10);
    for (const first of ["127.66.0.3", "127.66.0.4"]) expect(await isLetIn(server, first)).toBe(true);
    kernel.holdRepeats(true, ["127.66.0.1"], systemClock.nowMs());
    await kernel.told();
    expect(await opened(server, "127.66.0.1", 10)).toBe(10);
    kernel.holdRepeats(false, [], systemClock.nowMs());
    await kernel.told();
    expect(await opened(server, "127.66.0.3", 10)).toBe(10);
  });

  test("are held back by the next child as well, and regulars are told to it again", async () => {
    const server = startServer();
    const options = { settings: unmetered, repeatsPerS: 1, childBytesMax: 120_000 };
    const kernel = await openKernel([server], options);
    const before = tablesOf(server);
    const hold = async (): Promise<void> => {
      kernel.holdRepeats(true, ["127.66.0.2"], systemClock.nowMs());
      await kernel.told();
    };
    await hold();
    for (let time = 0; time < 2; time += 1) {
      await ban(kernel, ...Array.from({ length: 3_000 }, (_, at) => `127.67.${at >> 8}.${at & 255}`));
      kernel.unbanAll();
    }
    await hold();
    expect(tablesOf(server)).not.toEqual(before);
    expect(await opened(server, "127.66.0.1", 10)).toBeLessThan(5);
    expect(await opened(server, "127.66.0.2", 10)).toBe(10);
  });

  test("are all let in where that isn't asked for", async () => {
    const server = startServer();
    await openKernel([server], { settings: unmetered, repeatsPerS: 1 });
    expect(await opened(server, "127.66.0.1", 10)).toBe(10);
  });

  test("are counted by source", async () => {
    const server = startServer();
    const kernel = await openKernel([server], { settings: unmetered });
    await opened(server, "127.66.0.1", 3);
    await opened(server, "127.66.0.2", 1);
    const counts = await kernel.arrivals();
    expect([counts?.size, counts?.get("127.66.0.1"), counts?.get("127.66.0.2")]).toEqual([2, 3, 1]);
  });
});

describe.skipIf(!kernelObeys)("the table", () => {
  test.each(["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"])(
    "can be made where the edge listens on %s",
    async (hostname) => {
      const listen = [443, 8443].map((port) => ({ hostname, port }));
      const kernel = await openKernel(listen, {
        allow: networks("10.0.0.0/8", "10.1.0.0/16", "2001:db8::/32"),
      });
      expect(kernel.state).toBe("on");
    },
  );

  test("can be made for as many addresses as one machine has", async () => {
    const listen = Array.from({ length: 100 }, (_, at) => ({ hostname: `127.0.1.${at}`, port: 443 }));
    expect((await openKernel(listen)).state).toBe("on");
  });

  test("does without the list of connections where the kernel can't keep one", async () => {
    await using place = temporaryFolder();
    const program = join(place.path, "nft");
    const script = `#!/bin/sh
      [ "$1" = -i ] || exec nft "$@"
      while read -r line; do
        case $line in *"ct count"*) echo "Error: Could not process rule: No such file or directory" >&2; exit 1 ;; esac
        echo "$line"
      done | nft -i`;
    writeFileSync(program, script, { mode: 0o755 });
    const server = startServer();
    const kernel = await openKernel([server], { program });
    expect(kernel.state).toBe("on");
    await ban(kernel, "127.66.0.1");
    expect(await isLetIn(server, "127.66.0.1")).toBe(false);
    expect(nft("list", "table", "inet", tablesOf(server)[0] ?? "")).not.toContain("ct count");
  });
});

describe.skipIf(!kernelObeys)("nothing outlives the edge", () => {
  test("the table goes when the kernel's filter is stopped", async () => {
    const server = startServer();
    const kernel = await openKernel([server]);
    await ban(kernel, "127.66.0.1");
    await kernel[Symbol.asyncDispose]();
    expect(tablesOf(server)).toEqual([]);
    expect(await isLetIn(server, "127.66.0.1")).toBe(true);
  });

  test("the table goes when the whole process is killed, and no list of addresses stays on the disk", async () => {
    await using home = temporaryFolder();
    const server = startServer();
    const program = join(import.meta.dir, "../../../test/kernel-victim.ts");
    const victim = Bun.spawn([process.execPath, program, String(server.port), "127.66.0.1"], {
      stdout: "pipe",
      env: { ...process.env, HOME: home.path },
    });
    await victim.stdout.getReader().read();
    expect(await isLetIn(server, "127.66.0.1")).toBe(false);
    victim.kill("SIGKILL");
    await until(() => isLetIn(server, "127.66.0.1"));
    expect(tablesOf(server)).toEqual([]);
    expect(readdirSync(home.path)).not.toContain(".nft.history");
  });

  test("a table that an earlier run left is removed at the start", async () => {
    const server = startServer();
    const stale = `${tablePrefix([server])}1`;
    nft("add", "table", "inet", stale);
    await openKernel([server]);
    expect(tablesOf(server)).not.toContain(stale);
    expect(tablesOf(server).length).toBe(1);
  });

  test("nft that dies is started again, and the bans hold", async () => {
    const server = startServer();
    const kernel = await openKernel([server]);
    await ban(kernel, "127.66.0.1");
    const before = pidOf(server);
    process.kill(before, "SIGKILL");
    await until(async () => kernel.state === "failed");
    expect(await isLetIn(server, "127.66.0.1")).toBe(true);
    await until(async () => kernel.state === "on");
    await kernel.told();
    expect(pidOf(server)).not.toBe(before);
    expect(await isLetIn(server, "127.66.0.1")).toBe(false);
  });

  test("nft that has been told a lot is replaced by a fresh one, and the bans hold", async () => {
    const server = startServer();
    const kernel = await openKernel([server], { childBytesMax: 120_000 });
    const before = pidOf(server);
    const attackers = Array.from({ length: 3_000 }, (_, at) => `127.66.${at >> 8}.${at & 255}`);
    await ban(kernel, ...attackers);
    expect(pidOf(server)).toBe(before);
    kernel.unbanAll();
    await ban(kernel, ...attackers);
    expect(pidOf(server)).not.toBe(before);
    expect(elements(server, "banned4").length).toBe(3_000);
    expect([tablesOf(server).length, kernel.state]).toEqual([1, "on"]);
  });
});

describe("without", () => {
  test("nft, all goes on, and the state says so", async () => {
    const kernel = await openKernel([{ hostname: "127.0.0.1", port: 1 }], { program: null });
    expect(kernel.state).toBe("failed");
    await ban(kernel, "127.66.0.1");
    kernel.spare(["127.66.0.1"], 0);
    kernel.unbanAll();
    expect(kernel.banned).toBe(0);
  });

  test("being wanted, it is off", async () => {
    const kernel = await openKernel([{ hostname: "127.0.0.1", port: 1 }], {
      settings: { ...settings, nftables: "off" },
    });
    expect(kernel.state).toBe("off");
  });

  test.skipIf(!kernelObeys || setpriv === null)("the right, all goes on, and the state says so", async () => {
    const server = startServer();
    const program = join(import.meta.dir, "../../../test/kernel-victim.ts");
    const powers = ["--bounding-set", "-net_admin", "--inh-caps", "-net_admin"];
    await using child = Bun.spawn(
      [setpriv ?? "", ...powers, process.execPath, program, String(server.port), "127.66.0.1"],
      { stdout: "pipe" },
    );
    const { value } = await child.stdout.getReader().read();
    expect(new TextDecoder().decode(value)).toBe("no right 0\n");
    expect(await isLetIn(server, "127.66.0.1")).toBe(true);
    child.kill();
  });
});
