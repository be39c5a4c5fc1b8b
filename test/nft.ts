/** For tests of what the kernel drops: whether this machine lets us ask it, its tables, and connections from addresses of one's own. */
import type { TCPSocketConnectOptions } from "bun";
import { nftProgram } from "../src/edge/kernel/nft.ts";

/** Asked once; nothing is changed. */
export const kernelObeys: boolean =
  nftProgram() !== null && Bun.spawnSync([nftProgram() ?? "", "list", "tables"]).exitCode === 0;

/** What `nft` prints; throws where it fails. */
export function nft(...words: readonly string[]): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync([nftProgram() ?? "nft", ...words]);
  if (exitCode !== 0) throw new Error(`nft ${words.join(" ")}: ${stderr.toString()}`);
  return stdout.toString();
}

export function tables(): string[] {
  return [...nft("list", "tables").matchAll(/^table inet (kasbah_\S+)$/gm)].map(([, name = ""]) => name);
}

/** A server that gives back what it gets. */
export function echoServer(hostname = "127.0.0.1", port = 0): Bun.TCPSocketListener {
  return Bun.listen({
    hostname,
    port,
    socket: { data: (socket, bytes) => void socket.write(bytes) },
  });
}

interface Place {
  readonly hostname: string;
  readonly port: number;
}

/** What a connection of a client waits for. */
interface Heard {
  heard: () => void;
}

/** One connection to an echo server, from an address of the caller's choice. */
export class Client implements Disposable {
  readonly #server: Place;
  readonly #socket: Bun.Socket<Heard>;

  /** Undefined where the server is silent. */
  static async open(server: Place, localAddress: string): Promise<Client | undefined> {
    const connecting = connect(server, localAddress);
    const socket = await Promise.race([connecting, whileOthersAreAnswered(server)]);
    if (socket !== undefined) return new Client(server, socket);
    void connecting.then((late) => late.terminate()).catch(() => undefined);
    return undefined;
  }

  private constructor(server: Place, socket: Bun.Socket<Heard>) {
    this.#server = server;
    this.#socket = socket;
  }

  /** As far as it was told. */
  get isOpen(): boolean {
    return this.#socket.readyState === 1;
  }

  ask(): void {
    this.#socket.write("?");
  }

  async isAnswered(): Promise<boolean> {
    const heard = answerOn(this.#socket).then(() => true);
    return await Promise.race([heard, whileOthersAreAnswered(this.#server).then(() => false)]);
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}

export async function isLetIn(server: Place, localAddress: string): Promise<boolean> {
  using client = await Client.open(server, localAddress);
  return client !== undefined && (await client.isAnswered());
}

/** Bun binds the connection to `localAddress`, though its types do not say so. */
function connect({ hostname, port }: Place, localAddress?: string): Promise<Bun.Socket<Heard>> {
  const options: TCPSocketConnectOptions<Heard> & { localAddress?: string } = {
    hostname,
    port,
    ...(localAddress === undefined ? {} : { localAddress }),
    data: { heard: () => undefined },
    socket: { data: ({ data }) => data.heard() },
  };
  return Bun.connect(options);
}

function answerOn(socket: Bun.Socket<Heard>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.data.heard = resolve;
  socket.write("?");
  return promise;
}

/**
 * How long silence takes to be silence: in which somebody whom nobody drops (this machine itself) is let in and answered twenty times. However
 * busy the machine is, whoever was to be answered was so by then; who is dropped tries again after a second.
 */
async function whileOthersAreAnswered(server: Place): Promise<undefined> {
  for (let times = 0; times < 20; times += 1) {
    const socket = await connect(server);
    await answerOn(socket);
    socket.terminate();
  }
}
