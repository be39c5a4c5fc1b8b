/**
 * The flood itself, in one process: every source has one connection at a time, from its own loopback address. It sends what the plan says at
 * the planned rate, reads what comes back, and keeps no more open than the system allows.
 */
import type { Socket, TCPSocketConnectOptions } from "bun";
import { below, type Random, seededRandom } from "../src/base/random.ts";
import { AddressDraw } from "./addresses.ts";
import { AnswerReader } from "./answer-reader.ts";
import { clientHello } from "./client-hello.ts";
import { type Failures, FloodCounts, type FloodReport } from "./flood-counts.ts";
import { GateTactics } from "./gate-tactics.ts";
import { get, openAgent } from "./get.ts";
import type { Page } from "./pages.ts";
import { type Bot, type FloodPlan, one } from "./plan.ts";
import { Requests, type Wanted } from "./requests.ts";
import { assertLoopback, type Target } from "./target.ts";

export interface FloodOrder {
  readonly plan: FloodPlan;
  readonly target: Target;
  /** The front page, then those that it links to. */
  readonly pages: readonly [Page, ...Page[]];
}

/** Connections open at a time: half of the usual limit of 20,000 descriptors. */
const openMax = 10_000;
/** Connections opened in one beat, so that the listener's queue (4,096) is not what is measured. */
const openPerBeat = 400;
const beatMs = 5;
const answerMs = 10_000;

/** Resolves when the time is up and every connection is closed. */
export async function flood(order: FloodOrder): Promise<FloodReport> {
  const { target, plan } = order;
  assertLoopback(target);
  const hello = plan.asksNothing === true && target.tls ? await clientHello(target.host) : undefined;
  return await new FloodRun(order, hello).finish();
}

interface Connection {
  readonly bot: Bot;
  state: "closed" | "connecting" | "idle" | "waiting";
  /** Of several that it opened one after the other, the one that counts; what the others still say does not. */
  attempt: Attempt | undefined;
  socket: Socket<Attempt> | undefined;
  answers: AnswerReader;
  /** Asked for next, before anything new is drawn: the parts of a page. */
  queue: Wanted[];
  /** What is under way, and of it what the system's buffer had no room for. */
  wanted: Wanted | undefined;
  unsent: string;
  /** Requests until it is opened anew. */
  left: number;
  /** When it began to connect or to wait, ms. */
  sinceMs: number;
  /** It was told to come back then. */
  backMs: number;
}

interface Attempt {
  readonly connection: Connection;
}

class FloodRun {
  readonly #plan: FloodPlan;
  readonly #target: Target;
  /** Said instead of anything else; undefined where something is asked for, or nothing is to be said. */
  readonly #hello: Buffer | undefined;
  readonly #requests: Requests;
  readonly #random: Random;
  readonly #addresses: AddressDraw;
  readonly #connections: readonly Connection[];
  /** As they stand in a request's head, by their number. */
  readonly #headers: readonly string[];
  readonly #startMs = performance.now();
  readonly #endMs: number;
  readonly #ended = Promise.withResolvers<void>();
  /** Undefined: it keeps nothing of what gates say. */
  readonly #gates: GateTactics<Bot> | undefined;
  readonly #counts = new FloodCounts(this.#startMs);
  #open = 0;
  #next = 0;
  #credit = 0;
  #beforeMs = this.#startMs;
  #fresh = 0;

  constructor({ plan, target, pages }: FloodOrder, hello: Buffer | undefined) {
    this.#hello = hello;
    this.#plan = plan;
    this.#target = target;
    this.#endMs = this.#startMs + plan.seconds * 1_000;
    this.#random = seededRandom(plan.seed);
    this.#requests = new Requests(target, pages, this.#random);
    this.#addresses = new AddressDraw(this.#random, plan.taken);
    this.#headers = plan.headers.map((lines) => lines.map((line) => `${line}\r\n`).join(""));
    this.#connections = plan.bots.map((bot) => ({
      bot,
      state: "closed",
      attempt: undefined,
      socket: undefined,
      answers: new AnswerReader(),
      queue: [],
      wanted: undefined,
      unsent: "",
      left: 0,
      sinceMs: 0,
      backMs: 0,
    }));
    const { atGates } = plan;
    this.#gates = atGates && new GateTactics(atGates, (path) => this.#scriptAt(path));
  }

  async finish(): Promise<FloodReport> {
    const beat = setInterval(() => this.#beat(), beatMs);
    const sweep = setInterval(() => this.#sweep(), 1_000);
    const end = setTimeout(this.#ended.resolve, this.#plan.seconds * 1_000);
    await this.#ended.promise;
    clearTimeout(end);
    clearInterval(beat);
    clearInterval(sweep);
    const seconds = (performance.now() - this.#startMs) / 1_000;
    this.#counts.held = this.#held();
    this.#counts.solved = this.#gates?.solved ?? 0;
    for (const connection of this.#connections) this.#close(connection);
    this.#gates?.[Symbol.dispose]();
    const own = new Set(this.#plan.bots.map(({ address }) => address)).size;
    const sources = this.#plan.addresses === "fresh" ? this.#fresh : own;
    return this.#counts.report(seconds, sources, (sinceMs) => isOn(this.#plan, sinceMs));
  }

  #held(): number {
    if (this.#plan.takesNothing !== true) return 0;
    return this.#connections.filter(({ state }) => state === "waiting").length;
  }

  /** Sends what the rate allows since the last beat, going round the sources so that all of them take part. */
  #beat(): void {
    const nowMs = performance.now();
    const elapsedMs = nowMs - this.#beforeMs;
    this.#beforeMs = nowMs;
    if (!isOn(this.#plan, nowMs - this.#startMs)) return;
    const { rate } = this.#plan;
    const earned = rate === 0 ? Number.POSITIVE_INFINITY : this.#credit + (elapsedMs * rate) / 1_000;
    // What could not be sent in a fifth of a second is not made up for: that would be another rate.
    this.#credit = Math.min(earned, Math.max(1, rate === 0 ? this.#connections.length : rate / 5));
    let opening = openPerBeat;
    for (let tried = 0; tried < this.#connections.length && this.#credit >= 1; tried += 1) {
      const connection = this.#connections[this.#next];
      this.#next = (this.#next + 1) % this.#connections.length;
      if (connection === undefined || connection.backMs > nowMs) continue;
      if (connection.state === "idle") this.#send(connection, nowMs);
      else if (connection.state === "closed" && opening > 0 && this.#open < openMax) {
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
    connection.answers = new AnswerReader({ keeps: this.#gates !== undefined });
    connection.attempt = { connection };
    connection.queue = [];
    connection.unsent = "";
    this.#open += 1;
    this.#counts.connections += 1;
    // Bun binds the connection to `localAddress`, though its types do not say so; drill.test.ts holds it to that.
    const speaksTls = this.#target.tls && this.#hello === undefined;
    const options: TCPSocketConnectOptions<Attempt> & { localAddress: string } = {
      hostname: this.#target.address,
      port: this.#target.port,
      localAddress: this.#plan.proxy ?? this.#sourceOf(connection),
      data: connection.attempt,
      // Its own instance's certificate, on this machine: whoever made it out is no matter.
      ...(speaksTls && { tls: { rejectUnauthorized: false, serverName: this.#target.host } }),
      socket: {
        open: (socket) => void (speaksTls || this.#opens(socket)),
        handshake: (socket) => this.#opens(socket),
        data: (socket, chunk) => this.#receives(socket, chunk),
        drain: (socket) => writeOn(socket),
        close: (socket) => this.#ends(socket, "cut"),
        end: (socket) => this.#ends(socket, "cut"),
        error: (socket) => this.#ends(socket, "cut"),
        connectError: (socket) => this.#ends(socket, "connect"),
      },
    };
    // What went wrong is counted in `connectError`.
    Bun.connect(options).catch(() => {});
  }

  #sourceOf({ bot }: Connection): string {
    if (this.#plan.addresses !== "fresh") return bot.address;
    this.#fresh += 1;
    return this.#addresses.in(one(this.#random, this.#plan.networks));
  }

  #opens(socket: Socket<Attempt>): void {
    const connection = current(socket);
    if (connection === undefined) socket.terminate();
    else if (this.#plan.asksNothing === true) this.#greets(connection, socket);
    else {
      connection.socket = socket;
      this.#send(connection, performance.now());
    }
  }

  #greets(connection: Connection, socket: Socket<Attempt>): void {
    connection.socket = socket;
    connection.state = "waiting";
    if (this.#hello === undefined) this.#leaves(connection);
    else socket.write(this.#hello);
  }

  #leaves(connection: Connection): void {
    this.#counts.greeted += 1;
    this.#close(connection);
  }

  #send(connection: Connection, nowMs: number): void {
    const { socket, queue, bot, answers } = connection;
    if (socket === undefined) return;
    if (queue.length === 0) queue.push(...this.#nextOf(bot));
    const wanted = queue.shift();
    if (wanted === undefined) return;
    const headers =
      this.#plan.headersFor === "source" ? bot.headers : below(this.#random, this.#headers.length);
    const forwarded =
      this.#plan.proxy === undefined ? "" : `X-Forwarded-For: ${this.#sourceOf(connection)}\r\n`;
    connection.state = "waiting";
    connection.sinceMs = nowMs;
    connection.wanted = wanted;
    const times = this.#plan.takesNothing === true ? connection.left : 1;
    connection.left -= times;
    answers.expect(wanted);
    for (let sent = 0; sent < times; sent += 1) this.#counts.sends(wanted.goal);
    const head = `${wanted.begin}${this.#headers[headers]}${forwarded}${this.#gates?.cookieLine(bot) ?? ""}`;
    connection.unsent = `${head}\r\n${wanted.body}`.repeat(times);
    writeOn(socket);
  }

  #nextOf(bot: Bot): readonly Wanted[] {
    const form = this.#gates?.takeForm(bot);
    return form === undefined
      ? this.#requests.next(this.#plan)
      : [this.#requests.form("front", form.path, form.body)];
  }

  /** The solver that a page names, as one of them fetches it. */
  async #scriptAt(path: string): Promise<string | undefined> {
    const [bot] = this.#plan.bots;
    if (bot === undefined) return undefined;
    const { proxy } = this.#plan;
    const reader = { address: bot.address, headers: [], ...(proxy !== undefined && { proxy }) };
    const agent = openAgent(this.#target);
    const got = await get({ target: this.#target, path, reader, agent });
    agent.destroy();
    return got.outcome === "answer" && got.status === 200 ? got.body.toString("utf8") : undefined;
  }

  #receives(socket: Socket<Attempt>, chunk: Buffer): void {
    const connection = current(socket);
    if (connection === undefined) return;
    this.#counts.bytes += chunk.byteLength;
    if (this.#plan.takesNothing === true) return socket.pause();
    if (this.#plan.asksNothing === true) return this.#leaves(connection);
    const { wanted } = connection;
    const progress = connection.answers.read(chunk);
    if (progress === "pending") return;
    if (progress === "malformed" || connection.state !== "waiting" || wanted === undefined) {
      this.#fail(connection, "malformed");
      return;
    }
    const nowMs = performance.now();
    this.#counts.answers(wanted.goal, progress.status, nowMs, nowMs - connection.sinceMs);
    connection.state = "idle";
    const asked = { status: progress.status, path: wanted.path };
    const backMs = this.#gates?.met(connection.bot, connection.answers.take(), asked) ?? 0;
    connection.backMs = backMs === 0 ? 0 : nowMs + backMs;
    // Where answers come thick and fast, timers come late.
    if (nowMs >= this.#endMs) this.#ended.resolve();
    // The parts of a page are wanted at once, whatever the rate.
    if (connection.queue.length > 0) this.#send(connection, nowMs);
    else if (connection.left <= 0) this.#close(connection);
    else if (this.#plan.rate === 0 && isOn(this.#plan, nowMs - this.#startMs)) this.#send(connection, nowMs);
  }

  /** The other side ended it, or it never came about. */
  #ends(socket: Socket<Attempt>, how: "cut" | "connect"): void {
    const connection = current(socket);
    if (connection?.state === "idle") this.#close(connection);
    else if (connection !== undefined) this.#fail(connection, how);
  }

  #fail(connection: Connection, how: keyof Failures): void {
    this.#counts.failed[how] += 1;
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
      const waits = connection.state === "waiting" && this.#plan.takesNothing !== true;
      const pending = waits || connection.state === "connecting";
      if (pending && connection.sinceMs < oldestMs) this.#fail(connection, "timeout");
    }
  }
}

function isOn({ pulse }: FloodPlan, sinceMs: number): boolean {
  return pulse === undefined || (sinceMs / 1_000) % (pulse.onS + pulse.offS) < pulse.onS;
}

/** A character a byte. */
function writeOn(socket: Socket<Attempt>): void {
  const connection = current(socket);
  if (connection === undefined || connection.unsent === "") return;
  connection.unsent = connection.unsent.slice(socket.write(connection.unsent));
}

/** Undefined where this attempt has been given up. */
function current({ data: attempt }: Socket<Attempt>): Connection | undefined {
  return attempt.connection.attempt === attempt ? attempt.connection : undefined;
}
