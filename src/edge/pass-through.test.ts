// In front of an existing site: what goes there, what comes back, byte by byte over real sockets.
import { describe, expect, test } from "bun:test";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { startTestEdge, type TestEdge } from "../../test/edge/in-process.ts";
import { rawRequest } from "../../test/edge/raw-http.ts";
import { plainAnswer, type RawOrigin, startRawOrigin } from "../../test/edge/raw-origin.ts";
import type { Overrides } from "../../test/edge/config.ts";
import type { Counted, Tally } from "../decision/record.ts";
import type { Lane } from "./lane/lane.ts";

const inFrontOf = ({ url }: RawOrigin, more: Overrides = {}, tally?: Tally): TestEdge =>
  startTestEdge({
    config: { ...more, origin: { url, ...more.origin } },
    ...(tally === undefined ? {} : { tally }),
  });

const get = (target: string, more = ""): string => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
const post = (more: string): string => `POST /form HTTP/1.1\r\nHost: localhost\r\n${more}`;

function laneOf(edge: TestEdge): Lane {
  const lane = edge.state.lanes.get("portal");
  if (lane === undefined) throw new Error("no lane");
  return lane;
}

const waiting = ({ state }: TestEdge): number => state.origin?.gate.report().waiting ?? 0;

describe("who answers", () => {
  test("the portal's hosts are the origin's, but for /_kasbah/; the blog's stay ours", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("the origin's")));
    await using edge = inFrontOf(origin);
    edge.publish([
      { path: "/", body: "our front" },
      { path: "/_kasbah/assets/a.css", body: "ours" },
      { site: "blog", path: "/", body: "our blog" },
    ]);
    const body = async (request: string): Promise<string> => (await rawRequest(edge.port, request)).body;
    expect(await body(get("/"))).toBe("the origin's");
    expect(await body("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).toBe("the origin's");
    expect(await body("GET / HTTP/1.1\r\nHost: blog.localhost\r\n\r\n")).toBe("our blog");
    expect(await body(get("/_kasbah/assets/a.css"))).toBe("ours");
    expect(await body(get("/%5Fkasbah/assets/a.css"))).toBe("ours");
    expect(await body(get("/_kasbah/health"))).toContain('"status":"ok"');
    expect((await rawRequest(edge.port, get("/_kasbah/nowhere"))).status).toBe(404);
    expect(origin.requests).toHaveLength(2);
  });

  test("without an edition, too", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("the origin's")));
    await using edge = inFrontOf(origin);
    expect((await rawRequest(edge.port, get("/"))).body).toBe("the origin's");
  });

  test("its answers are counted as uncertain, its style sheets as parts of pages", async () => {
    await using origin = await startRawOrigin((socket) =>
      socket.write(plainAnswer("a {}", "Content-Type: text/css\r\n")),
    );
    const counted: Counted[] = [];
    await using edge = inFrontOf(origin, {}, { count: (one) => void counted.push({ ...one }) });
    await rawRequest(edge.port, get("/a.css"));
    expect(counted[0]).toMatchObject({ provenance: "uncertain", part: true, status: 200, bytes: 4 });
  });

  test("a banned client does not reach it", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = inFrontOf(origin);
    edge.state.admission.setBans([{ network: "127.0.0.0/8", reason: "x", expiresAtMs: null }]);
    expect((await rawRequest(edge.port, get("/"))).status).toBe(403);
    expect(origin.requests).toHaveLength(0);
  });

  test("no service worker comes from it", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = inFrontOf(origin);
    expect((await rawRequest(edge.port, get("/sw.js", "Service-Worker: script\r\n"))).status).toBe(404);
    expect(origin.requests).toHaveLength(0);
  });
});

describe("requests", () => {
  test("every method but CONNECT and TRACE, with its body", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = inFrontOf(origin);
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
      const answer = await rawRequest(
        edge.port,
        `${method} /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello`,
      );
      expect([method, answer.status]).toEqual([method, 200]);
    }
    expect(origin.requests.map((request) => request.split(" ")[0])).toEqual([
      "GET",
      "POST",
      "PUT",
      "PATCH",
      "DELETE",
      "OPTIONS",
      "PROPFIND",
    ]);
    for (const request of [
      "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ]) {
      expect((await rawRequest(edge.port, request)).status).toBe(405);
    }
  });

  test.each([
    "//a//b",
    "/a%2Fb",
    "/a/..;/b",
    "/a?b=%2f../..&c",
    "/%C3%A9?",
    "/a|b",
    "/%5c..%5c",
    "/a;b=c",
    "/a%zz",
  ])("%s arrives as it came", async (target) => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = inFrontOf(origin);
    await rawRequest(edge.port, get(target));
    expect(origin.requests[0]?.split("\r\n")[0]).toBe(`GET ${target} HTTP/1.1`);
  });

  test.each([
    ["/x/../a", "/a"],
    ["/%2e%2e/a", "/a"],
    ["/../../a", "/a"],
    ["/x\\..\\a", "/a"],
    ["http://evil.example/a", "/a"],
  ])("%s leads nowhere else: %s arrives", async (target, arrives) => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = inFrontOf(origin);
    await rawRequest(edge.port, get(target));
    expect(origin.requests[0]?.split("\r\n").slice(0, 2)).toEqual([
      `GET ${arrives} HTTP/1.1`,
      "host: localhost",
    ]);
  });

  test("a fragment is refused", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = inFrontOf(origin);
    for (const target of ["/a#b", "/a?b#c"])
      expect((await rawRequest(edge.port, get(target))).status).toBe(400);
    expect(origin.requests).toHaveLength(0);
  });

  test("what smuggles another request never arrives", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = inFrontOf(origin);
    for (const more of [
      "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello",
      "Content-Length: 5, 5\r\n\r\nhello",
      "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
    ]) {
      const { status } = await rawRequest(edge.port, post(more));
      expect([more, status < 200 || status >= 400]).toEqual([more, true]);
    }
    expect(origin.requests.filter((request) => request.includes("0\r\n\r\n"))).toEqual([]);
  });

  test("a body in chunks arrives in chunks; Expect is answered here", async () => {
    let body = "";
    await using origin = await startRawOrigin((socket, _, early) => {
      body += early;
      socket.on("data", (bytes) => (body += bytes.toString()));
      const answered = setInterval(() => {
        if (!body.endsWith("0\r\n\r\n")) return;
        clearInterval(answered);
        socket.write(plainAnswer("x"));
      }, 1);
    });
    await using edge = inFrontOf(origin);
    const request = post(
      "Connection: close\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    );
    const answer = await rawRequest(edge.port, request);
    expect(answer.raw).toStartWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
    expect(body.match(/5\r\nhello\r\n0\r\n\r\n/g)).toHaveLength(1);
    expect(origin.requests[0]).not.toMatch(/^(expect|trailer|te):/im);
  });

  test("a trusted proxy's word for the client and for TLS is passed on, anybody else's is not", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    const said = "X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Proto: https\r\n";
    for (const [trusted, client, scheme] of [
      [["127.0.0.0/8"], "198.51.100.7", "https"],
      [[], "127.0.0.1", "http"],
    ] as const) {
      await using edge = inFrontOf(origin, { edge: { trusted_proxies: [...trusted] } });
      await rawRequest(edge.port, get("/", said));
      const request = origin.requests.pop() ?? "";
      expect(request).toContain(
        `x-forwarded-for: ${client}\r\nx-forwarded-host: localhost\r\nx-forwarded-proto: ${scheme}\r\n`,
      );
    }
  });

  test("a body that unfolds from 100 kB to 100 MB arrives as it came", async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
    let received = 0;
    await using origin = await startRawOrigin((socket, _, early) => {
      received = early.length;
      const count = (): void => void (received === bomb.length && socket.write(plainAnswer("x")));
      socket.on("data", (bytes) => {
        received += bytes.length;
        count();
      });
      count();
    });
    await using edge = inFrontOf(origin);
    const answer = await fetch(`${edge.url}/a`, {
      method: "POST",
      headers: { "content-encoding": "gzip" },
      body: bomb,
    });
    expect([answer.status, received]).toEqual([200, bomb.length]);
    expect(origin.requests[0]).toMatch(/\r\ncontent-encoding: gzip\r\n/);
  });

  test("a body beyond origin.body_bytes_max is 413, announced or not", async () => {
    await using origin = await startRawOrigin(() => {});
    await using edge = inFrontOf(origin, { origin: { body_bytes_max: 100_000 } });
    expect((await rawRequest(edge.port, post("Content-Length: 100001\r\n\r\n"))).status).toBe(413);
    const chunks = `8000\r\n${"a".repeat(0x8000)}\r\n`.repeat(4);
    const answer = await rawRequest(edge.port, post(`Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`));
    expect(answer.status).toBe(413);
    await origin.closed(1);
    expect(laneOf(edge).running).toBe(0);
  });

  test("beyond edge.body_bytes_max and 16 MiB, bodies go there all the same, and only there", async () => {
    let received = 0;
    const length = 17 * 1024 * 1024;
    await using origin = await startRawOrigin((socket, _, early) => {
      received = early.length;
      socket.removeAllListeners("data");
      socket.on("data", (bytes) => {
        received += bytes.length;
        if (received === length) socket.write(plainAnswer("x"));
      });
    });
    await using edge = inFrontOf(origin);
    const answer = await fetch(`${edge.url}/a`, { method: "POST", body: new Uint8Array(length) });
    expect([answer.status, received]).toEqual([200, length]);
    const blog = `POST / HTTP/1.1\r\nHost: blog.localhost\r\nContent-Length: 70000\r\n\r\n`;
    expect((await rawRequest(edge.port, blog)).status).toBe(413);
  });

  test("an upgrade gets the origin's plain answer", async () => {
    await using origin = await startRawOrigin((socket) =>
      socket.write(plainAnswer("no socket here", "", "426 Upgrade Required")),
    );
    await using edge = inFrontOf(origin);
    const upgrade =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const answer = await rawRequest(edge.port, get("/socket", upgrade));
    expect([answer.status, answer.body]).toEqual([426, "no socket here"]);
    expect(origin.requests[0]).not.toMatch(/^(upgrade|connection):/im);
  });
});

describe("answers", () => {
  const answered = async (raw: string, method = "GET"): Promise<Awaited<ReturnType<typeof rawRequest>>> => {
    await using origin = await startRawOrigin((socket) => socket.write(raw, "latin1"));
    await using edge = inFrontOf(origin);
    return await rawRequest(
      edge.port,
      `${method} /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
  };

  test("status, cookies and coded bytes as they are", async () => {
    const bytes = "\x1f\x8b\x08\0bomb";
    const more =
      'Set-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nContent-Encoding: gzip\r\nX-Cafe: \xe9\r\nETag: W/"x"\r\n';
    const { raw } = await answered(plainAnswer(bytes, more, "418 I'm a teapot"));
    expect(raw).toStartWith("HTTP/1.1 418 ");
    expect(raw.match(/^set-cookie: .*$/gim)).toEqual(["set-cookie: a=1; Path=/", "set-cookie: b=2"]);
    expect(raw).toMatch(/^content-encoding: gzip\r$/im);
    expect(raw).toMatch(/^x-cafe: \xe9\r$/im);
    expect(raw).toEndWith(`\r\n\r\n${bytes}`);
  });

  test("a redirect is handed on, not followed, and leads to the public name", async () => {
    await using origin = await startRawOrigin((socket) =>
      socket.write(plainAnswer("", `Location: ${origin.url}/b?c\r\n`, "302 Found")),
    );
    await using edge = inFrontOf(origin);
    const answer = await rawRequest(edge.port, get("/a"));
    expect([answer.status, answer.headers["location"]]).toEqual([302, "http://localhost/b?c"]);
    expect(origin.requests).toHaveLength(1);
  });

  test("a part is a part", async () => {
    const answer = await answered(plainAnswer("bc", "Content-Range: bytes 1-2/9\r\n", "206 Partial Content"));
    expect([answer.status, answer.headers["content-range"], answer.body]).toEqual([206, "bytes 1-2/9", "bc"]);
  });

  test.each([3, 15_000, 16_384, 65_536])("a body of %d bytes keeps its length", async (length) => {
    for (const more of ["Content-Type: text/plain\r\n", ""]) {
      const { headers, body } = await answered(plainAnswer("a".repeat(length), more));
      expect([headers["content-length"], body.length]).toEqual([String(length), length]);
      expect(headers["transfer-encoding"]).toBeUndefined();
    }
  });

  test("no Content-Type is made up", async () => {
    for (const body of ["abc", "a".repeat(30_000), "a".repeat(70_000)]) {
      expect((await answered(plainAnswer(body))).headers["content-type"]).toBeUndefined();
    }
  });

  test("204 and 304 have no body, HEAD has the length of one", async () => {
    const none = await answered("HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n");
    expect([none.status, none.body, none.headers["x-a"]]).toEqual([204, "", "b"]);
    const unasked = await answered('HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n');
    expect(unasked.status).toBe(502);
    const head = await answered("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n", "HEAD");
    expect([head.headers["content-length"], head.body]).toEqual(["70000", ""]);
    const unknown = await answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HEAD");
    expect([unknown.status, unknown.headers["content-length"]]).toEqual([200, undefined]);
  });

  test("what comes before the answer (103) is left out", async () => {
    const answer = await answered(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${plainAnswer("x")}`);
    expect([answer.status, answer.headers["link"], answer.body]).toEqual([200, undefined, "x"]);
  });

  test("a body until the end of the connection", async () => {
    await using origin = await startRawOrigin((socket) => socket.end("HTTP/1.0 200 OK\r\n\r\nabc"));
    await using edge = inFrontOf(origin);
    expect(await (await fetch(`${edge.url}/a`)).text()).toBe("abc");
  });

  test.each([100, 15_000, 16_384, 65_536, 65_537, 3_000_000])(
    "%d bytes arrive as they were sent",
    async (length) => {
      const body = Array.from({ length }, (_, at) => String.fromCharCode(97 + (at % 26))).join("");
      for (const http2 of [false, true]) {
        await using origin = await startRawOrigin((socket) => socket.write(plainAnswer(body)));
        await using edge = inFrontOf(origin);
        const received = http2 ? await overHttp2(edge, "/a") : await (await fetch(`${edge.url}/a`)).text();
        expect(received === body).toBe(true);
      }
    },
  );

  test("a gzip bomb is passed on as it is, and nobody unpacks it", async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
    await using origin = await startRawOrigin((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
      socket.write(bomb);
    });
    await using edge = inFrontOf(origin);
    const answer = await fetch(`${edge.url}/a`, { decompress: false });
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    expect(bomb.equals(await answer.bytes())).toBe(true);
  });

  test("what comes is passed on at once, however long the rest takes", async () => {
    const { promise, resolve } = Promise.withResolvers<() => void>();
    await using origin = await startRawOrigin((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      resolve(() => socket.write("5\r\nworld\r\n0\r\n\r\n"));
    });
    await using edge = inFrontOf(origin);
    const reader = (await fetch(`${edge.url}/a`)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("hello");
    (await promise)();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("world");
    expect((await reader?.read())?.done).toBe(true);
    expect(laneOf(edge).running).toBe(0);
  });
});

describe("connections to the origin", () => {
  test("are kept for what may be sent twice; a form gets a new one", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = inFrontOf(origin);
    for (let at = 0; at < 5; at += 1) await rawRequest(edge.port, get("/a"));
    expect(origin.opened()).toBe(1);
    await rawRequest(edge.port, post("Content-Length: 5\r\n\r\nhello"));
    expect(origin.opened()).toBe(2);
  });

  test("are given up before the origin would", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = inFrontOf(origin);
    await rawRequest(edge.port, get("/a"));
    edge.monotonic.nowMs += 4_000;
    laneOf(edge).tend();
    await origin.closed(1);
  });

  test("that the origin closed meanwhile: the request is sent again over a new one, once", async () => {
    let answers = 0;
    await using origin = await startRawOrigin((socket) => {
      answers += 1;
      if (answers === 2) socket.destroy();
      else socket.write(plainAnswer("x"));
    });
    await using edge = inFrontOf(origin);
    await rawRequest(edge.port, get("/a"));
    expect((await rawRequest(edge.port, get("/b"))).status).toBe(200);
    expect([origin.requests.length, origin.opened()]).toEqual([3, 2]);
  });

  test("a form is never sent twice", async () => {
    await using origin = await startRawOrigin((socket) => socket.destroy());
    await using edge = inFrontOf(origin);
    expect((await rawRequest(edge.port, post("Content-Length: 5\r\n\r\nhello"))).status).toBe(502);
    expect(origin.requests).toHaveLength(1);
  });

  test("are as many as it carries; others wait, then 503, while signed pages and health go on", async () => {
    await using origin = await startRawOrigin(() => {});
    await using edge = inFrontOf(origin, { origin: { queue_max: 20 } });
    edge.publish([{ site: "blog", path: "/", body: "our blog" }]);
    const hanging = Array.from({ length: 100 }, (_, at) =>
      connect(edge.port, "127.0.0.1", function (this: { write(text: string): void }) {
        this.write(get(`/slow?${at}`, "Cookie: PHPSESSID=a\r\n"));
      }),
    );
    for (const socket of hanging) socket.on("error", () => {});
    while (waiting(edge) < 20) await new Promise(setImmediate);
    const busy = await rawRequest(edge.port, get("/en/a"));
    expect([busy.status, busy.headers["retry-after"]]).toEqual([503, "5"]);
    const startedMs = performance.now();
    for (let at = 0; at < 50; at += 1) {
      expect((await rawRequest(edge.port, "GET / HTTP/1.1\r\nHost: blog.localhost\r\n\r\n")).body).toBe(
        "our blog",
      );
      expect((await rawRequest(edge.port, get("/_kasbah/health"))).status).toBe(200);
    }
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    for (const socket of hanging) socket.destroy();
    // Who left while they waited may come to their turn before that is heard.
    while (waiting(edge) + laneOf(edge).running > 0) await Bun.sleep(1);
    await origin.closed(origin.opened());
  });
});

describe("clients that leave or are slow", () => {
  test("a client that leaves before an answer of their own: the origin's request ends", async () => {
    const { promise: arrived, resolve } = Promise.withResolvers<void>();
    await using origin = await startRawOrigin(() => resolve());
    await using edge = inFrontOf(origin);
    const own = get("/a", "Cookie: PHPSESSID=a\r\n");
    const client = connect(edge.port, "127.0.0.1", () => client.write(own));
    await arrived;
    client.destroy();
    await origin.closed(1);
    expect(laneOf(edge).running).toBe(0);
  });

  test("a client that leaves in the middle of an endless answer: the same", async () => {
    await using origin = await startRawOrigin((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n");
      const more = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536)));
      };
      socket.on("drain", more);
      more();
    });
    await using edge = inFrontOf(origin);
    const client = connect(edge.port, "127.0.0.1", () => client.write(get("/a")));
    await new Promise((resolve) => client.once("data", resolve));
    client.destroy();
    await origin.closed(1);
    expect(laneOf(edge).running).toBe(0);
  });

  test.each([
    ["with a length", "HTTP/1.1 200 OK\r\nContent-Length: 40000000\r\nConnection: close\r\n\r\n"],
    ["without one", "HTTP/1.0 200 OK\r\n\r\n"],
  ])(
    "an answer %s whose server closes when it has sent it: a slow client gets all of it",
    async (_, head) => {
      await using origin = await startRawOrigin((socket) => {
        socket.write(head);
        socket.end(Buffer.alloc(40_000_000, "a"));
      });
      await using edge = inFrontOf(origin);
      const { promise, resolve } = Promise.withResolvers<void>();
      const client = connect(edge.port, "127.0.0.1").pause();
      client.write(get("/a", "Connection: close\r\n"));
      while (origin.requests.length === 0) await Bun.sleep(1);
      await Bun.sleep(200);
      let [bytes, end] = [0, ""];
      client.on("data", (chunk) => {
        bytes += chunk.length;
        end = (end + chunk.toString("latin1")).slice(-7);
      });
      client.on("close", () => resolve()).resume();
      await promise;
      expect([bytes > 40_000_000, end]).toEqual([true, "\r\n0\r\n\r\n"]);
    },
  );

  test("a client that sends its body too slowly gets 408", async () => {
    await using origin = await startRawOrigin(() => {});
    await using edge = inFrontOf(origin);
    const answer = rawRequest(edge.port, post("Content-Length: 5000\r\n\r\nhello"));
    while (laneOf(edge).running === 0) await new Promise(setImmediate);
    for (let second = 0; second < 30; second += 1) {
      edge.monotonic.nowMs += 1_000;
      laneOf(edge).tend();
      await new Promise(setImmediate);
    }
    expect((await answer).status).toBe(408);
    await origin.closed(1);
  });
});

async function overHttp2(edge: TestEdge, path: string): Promise<string> {
  const session = connectHttp2(`http://127.0.0.1:${edge.port}`);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const stream = session.request({ ":path": path, ":authority": "localhost" });
  let text = "";
  stream.on("data", (bytes: Buffer) => (text += bytes.toString()));
  stream.on("end", () => resolve(text));
  stream.on("error", reject);
  stream.end();
  return await promise.finally(() => session.close());
}
