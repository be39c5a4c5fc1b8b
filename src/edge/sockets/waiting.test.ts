// Who of the readers that an edge knows waits for what was sent to them, from one look at the kernel's list to the next.
import { expect, test } from "bun:test";
import { Connections } from "./connections.ts";
import type { SocketFacts } from "./socket-facts.ts";
import { doMostWait, waitingOf } from "./waiting.ts";

const everyMs = 5_000;

function socketOf(reader: number, takenBytes: number, queuedBytes: number): SocketFacts {
  const address = `198.51.100.${reader}`;
  return { local: "192.0.2.1:443", peer: `${address}:40000`, address, isOpen: true, queuedBytes, takenBytes };
}

/** Thirty readers, of whom so many take a tenth of what waits for them between two looks, the others all of it. */
function lookAt(slow: number, isKnown: (address: string) => boolean = () => true) {
  const connections = new Connections({ rateMin: 1_024, windowMs: 60_000 });
  const readers = Array.from({ length: 30 }, (_, at) => at + 1);
  connections.see(
    readers.map((reader) => socketOf(reader, 0, 100_000)),
    0,
  );
  const taken = readers.map((reader) => socketOf(reader, reader <= slow ? 10_000 : 100_000, 90_000));
  connections.see(taken, everyMs);
  return waitingOf(connections.all, isKnown, everyMs);
}

test("who has not taken what waited is waiting; most of them make a full line", () => {
  expect(lookAt(25)).toEqual({ readers: 30, waiting: 25 });
  expect(doMostWait(lookAt(25))).toBe(true);
  expect(doMostWait(lookAt(10))).toBe(false);
});

test("whoever isn't known can't make one: a thousand connections that take little are no readers", () => {
  const strangers = (address: string): boolean => Number(address.split(".")[3]) > 25;
  expect(lookAt(25, strangers)).toEqual({ readers: 5, waiting: 0 });
  expect(doMostWait(lookAt(30, strangers))).toBe(false);
});

test("few readers say nothing", () => {
  expect(doMostWait({ readers: 19, waiting: 19 })).toBe(false);
});
