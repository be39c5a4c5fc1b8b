/** What a client says first where TLS is spoken: as one program of this machine says it, kept to be said again as often as wanted at no cost. */
import { connect } from "node:tls";

/** For that name; a handshake that begins with it comes as far as the server's own part, which is the dear one. */
export async function clientHello(host: string): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  using listener = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: { data: (_, chunk) => resolve(Buffer.from(chunk)) },
  });
  const client = connect({
    host: "127.0.0.1",
    port: listener.port,
    servername: host,
    rejectUnauthorized: false,
  }).on("error", () => {});
  const hello = await promise;
  client.destroy();
  return hello;
}
