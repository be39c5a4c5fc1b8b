// A flood of handshakes: who opens connections and asks for nothing is dropped, who asks is not; and nothing is looked at in peace. By a real kernel, too.
import { afterEach, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { clientHello } from "../../../attacks/client-hello.ts";
import { certificate, openssl } from "../../../test/certificate.ts";
import { kernelObeys } from "../../../test/nft.ts";
import { ManualClock, systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { parseAddress } from "../../decision/address.ts";
import { sourceOf } from "../../decision/admission.ts";
import { SourceTable } from "../../decision/sources/source-table.ts";
import { Kernel } from "../kernel/kernel.ts";
import { tlsOptions } from "../tls/certificate.ts";
import { type DoorKernel, DoorWatch } from "./door-watch.ts";

const hashKey = { first: 1, second: 2 };

function sourceTable(): SourceTable {
  return new SourceTable(hashKey, new ArrayBuffer(SourceTable.bytes(4_096)));
}

function asks(sources: SourceTable, address: string, nowMs: number): void {
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new Error(`${address} is none`);
  const place = sources.place(sourceOf(parsed), nowMs);
  sources.noteRequest(place, { fingerprint: 1, query: 0, part: 0 }, nowMs);
}

describe("by counts", () => {
  const clock = new ManualClock(1_000_000_000_000);
  const sources = sourceTable();
  const counts = new Map<string, number>();
  const told: (readonly [what: "ban" | "release", addresses: readonly string[]])[] = [];
  const kernel: DoorKernel = {
    arrivals: async () => new Map(counts),
    ban: (addresses) => void told.push(["ban", addresses]),
    release: (addresses) => void told.push(["release", addresses]),
    holdRepeats: (holds, regular) => void held.push([holds, regular]),
  };
  const held: (readonly [holds: boolean, regular: readonly string[]])[] = [];
  let opened = 0;
  const started = (): DoorWatch =>
    new DoorWatch({ kernel, sources, nowMs: () => clock.nowMs(), log: silentLog, openedHere: () => opened });
  const open = (address: string, more: number): void => {
    opened += more;
    counts.set(address, (counts.get(address) ?? 0) + more);
  };
  const lookLater = async (watch: DoorWatch) => {
    clock.advance(2_000);
    return await watch.look();
  };

  afterEach(() => {
    counts.clear();
    told.length = held.length = 0;
  });

  test("three thousand sources with four a second each are named within seconds, a reader among them is not", async () => {
    const watch = started();
    await watch.look();
    for (let at = 0; at < 5; at += 1) {
      for (let one = 0; one < 3_000; one += 1) open(`10.0.${one >> 8}.${one & 255}`, 8);
      open("192.0.2.1", 2);
      asks(sources, "192.0.2.1", clock.nowMs());
      await lookLater(watch);
    }
    const banned = new Set(told.flatMap(([, addresses]) => addresses));
    expect([banned.size, banned.has("192.0.2.1")]).toEqual([3_000, false]);
  });

  test("in peace nobody's connections are looked at", async () => {
    const watch = started();
    await watch.look();
    open("10.9.0.1", 390);
    expect(await lookLater(watch)).toEqual({ openedPerS: 195, silentPerS: 0, named: 0 });
    expect(told).toEqual([]);
  });

  test("who was named and then asks for something is let in again, and named again if it goes on", async () => {
    const watch = started();
    await watch.look();
    const rush = async () => {
      open("10.9.0.2", 1_000);
      return await lookLater(watch);
    };
    await rush();
    expect((await rush())?.silentPerS).toBe(500);
    expect(told).toEqual([["ban", ["10.9.0.2"]]]);
    clock.advance(10_000);
    asks(sources, "10.9.0.2", clock.nowMs());
    await lookLater(watch);
    expect(told.at(-1)).toEqual(["release", ["10.9.0.2"]]);
    clock.advance(60_000);
    for (let time = 0; time < 3; time += 1) await rush();
    expect(told.at(-1)).toEqual(["ban", ["10.9.0.2"]]);
  });

  test("while hundreds a second come to nothing, second connections are held back of all who ask for nothing", async () => {
    const watch = started();
    await watch.look();
    const rush = async () => {
      for (let one = 0; one < 2_000; one += 1) open(`10.1.${one >> 8}.${one & 255}`, 1);
      open("192.0.2.7", 1);
      asks(sources, "192.0.2.7", clock.nowMs());
      return await lookLater(watch);
    };
    await rush();
    expect(held).toEqual([]);
    await rush();
    expect(held).toEqual([[true, ["192.0.2.7"]]]);
    clock.advance(300_000);
    await watch.look();
    expect(held.at(-1)).toEqual([false, []]);
  });

  test("where the kernel can't be used only the rate is told", async () => {
    const without: DoorKernel = { ...kernel, arrivals: async () => undefined };
    const watch = new DoorWatch({
      kernel: without,
      sources,
      nowMs: () => clock.nowMs(),
      log: silentLog,
      openedHere: () => opened,
    });
    await watch.look();
    open("10.9.0.3", 4_000);
    expect(await lookLater(watch)).toEqual({ openedPerS: 2_000, silentPerS: 0, named: 0 });
  });
});

describe.skipIf(!kernelObeys || openssl === null)("by the kernel", () => {
  const endings: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  /** Says hello, and goes with the answer: whether there was one before `others` had one. */
  function shakesHands(port: number, address: string, hello: Uint8Array): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const options = {
      hostname: "127.0.0.1",
      port,
      localAddress: address,
      socket: {
        open: (socket: Bun.Socket) => void socket.write(hello),
        data: (socket: Bun.Socket) => {
          resolve(true);
          socket.terminate();
        },
        close: () => resolve(false),
        connectError: () => resolve(false),
      },
    };
    Bun.connect(options).catch(() => resolve(false));
    return promise;
  }

  async function openHouse(isWatched: boolean) {
    using files = certificate();
    const pair = {
      cert: readFileSync(files.tls_certificate, "utf8"),
      key: readFileSync(files.tls_key, "utf8"),
    };
    const server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      tls: tlsOptions(pair),
      fetch: () => new Response(),
    });
    const listen = [{ hostname: "127.0.0.1", port: server.port ?? 0 }];
    const settings = { nftables: "auto", connections_per_prefix: 0, new_connections_per_prefix: 0 } as const;
    const kernel = await Kernel.open({
      settings,
      listen,
      trustedProxies: [],
      allow: [],
      hashKey,
      clock: systemClock,
      log: silentLog,
      trials: false,
    });
    endings.push(
      () => server.stop(true),
      () => kernel[Symbol.asyncDispose](),
    );
    const sources = sourceTable();
    let opened = 0;
    const clock = new ManualClock(systemClock.nowMs());
    const watch = new DoorWatch({
      kernel,
      sources,
      nowMs: () => clock.nowMs(),
      log: silentLog,
      openedHere: () => (opened += 1_000),
    });
    const look = async () => {
      clock.advance(2_000);
      if (isWatched) await watch.look();
      await kernel.told();
    };
    await look();
    await look();
    return { port: server.port ?? 0, kernel, sources, clock, look };
  }

  test.each([
    ["whoever only shakes hands is dropped, whoever asks is not", true],
    ["unwatched, all go on shaking hands", false],
  ])("%s", async (_, isWatched) => {
    const { port, kernel, sources, clock, look } = await openHouse(isWatched);
    const hello = await clientHello("localhost");
    for (let time = 0; time < 20; time += 1) {
      asks(sources, "127.66.0.2", clock.nowMs());
      expect(await shakesHands(port, "127.66.0.1", hello)).toBe(true);
      if (time < 10) expect(await shakesHands(port, "127.66.0.2", hello)).toBe(true);
    }
    await look();
    expect(kernel.banned).toBe(isWatched ? 1 : 0);
    const again = shakesHands(port, "127.66.0.1", hello);
    // Loopback carries a packet at once: what others hear before it was dropped.
    const others = async (): Promise<boolean> => {
      for (let time = 0; time < 10; time += 1) await shakesHands(port, "127.66.0.2", hello);
      return false;
    };
    expect(await Promise.race([again, others()])).toBe(!isWatched);
  });
});
