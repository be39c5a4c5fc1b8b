// A server behind the edge that hangs, lies and floods: each has one clear answer, nothing hangs, no client takes a part for the whole.
import { describe, expect, spyOn, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestEdge, type TestEdge } from "../../test/edge/in-process.ts";
import { laneRequest } from "../../test/edge/lane-request.ts";
import { rawRequest, type RawAnswer } from "../../test/edge/raw-http.ts";
import { plainAnswer, type RawOrigin, startRawOrigin } from "../../test/edge/raw-origin.ts";
import { testConfig } from "../../test/edge/config.ts";
import type { Lane } from "./lane/lane.ts";

const request = "GET /en/a HTTP/1.1\r\nHost: localhost\r\n\r\n";
const defaults = testConfig().origin;

const inFrontOf = ({ url }: Pick<RawOrigin, "url">): TestEdge =>
  startTestEdge({ config: { origin: { url } } });

function laneOf(edge: TestEdge): Lane {
  const lane = edge.state.lanes.get("portal");
  if (lane === undefined) throw new Error("no lane");
  return lane;
}

/** As if that many seconds had passed. */
function pass(edge: TestEdge, seconds: number): void {
  edge.monotonic.nowMs += seconds * 1000;
  laneOf(edge).tend();
}

/** What a client gets; the slot is free again afterwards, and no connection is left over. */
async function answerTo(hostile: (socket: Socket) => void): Promise<RawAnswer> {
  await using origin = await startRawOrigin(hostile);
  await using edge = inFrontOf(origin);
  const answer = await rawRequest(edge.port, request);
  await origin.closed(1);
  expect(laneOf(edge).running).toBe(0);
  return answer;
}

describe("502: what is no answer", () => {
  test.each<[string, (socket: Socket) => void]>([
    ["the end at once", (socket) => socket.end()],
    ["a reset", (socket) => socket.resetAndDestroy()],
    ["half a head", (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Le")],
    ["HTTP/0.9", (socket) => socket.end("<h1>hello</h1>\r\n\r\n")],
    ["another protocol", (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")],
    [
      "two lengths",
      (socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    ],
    [
      "a length and chunks",
      (socket) =>
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ],
    ["a header in a header", (socket) => socket.write("HTTP/1.1 200 OK\r\nA: b\nSet-Cookie: c\r\n\r\n")],
    ["a NUL", (socket) => socket.write("HTTP/1.1 200 OK\r\nA: b\0\r\nContent-Length: 0\r\n\r\n")],
    ["endless headers", (socket) => flood(socket, "HTTP/1.1 200 OK\r\n", `X-A: ${"a".repeat(1_000)}\r\n`)],
    ["an endless header", (socket) => flood(socket, "HTTP/1.1 200 OK\r\nX-A: ", "a".repeat(1_000))],
    ["endless early hints", (socket) => flood(socket, "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")],
    ["fewer bytes than it says", (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")],
    ["a status that is none", (socket) => socket.write("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n")],
  ])("%s", async (_, hostile) => {
    const answer = await answerTo(hostile);
    expect(answer.status).toBe(502);
    expect(answer.body).toContain("The server that makes this page does not answer as it should");
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("nobody listens; the page is the edition's where there is one, in the reader's language", async () => {
    const origin = await startRawOrigin(() => {});
    await origin[Symbol.asyncDispose]();
    await using edge = inFrontOf(origin);
    expect((await rawRequest(edge.port, request)).status).toBe(502);
    edge.publish([{ path: "/_kasbah/errors/502/fr", body: "<h1>Le serveur</h1>" }]);
    const signed = await rawRequest(edge.port, request.replace("/en/", "/fr/"));
    expect([signed.status, signed.body]).toEqual([502, "<h1>Le serveur</h1>"]);
  });

  test("it is told to the log once, and when it is over", async () => {
    const said: string[] = [];
    let isWell = false;
    await using origin = await startRawOrigin(
      (socket) => void (isWell ? socket.write(plainAnswer("x")) : socket.end()),
    );
    await using edge = inFrontOf(origin);
    const { log } = laneOf(edge).options;
    Object.assign(log, { warn: (what: string) => said.push(what), info: (what: string) => said.push(what) });
    for (let at = 0; at < 3; at += 1) await rawRequest(edge.port, request);
    isWell = true;
    for (let at = 0; at < 3; at += 1) await rawRequest(edge.port, request);
    expect(said).toEqual(["the origin fails", "the origin answers again"]);
  });
});

const openssl = Bun.which("openssl");

test.skipIf(openssl === null)(
  "an https origin that nobody vouches for is 502, and hears nothing",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "kasbah-origin-tls-"));
    const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
    const options =
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost";
    Bun.spawnSync([openssl ?? "", ...options.split(" "), "-keyout", key, "-out", certificate]);
    let heard = 0;
    const server = Bun.serve({
      port: 0,
      tls: { cert: Bun.file(certificate), key: Bun.file(key) },
      fetch: () => {
        heard += 1;
        return new Response("x");
      },
    });
    await using edge = inFrontOf({ url: `https://localhost:${server.port}` });
    expect((await rawRequest(edge.port, request)).status).toBe(502);
    expect(heard).toBe(0);
    await server.stop(true);
    rmSync(folder, { recursive: true });
  },
);

describe("what hangs", () => {
  /** Of the loop in which client, edge and origin all run. */
  const turnsAtRest = 20;
  const hanging = async (beginning: string, seconds: number): Promise<number> => {
    const { promise: arrived, resolve } = Promise.withResolvers<void>();
    await using origin = await startRawOrigin((socket) => socket.write(beginning, () => resolve()));
    await using edge = inFrontOf(origin);
    const answer = rawRequest(edge.port, request);
    await arrived;
    let waited = 0;
    for (; laneOf(edge).running > 0 && waited <= 2 * seconds; waited += 1) {
      pass(edge, 1);
      await new Promise(setImmediate);
    }
    await origin.closed(1);
    expect([waited >= seconds, waited <= 2 * seconds]).toEqual([true, true]);
    return (await answer).status;
  };

  test("before the head: 504", async () => {
    expect(await hanging("", defaults.answer_timeout_s)).toBe(504);
  });

  test("in the head, however far it came: 504", async () => {
    expect(await hanging("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n", defaults.answer_timeout_s)).toBe(504);
  });

  test("in a short body: 504", async () => {
    expect(await hanging("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na", defaults.idle_timeout_s)).toBe(504);
  });

  test("a server that takes no more of a long body: 504", async () => {
    await using origin = await startRawOrigin((socket) => socket.pause());
    await using edge = inFrontOf(origin);
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(control) {
        given += 1;
        control.enqueue(new Uint8Array(65_536));
      },
    });
    const answer = fetch(`${edge.url}/a`, { method: "POST", body }).then(
      ({ status }) => status,
      () => 504,
    );
    // What still goes into the system's buffers is taken. Before nothing moves any more, it would be the client who is slow.
    let [taken, turns] = [0, 0];
    const passing = setInterval(() => {
      turns = given === taken ? turns + 1 : 0;
      taken = given;
      if (taken > 0 && turns >= turnsAtRest) pass(edge, defaults.idle_timeout_s + 1);
    }, 5);
    expect(await answer).toBe(504);
    clearInterval(passing);
    await origin.closed(1);
  });
});

test("an address that swallows connections holds no place beyond connect_timeout_s, and nothing piles up", async () => {
  await using origin = await startFullOrigin();
  await using edge = startTestEdge({ config: { origin: { url: origin.url, connections_max: 2 } } });
  const dials = spyOn(Bun, "connect");
  const lane = laneOf(edge);
  for (let round = 0; round < 3; round += 1) {
    const answers = [lane.pass(laneRequest()), lane.pass(laneRequest())];
    expect(await lane.pass(laneRequest())).toEqual({ kind: "fault", fault: "busy" });
    pass(edge, defaults.connect_timeout_s + 1);
    expect(lane.running).toBe(0);
    const unreachable = { kind: "fault", fault: "unreachable" } as const;
    expect(await Promise.all(answers)).toEqual([unreachable, unreachable]);
  }
  expect(dials).toHaveBeenCalledTimes(2);
  dials.mockRestore();
  origin.goOn();
  expect((await lane.pass(laneRequest())).kind).not.toBe("fault");
}, 20_000);

describe("what breaks off once it has begun is cut, and never ends as if it were whole", () => {
  const long = "a".repeat(100_000);
  // What may be kept is gathered first: then it is 502.
  const ownHead = "HTTP/1.1 200 OK\r\nCache-Control: private\r\n";
  const chunkedHead = `${ownHead}Transfer-Encoding: chunked\r\n\r\n`;
  const beginnings: readonly [string, (socket: Socket) => void][] = [
    ["fewer bytes than announced", (socket) => socket.end(`${ownHead}Content-Length: 200000\r\n\r\n${long}`)],
    [
      "a reset in the middle",
      (socket) =>
        void socket.write(`${chunkedHead}186a0\r\n${long}`, () =>
          setTimeout(() => socket.resetAndDestroy(), 20),
        ),
    ],
    ["chunks without an end", (socket) => socket.end(`${chunkedHead}186a0\r\n${long}\r\n`)],
    [
      "chunks that are none",
      (socket) =>
        void socket.write(`${chunkedHead}186a0\r\n${long}\r\n`, () =>
          setTimeout(() => socket.write("zz\r\n"), 20),
        ),
    ],
  ];

  test.each(beginnings)("%s, over HTTP/1.1", async (_, hostile) => {
    const answer = await answerTo(hostile);
    expect([answer.status, answer.closed]).toEqual([200, true]);
    expect(answer.body).toContain("aaaa");
    expect(answer.body).not.toEndWith("0\r\n\r\n");
  });

  test.each(beginnings)("%s, over HTTP/2", async (_, hostile) => {
    await using origin = await startRawOrigin(hostile);
    await using edge = inFrontOf(origin);
    const session = connectHttp2(`http://127.0.0.1:${edge.port}`);
    const { promise, resolve } = Promise.withResolvers<string>();
    const stream = session.request({ ":path": "/a", ":authority": "localhost" });
    stream.on("error", () => resolve("cut")).on("end", () => resolve("whole"));
    stream.resume().end();
    expect(await promise).toBe("cut");
    session.close();
  });

  test("what stands still is cut after idle_timeout_s", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(`${chunkedHead}186a0\r\n${long}`));
    await using edge = inFrontOf(origin);
    const reader = (await fetch(`${edge.url}/a`)).body?.getReader();
    for (let bytes = 0; bytes < long.length;) bytes += (await reader?.read())?.value?.length ?? 0;
    const rest = reader?.read().then(
      ({ done }) => (done ? "whole" : "more"),
      () => "cut",
    );
    pass(edge, defaults.idle_timeout_s - 1);
    expect(laneOf(edge).running).toBe(1);
    pass(edge, 2);
    expect(await rest).toBe("cut");
    expect(laneOf(edge).running).toBe(0);
  });

  test("a client that stops taking it is cut, too", async () => {
    await using origin = await startRawOrigin((socket) =>
      flood(socket, chunkedHead, `3e8\r\n${"a".repeat(1_000)}\r\n`),
    );
    await using edge = inFrontOf(origin);
    const answer = await fetch(`${edge.url}/a`);
    let waited = 0;
    for (; laneOf(edge).running > 0 && waited < 300; waited += 1) {
      pass(edge, 1);
      await Bun.sleep(1);
    }
    // The grace at least; three times as much once the system's buffers have taken what they hold.
    expect([waited >= 20, waited < 300]).toEqual([true, true]);
    await origin.closed(1);
    await answer.body?.cancel().catch(() => {});
  });
});

test("more bytes than announced reach nobody: not this client, and not the next one", async () => {
  await using origin = await startRawOrigin((socket) =>
    socket.write(`${plainAnswer("abc")}${plainAnswer("a lie")}`),
  );
  await using edge = inFrontOf(origin);
  for (const path of ["/b", "/c", "/d"])
    expect((await rawRequest(edge.port, request.replace("/a", path))).body).toBe("abc");
  expect(origin.opened()).toBe(3);
});

test("an answer that nobody asked for, sent later, reaches nobody", async () => {
  let first: Socket | undefined;
  await using origin = await startRawOrigin((socket) => {
    first ??= socket;
    socket.write(plainAnswer("abc"));
  });
  await using edge = inFrontOf(origin);
  await rawRequest(edge.port, request);
  first?.write(plainAnswer("a lie"));
  await origin.closed(1);
  expect((await rawRequest(edge.port, request)).body).toBe("abc");
});

/** A real server, stopped, with as many connections waiting as the system lets wait: it drops what else comes. */
async function startFullOrigin(): Promise<
  { readonly url: string; readonly goOn: () => void } & AsyncDisposable
> {
  const script = `console.log(Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("x") }).port)`;
  const server = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe" });
  const { value } = await server.stdout.getReader().read();
  const port = Number(new TextDecoder().decode(value));
  server.kill("SIGSTOP");
  const waiting: Socket[] = [];
  while (await joins(port, waiting));
  return {
    url: `http://127.0.0.1:${port}`,
    goOn: () => {
      for (const socket of waiting) socket.destroy();
      server.kill("SIGCONT");
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of waiting) socket.destroy();
      server.kill("SIGKILL");
      await server.exited;
    },
  };
}

/** False where the connection is not taken within a moment. */
function joins(port: number, waiting: Socket[]): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ port, host: "127.0.0.1", timeout: 300 });
  socket.on("connect", () => resolve(true)).on("timeout", () => resolve(false));
  waiting.push(socket.on("error", () => resolve(false)));
  return promise;
}

/** The beginning, then the same again for as long as the edge takes it. */
function flood(socket: Socket, beginning: string, again: string): void {
  const block = again.repeat(64);
  const more = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.write(beginning);
  socket.on("drain", more);
  more();
}
