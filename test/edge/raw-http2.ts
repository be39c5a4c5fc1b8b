/** HTTP/2 (RFC 9113) as raw frames on a socket, for connections that no well-behaved client would have. */
import { connect, type Socket } from "node:net";

export const frameTypes = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const flags = { endStream: 1, endHeaders: 4, ack: 1 } as const;

/** Identifiers of section 6.5.2. */
export const settingIds = { headerTableSize: 1, initialWindowSize: 4 } as const;

const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/** RFC 9113, section 4.1. */
export function frame(type: number, flag: number, stream: number, payload: Uint8Array | string = ""): Buffer {
  const bytes = Buffer.from(payload);
  const head = Buffer.alloc(9);
  head.writeUIntBE(bytes.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flag, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, bytes]);
}

/** Of literal fields that nobody remembers (RFC 7541, section 6.2.2), without Huffman's code. */
export function fields(pairs: readonly (readonly [name: string, value: string])[]): Buffer {
  return Buffer.concat(pairs.flatMap(([name, value]) => [Buffer.of(0), text(name), text(value)]));
}

/** RFC 7541, section 5.2. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, "latin1");
  return Buffer.concat([integer(bytes.length, 7), bytes]);
}

/** RFC 7541, section 5.1; the bits before the prefix are 0. */
export function integer(value: number, prefixBits: number): Buffer {
  const most = 2 ** prefixBits - 1;
  if (value < most) return Buffer.of(value);
  const bytes = [most];
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

export function requestFields(path: string, more: readonly (readonly [string, string])[] = []): Buffer {
  return fields([
    [":method", "GET"],
    [":scheme", "http"],
    [":path", path],
    [":authority", "localhost"],
    ...more,
  ]);
}

export function settings(...pairs: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(pairs.length * 6);
  pairs.forEach(([id, value], at) => {
    payload.writeUInt16BE(id, at * 6);
    payload.writeUInt32BE(value, at * 6 + 2);
  });
  return frame(frameTypes.settings, 0, 0, payload);
}

/** Ended with the scope that it was opened in. */
export class RawHttp2 implements Disposable {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  /** How many frames came of each type. */
  readonly heard = new Map<number, number>();
  #unread = Buffer.alloc(0);
  #bytes = 0;
  #news = Promise.withResolvers<void>();

  /** `first`: what follows the preface at once; the client's settings, as a rule. */
  static async open(port: number, first: Uint8Array = settings()): Promise<RawHttp2> {
    const socket = connect(port, "127.0.0.1");
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.once("connect", () => resolve()).once("error", reject);
    await promise;
    socket.write(Buffer.concat([Buffer.from(preface), first]));
    return new RawHttp2(socket);
  }

  private constructor(socket: Socket) {
    this.socket = socket;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    socket.on("error", () => {}).on("close", () => resolve());
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves once so much was taken by the system, or the other side is gone. */
  async send(...frames: readonly Uint8Array[]): Promise<void> {
    if (this.socket.destroyed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.socket.write(Buffer.concat(frames), () => resolve());
    await Promise.race([promise, this.closed]);
  }

  /** Resolves once so many frames of that type have come; false where the other side is gone first. */
  async hears(type: number, times = 1): Promise<boolean> {
    while ((this.heard.get(type) ?? 0) < times) {
      const isOver = await Promise.race([this.closed.then(() => true), this.#news.promise.then(() => false)]);
      if (isOver) return (this.heard.get(type) ?? 0) >= times;
    }
    return true;
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const length = this.#unread.length < 9 ? Number.POSITIVE_INFINITY : 9 + this.#unread.readUIntBE(0, 3);
      if (this.#unread.length < length) break;
      const type = this.#unread.readUInt8(3);
      this.heard.set(type, (this.heard.get(type) ?? 0) + 1);
      this.#unread = this.#unread.subarray(length);
    }
    const news = this.#news;
    this.#news = Promise.withResolvers();
    news.resolve();
  }
}
