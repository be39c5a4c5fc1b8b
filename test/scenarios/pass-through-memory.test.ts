// Endless answers and endless forms, with nobody who takes them: the edge's memory, measured from outside, stays bounded.
import { expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import type { EdgeOptions } from "../../bench/edge-process.ts";
import { residentBytes } from "../../bench/machine.ts";
import { rawRequest } from "../edge/raw-http.ts";
import { startRawOrigin } from "../edge/raw-origin.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { eventually } from "./instance.ts";

const clients = 48;
/** Measured: 0.8 MB for each stuck answer, 2.2 MB for each stuck form, most of it in Bun's buffers. What is poured is as much as is taken. */
/** Other tests may keep both processors busy. */
const patientMs = 30_000;
const growthMax = clients * 2 * 2_500_000;

test("48 clients who take nothing of endless answers, 48 whose endless forms nobody takes", async () => {
  let sent = 0;
  await using origin = await startRawOrigin((socket, head) => {
    if (head.startsWith("POST")) return void socket.pause();
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    pour(socket, (bytes) => (sent += bytes));
  });
  const folder = temporaryFolder();
  await mkdir(join(folder.path, "run"), { recursive: true });
  const config = {
    edge: { listen: ["127.0.0.1:0"], workers: 1 },
    origin: { url: origin.url, body_bytes_max: 1024 ** 3, connections_max: 256 },
    // They would refuse a hundred such requests from one address, and what these cost where nobody does is the question here.
    decision: { mode: "off" as const },
    gates: { mode: "off" as const },
  };
  const edge = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "../../bench/edge-process.ts"),
      JSON.stringify({ data: folder.path, config, bans: [], mode: "auto" } satisfies EdgeOptions),
    ],
    { stdout: "pipe", stderr: "inherit" },
  );
  try {
    const { value } = await edge.stdout.getReader().read();
    const port = Number(new URL(new TextDecoder().decode(value).trim()).port);
    // Its heap grows by some 40 MB with the first hundreds of requests, whatever they are.
    for (let asked = 0; asked < 400; asked += 1) {
      await rawRequest(port, "GET /_kasbah/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    const before = residentBytes(edge.pid);
    const sockets = Array.from({ length: clients }, () => [
      stuckReader(port),
      endlessForm(port, (bytes) => (sent += bytes)),
    ]);
    await eventually(
      "every request at the origin",
      async () => (origin.requests.length >= clients * 2 ? true : undefined),
      patientMs,
    );
    await standsStill(() => sent);
    expect(residentBytes(edge.pid) - before).toBeLessThan(growthMax);
    const health = await rawRequest(port, "GET /_kasbah/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    expect(health.status).toBe(200);
    for (const socket of sockets.flat()) socket.destroy();
    await origin.closed(clients);
  } finally {
    edge.kill();
    await edge.exited;
    await folder.remove();
  }
}, 60_000);

function stuckReader(port: number): Socket {
  const socket = connect(port, "127.0.0.1").pause();
  socket.on("error", () => {}).write("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return socket;
}

function endlessForm(port: number, poured: (bytes: number) => void): Socket {
  const socket = connect(port, "127.0.0.1", () => {
    socket.write("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n");
    pour(socket, poured);
  });
  return socket.on("error", () => {});
}

/** As much as the other side takes. */
function pour(socket: Socket, poured: (bytes: number) => void): void {
  const block = Buffer.alloc(64 * 1024, "a");
  const more = (): void => {
    while (!socket.destroyed && socket.write(block)) poured(block.length);
  };
  socket.on("drain", more);
  more();
}

/** Until nobody takes anything any more; a flood that never stands still fails here. */
async function standsStill(count: () => number): Promise<void> {
  let before = -1;
  await eventually(
    "all that pours stands still",
    async () => {
      const now = count();
      const still = now === before;
      before = now;
      await Bun.sleep(300);
      return still ? true : undefined;
    },
    patientMs,
  );
}
