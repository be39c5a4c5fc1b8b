/**
 * Idle connections, a process of its own: each asks once, gets its page, and then says nothing. `bun bench/idle.ts '{"port":8080,…}'`
 * prints how many are open when all are, then waits to be ended.
 */
import { connect, type Socket } from "node:net";

const { port, host, path, connections }: { port: number; host: string; path: string; connections: number } =
  JSON.parse(process.argv[2] ?? "{}");
const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
const atOnce = 50;
const open: Socket[] = [];

/** Loopback has some 28,000 ports for each source address. */
function openOne(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect(port, "127.0.0.1", () => socket.write(request));
  socket.once("data", () => resolve());
  socket.once("error", reject);
  open.push(socket);
  return promise;
}

for (let opened = 0; opened < connections; opened += atOnce) {
  await Promise.all(Array.from({ length: Math.min(atOnce, connections - opened) }, openOne));
}
console.log(open.filter(({ destroyed }) => !destroyed).length);
