/**
 * The flood itself, in one process: every source has one connection at a time, from its own loopback address. It sends prepared bytes at the
 * planned rate, reads what comes back, and keeps no more open than the system allows.
 */
import type { Socket, TCPSocketConnectOptions } from "bun";
import { below, type Random, seededRandom } from "../src/base/random.ts";
import { AnswerReader } from "./answer-reader.ts";
import type { Plan } from "./plan.ts";
import { assertLoopback, type Target } from "./target.ts";

export interface FloodOrder {
  readonly plan: Pick<
    Plan,
    "seed" | "seconds" | "rate" | "bots" | "floodHeaders" | "frontShare" | "perConnection"
  >;
  readonly target: Target;
  /** The front page's path, then those that it links to. */
  readonly paths: readonly string[];
}

export interface FloodReport {
  readonly seconds: number;
  readonly sent: number;
  readonly answered: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly failed: Failures;
  readonly connections: number;
}

/** Requests and connections that came to nothing, by how. */
export interface Failures {
  connect: number;
  /** Ended by the other side before the answer was complete. */
  cut: number;
  malformed: number;
  /** No complete answer within `answerMs`. */
  timeout: number;
}

/** Connections open at a time: half of the usual limit of 20,000 descriptors. */
const openMax = 10_000;
/** Connections opened in one beat, so that the listener's queue (4,096) is not what is measured. */
const openPerBeat = 400;
const beatMs = 5;
const answerMs = 10_000;

/** Resolves when the time is up and every connection is closed. */
export async function flood({ plan, target, paths }: FloodOrder): Promise<FloodReport> {
  assertLoopback(target);
  const run = new FloodRun(plan, target, requestsFor(plan, target, paths));
  return await run.finish();
}

/** By headers, then by path: the front page first. */
function requestsFor(
  plan: FloodOrder["plan"],
  target: Target,
  paths: readonly string[],
): readonly (readonly Buffer[])[] {
  return plan.floodHeaders.map((lines) =>
    paths.map((path) =>
      Buffer.from([`GET ${path} HTTP/1.1`, `Host: ${target.host}`, ...lines, "", ""].join("\r\n")),
    ),
  );
}

interface Connection {
  readonly bot: FloodOrder["plan"]["bots"][number];
  state: "closed" | "connecting" | "idle" | "waiting";
  /** Of several that it opened one after the other, the one that counts; what the others still say does not. */
  attempt: Attempt | undefined;
  socket: Socket<Attempt> | undefined;
  answers: AnswerReader;
  /** Requests until it is opened anew. */
  left: number;
  /** When it began to connect or to wait, ms. */
  sinceMs: number;
}

interface Attempt {
  readonly connection: Connection;
}

class FloodRun {
  readonly #plan: FloodOrder["plan"];
  readonly #target: Target;
  readonly #requests: readonly (readonly Buffer[])[];
  readonly #random: Random;
  readonly #connections: readonly Connection[];
  readonly #statuses = new Uint32Array(1_000);
  readonly #failed: Failures = { connect: 0, cut: 0, malformed: 0, timeout: 0 };
  readonly #startMs = performance.now();
  #sent = 0;
  #bytes = 0;
  #open = 0;
  #opened = 0;
  #next = 0;
  #credit = 0;
  #beforeMs = this.#startMs;

  constructor(plan: FloodOrder["plan"], target: Target, requests: readonly (readonly Buffer[])[]) {
    this.#plan = plan;
    this.#target = target;
    this.#requests = requests;
    this.#random = seededRandom(plan.seed);
    this.#connections = plan.bots.map((bot) => ({
      bot,
      state: "closed",
      attempt: undefined,
      socket: undefined,
      answers: new AnswerReader(),
      left: 0,
      sinceMs: 0,
    }));
  }

  async finish(): Promise<FloodReport> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const beat = setInterval(() => this.#beat(), beatMs);
    const sweep = setInterval(() => this.#sweep(), 1_000);
    setTimeout(resolve, this.#plan.seconds * 1_000);
    await promise;
    clearInterval(beat);
    clearInterval(sweep);
    const seconds = (performance.now() - this.#startMs) / 1_000;
    for (const connection of this.#connections) this.#close(connection);
    return this.#report(seconds);
  }

  /** Sends what the rate allows since the last beat, going round the sources so that all of them take part. */
  #beat(): void {
    const nowMs = performance.now();
    const { rate } = this.#plan;
    const earned =
      rate === 0 ? Number.POSITIVE_INFINITY : this.#credit + ((nowMs - this.#beforeMs) * rate) / 1_000;
    // What could not be sent in a fifth of a second is not made up for: that would be another rate.
    this.#credit = Math.min(earned, Math.max(1, rate === 0 ? this.#connections.length : rate / 5));
    this.#beforeMs = nowMs;
    let opening = openPerBeat;
    for (let tried = 0; tried < this.#connections.length && this.#credit >= 1; tried += 1) {
      const connection = this.#connections[this.#next];
      this.#next = (this.#next + 1) % this.#connections.length;
      if (connection?.state === "idle") this.#send(connection, nowMs);
      else if (connection?.state === "closed" && opening > 0 && this.#open < openMax) {
        opening -= 1;
        this.#connect(connection, nowMs);
      } else continue;
      this.#credit -= 1;
    }
  }

  #connect(connection: Connection, nowMs: number): void {
    const [from, to] = this.#plan.perConnection;
    connection.state = "connecting";
    connection.sinceMs = nowMs;
    connection.left = from + below(this.#random, to - from + 1);
    connection.answers = new AnswerReader();
    connection.attempt = { connection };
    this.#open += 1;
    this.#opened += 1;
    // Bun binds the connection to `localAddress`, though its types do not say so; drill.test.ts holds it to that.
    const options: TCPSocketConnectOptions<Attempt> & { localAddress: string } = {
      hostname: this.#target.address,
      port: this.#target.port,
      localAddress: connection.bot.address,
      data: connection.attempt,
      socket: {
        open: (socket) => this.#opens(socket),
        data: (socket, chunk) => this.#receives(socket, chunk),
        close: (socket) => this.#ends(socket, "cut"),
        end: (socket) => this.#ends(socket, "cut"),
        error: (socket) => this.#ends(socket, "cut"),
        connectError: (socket) => this.#ends(socket, "connect"),
      },
    };
    // What went wrong is counted in `connectError`.
    Bun.connect(options).catch(() => {});
  }

  #opens(socket: Socket<Attempt>): void {
    const connection = current(socket);
    if (connection === undefined) socket.terminate();
    else {
      connection.socket = socket;
      this.#send(connection, performance.now());
    }
  }

  #send(connection: Connection, nowMs: number): void {
    const forHeaders = this.#requests[connection.bot.headers] ?? [];
    const front = forHeaders.length === 1 || this.#random.next() < this.#plan.frontShare;
    const request = forHeaders[front ? 0 : 1 + below(this.#random, forHeaders.length - 1)];
    if (request === undefined || connection.socket === undefined) return;
    connection.state = "waiting";
    connection.sinceMs = nowMs;
    connection.left -= 1;
    this.#sent += 1;
    // A request fits into any socket's buffer.
    connection.socket.write(request);
  }

  #receives(socket: Socket<Attempt>, chunk: Buffer): void {
    const connection = current(socket);
    if (connection === undefined) return;
    this.#bytes += chunk.byteLength;
    const progress = connection.answers.read(chunk);
    if (progress === "pending") return;
    if (progress === "malformed" || connection.state !== "waiting") {
      this.#fail(connection, "malformed");
      return;
    }
    this.#statuses[progress.status] = (this.#statuses[progress.status] ?? 0) + 1;
    connection.state = "idle";
    if (connection.left <= 0) this.#close(connection);
    else if (this.#plan.rate === 0) this.#send(connection, performance.now());
  }

  /** The other side ended it, or it never came about. */
  #ends(socket: Socket<Attempt>, how: "cut" | "connect"): void {
    const connection = current(socket);
    if (connection?.state === "idle") this.#close(connection);
    else if (connection !== undefined) this.#fail(connection, how);
  }

  #fail(connection: Connection, how: keyof Failures): void {
    this.#failed[how] += 1;
    this.#close(connection);
  }

  #close(connection: Connection): void {
    if (connection.state === "closed") return;
    const { socket } = connection;
    connection.state = "closed";
    connection.attempt = undefined;
    connection.socket = undefined;
    this.#open -= 1;
    socket?.terminate();
  }

  #sweep(): void {
    const oldestMs = performance.now() - answerMs;
    for (const connection of this.#connections) {
      const pending = connection.state === "waiting" || connection.state === "connecting";
      if (pending && connection.sinceMs < oldestMs) this.#fail(connection, "timeout");
    }
  }

  #report(seconds: number): FloodReport {
    const statuses = Array.from(this.#statuses, (count, status) => [String(status), count] as const).filter(
      ([, count]) => count > 0,
    );
    return {
      seconds,
      sent: this.#sent,
      answered: statuses.reduce((sum, [, count]) => sum + count, 0),
      statuses: Object.fromEntries(statuses),
      bytes: this.#bytes,
      failed: this.#failed,
      connections: this.#opened,
    };
  }
}

/** Undefined where this attempt has been given up. */
function current({ data: attempt }: Socket<Attempt>): Connection | undefined {
  return attempt.connection.attempt === attempt ? attempt.connection : undefined;
}
