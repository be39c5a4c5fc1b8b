/**
 * What it costs the edge's main thread to look through 15,000 open connections in the kernel's list (src/edge/sockets/), and the machine: the
 * connections are held by a process of its own. `bun bench/sockets.ts`; with `--write` it goes to RESULTS.md.
 */
import { performance } from "node:perf_hooks";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { silentLog } from "../src/base/log.ts";
import { Patrol } from "../src/edge/sockets/patrol.ts";
import { machineName, median } from "./machine.ts";
import { writeSection } from "./results.ts";

const connections = 15_000;
const looks = 9;

if (process.argv[2] === "hold") await hold(Number(process.argv[3]));
else await measure();

/** From a thousand addresses; each has asked for something and been answered. */
async function hold(port: number): Promise<void> {
  for (let opened = 0; opened < connections; opened += 1) {
    const options = {
      hostname: "127.0.0.1",
      port,
      localAddress: `127.20.${(opened >> 8) & 3}.${opened & 255}`,
      socket: {
        data() {},
        open: (socket: Bun.Socket) => void socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
      },
    };
    await Bun.connect(options);
  }
  process.send?.("all");
}

async function measure(): Promise<void> {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 255,
    fetch: () => new Response("x"),
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  const holder = Bun.spawn([process.execPath, import.meta.path, "hold", String(server.port)], {
    ipc: () => resolve(),
  });
  await promise;
  using patrol = new Patrol({
    listen: [{ hostname: "127.0.0.1", port: server.port ?? 0 }],
    pace: { rateMin: 1_024, windowMs: 60_000 },
    places: 1_000_000,
    allow: [],
    monotonicMs: () => performance.now(),
    log: silentLog,
    strike: () => {},
    closeIdle: () => {},
  });
  const took: number[] = [];
  const used: number[] = [];
  let open = 0;
  for (let look = 0; look < looks; look += 1) {
    const [startedMs, before] = [performance.now(), process.cpuUsage()];
    open = (await patrol.look())?.open ?? 0;
    const { user, system } = process.cpuUsage(before);
    took.push(performance.now() - startedMs);
    used.push((user + system) / 1_000);
  }
  const lines = [
    `${open} connections: a look takes ${median(took).toFixed(0)} ms, ${median(used).toFixed(0)} ms of them the edge's own`,
  ];
  console.log([machineName(), ...lines].join("\n"));
  if (process.argv.includes("--write"))
    writeSection(
      "Looking for idle connections",
      "bun bench/sockets.ts --write",
      rfc3339(systemClock.nowMs()),
      lines,
    );
  holder.kill();
  await server.stop(true);
}
