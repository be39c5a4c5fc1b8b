/** A small flood that goes on whatever happens to the edge: sources with addresses of their own, nothing but Host, each as fast as it is answered. */
import { connect, type Socket } from "node:net";

const request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
/** Until a source whose connection failed or ended tries again. */
const againMs = 50;

export class BareFlood implements Disposable {
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #stopped = false;
  /** By status, since `count` was called. */
  #answers = new Map<number, number>();

  /** From 127.30.0.1 on, at most 250. */
  constructor(port: number, sources: number) {
    this.#port = port;
    for (let source = 1; source <= sources; source += 1) this.#open(`127.30.0.${source}`);
  }

  /** What came back for so long, by status. */
  async count(ms: number): Promise<ReadonlyMap<number, number>> {
    this.#answers = new Map();
    await Bun.sleep(ms);
    return this.#answers;
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  #open(localAddress: string): void {
    if (this.#stopped) return;
    const socket = connect({ host: "127.0.0.1", port: this.#port, localAddress }, () =>
      socket.write(request),
    );
    this.#sockets.add(socket);
    socket.on("data", (bytes) => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(bytes.toString("latin1"))?.[1];
      if (status === undefined) return;
      this.#answers.set(Number(status), (this.#answers.get(Number(status)) ?? 0) + 1);
      socket.write(request);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#sockets.delete(socket);
      setTimeout(() => this.#open(localAddress), againMs);
    });
  }
}
