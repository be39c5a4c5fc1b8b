// Against the real kernel and a real edge: who takes too little is ended, who is merely slow reads on, and who hoards gives way.
import { describe, expect, test } from "bun:test";
import { connect, type Socket } from "node:net";
import { startTestEdge, type TestEdge } from "../../../test/edge/in-process.ts";
import { frame, frameTypes, RawHttp2 } from "../../../test/edge/raw-http2.ts";
import { until } from "../../../test/edge/whole-edge.ts";
import { kernelObeys } from "../../../test/nft.ts";
import { seededRandom } from "../../base/random.ts";
import { silentLog } from "../../base/log.ts";
import type { ListenAddress } from "../../base/network.ts";
import { parseNetwork } from "../../decision/address.ts";
import { quietMs } from "./crowd.ts";
import { type Look, Patrol, type PatrolOptions } from "./patrol.ts";
import type { SocketFacts } from "./socket-facts.ts";
import { listSockets, ssProgram } from "./ss.ts";

const program = ssProgram();
const setpriv = Bun.which("setpriv");
const windowMs = 60_000;
/** Larger than all that the system's own buffers take on loopback. */
const film = seededRandom(2011).bytes(24 * 1024 * 1024);

/** An edge with a patrol whose clock is the test's. */
class Watched implements AsyncDisposable {
  readonly edge: TestEdge;
  readonly patrol: Patrol;
  readonly struck: string[] = [];
  readonly #clients: Socket[] = [];
  nowMs = 0;

  constructor(options: Partial<PatrolOptions> = {}) {
    // All of it in memory: what Bun is given at once no handler can cut.
    this.edge = startTestEdge({ config: { edge: { large_bytes: film.length + 1 } } });
    this.edge.publish([
      { path: "/", body: "front" },
      { path: "/film", body: film, type: "video/mp4" },
    ]);
    this.patrol = new Patrol({
      listen: this.#listen,
      pace: { rateMin: 1_024, windowMs },
      places: 20_000,
      allow: [],
      program,
      monotonicMs: () => this.nowMs,
      log: silentLog,
      strike: (sources) => this.struck.push(...sources),
      closeIdle: () => this.edge.closeIdle(),
      ...options,
    });
  }

  get #listen(): readonly ListenAddress[] {
    return [{ hostname: "127.0.0.1", port: this.edge.port }];
  }

  /** Asks for the film, and takes nothing but what the system's buffers hold. */
  async reader(localAddress: string, path = "/film"): Promise<Socket> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const socket = connect({ port: this.edge.port, host: "127.0.0.1", localAddress });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    socket.on("error", () => {}).once("readable", () => resolve());
    this.#clients.push(socket);
    await promise;
    return socket;
  }

  /** Resolves with the first look at that many who are all held up: the system's buffers are full, nothing moves any more. */
  async heldUp(count: number): Promise<Look> {
    let before = -1;
    let same = 0;
    await until(async () => {
      const sockets = await this.#sockets();
      const taken = sockets.reduce((sum, { takenBytes }) => sum + takenBytes, 0);
      const areHeld = sockets.filter(({ queuedBytes }) => queuedBytes > 0).length === count;
      same = areHeld && taken === before ? same + 1 : 0;
      before = taken;
      return same === 3;
    });
    return await this.lookAfter(0);
  }

  /** As a slow line does: so much at once, and no more, counted where the edge hears of it. */
  async take(socket: Socket, bytes: number): Promise<void> {
    const taken = async (): Promise<number> => {
      const end = `${socket.localAddress}:${socket.localPort}`;
      return (await this.#sockets()).find(({ peer }) => peer === end)?.takenBytes ?? Number.POSITIVE_INFINITY;
    };
    const enough = (await taken()) + bytes;
    await until(async () => {
      while (socket.read() !== null);
      return (await taken()) >= enough;
    });
  }

  async #sockets(): Promise<SocketFacts[]> {
    return (await listSockets(program ?? "", this.#listen)) ?? [];
  }

  async readers(count: number, localAddress: string, path?: string): Promise<Socket[]> {
    return await Promise.all(Array.from({ length: count }, () => this.reader(localAddress, path)));
  }

  /** What a look finds after so long. */
  async lookAfter(ms: number): Promise<Look> {
    this.nowMs += ms;
    const look = await this.patrol.look();
    if (look === undefined) throw new Error("ss tells nothing");
    return look;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#clients) socket.destroy();
    this.patrol[Symbol.dispose]();
    await this.edge[Symbol.asyncDispose]();
  }
}

/** Resolves once the other side has ended it. */
function ended(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.on("close", () => resolve()).resume();
  if (socket.destroyed) resolve();
  return promise;
}

describe.skipIf(!kernelObeys || program === null)("a reader of a large answer", () => {
  test("who takes nothing of it is ended after a minute, and its connection is gone", async () => {
    await using watched = new Watched();
    const socket = await watched.reader("127.66.0.1");
    await watched.heldUp(1);
    expect((await watched.lookAfter(windowMs - 1_000)).stuck).toBe(0);
    expect(await watched.lookAfter(1_001)).toEqual({ open: 1, stuck: 1, hoarded: 0, ended: 1 });
    await ended(socket);
    expect((await watched.lookAfter(0)).open).toBe(0);
    expect((await fetch(watched.edge.url)).status).toBe(200);
  });

  test("who takes 300 kB a minute, as with 2G, reads on, beside one who is ended", async () => {
    await using watched = new Watched();
    const [slow, stuck] = [await watched.reader("127.66.0.2"), await watched.reader("127.66.0.1")];
    await watched.heldUp(2);
    let cut = 0;
    for (let minute = 0; minute < 3; minute += 1) {
      await watched.take(slow, 300_000);
      cut += (await watched.lookAfter(windowMs + 1)).ended;
    }
    expect([cut, stuck.destroyed, slow.destroyed]).toEqual([1, true, false]);
  });

  test("without a least pace keeps its connection for as long as it likes: Bun never ends it", async () => {
    await using watched = new Watched({ pace: { rateMin: 0, windowMs } });
    const socket = await watched.reader("127.66.0.1");
    await watched.heldUp(1);
    for (let looks = 0; looks < 3; looks += 1)
      expect(await watched.lookAfter(8 * 3_600_000)).toEqual({ open: 1, stuck: 0, hoarded: 0, ended: 0 });
    expect(socket.destroyed).toBe(false);
  });

  test("is never ended where the operator allows it", async () => {
    const allowed = parseNetwork("127.66.0.0/24");
    await using watched = new Watched({ allow: allowed === undefined ? [] : [allowed] });
    await watched.reader("127.66.0.1");
    await watched.heldUp(1);
    expect(await watched.lookAfter(windowMs * 10)).toEqual({ open: 1, stuck: 0, hoarded: 0, ended: 0 });
  });

  test("is ended without anybody asking for it", async () => {
    const soon = { rateMin: 1_024, windowMs: 100 };
    await using watched = new Watched({ everyMs: 10, pace: soon, monotonicMs: () => performance.now() });
    const socket = await watched.reader("127.66.0.1");
    watched.patrol.start();
    await until(async () => socket.destroyed);
  }, 20_000);

  test("of which there are many at one address is named to the kernel", async () => {
    await using watched = new Watched();
    await watched.readers(40, "127.66.0.1");
    let cut = 0;
    await until(async () => (cut += (await watched.lookAfter(windowMs)).ended) === 40);
    expect(watched.struck).toEqual(["127.66.0.1"]);
  });
});

describe.skipIf(!kernelObeys || program === null)("where places run short", () => {
  test("whoever holds most gives way; who holds few keeps them", async () => {
    await using watched = new Watched({ places: 50 });
    const hoard = await watched.readers(40, "127.66.0.1", "/");
    const honest = await watched.readers(3, "127.66.0.2", "/");
    await watched.lookAfter(0);
    const look = await watched.lookAfter(quietMs);
    expect([look.open, look.hoarded, look.ended]).toEqual([43, 21, 21]);
    await until(async () => hoard.filter(({ destroyed }) => destroyed).length === 21);
    expect(honest.some(({ destroyed }) => destroyed)).toBe(false);
    expect((await watched.lookAfter(0)).open).toBe(22);
  });

  test("with room for all, all stay", async () => {
    await using watched = new Watched({ places: 500 });
    await watched.readers(40, "127.66.0.1", "/");
    await watched.lookAfter(0);
    expect((await watched.lookAfter(quietMs)).hoarded).toBe(0);
  });

  test("pings keep a connection of HTTP/2 open, and win it no place", async () => {
    await using watched = new Watched({ places: 1 });
    using hoarder = await RawHttp2.open(watched.edge.port);
    await hoarder.hears(frameTypes.settings);
    await watched.lookAfter(0);
    for (let pings = 1; pings < 5; pings += 1) {
      await hoarder.send(frame(frameTypes.ping, 0, 0, "12345678"));
      await hoarder.hears(frameTypes.ping, pings);
      watched.nowMs += 1_000;
    }
    expect((await watched.lookAfter(quietMs)).ended).toBe(1);
    await hoarder.closed;
  });
});

test.skipIf(program === null || setpriv === null)(
  "without the right Bun closes what idles where places run short; who takes nothing of an answer stays",
  async () => {
    const bare = `${import.meta.dir}/../../../test/ss-without-right.sh`;
    await using watched = new Watched({ places: 10, program: bare });
    const idle = await watched.readers(9, "127.66.0.1", "/");
    const stuck = await watched.reader("127.66.0.2");
    await watched.heldUp(1);
    const look = await watched.lookAfter(windowMs);
    expect([look.open, look.stuck, look.ended]).toEqual([10, 1, 0]);
    await Promise.all(idle.map(ended));
    expect(stuck.destroyed).toBe(false);
  },
);

test("without ss nothing is looked at, and nothing fails", async () => {
  await using watched = new Watched({ program: null });
  expect(await watched.patrol.look()).toBeUndefined();
});
