// The gate before a real origin on a real socket: turns, places, and what happens when the origin goes away and comes back.
import { describe, expect, test } from "bun:test";
import type { Socket } from "node:net";
import { laneRequest } from "../../../test/edge/lane-request.ts";
import { plainAnswer, type RawOrigin, startRawOrigin } from "../../../test/edge/raw-origin.ts";
import { testConfig } from "../../../test/edge/config.ts";
import { ManualClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import type { Lane } from "../lane/lane.ts";
import { lanesOf } from "../lane/lanes.ts";
import type { LaneAnswer } from "../lane/passage.ts";
import { OriginGate } from "./gate.ts";

const startMs = Date.UTC(2011, 6, 31, 14);

interface House {
  readonly gate: OriginGate;
  readonly lane: Lane;
  /** Moves both clocks. */
  readonly pass: (ms: number) => void;
}

function gateTo(url: string, { connectionsMax = 16, queueMax = 32 } = {}): House {
  const time = { nowMs: 0 };
  const clock = new ManualClock(startMs);
  const config = testConfig({ origin: { url, connections_max: connectionsMax } });
  const monotonicMs = (): number => time.nowMs;
  const lane = lanesOf(config, { monotonicMs, log: silentLog }).get("portal");
  if (lane === undefined) throw new Error("no lane");
  const site = { host: "example.org", scheme: "http" } as const;
  const gate = new OriginGate({ lane, queueMax, queueMs: 5_000, site, clock, monotonicMs });
  return {
    gate,
    lane,
    pass: (ms) => {
      time.nowMs += ms;
      clock.advance(ms);
    },
  };
}

const busy: LaneAnswer = { kind: "fault", fault: "busy" };

/** An origin that answers nothing until it is told to. */
async function startSlowOrigin(): Promise<
  RawOrigin & { answerAll: () => void; asked: (count: number) => Promise<void> }
> {
  const waiting: Socket[] = [];
  let counted = (): void => {};
  const origin = await startRawOrigin((socket) => {
    waiting.push(socket);
    counted();
  });
  return {
    ...origin,
    answerAll: () => waiting.splice(0).forEach((socket) => socket.write(plainAnswer("page"))),
    asked: (count) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      counted = () => origin.requests.length >= count && resolve();
      counted();
      return promise;
    },
  };
}

test("while strangers hold every place of theirs, one in good standing is let in at once", async () => {
  await using origin = await startSlowOrigin();
  const { gate } = gateTo(origin.url);
  const flood = Array.from({ length: 30 }, (_, prefix) => gate.pass(laneRequest({ prefix }), false));
  await origin.asked(6);
  expect(gate.report()).toMatchObject({ limit: 8, waiting: 24 });
  const known = gate.pass(laneRequest({ prefix: 500, isKnown: true, path: "/known" }), false);
  await origin.asked(7);
  expect(origin.requests[6]).toStartWith("GET /known ");
  origin.answerAll();
  expect((await known).kind).toBe("whole");
  await Promise.race(flood);
});

test("who works on the site gets in while readers queue", async () => {
  await using origin = await startSlowOrigin();
  const { gate } = gateTo(origin.url);
  for (let prefix = 0; prefix < 40; prefix += 1)
    void gate.pass(laneRequest({ prefix, isKnown: true }), false);
  await origin.asked(8);
  void gate.pass(laneRequest({ path: "/wp-admin/" }), true);
  await origin.asked(9);
  expect(origin.requests[8]).toStartWith("GET /wp-admin/ ");
});

test("whoever pretends to work on the site takes the places of those who do, never the readers'", async () => {
  await using origin = await startSlowOrigin();
  const { gate } = gateTo(origin.url);
  for (let prefix = 0; prefix < 100; prefix += 1) void gate.pass(laneRequest({ prefix }), true);
  await origin.asked(1);
  void gate.pass(laneRequest({ prefix: 500, path: "/reader" }), false);
  await origin.asked(2);
  expect(origin.requests.join("")).toContain("GET /reader ");
  expect(origin.requests.length).toBeLessThanOrEqual(3);
});

test("who comes later waits for their turn, and has it as soon as there is a place", async () => {
  await using origin = await startSlowOrigin();
  const { gate } = gateTo(origin.url);
  const all = Array.from({ length: 12 }, (_, prefix) => gate.pass(laneRequest({ prefix }), false));
  await origin.asked(6);
  origin.answerAll();
  await origin.asked(12);
  origin.answerAll();
  expect((await Promise.all(all)).map(({ kind }) => kind)).toEqual(Array.from({ length: 12 }, () => "whole"));
});

test("forms that are never complete hold nobody's place", async () => {
  await using origin = await startRawOrigin((socket, head) => {
    if (head.startsWith("GET")) socket.write(plainAnswer("page"));
  });
  const { gate } = gateTo(origin.url, { connectionsMax: 64 });
  const framing = { kind: "length", bytes: 9 } as const;
  for (let prefix = 0; prefix < 30; prefix += 1) {
    const body = new ReadableStream<Uint8Array>();
    void gate.pass({ ...laneRequest({ prefix }), method: "POST", framing, body }, false);
  }
  expect((await gate.pass(laneRequest({ prefix: 500 }), false)).kind).toBe("whole");
});

const streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n";

/** Streams of events without end at `/events`, anything else is a page. */
function startStreamOrigin(): Promise<RawOrigin> {
  return startRawOrigin((socket, head) => {
    const isStream = head.startsWith("GET /events ");
    socket.write(isStream ? `${streamHead}: hello\n\n` : plainAnswer("page"));
  });
}

/** How many places strangers can hold, of 16. */
const strangersHold = 10;

describe("streams of events that one network holds", () => {
  async function hoard({ gate }: House): Promise<LaneAnswer[]> {
    const asked = Array.from({ length: strangersHold }, (_, at) =>
      gate.pass(laneRequest({ prefix: at < 2 ? 100 + at : 7, path: "/events" }), false),
    );
    return await Promise.all(asked);
  }

  const breaksOff = async (answer: LaneAnswer | undefined): Promise<boolean> => {
    if (answer?.kind !== "stream") throw new Error("no stream");
    return await new Response(answer.body).text().then(
      () => false,
      () => true,
    );
  };

  test("end one by one for whoever waits; networks that hold one keep it", async () => {
    await using origin = await startStreamOrigin();
    const house = gateTo(origin.url);
    const streams = await hoard(house);
    const breaks = breaksOff(streams[2]);
    house.pass(10_000);
    const page = await house.gate.pass(laneRequest({ prefix: 500 }), false);
    expect(page.kind).toBe("whole");
    expect(await breaks).toBe(true);
    expect(house.lane.running).toBe(strangersHold - 1);
  });

  test("stay while nobody waits, however long; and without that, keep the next one out", async () => {
    await using origin = await startStreamOrigin();
    const house = gateTo(origin.url);
    await hoard(house);
    house.pass(9_000);
    house.gate.tend();
    expect(house.lane.running).toBe(strangersHold);
    const waits = house.gate.pass(laneRequest({ prefix: 500 }), false);
    house.pass(5_000);
    house.gate.tend();
    expect(await waits).toEqual(busy);
  });
});

test("nobody waits longer than origin.queue_s, and the queue has an end", async () => {
  await using origin = await startSlowOrigin();
  const { gate, pass } = gateTo(origin.url, { queueMax: 4 });
  const all = Array.from({ length: 11 }, () => gate.pass(laneRequest(), false));
  expect(await Promise.race(all)).toEqual(busy);
  expect(gate.report().waiting).toBe(4);
  pass(5_000);
  gate.tend();
  expect(gate.report().waiting).toBe(0);
  expect(await all[9]).toEqual(busy);
});

test("a client who leaves while it waits leaves its place in the queue", async () => {
  await using origin = await startSlowOrigin();
  const { gate } = gateTo(origin.url);
  for (let prefix = 0; prefix < 6; prefix += 1) void gate.pass(laneRequest({ prefix }), false);
  let leave = (): void => {};
  const waits = gate.pass(laneRequest({ lasts: (left) => (leave = left) }), false);
  expect(gate.report().waiting).toBe(1);
  leave();
  expect(await waits).toEqual({ kind: "fault", fault: "gone" });
  expect(gate.report().waiting).toBe(0);
});

test("a client who leaves just when it was let in holds no place", async () => {
  await using origin = await startSlowOrigin();
  const { gate, lane } = gateTo(origin.url);
  for (let prefix = 0; prefix < 6; prefix += 1) void gate.pass(laneRequest({ prefix }), false);
  let leave = (): void => {};
  const waits = gate.pass(laneRequest({ lasts: (left) => (leave = left) }), false);
  await origin.asked(6);
  origin.answerAll();
  await origin.asked(7);
  leave();
  expect(await waits).toEqual({ kind: "fault", fault: "gone" });
  expect(lane.running).toBe(0);
});

/** Fails until the gate has found out. */
async function untilAway({ gate, pass }: House): Promise<void> {
  while (!gate.isAway) {
    await gate.pass(laneRequest(), false);
    pass(10);
  }
}

test("an origin that nobody can reach is asked no more, and readers hear so at once; when it is back, so are they", async () => {
  const first = await startRawOrigin((socket) => socket.write(plainAnswer("page")));
  const house = gateTo(first.url);
  const { gate, lane, pass } = house;
  expect((await gate.pass(laneRequest(), false)).kind).toBe("whole");
  await first[Symbol.asyncDispose]();
  await untilAway(house);
  expect(gate.awaySinceMs).toBeGreaterThanOrEqual(startMs);
  expect(gate.awaySinceMs).toBeLessThanOrEqual(startMs + 200);
  const running = gate.pass(laneRequest(), false);
  expect(lane.running).toBe(0);
  expect(await running).toEqual(busy);
  // Whoever works on it is told what it really says.
  expect(await gate.pass(laneRequest(), true)).toEqual({ kind: "fault", fault: "unreachable" });

  using _second = Bun.serve({ port: first.port, hostname: "127.0.0.1", fetch: () => new Response("page") });
  for (let tries = 0; gate.report().breaker !== "closed" && tries < 100; tries += 1) {
    pass(1_000);
    gate.tend();
    await answered(gate);
  }
  expect(gate.isAway).toBe(false);
  expect(gate.awaySinceMs).toBeUndefined();
  expect((await gate.pass(laneRequest(), false)).kind).toBe("whole");
});

/** Whatever the gate does now has had the time that a request takes. */
async function answered(gate: OriginGate): Promise<void> {
  await gate.pass(laneRequest(), true);
  await gate.pass(laneRequest(), true);
}

test("an origin that hangs: after five seconds nobody waits for it any longer", async () => {
  await using origin = await startSlowOrigin();
  const { gate, pass, lane } = gateTo(origin.url);
  const lasting = Promise.withResolvers<void>();
  const waits = gate.pass(laneRequest({ lasts: () => lasting.resolve() }), false);
  await lasting.promise;
  const queued = Array.from({ length: 10 }, () => gate.pass(laneRequest(), false));
  pass(4_900);
  gate.tend();
  expect(gate.report().breaker).toBe("closed");
  pass(100);
  gate.tend();
  expect(gate.report().breaker).toBe("doubt");
  await origin.asked(7);
  const running = untilLasting(lane);
  pass(5_000);
  expect(await running).toBeGreaterThan(0);
  gate.tend();
  expect(await waits).toEqual({ kind: "fault", fault: "silent" });
  expect(gate.isAway).toBe(true);
  expect(await queued.at(-1)).toEqual(busy);
});

/** A moment after which the lane looks after each request (lane.ts). */
async function untilLasting(lane: Lane): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = laneRequest({ lasts: () => resolve() });
  void lane.pass(slow);
  await promise;
  return lane.running;
}

test("who asks for what always fails does not shut the origin for the others", async () => {
  await using origin = await startRawOrigin((socket, head) =>
    socket.write(plainAnswer("x", "", head.startsWith("GET /crash") ? "500 No" : "200 OK")),
  );
  const { gate, pass } = gateTo(origin.url);
  for (let count = 0; count < 200; count += 1) {
    await gate.pass(laneRequest({ path: "/crash" }), false);
    pass(50);
    expect(gate.isAway).toBe(false);
  }
  expect(gate.report().limit).toBe(8);
  expect((await gate.pass(laneRequest(), false)).kind).toBe("whole");
});

test("a site that answers everything with an error of its own is away", async () => {
  await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x", "", "500 No")));
  await untilAway(gateTo(origin.url));
});
