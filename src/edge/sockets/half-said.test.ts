// Connections on which a handshake or a head was begun and never ended, or nothing was said: they hold no place that somebody else needs.
import { describe, expect, test } from "bun:test";
import { connect, type Socket } from "node:net";
import { clientHello } from "../../../attacks/client-hello.ts";
import { certificate, openssl } from "../../../test/certificate.ts";
import { startTestEdge } from "../../../test/edge/in-process.ts";
import { until } from "../../../test/edge/whole-edge.ts";
import { kernelObeys } from "../../../test/nft.ts";
import { silentLog } from "../../base/log.ts";
import { quietMs } from "./crowd.ts";
import { Patrol } from "./patrol.ts";
import { ssProgram } from "./ss.ts";

const program = ssProgram();
const held = 30;

/** `says`: at once, on each of so many connections. How many of them the edge still has after a while in which there was room for `places`. */
async function leftOf(
  says: string | Uint8Array,
  isTls: boolean,
  places: number,
): Promise<{ before: number; after: number }> {
  using files = certificate();
  const { tls_certificate, tls_key } = files;
  const secure = isTls ? ({ tls: "files", tls_certificate, tls_key } as const) : {};
  await using edge = startTestEdge({ config: { edge: secure } });
  let nowMs = 0;
  using patrol = new Patrol({
    listen: [{ hostname: "127.0.0.1", port: edge.port }],
    pace: { rateMin: 1_024, windowMs: 60_000 },
    places,
    allow: [],
    program,
    monotonicMs: () => nowMs,
    log: silentLog,
    strike: () => {},
    closeIdle: () => edge.closeIdle(),
  });
  const clients: Socket[] = [];
  const open = async (): Promise<number> => (await patrol.look())?.open ?? 0;
  try {
    for (let one = 0; one < held; one += 1) clients.push(await connected(edge.port, says));
    if (says.length > 0) await until(async () => (await open()) === held);
    const before = await open();
    nowMs += quietMs;
    await patrol.look();
    return { before, after: await open() };
  } finally {
    for (const client of clients) client.destroy();
  }
}

function connected(port: number, says: string | Uint8Array): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ port, host: "127.0.0.1", localAddress: "127.66.0.1" }, () => {
    if (says.length > 0) socket.write(says);
    resolve(socket);
  });
  socket.on("error", reject);
  return promise;
}

describe.skipIf(!kernelObeys || program === null || openssl === null)("connections that hold a place", () => {
  test.each([
    ["half of a hello", true],
    ["half of a head", false],
  ])("with %s are ended where places run short; with room for all they stay", async (_, isTls) => {
    const hello = await clientHello("localhost");
    const half = isTls ? hello.subarray(0, hello.length / 2) : "GET / HTTP/1.1\r\nHost: local";
    expect(await leftOf(half, isTls, 20)).toEqual({ before: held, after: 9 });
    expect(await leftOf(half, isTls, 20_000)).toEqual({ before: held, after: held });
  });

  test.each([
    ["over TLS", true],
    ["in clear", false],
  ])("without a byte hold none: the kernel keeps them to itself, %s", async (_, isTls) => {
    expect(await leftOf("", isTls, 20)).toEqual({ before: 0, after: 0 });
  });
});
