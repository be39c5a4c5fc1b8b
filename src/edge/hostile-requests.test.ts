// Requests that no reader sends, byte by byte: each has one exact answer, and the edge serves the next reader as if nothing had been.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { startTestEdge, type TestEdge } from "../../test/edge/in-process.ts";
import { rawRequest } from "../../test/edge/raw-http.ts";
import { messageOf } from "../base/errors.ts";

let edge: TestEdge;
beforeAll(() => {
  edge = startTestEdge();
  edge.publish([
    { path: "/", body: "front" },
    { path: "/a", body: "a".repeat(2_000) },
    { path: "/_kasbah/errors/404/en", body: "not here" },
  ]);
});
afterAll(async () => edge[Symbol.asyncDispose]());

/** Bun's parser closes the connection without a word. */
const hungUp = 0;

async function expectStatus(request: string | Uint8Array, status: number): Promise<void> {
  expect((await rawRequest(edge.port, request)).status).toBe(status);
  const good = await rawRequest(edge.port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  expect([good.status, good.body]).toEqual([200, "front"]);
}

const get = (target: string, more = ""): string => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
const post = (more: string): string => `POST / HTTP/1.1\r\nHost: localhost\r\n${more}`;

describe("requests that smuggle another one", () => {
  test.each([
    ["length and chunks", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400],
    ["two lengths", post("Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello"), 400],
    ["a list of lengths", post("Content-Length: 5, 5\r\n\r\nhello"), 400],
    ["a signed length", post("Content-Length: +5\r\n\r\nhello"), 400],
    ["a negative length", post("Content-Length: -5\r\n\r\nhello"), 400],
    ["an unknown coding", post("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), 400],
    ["a coding before chunks", post("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 400],
    ["a space before the colon", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400],
    ["a folded header", get("/", "A: b\r\n c\r\n"), 400],
    ["a bare CR in a header", get("/", "A: b\rc\r\n"), 400],
    ["a NUL in a header", get("/", "A: b\0c\r\n"), 400],
    ["lines that end in LF alone", "GET / HTTP/1.1\nHost: localhost\n\n", 505],
    ["two hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400],
    ["a host with a user", "GET / HTTP/1.1\r\nHost: localhost@evil\r\n\r\n", 400],
    ["a host with a path", "GET / HTTP/1.1\r\nHost: localhost/evil\r\n\r\n", 400],
    ["an HTTP/1.0 request without a host", "GET / HTTP/1.0\r\n\r\n", 400],
  ])("%s", async (_, request, status) => {
    await expectStatus(request, status);
  });

  test("what follows a refused body on the same connection is never answered", async () => {
    const smuggled = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const answer = await rawRequest(edge.port, post(`Content-Length: ${smuggled.length}\r\n\r\n${smuggled}`));
    expect(answer.status).toBe(405);
    expect(answer.closed).toBe(true);
    expect(answer.raw.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });
});

describe("methods and targets", () => {
  test.each([
    ["CONNECT", "CONNECT evil:443 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405],
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405],
    ["OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
    ["an unknown method", "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", hungUp],
    ["another version", "GET / HTTP/3.7\r\nHost: localhost\r\n\r\n", 505],
    ["HTTP/0.9", "GET /\r\n\r\n", 505],
    ["the beginning of TLS", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400],
    ["an absolute target: the Host header counts", get("http://evil.example/a"), 200],
    ["dots", get("/x/../a"), 200],
    ["dots above the top", get("/../../a"), 200],
    ["escaped dots", get("/%2e%2e/%2e%2e/etc/passwd"), 404],
    ["escaped slashes", get("/..%2f..%2fetc%2fpasswd"), 404],
    ["backslashes", get("/..\\..\\etc\\passwd"), 404],
    ["twice escaped dots", get("/%252e%252e/a"), 404],
    ["an overlong dot", get("/%c0%ae%c0%ae/a"), 404],
    ["an escaped NUL", get("/a%00"), 404],
    ["a NUL", get("/a\0"), 505],
    ["a tab", get("/a\tb"), 505],
    ["bad escapes", get("/%zz%4"), 404],
    ["a fragment", get("/a#b"), 400],
    ["two slashes", get("//evil.example/a"), 404],
    ["two slashes and a trailing one: no redirect leads away", get("//evil.example/"), 404],
    ["a path beyond the limit", get(`/${"a".repeat(2_048)}`), 414],
    ["a query beyond the limit", get(`/?${"a".repeat(2_047)}`), 414],
    ["100 kB of headers", get("/", `A: ${"a".repeat(100_000)}\r\n`), 431],
    ["300 headers", get("/", Array.from({ length: 300 }, (_, at) => `A${at}: b\r\n`).join("")), 431],
    ["a body that is announced as too large", post("Content-Length: 70000\r\n\r\n"), 413],
    ["a huge one, which Bun refuses by itself", post("Content-Length: 99999999999\r\n\r\n"), 413],
    ["a body where none belongs", get("/", "Content-Length: 70000\r\n"), 413],
    ["an upgrade", get("/", "Connection: Upgrade\r\nUpgrade: websocket\r\n"), 200],
  ])("%s", async (_, request, status) => {
    await expectStatus(request, status);
  });

  test("bytes beyond ASCII in a path are looked up as they are escaped", async () => {
    await expectStatus(Buffer.from("GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n", "latin1"), 404);
  });
});

describe("headers that make a server work", () => {
  const many = (text: string, times: number): string => Array.from({ length: times }, () => text).join(",");
  test.each([
    ["a thousand ranges", `Range: bytes=${many("0-1", 1_000)}\r\n`, 200],
    ["a range that overflows", "Range: bytes=99999999999999999999999-\r\n", 200],
    ["a range that is too large a number", "Range: bytes=9999999999999999-\r\n", 416],
    ["a suffix that is too long", "Range: bytes=-9999999\r\n", 206],
    ["a range backwards", "Range: bytes=5-2\r\n", 200],
    ["a range of another unit", "Range: lines=1-2\r\n", 200],
    ["a thousand tags", `If-None-Match: ${many('"x"', 1_000)}\r\n`, 200],
    ["an open quote", `If-None-Match: "${"x".repeat(4_000)}\r\n`, 200],
    ["a thousand codings", `Accept-Encoding: ${many("br;q=0.1", 1_000)}\r\n`, 200],
    ["weights that are none", "Accept-Encoding: br;q=NaN, gzip;q=-1, *;q=2\r\n", 200],
    ["12 kB of cookies, each of a byte", `Cookie: a=b${"; c=d".repeat(2_400)}\r\n`, 200],
    ["12 kB of cookies that are none", `Cookie: ${";  = ".repeat(2_400)}\r\n`, 200],
    ["20 kB in one cookie", `Cookie: a=${"b".repeat(20_000)}\r\n`, 431],
    ["a forwarded address from nobody we trust", "X-Forwarded-For: 1.2.3.4, 5.6.7.8\r\n", 200],
  ])("%s", async (_, headers, status) => {
    await expectStatus(get("/a", headers), status);
  });
});

test("a request that comes byte by byte is answered all the same", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(edge.port, "127.0.0.1").once("data", (chunk) => resolve(chunk.toString()));
  for (const byte of get("/")) {
    socket.write(byte);
    await new Promise(setImmediate);
  }
  expect(await promise).toStartWith("HTTP/1.1 200");
  socket.destroy();
});

test("HTTP/2: a page, an unknown authority, and an authority that the host contradicts", async () => {
  const session = connectHttp2(`http://127.0.0.1:${edge.port}`);
  const status = (headers: Record<string, string>): Promise<number> => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const stream = session.request({ ":path": "/", ...headers });
    stream.on("response", (answer) => resolve(Number(answer[":status"])));
    stream.on("error", reject);
    stream.resume().end();
    return promise;
  };
  expect(await status({ ":authority": "localhost" })).toBe(200);
  expect(await status({ ":authority": "evil.example" })).toBe(421);
  expect(await status({ ":authority": "localhost", host: "evil.example" }).catch(messageOf)).toContain(
    "PROTOCOL_ERROR",
  );
  expect(await status({ ":authority": "localhost", ":path": "/nowhere" })).toBe(404);
  expect(await status({ ":authority": "localhost", ":method": "DELETE" })).toBe(405);
  expect(await status({ ":authority": "a@localhost" }).catch(messageOf)).toContain("PROTOCOL_ERROR");
  session.close();
});

test("HTTP/2: ten thousand streams that are reset at once leave it answering", async () => {
  const session = connectHttp2(`http://127.0.0.1:${edge.port}`).on("error", () => {});
  for (let opened = 0; opened < 10_000 && !session.closed && !session.destroyed; opened += 1) {
    session
      .request({ ":path": "/a", ":authority": "localhost" })
      .on("error", () => {})
      .close();
    if (opened % 500 === 0) await new Promise(setImmediate);
  }
  session.destroy();
  await expectStatus(get("/"), 200);
});
