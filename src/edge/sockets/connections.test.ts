// Who takes too little of what waits for it, who is merely slow or far away, and whose connections end where places run short. No sockets.
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Connection, Connections } from "./connections.ts";
import { hoarded, quietMs } from "./crowd.ts";
import { Offenders } from "./offenders.ts";
import { readSocketLine, type SocketFacts } from "./socket-facts.ts";

const pace = { rateMin: 1_024, windowMs: 60_000 };
const everyMs = 5_000;
const film = 20 * 1024 * 1024;

const socketOf = (more: Partial<SocketFacts> = {}): SocketFacts => ({
  local: "192.0.2.1:443",
  peer: "198.51.100.7:40000",
  address: "198.51.100.7",
  isOpen: true,
  queuedBytes: 0,
  takenBytes: 0,
  ...more,
});

/** Of one that takes so many bytes in each interval, while `queued` of the film lie in the kernel: after how many ms it is found stuck. */
function stuckAfterMs(takes: (nowMs: number) => number, { queued = 200_000, rateMin = 1_024 } = {}): number {
  const connections = new Connections({ ...pace, rateMin });
  let taken = 0;
  for (let nowMs = 0; nowMs <= 24 * 3_600_000 && taken < film; nowMs += everyMs) {
    const socket = socketOf({ takenBytes: taken, queuedBytes: Math.min(queued, film - taken) });
    if (connections.see([socket], nowMs).length > 0) return nowMs;
    taken = Math.min(film, taken + takes(nowMs));
  }
  return Number.POSITIVE_INFINITY;
}

describe("a reader of a film of 20 MB", () => {
  const steadily = (bytesPerS: number) => () => (bytesPerS * everyMs) / 1_000;

  test.each([64, 500, 1_000])("at %d B/s is stuck after a minute", (bytesPerS) => {
    expect(stuckAfterMs(steadily(bytesPerS))).toBeWithin(60_000, 70_001);
  });

  test.each([1_100, 5_000, 100_000])("at %d B/s reads it to its end", (bytesPerS) => {
    expect(stuckAfterMs(steadily(bytesPerS))).toBe(Number.POSITIVE_INFINITY);
  });

  test("on a telephone of 2G, in bursts and with no signal for 40 s at a time, reads it to its end", () => {
    const takes = (nowMs: number): number => (nowMs % 80_000 < 40_000 ? 0 : 5_000 * 5);
    expect(stuckAfterMs(takes)).toBe(Number.POSITIVE_INFINITY);
  });

  test("who took it fast for a while and then stops is stuck within two minutes", () => {
    expect(stuckAfterMs((nowMs) => (nowMs < 100_000 ? 100_000 : 0))).toBeWithin(160_000, 220_001);
  });

  test("without a least pace, at 64 B/s, stays for a day and longer", () => {
    expect(stuckAfterMs(steadily(64), { rateMin: 0 })).toBe(Number.POSITIVE_INFINITY);
  });
});

test("a few words now and then over a long line, of which some are always on their way, are no slow reading", () => {
  expect(stuckAfterMs(() => 100, { queued: 90 })).toBe(Number.POSITIVE_INFINITY);
});

test("who waits for us is never stuck, and another connection between the same ends begins anew", () => {
  const connections = new Connections(pace);
  for (let nowMs = 0; nowMs < 600_000; nowMs += everyMs)
    expect(connections.see([socketOf()], nowMs)).toEqual([]);
  connections.see([socketOf({ takenBytes: 90_000, queuedBytes: 9 })], 600_000);
  expect(connections.see([socketOf({ takenBytes: 10, queuedBytes: 9 })], 655_000)).toEqual([]);
  expect(connections.all[0]?.waitingSinceMs).toBe(655_000);
  expect(connections.see([], 660_000)).toEqual([]);
  expect(connections.all).toEqual([]);
});

let ports = 1_024;

/** So many, of that address, quiet since then. */
function quiet(count: number, address: string, quietSinceMs = 0, isOpen = true): Connection[] {
  return Array.from({ length: count }, () => {
    ports += 1;
    const socket = socketOf({ address, isOpen, peer: `${address}:${ports}` });
    return { socket, source: address, waitingSinceMs: 0, takenBefore: 0, quietSinceMs };
  });
}

function countBySource(connections: readonly Connection[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(connections, ({ source }) => source)].map(([source, { length }]) => [source, length]),
  );
}

describe("where places run short", () => {
  test("the ones end that are held by whoever holds most, and nobody's who has few", () => {
    const all = [...quiet(500, "198.51.100.1"), ...quiet(300, "198.51.100.2"), ...quiet(6, "192.0.2.9")];
    expect(countBySource(hoarded(all, 600, quietMs))).toEqual({ "198.51.100.1": 400, "198.51.100.2": 200 });
  });

  test("who took something lately stays, and what the edge has no more frees nothing", () => {
    const reading = quiet(100, "198.51.100.1", 1);
    const closing = quiet(100, "198.51.100.2", 0, false);
    expect(hoarded([...reading, ...closing], 50, quietMs)).toEqual([]);
  });

  test("as many end as are to, of everybody an equal number is left at most, the longest quiet go first", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat({ max: 1_000 }), { maxLength: 30 }), { maxLength: 20 }),
        fc.nat({ max: 300 }),
        (held, count) => {
          const all = held.flatMap((since, at) => since.flatMap((ms) => quiet(1, `192.0.2.${at}`, ms)));
          const ended = hoarded(all, count, quietMs + 1_000);
          expect(ended.length).toBeGreaterThanOrEqual(Math.min(count, all.length));
          const gone = new Set(ended);
          const left = countBySource(all.filter((one) => !gone.has(one)));
          const most = Math.max(0, ...Object.values(left));
          for (const source of Object.keys(countBySource(ended))) expect(left[source] ?? 0).toBe(most);
          for (const { source, quietSinceMs } of all.filter((one) => !gone.has(one)))
            for (const other of ended.filter((one) => one.source === source))
              expect(other.quietSinceMs).toBeLessThanOrEqual(quietSinceMs);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("who is named to the kernel", () => {
  const bot = "198.51.100.1";

  test("is whose connections had to be ended 32 times in ten minutes; a family in a tunnel isn't", () => {
    const offenders = new Offenders();
    expect(offenders.count(quiet(31, bot), [], 0)).toEqual([]);
    expect(offenders.count(quiet(1, bot), [], 1_000)).toEqual([bot]);
    expect(offenders.count(quiet(12, bot), [], 2_000)).toEqual([]);
    expect(offenders.count(quiet(31, bot), [], 700_000)).toEqual([]);
  });

  test("is nobody behind whose address somebody reads", () => {
    const offenders = new Offenders();
    expect(offenders.count(quiet(200, bot), quiet(1, bot, 9_000), 9_000)).toEqual([]);
    expect(offenders.count(quiet(1, bot), quiet(1, bot, 9_000), 20_000)).toEqual([bot]);
  });
});

describe("a line of ss", () => {
  test("says both ends, what waits and what was taken, in both families", () => {
    const line =
      "ESTAB 0      43690  [::ffff:127.0.0.1]:8080  [::ffff:127.66.0.1]:40079 bbr wscale:10,10 rto:204 bytes_sent:116 bytes_acked:9007 bytes_received:35";
    expect(readSocketLine(line)).toEqual({
      local: "[::ffff:127.0.0.1]:8080",
      peer: "[::ffff:127.66.0.1]:40079",
      address: "::ffff:127.66.0.1",
      isOpen: true,
      queuedBytes: 43_690,
      takenBytes: 9_007,
    });
    const closing = readSocketLine("FIN-WAIT-1 0 7 127.0.0.1:80 127.66.0.1:9 timer:(persist,1.2sec,3) bbr");
    expect([closing?.isOpen, closing?.queuedBytes, closing?.takenBytes]).toEqual([false, 7, 0]);
  });

  test("that is none says nothing", () => {
    fc.assert(fc.property(fc.string(), (text) => expect(readSocketLine(text)).toBeUndefined()));
  });
});
