/** One connection to the server behind the edge: bytes out with word of when there is room again, bytes in that can be held back. */
import type { Socket } from "bun";
import { connect } from "node:net";
import { checkServerIdentity } from "node:tls";
import type { LaneAddress } from "./address.ts";

/** Whoever uses the connection at the moment. */
export interface ConnectionUser {
  /** The bytes are the user's own from now on. */
  data(bytes: Buffer): void;
  /** There is room for more. */
  drained(): void;
  /** `clean`: the other side ended it in order. Nothing comes after this. */
  closed(clean: boolean): void;
}

export class Connection {
  user: ConnectionUser | undefined;
  readonly #socket: Socket<Connection | undefined>;
  #unsent: Uint8Array | undefined;
  #isOpen = true;
  #isPaused = false;

  constructor(socket: Socket<Connection | undefined>) {
    this.#socket = socket;
  }

  /** False: there is no room for more until `drained`. Everything is sent in any case. */
  write(bytes: Uint8Array): boolean {
    if (this.#unsent !== undefined) {
      this.#unsent = Buffer.concat([this.#unsent, bytes]);
      return false;
    }
    const written = this.#isOpen ? Math.max(0, this.#socket.write(bytes)) : bytes.length;
    if (written < bytes.length) this.#unsent = bytes.subarray(written);
    return this.#unsent === undefined;
  }

  /** Nothing more comes until `resume`; the other side notices by and by. */
  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (this.#isPaused) this.#socket.resume();
    this.#isPaused = false;
  }

  /** At once; nobody is told. */
  close(): void {
    this.user = undefined;
    this.#isOpen = false;
    this.#socket.terminate();
  }

  drain(): void {
    const unsent = this.#unsent;
    this.#unsent = undefined;
    if (unsent === undefined || this.write(unsent)) this.user?.drained();
  }

  ended(clean: boolean): void {
    this.#isOpen = false;
    const { user } = this;
    this.user = undefined;
    user?.closed(clean);
  }
}

/** What an encrypted connection takes and shows. PEM, but for `name`. */
export interface LaneTls {
  /** What the server's certificate has to be for. */
  readonly name: string;
  readonly ca: string | undefined;
  /** Ours, for a server that asks for one. */
  readonly own: { readonly cert: string; readonly key: string } | undefined;
}

/** Rejects where nobody listens there, or it can't prove its name. However long the system lets it take. */
export function connectTo(address: LaneAddress, secured?: LaneTls): Promise<Connection> {
  const { promise, resolve, reject } = Promise.withResolvers<Connection>();
  const { hostname, port, tls } = address;
  const name = secured?.name ?? hostname;
  const opened = (socket: Socket<Connection | undefined>): void => {
    socket.data = new Connection(socket);
    resolve(socket.data);
  };
  const lost = (socket: Socket<Connection | undefined>, clean: boolean): void => {
    reject(new Error("the connection ended at once"));
    socket.data?.ended(clean);
  };
  Bun.connect<Connection | undefined>({
    hostname,
    port,
    data: undefined,
    ...(tls ? { tls: tlsOptions(name, secured) } : {}),
    socket: {
      open: (socket) => {
        socket.setNoDelay(true);
        if (!tls) opened(socket);
      },
      handshake: (socket, success, fault) => {
        const wrong = success ? (fault ?? identityFault(name, socket)) : (fault ?? new Error("no TLS"));
        if (wrong === null || wrong === undefined) return opened(socket);
        reject(wrong);
        socket.terminate();
      },
      data: ({ data }, bytes) => data?.user?.data(bytes),
      drain: ({ data }) => data?.drain(),
      error: (socket) => lost(socket, false),
      close: (socket, fault) => lost(socket, fault === undefined || fault === null),
    },
  }).catch(reject);
  return promise;
}

function tlsOptions(name: string, { ca, own }: Partial<LaneTls> = {}): Bun.TLSOptions {
  return { serverName: name, ...(ca === undefined ? {} : { ca }), ...own };
}

/**
 * Whether somebody accepts a connection there within that time. Unlike an attempt of Bun's, this one can be given up, and is: nothing
 * is left of it.
 */
export function accepts({ hostname, port }: LaneAddress, withinMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: hostname, port, timeout: withinMs });
  const end = (accepted: boolean): void => {
    socket.destroy();
    resolve(accepted);
  };
  socket
    .on("connect", () => end(true))
    .on("timeout", () => end(false))
    .on("error", () => end(false));
  return promise;
}

function identityFault(hostname: string, socket: Socket<Connection | undefined>): Error | undefined {
  return checkServerIdentity(hostname, socket.getPeerCertificate());
}
