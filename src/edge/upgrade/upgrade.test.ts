// WebSockets through the edge, between real clients and a real site: what is said, how it ends, how many there may be.
import type { ServerWebSocket } from "bun";
import { describe, expect, test } from "bun:test";
import { Person } from "../../../test/edge/gated-site.ts";
import { startTestEdge, type TestEdge } from "../../../test/edge/in-process.ts";
import { rawRequest } from "../../../test/edge/raw-http.ts";
import { plainAnswer, startRawOrigin } from "../../../test/edge/raw-origin.ts";
import { WholeEdge } from "../../../test/edge/whole-edge.ts";
import { eventually } from "../../../test/scenarios/instance.ts";
import type { Config } from "../../config/settings.ts";

interface Site extends Disposable {
  readonly url: string;
  /** Header fields of each request for a WebSocket. */
  readonly asked: Headers[];
  readonly ended: [code: number, reason: string][];
  readonly sockets: ServerWebSocket[];
}

/** Says "welcome" and then what it hears; "close" makes it close. Takes the protocol "b". */
function startSite(): Site {
  const site: Pick<Site, "asked" | "ended" | "sockets"> = { asked: [], ended: [], sockets: [] };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request, self) => {
      site.asked.push(new Headers(request.headers));
      const takes = request.headers.get("sec-websocket-protocol")?.includes("b") === true;
      const headers: Record<string, string> = takes ? { "sec-websocket-protocol": "b" } : {};
      return self.upgrade(request, { headers, data: undefined }) ? undefined : new Response("page");
    },
    websocket: {
      open: (socket) => {
        site.sockets.push(socket);
        socket.send("welcome");
      },
      message: (socket, said) => void (said === "close" ? socket.close(4_001, "enough") : socket.send(said)),
      close: (_, code, reason) => void site.ended.push([code, reason]),
    },
  });
  return { ...site, url: `http://127.0.0.1:${server.port}`, [Symbol.dispose]: () => void server.stop(true) };
}

function inFrontOf({ url }: Pick<Site, "url">, more: Partial<Config["origin"]> = {}): TestEdge {
  return startTestEdge({ config: { origin: { url, websocket_paths: ["/live"], ...more } } });
}

interface Client {
  readonly socket: WebSocket;
  readonly heard: (string | Uint8Array)[];
  /** 0: it never opened. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string; readonly wasOpen: boolean }>;
}

function open(
  { port }: Pick<TestEdge, "port">,
  path = "/live/a?b=c",
  protocols: string[] = [],
  cookie = "a=b; kasbah-session=c",
): Client {
  const headers = { host: "localhost", origin: "https://localhost", cookie };
  const options = { headers, protocols } as unknown as string[];
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
  socket.binaryType = "arraybuffer";
  const heard: (string | Uint8Array)[] = [];
  const { promise, resolve } = Promise.withResolvers<{ code: number; reason: string; wasOpen: boolean }>();
  let wasOpen = false;
  socket.addEventListener("open", () => (wasOpen = true));
  socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) =>
    heard.push(typeof data === "string" ? data : new Uint8Array(data)),
  );
  socket.addEventListener("close", ({ code, reason }) => resolve({ code, reason, wasOpen }));
  return { socket, heard, closed: promise };
}

const hears = (client: Client, count: number): Promise<unknown> =>
  eventually("it is heard", async () => client.heard.length >= count || undefined);

test("both sides hear what the other says, text and bytes, from the first word on", async () => {
  using site = startSite();
  await using edge = inFrontOf(site);
  const client = open(edge, "/live/a?b=c", ["a", "b"]);
  await hears(client, 1);
  expect(client.socket.protocol).toBe("b");
  client.socket.send("مرحبا");
  client.socket.send(new Uint8Array([0, 255, 7]));
  await hears(client, 3);
  expect(client.heard).toEqual(["welcome", "مرحبا", new Uint8Array([0, 255, 7])]);
  client.socket.close();
  await client.closed;
});

test("the site is told who asks, from where, and nothing of the studio's", async () => {
  using site = startSite();
  await using edge = inFrontOf(site, { secret: "0123456789abcdef" });
  const client = open(edge);
  await hears(client, 1);
  const [asked] = site.asked;
  const said = (name: string): string | null | undefined => asked?.get(name);
  expect([said("host"), said("origin"), said("cookie")]).toEqual(["localhost", "https://localhost", "a=b"]);
  expect([said("x-forwarded-for"), said("x-kasbah-secret")]).toEqual(["127.0.0.1", "0123456789abcdef"]);
  client.socket.close();
  await client.closed;
});

test("each side hears how the other ended it", async () => {
  using site = startSite();
  await using edge = inFrontOf(site);
  const first = open(edge);
  await hears(first, 1);
  first.socket.send("close");
  expect(await first.closed).toMatchObject({ code: 4_001, reason: "enough" });
  const second = open(edge);
  await hears(second, 1);
  second.socket.close(4_002, "done");
  await eventually("the site hears it", async () => site.ended.length === 2 || undefined);
  expect(site.ended[1]).toEqual([4_002, "done"]);
  await eventually("no place is held", async () => edge.state.bridges.open === 0 || undefined);
});

test("only where the operator said so; elsewhere it is a request like any other", async () => {
  await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("page")));
  await using edge = inFrontOf(origin);
  for (const path of ["/", "/lively", "/other"]) {
    const { status, body } = await rawRequest(edge.port, upgradeOf(path));
    expect([status, body]).toEqual([200, "page"]);
  }
  expect(origin.requests.join("")).not.toMatch(/upgrade: websocket/i);
});

function upgradeOf(path: string): string {
  const key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n`;
}

test("a site that takes none is told in a clear answer", async () => {
  await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("page")));
  await using edge = inFrontOf(origin);
  expect((await rawRequest(edge.port, upgradeOf("/live"))).status).toBe(502);
  expect(edge.state.bridges.open).toBe(0);
});

test("one prefix has at most an eighth of them, and at least four", async () => {
  using site = startSite();
  await using edge = inFrontOf(site, { websockets_max: 16 });
  const clients = [1, 2, 3, 4].map(() => open(edge));
  for (const client of clients) await hears(client, 1);
  expect((await open(edge).closed).wasOpen).toBe(false);
  clients[0]?.socket.close();
  await clients[0]?.closed;
  await eventually("its place is free", async () => edge.state.bridges.open === 3 || undefined);
  await hears(open(edge), 1);
});

test("a site that floods a client who takes nothing is held back", async () => {
  using site = startSite();
  await using edge = inFrontOf(site);
  const client = open(edge);
  await hears(client, 1);
  (client.socket as unknown as { pause(): void }).pause();
  const block = new Uint8Array(256 * 1024);
  const [socket] = site.sockets;
  let sent = 0;
  while (sent < 512 && socket?.send(block) !== -1) sent += 1;
  await eventually("the site waits", async () => (socket?.getBufferedAmount() ?? 0) > 0 || undefined);
  (client.socket as unknown as { resume(): void }).resume();
  await hears(client, sent);
  client.socket.close();
  await client.closed;
});

test("an edge that stops says so", async () => {
  using site = startSite();
  const edge = inFrontOf(site);
  const client = open(edge);
  await hears(client, 1);
  await edge[Symbol.asyncDispose]();
  expect((await client.closed).code).toBe(1_001);
});

test("through a site that is held nothing is said to readers; who works on it gets through", async () => {
  using site = startSite();
  await using edge = inFrontOf(site, { websocket_paths: ["/live", "/wp-admin/live"] });
  const held = { isHeld: true, heldPages: [], isWorking: false, clearsStorage: false };
  edge.state.origin?.judge.treat(held);
  expect((await open(edge).closed).wasOpen).toBe(false);
  expect(site.asked).toEqual([]);
  await hears(open(edge, "/wp-admin/live"), 1);
});

describe("while there isn't enough for all", () => {
  /** Of the page that opens sockets, which the site answers by itself. */
  async function passFrom(edge: TestEdge): Promise<string> {
    const person = new Person("127.0.0.1");
    await person.ask({ edge }, "/work");
    edge.clock.advance(2_000);
    edge.monotonic.nowMs += 2_000;
    await person.ask({ edge }, "/work");
    return `kasbah-pass=${person.cookies.get("kasbah-pass") ?? ""}`;
  }

  test("a socket takes a pass, which the site never sees; without the gates, nothing", async () => {
    using site = startSite();
    await using edge = inFrontOf(site);
    edge.state.isSiegeOrdered = true;
    const pass = await passFrom(edge);
    expect((await open(edge).closed).wasOpen).toBe(false);
    site.asked.length = 0;
    const reader = open(edge, "/live", [], `a=b; ${pass}`);
    await hears(reader, 1);
    expect(site.asked.map((headers) => headers.get("cookie"))).toEqual(["a=b"]);
    reader.socket.close();

    await using ungated = startTestEdge({
      config: { origin: { url: site.url, websocket_paths: ["/live"] }, gates: { mode: "off" } },
    });
    ungated.state.isSiegeOrdered = true;
    await hears(open(ungated), 1);
  });
});

test("what readers had open is closed when the site is held; what the staff open meanwhile stays", async () => {
  using site = startSite();
  const paths = ["/live", "/wp-admin/live"];
  await using edge = new WholeEdge({
    edge: { workers: 1 },
    origin: { url: site.url, websocket_paths: paths },
  });
  await edge.publish({ "/_kasbah/a": "ours" });
  await edge.start();
  const before = { port: Number(new URL(edge.url).port) };
  const reader = open(before);
  await hears(reader, 1);
  await edge.bus.request("edge.origin.hold", { reason: "defaced", findings: [] });
  expect(await reader.closed).toEqual({ code: 1_001, reason: "", wasOpen: true });
  await eventually("the site hears it", async () => site.ended.length === 1 || undefined);
  const editor = open(before, "/wp-admin/live");
  await hears(editor, 1);
  await edge.bus.request("edge.origin.hold", { reason: "defaced by somebody else", findings: [] });
  expect((await open(before).closed).wasOpen).toBe(false);
  editor.socket.send("still here");
  await hears(editor, 2);
  expect(editor.heard).toEqual(["welcome", "still here"]);
});
