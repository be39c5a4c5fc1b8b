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

/** One connection, from an address of the caller's choice. Rejects where it does not open in time. */
export class Client implements Disposable {
  readonly #socket: Bun.Socket<{ heard: (() => void) | undefined }>;

  static async open(
    { hostname, port }: { readonly hostname: string; readonly port: number },
    localAddress: string,
    timeoutMs = silenceMs,
  ): Promise<Client> {
    const state: { heard: (() => void) | undefined } = { heard: undefined };
    // Bun binds the connection to `localAddress`, though its types do not say so.
    const options: TCPSocketConnectOptions<typeof state> & { localAddress: string } = {
      hostname,
      port,
      localAddress,
      data: state,
      socket: { data: ({ data }) => data.heard?.() },
    };
    const connecting = Bun.connect(options);
    const timely = await Promise.race([connecting, Bun.sleep(timeoutMs)]);
    if (timely !== undefined) return new Client(timely);
    void connecting.then((socket) => socket.terminate()).catch(() => undefined);
    throw new Error(`${localAddress} can't connect`);
  }

  private constructor(socket: Bun.Socket<{ heard: (() => void) | undefined }>) {
    this.#socket = socket;
  }

  /** Whether what it sends comes back in time. */
  async isAnswered(timeoutMs = silenceMs): Promise<boolean> {
    const heard = Promise.withResolvers<void>();
    this.#socket.data.heard = heard.resolve;
    this.#socket.write("?");
    return await Promise.race([heard.promise.then(() => true), Bun.sleep(timeoutMs).then(() => false)]);
  }

  /** As far as it was told. */
  get isOpen(): boolean {
    return this.#socket.readyState === 1;
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}

/** Long for loopback; a dropped opening is tried again after a second only. */
const silenceMs = 400;

export async function isLetIn(
  server: { readonly hostname: string; readonly port: number },
  localAddress: string,
): Promise<boolean> {
  try {
    using client = await Client.open(server, localAddress);
    return await client.isAnswered();
  } catch {
    return false;
  }
}
