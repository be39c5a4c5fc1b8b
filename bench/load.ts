/**
 * The load generator, a process of its own: kept connections, one request at a time on each, every answer checked byte for
 * byte. `bun bench/load.ts '{"port":8080,…}'` prints one line of JSON (LoadResult).
 */
import { readFileSync } from "node:fs";
import { AnswerBody } from "../src/edge/lane/answer-body.ts";
import { median } from "./machine.ts";

export interface LoadPlan {
  readonly port: number;
  readonly tls: boolean;
  readonly host: string;
  readonly paths: readonly string[];
  /** A file with the body that every answer has to have; empty: only status and length are. */
  readonly expectedFile: string;
  readonly status: number;
  /** What a limit lets through now and then has this one instead: neither right nor wrong. */
  readonly passingStatus?: number;
  readonly connections: number;
  /** Each request has a parameter of its own: no cache has its answer. */
  readonly isUnique?: boolean;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Loopback address to come from. */
  readonly localAddress?: string;
}

export interface LoadResult {
  /** Answers that were right in the measured time. */
  readonly right: number;
  /** And with the time before. */
  readonly all: number;
  /** Answers that were not what was expected; a figure with any is worthless. */
  readonly wrong: number;
  readonly perSecond: number;
  /** Share of one processor that this process used while it measured: near 1, it was the limit itself. */
  readonly ownCpu: number;
  /** From the request to the last byte of the answer; Infinity where there was none. */
  readonly medianMs: number;
}

interface Reading {
  head: Buffer | undefined;
  /** Bytes of the body so far; -1 while the head is awaited. */
  at: number;
  length: number;
  /** Undefined where the length is known. */
  chunks: AnswerBody | undefined;
  /** A limit let the request through. */
  passed: boolean;
  askedMs: number;
}

if (import.meta.main) {
  const plan: LoadPlan = JSON.parse(process.argv[2] ?? "{}");
  console.log(JSON.stringify(await load(plan)));
  process.exit(0);
}

async function load(plan: LoadPlan): Promise<LoadResult> {
  const generator = new Generator(plan);
  await generator.open();
  await Bun.sleep(plan.warmUpMs);
  const [before, startedMs, early] = [process.cpuUsage(), performance.now(), generator.right];
  await Bun.sleep(plan.measureMs);
  const elapsedMs = performance.now() - startedMs;
  const cpu = process.cpuUsage(before);
  const right = generator.right - early;
  const measured = generator.tookMs.slice(early);
  return {
    right,
    all: generator.right,
    wrong: generator.wrong,
    perSecond: Math.round((right * 1000) / elapsedMs),
    ownCpu: (cpu.user + cpu.system) / 1000 / elapsedMs,
    medianMs: measured.length === 0 ? Number.POSITIVE_INFINITY : median(measured),
  };
}

class Generator {
  right = 0;
  wrong = 0;
  /** For each right answer. */
  readonly tookMs: number[] = [];
  readonly #plan: LoadPlan;
  readonly #expected: Buffer | undefined;
  readonly #requests: readonly Buffer[];
  /** The last head that was read and found right: most are the same, and comparing is cheap. */
  #knownHead = Buffer.alloc(0);
  #knownLength = 0;
  #next = 0;
  #asked = 0;

  constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.#expected = plan.expectedFile === "" ? undefined : readFileSync(plan.expectedFile);
    this.#requests = plan.paths.map((path) => requestFor(path, plan.host));
  }

  async open(): Promise<void> {
    const { connections, port, tls, localAddress } = this.#plan;
    const onOpen = (socket: Bun.Socket<Reading>): void => this.#ask(socket);
    for (let opened = 0; opened < connections; opened += 1) {
      await Bun.connect<Reading>({
        hostname: "127.0.0.1",
        port,
        ...(tls ? { tls: { rejectUnauthorized: false } } : {}),
        ...(localAddress === undefined ? {} : { localAddress }),
        data: { head: undefined, at: -1, length: 0, chunks: undefined, passed: false, askedMs: 0 },
        socket: {
          ...(tls ? { handshake: onOpen } : { open: onOpen }),
          data: (socket, chunk) => this.#receive(socket, chunk),
          close: () => {
            this.wrong += 1;
          },
        },
      });
    }
  }

  #ask(socket: Bun.Socket<Reading>): void {
    socket.data.at = -1;
    socket.data.passed = false;
    socket.data.askedMs = performance.now();
    this.#next = (this.#next + 1) % this.#requests.length;
    socket.write(this.#plan.isUnique === true ? this.#unique() : (this.#requests[this.#next] ?? ""));
  }

  #unique(): Buffer {
    this.#asked += 1;
    const path = this.#plan.paths[this.#next] ?? "/";
    return requestFor(`${path}?n=${process.pid}-${this.#asked}`, this.#plan.host);
  }

  #receive(socket: Bun.Socket<Reading>, chunk: Buffer): void {
    const reading = socket.data;
    let offset = 0;
    if (reading.at < 0) {
      const whole = reading.head === undefined ? chunk : Buffer.concat([reading.head, chunk]);
      offset = this.#readHead(reading, whole);
      if (offset < 0) {
        reading.head = Buffer.from(whole);
        return;
      }
      reading.head = undefined;
      this.#readBody(socket, whole, offset);
    } else {
      this.#readBody(socket, chunk, offset);
    }
  }

  /** Where the body begins; -1 where the head isn't complete. */
  #readHead(reading: Reading, bytes: Buffer): number {
    const known = this.#knownHead;
    if (
      known.length > 0 &&
      bytes.length >= known.length &&
      bytes.compare(known, 0, known.length, 0, known.length) === 0
    ) {
      reading.at = 0;
      this.#begin(reading, this.#knownLength);
      return known.length;
    }
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return -1;
    const head = bytes.toString("latin1", 0, end + 4);
    const status = Number(head.slice(9, 12));
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
    const isChunked = /\r\ntransfer-encoding: chunked\r\n/i.test(head);
    const wrongLength = this.#expected !== undefined && length !== this.#expected.length;
    const isUnreadable = isChunked ? !Number.isNaN(length) : Number.isNaN(length) || wrongLength;
    reading.passed = status === this.#plan.passingStatus;
    if (isUnreadable || (status !== this.#plan.status && !reading.passed)) this.#fail(head);
    else if (reading.passed) this.#knownHead = Buffer.alloc(0);
    else {
      this.#knownHead = Buffer.from(bytes.subarray(0, end + 4));
      this.#knownLength = length;
    }
    reading.at = 0;
    this.#begin(reading, length);
    return end + 4;
  }

  /** `length`: NaN for a body in chunks. */
  #begin(reading: Reading, length: number): void {
    reading.length = Number.isNaN(length) ? (this.#expected?.length ?? 0) : length;
    reading.chunks = Number.isNaN(length) ? new AnswerBody({ kind: "chunked" }) : undefined;
  }

  #readBody(socket: Bun.Socket<Reading>, bytes: Buffer, offset: number): void {
    const { data: reading } = socket;
    const { chunks } = reading;
    if (chunks === undefined) this.#compare(reading, bytes, offset);
    else this.#readChunks(reading, chunks, bytes.subarray(offset));
    if (reading.at < reading.length || chunks?.isComplete === false) return;
    if (!reading.passed) {
      this.right += 1;
      this.tookMs.push(performance.now() - reading.askedMs);
    }
    this.#ask(socket);
  }

  #readChunks(reading: Reading, chunks: AnswerBody, bytes: Buffer): void {
    const pieces = chunks.read(bytes);
    if (pieces === undefined || chunks.hasSurplus) this.#fail("broken chunks");
    for (const piece of pieces ?? [])
      this.#compare(reading, Buffer.from(piece.buffer, piece.byteOffset, piece.length), 0);
  }

  #compare(reading: Reading, bytes: Buffer, offset: number): void {
    const arrived = bytes.length - offset;
    const end = reading.at + arrived;
    const expected = this.#expected;
    if (
      end > reading.length ||
      (expected !== undefined &&
        arrived > 0 &&
        expected.compare(bytes, offset, bytes.length, reading.at, end) !== 0)
    ) {
      this.#fail("another body");
    }
    reading.at = end;
  }

  #fail(what: string): void {
    this.wrong += 1;
    if (this.wrong <= 3) console.error(`not what was expected: ${what}`);
  }
}

/** As a browser asks, but for the encodings: the body is compared as it is. */
function requestFor(path: string, host: string): Buffer {
  return Buffer.from(
    [
      `GET ${path} HTTP/1.1`,
      `Host: ${host}`,
      "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
      "Accept-Language: ar,fr;q=0.7,en;q=0.3",
      "\r\n",
    ].join("\r\n"),
  );
}
