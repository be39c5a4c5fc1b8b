/** People who never were: each from a network of its own, as a proxy says, asking again and again to sign in, with a session and a token that they made up. */
import { connect, type Socket } from "node:net";

const sources = 120;
const pauseMs = 100;

export class SignInFlood implements Disposable {
  readonly #sockets: Socket[];
  #isOver = false;
  /** Answers by status. */
  readonly statuses = new Map<number, number>();

  /** `host`: with its port. */
  constructor(host: string) {
    const port = Number(host.split(":")[1]);
    this.#sockets = Array.from({ length: sources }, (_, at) => this.#send(host, port, at));
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  #send(host: string, port: number, at: number): Socket {
    const invented = String.fromCodePoint(97 + (at % 26));
    const request = [
      "POST /sign-in/challenge HTTP/1.1",
      `Host: ${host}`,
      `X-Forwarded-For: 203.0.${at}.1`,
      `Origin: http://${host}`,
      "Accept: application/json",
      "Content-Type: application/json",
      `Cookie: kasbah=${invented.repeat(43)}; kasbah-staff=${invented.repeat(32)}`,
      "Content-Length: 2",
      "",
      "{}",
    ].join("\r\n");
    const socket = connect(port, "127.0.0.1");
    const ask = (): void => void (this.#isOver || socket.write(request));
    socket.on("connect", ask).on("error", () => {});
    socket.on("data", (data) => {
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(data.toString("latin1")) ?? [];
      if (status === undefined) return;
      this.statuses.set(Number(status), (this.statuses.get(Number(status)) ?? 0) + 1);
      setTimeout(ask, pauseMs);
    });
    return socket;
  }
}
