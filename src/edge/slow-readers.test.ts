// Readers who hold a large answer open: cut when they take too little, kept when they are merely slow. Real sockets, a clock of the test's own.
import { describe, expect, spyOn, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { blobFile, startTestEdge, type TestEdge, type TestEdgeOptions } from "../../test/edge/in-process.ts";
import {
  flags,
  frame,
  frameTypes,
  RawHttp2,
  requestFields,
  settingIds,
  settings,
} from "../../test/edge/raw-http2.ts";
import { until } from "../../test/edge/whole-edge.ts";
import { sha256 } from "../base/bytes.ts";
import { seededRandom } from "../base/random.ts";
import { Transfers } from "./transfers.ts";

/** Larger than all that the system's own buffers take on loopback. */
const film = seededRandom(2011).bytes(24 * 1024 * 1024);

function withFilm(options: TestEdgeOptions = {}): TestEdge {
  const edge = startTestEdge(options);
  edge.publish([
    { path: "/film", body: film, type: "video/mp4" },
    { path: "/", body: "front" },
  ]);
  return edge;
}

/** Asks for the film and takes nothing of it but what the system's buffers hold: resolves once they earned it all the time there is. */
async function stuckReader(
  edge: TestEdge,
): Promise<{ readonly socket: Socket; readonly ended: () => boolean }> {
  let ended = false;
  const took = spyOn(edge.state.transfers, "took");
  const socket = connect(edge.port, "127.0.0.1").pause();
  socket.write("GET /film HTTP/1.1\r\nHost: localhost\r\n\r\n");
  socket.on("error", () => {}).on("close", () => (ended = true));
  await until(async () => edge.state.transfers.running === 1 && took.mock.calls.length > 1);
  return { socket, ended: () => ended };
}

/** Leaves as soon as that is known. */
async function statusOf(edge: TestEdge, path: string): Promise<number> {
  const answer = await fetch(edge.url + path);
  await answer.body?.cancel();
  return answer.status;
}

/** How much still comes once somebody takes it; the connection's end tells whether it was all. */
async function drain(socket: Socket): Promise<number> {
  let bytes = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.on("data", (chunk) => (bytes += chunk.length)).on("close", () => resolve());
  socket.resume();
  await promise;
  return bytes;
}

describe("a reader who stops taking", () => {
  test("is cut after the grace; pages go on", async () => {
    await using edge = withFilm({ config: { edge: { send_grace_s: 20 } } });
    const { socket } = await stuckReader(edge);
    edge.monotonic.nowMs += 59_000;
    expect(edge.state.transfers.cutOverdue()).toBe(0);
    edge.monotonic.nowMs += 2_000;
    expect(edge.state.transfers.cutOverdue()).toBe(1);
    expect(edge.state.transfers.running).toBe(0);
    expect(await drain(socket)).toBeLessThan(film.length);
    expect((await fetch(edge.url)).status).toBe(200);
  });

  test("without the pace, stays for as long as it likes", async () => {
    await using edge = withFilm({ config: { edge: { send_rate_min: 0 } } });
    const { socket, ended } = await stuckReader(edge);
    edge.monotonic.nowMs += 24 * 3_600_000;
    expect(edge.state.transfers.cutOverdue()).toBe(0);
    expect([ended(), edge.state.transfers.running]).toEqual([false, 1]);
    socket.destroy();
    await until(async () => edge.state.transfers.running === 0);
  });

  test("finds no place beyond the limit, and leaves it when gone", async () => {
    await using edge = withFilm({ config: { edge: { transfers_max: 1 } } });
    const { socket } = await stuckReader(edge);
    const refused = await fetch(`${edge.url}/film`);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
    socket.destroy();
    await until(async () => edge.state.transfers.running === 0);
    expect(await statusOf(edge, "/film")).toBe(200);
  });
});

describe("one connection of HTTP/2 that asks for the film a hundred times and takes nothing of it", () => {
  const asks = Buffer.concat(
    Array.from({ length: 100 }, (_, at) =>
      frame(frameTypes.headers, flags.endHeaders | flags.endStream, 1 + 2 * at, requestFields("/film")),
    ),
  );

  test("holds a quarter of the places; a reader elsewhere has their film", async () => {
    await using edge = withFilm({ config: { edge: { transfers_max: 40 } } });
    using hoarder = await RawHttp2.open(edge.port, settings([settingIds.initialWindowSize, 0]));
    await hoarder.send(asks);
    expect(await hoarder.hears(frameTypes.headers, 100)).toBe(true);
    expect(edge.state.transfers.running).toBe(10);
    expect(await statusOf(edge, "/film")).toBe(503);
    const reader = connect({ port: edge.port, host: "127.0.0.1", localAddress: "127.66.0.1" });
    reader.write("GET /film HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const { promise: answered, resolve } = Promise.withResolvers<string>();
    reader.once("data", (chunk) => resolve(chunk.toString("latin1")));
    expect(await answered).toStartWith("HTTP/1.1 200 OK");
    reader.destroy();
  });

  test("without shares holds all of them", () => {
    const limits = { transfersMax: 40, rateMin: 1_024, graceMs: 20_000, monotonicMs: () => 0 };
    const started = (more: object): number => {
      const transfers = new Transfers({ ...limits, ...more });
      for (let asked = 0; asked < 100; asked += 1) transfers.start(() => {}, 7);
      return transfers.running;
    };
    expect([started({}), started({ ofOnePrefixMax: 10 })]).toEqual([40, 10]);
  });
});

test("a steady reader at the slowest pace is never cut; one just below it is, in time", () => {
  const outcome = (bytesPerS: number): string => {
    let nowMs = 0;
    const transfers = new Transfers({
      transfersMax: 1,
      rateMin: 1_024,
      graceMs: 20_000,
      monotonicMs: () => nowMs,
    });
    const transfer = transfers.start(() => {});
    if (transfer === undefined) return "refused";
    for (; nowMs < 3_600_000; nowMs += 1_000) {
      // In bursts, as the system's buffers give way.
      if (nowMs % 15_000 === 0) transfers.took(transfer, bytesPerS * 15);
      if (transfers.cutOverdue() > 0) return "cut";
    }
    return "kept";
  };
  expect([1_024, 5_000, 1_000_000].map(outcome)).toEqual(["kept", "kept", "kept"]);
  expect([0, 500, 900].map(outcome)).toEqual(["cut", "cut", "cut"]);
});

describe("a large answer", () => {
  test("comes whole, in parts, and as its head alone", async () => {
    await using edge = withFilm();
    const whole = await fetch(`${edge.url}/film`);
    expect(sha256(await whole.bytes())).toBe(sha256(film));
    const part = await fetch(`${edge.url}/film`, { headers: { range: "bytes=1000000-2999999" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([
      206,
      `bytes 1000000-2999999/${film.length}`,
    ]);
    expect(sha256(await part.bytes())).toBe(sha256(film.subarray(1_000_000, 3_000_000)));
    const head = await fetch(`${edge.url}/film`, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe(String(film.length));
    const known = await fetch(`${edge.url}/film`, {
      headers: { "if-none-match": head.headers.get("etag") ?? "" },
    });
    expect(known.status).toBe(304);
    expect((await fetch(`${edge.url}/film`, { headers: { range: "bytes=99999999-" } })).status).toBe(416);
    expect(edge.state.transfers.running).toBe(0);
  });

  test("leaves a connection that is closed as soon as it idles, as any other is", async () => {
    await using edge = withFilm({ config: { edge: { idle_timeout_s: 2 } } });
    const socket = connect(edge.port, "127.0.0.1");
    let bytes = 0;
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    socket.on("data", (chunk) => (bytes += chunk.length)).on("close", () => resolve());
    socket.write("GET /film HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await closed;
    expect(bytes).toBeGreaterThan(film.length);
  }, 15_000);

  test("that is damaged before anybody asks is 503; damaged on the way, it breaks off before the damage", async () => {
    await using edge = withFilm();
    const path = blobFile(edge.data, sha256(film));
    expect(await statusOf(edge, "/film")).toBe(200);
    const changed = Uint8Array.from(film);
    changed.fill(0, 20 * 1024 * 1024);
    writeFileSync(path, changed);
    const received: Uint8Array[] = [];
    const broken = await fetch(`${edge.url}/film`);
    const outcome = await (async () => {
      for await (const chunk of broken.body ?? []) received.push(chunk);
      return "whole";
    })().catch(() => "broken off");
    const bytes = Buffer.concat(received);
    expect(outcome).toBe("broken off");
    expect(bytes.length).toBeLessThanOrEqual(20 * 1024 * 1024);
    expect(bytes.equals(film.subarray(0, bytes.length))).toBe(true);
    expect(edge.faults).toHaveLength(1);
    expect(await statusOf(edge, "/film")).toBe(503);
  });
});
