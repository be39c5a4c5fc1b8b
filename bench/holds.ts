/**
 * What it costs to hold answers back: memory for each of 10,000 held requests, and what readers notice meanwhile. The edge runs in a process
 * of its own. `bun bench/holds.ts`.
 */
import { connect, type Socket } from "node:net";
import { startTestEdge } from "../test/edge/in-process.ts";
import { testRule } from "../test/rule.ts";
import { CompiledRules } from "../src/decision/requests/compiled-rules.ts";
import { machineName, median, residentBytes } from "./machine.ts";

const held = 10_000;
const readings = 500;

if (process.argv[2] === "edge") serve();
else await measure();

/** Tells its port, then how many it holds whenever it is asked, until it is killed. */
function serve(): void {
  const edge = startTestEdge({
    config: { decision: { holds_max: held + 100, prefix_burst: 1_000_000 }, edge: { idle_timeout_s: 60 } },
  });
  edge.publish([{ path: "/", body: `<!doctype html>${"The march went on. ".repeat(850)}` }]);
  const rule = testRule({
    terms: [{ trait: "program", value: "tool" }],
    expiresAtMs: edge.clock.nowMs() + 60_000,
  });
  edge.state.rules = new CompiledRules([rule], edge.state.known.key);
  process.on("message", () => process.send?.(edge.state.holds.held));
  process.send?.(edge.port);
}

async function measure(): Promise<void> {
  let hear: (told: number) => void = () => {};
  const next = (): Promise<number> => new Promise((resolve) => (hear = resolve));
  const heard = next();
  const child = Bun.spawn([process.execPath, import.meta.path, "edge"], {
    ipc: (told: number) => hear(told),
  });
  const port = await heard;
  const ask = (): Promise<number> => {
    const answer = next();
    child.send("how many?");
    return answer;
  };
  for (let round = 0; round < 3; round += 1) await readers(port);
  const calm = await readers(port);
  const before = residentBytes(child.pid);
  const sockets = await flood(port);
  const now = await ask();
  const memory = residentBytes(child.pid) - before;
  const during = await readers(port);
  const still = await ask();
  console.log(machineName());
  console.log(
    `${now} held (${still} still after the readers): ${(memory / now / 1024).toFixed(1)} kB each, connection included`,
  );
  console.log(`readers, median and p99: calm ${calm}, meanwhile ${during}`);
  for (const socket of sockets) socket.destroy();
  child.kill();
}

/** A hundred sources, each request on a connection of its own: from the fourth one on they are held. */
async function flood(port: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  const request = "GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: curl/8.14.1\r\n\r\n";
  for (let sent = 0; sent < held; sent += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, at) => {
        const number = sent + at;
        const localAddress = `127.20.0.${1 + (number % 100)}`;
        const { promise, resolve } = Promise.withResolvers<void>();
        const socket = connect({ port, host: "127.0.0.1", localAddress }, () =>
          socket.write(request, () => resolve()),
        );
        socket.on("error", () => resolve());
        sockets.push(socket);
        return promise;
      }),
    );
  }
  return sockets;
}

/** `0.31 / 0.92 ms` */
async function readers(port: number): Promise<string> {
  const tookMs: number[] = [];
  for (let reading = 0; reading < readings; reading += 1) {
    const startedMs = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { "user-agent": "Mozilla/5.0 Firefox/144.0" },
    });
    if (answer.status !== 200) throw new Error(`a reader got ${answer.status}`);
    await answer.arrayBuffer();
    tookMs.push(performance.now() - startedMs);
  }
  const sorted = tookMs.toSorted((a, b) => a - b);
  return `${median(tookMs).toFixed(2)} / ${(sorted[Math.floor(readings * 0.99)] ?? 0).toFixed(2)} ms`;
}
