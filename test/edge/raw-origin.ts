/** A server behind the edge that says and hears exact bytes: whatever a test wants it to be, well-behaved or hostile. */
import { createServer, type Socket } from "node:net";

export interface RawOrigin extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Heads with what had come of the body by then, in the order in which they came. */
  readonly requests: string[];
  /** Connections that were opened so far, and that are open now. */
  readonly opened: () => number;
  readonly open: () => number;
  /** Resolves when that many connections have been closed by the edge. */
  readonly closed: (count: number) => Promise<void>;
}

/** `answer` is called with each head that is complete, and with the bytes that came with it; Latin-1 both. */
export async function startRawOrigin(
  answer: (socket: Socket, head: string, body: string) => void,
): Promise<RawOrigin> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let [opened, closed] = [0, 0];
  const server = createServer((socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      closed += 1;
      for (const { count, resolve } of waiting) if (closed >= count) resolve();
    });
    socket.on("data", (bytes) => {
      const text = bytes.toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      if (end < 0 || !/^[A-Z]+ \S+ HTTP\/1\.1\r\n/.test(text)) return;
      requests.push(text);
      answer(socket, text.slice(0, end + 4), text.slice(end + 4));
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", () => resolve());
  await promise;
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    opened: () => opened,
    open: () => sockets.size,
    closed: (count) => {
      if (closed >= count) return Promise.resolve();
      const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
      waiting.push({ count, resolve: reach });
      return reached;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      server.close(() => end());
      await ended;
    },
  };
}

/** An answer with its length. */
export function plainAnswer(body: string, more = "", status = "200 OK"): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
}
