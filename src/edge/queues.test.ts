// Thousands of connections at once find room to wait in: the system drops nobody's first packet, who would try again after a second.
import { expect, test } from "bun:test";
import { startTestEdge } from "../../test/edge/in-process.ts";

/** More than one queue holds, from addresses that spread over all of them. */
const connections = 1_500;
/** A first packet that was dropped is sent again after one second (RFC 6298). */
const againMs = 1_000;

test("a burst of connections waits in line while the worker is busy", async () => {
  await using edge = startTestEdge();
  const { port } = edge;
  const began = performance.now();
  const opening = Array.from({ length: connections }, () =>
    Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } }),
  );
  const sockets = await Promise.all(opening);
  const tookMs = performance.now() - began;
  for (const socket of sockets) socket.terminate();
  expect(tookMs).toBeLessThan(againMs);
});
