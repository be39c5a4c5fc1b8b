/** HTTP as raw bytes on a socket, for requests that no well-behaved client would send. */
import { connect, type Socket } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Everything that came, as Latin-1. */
  readonly raw: string;
  /** The server closed the connection. */
  readonly closed: boolean;
}

/** Resolves when the answer is complete by its own length, or the server closes. Rejects after `timeoutMs`. `from`: one of loopback's addresses. */
export function rawRequest(
  port: number,
  request: string | Uint8Array,
  timeoutMs = 5_000,
  from = "127.0.0.1",
): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  let received = "";
  const socket: Socket = connect({ port, host: "127.0.0.1", localAddress: from }, () =>
    socket.write(request),
  );
  const timer = setTimeout(() => {
    socket.destroy();
    reject(new Error(`no answer in ${timeoutMs} ms; so far: ${JSON.stringify(received.slice(0, 200))}`));
  }, timeoutMs);
  const finish = (closed: boolean): void => {
    clearTimeout(timer);
    socket.destroy();
    resolve(parse(received, closed));
  };
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    if (isComplete(received)) finish(false);
  });
  socket.on("close", () => finish(true));
  socket.on("error", () => {});
  return promise;
}

function parse(raw: string, closed: boolean): RawAnswer {
  const end = raw.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = raw.slice(0, Math.max(0, end)).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(" ")[1] ?? 0), headers, body: raw.slice(end + 4), raw, closed };
}

function isComplete(received: string): boolean {
  const { headers, body, status } = parse(received, false);
  if (!received.includes("\r\n\r\n") || headers["connection"] === "close") return false;
  const length = headers["content-length"];
  if (length !== undefined) return body.length >= Number(length);
  return status === 304 || status === 204;
}
