// Readers in front of an origin, over real sockets: what is asked of it once, what is kept for whom and for how long, what goes out when it fails.
import { describe, expect, test } from "bun:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { type Overrides } from "../../../test/edge/config.ts";
import { startTestEdge, type TestEdge } from "../../../test/edge/in-process.ts";
import { type RawAnswer, rawRequest } from "../../../test/edge/raw-http.ts";
import { plainAnswer, type RawOrigin, startRawOrigin } from "../../../test/edge/raw-origin.ts";

interface Site extends AsyncDisposable {
  readonly edge: TestEdge;
  readonly origin: RawOrigin;
  get(target: string, more?: string): Promise<RawAnswer>;
  /** How often the origin was asked. */
  asked(): number;
}

type Answer = (head: string, nth: number) => string | Promise<string>;

async function startSite(
  answer: Answer,
  origin: Overrides["origin"] = {},
  edgeSettings: Overrides["edge"] = {},
): Promise<Site> {
  let nth = 0;
  const raw = await startRawOrigin((socket, head) => {
    nth += 1;
    void Promise.resolve(answer(head, nth)).then((text) => socket.write(text, "latin1"));
  });
  const edge = startTestEdge({ config: { origin: { url: raw.url, ...origin }, edge: edgeSettings } });
  return {
    edge,
    origin: raw,
    get: (target, more = "") =>
      rawRequest(edge.port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n`),
    asked: () => raw.requests.length,
    [Symbol.asyncDispose]: async () => {
      await edge[Symbol.asyncDispose]();
      await raw[Symbol.asyncDispose]();
    },
  };
}

const html = "Content-Type: text/html\r\n";
const page = (more = "", body = "<p>hello"): string => plainAnswer(body, html + more);
const numbered =
  (more = ""): Answer =>
  (_, nth) =>
    page(more, `<p>${nth}`);
const pass = (site: Site, seconds: number): void => site.edge.clock.advance(seconds * 1000);

describe("fresh", () => {
  test("what the origin says nothing about is kept for origin.default_fresh_s", async () => {
    await using site = await startSite(numbered());
    expect((await site.get("/")).body).toBe("<p>1");
    pass(site, 4.9);
    const kept = await site.get("/");
    expect([kept.body, kept.headers["age"]]).toEqual(["<p>1", "4"]);
    expect(site.asked()).toBe(1);
    pass(site, 3_600);
    expect((await site.get("/")).body).toBe("<p>2");
  });

  test("Age is right each second, and goes on from the origin's", async () => {
    await using site = await startSite(numbered("Cache-Control: max-age=100\r\nAge: 7\r\n"));
    await site.get("/");
    for (const seconds of [0, 1, 1, 30]) {
      pass(site, seconds);
      await site.get("/");
    }
    expect((await site.get("/")).headers["age"]).toBe("39");
    pass(site, 61);
    await site.get("/");
    expect(site.asked()).toBe(2);
  });

  test.each([
    ["private", "Cache-Control: private, max-age=60\r\n"],
    ["no-store, in whatever case", "Cache-Control: No-Store\r\n"],
    ["a cookie", "Cache-Control: public, max-age=60\r\nSet-Cookie: a=b\r\n"],
    ["Vary: *", "Cache-Control: max-age=60\r\nVary: *\r\n"],
  ])("never kept: %s", async (_, more) => {
    await using site = await startSite(numbered(more));
    expect((await site.get("/")).body).toBe("<p>1");
    expect((await site.get("/")).body).toBe("<p>2");
  });

  test("Pragma and Cache-Control of a request don't get past it", async () => {
    await using site = await startSite(numbered());
    await site.get("/");
    await site.get("/", "Cache-Control: no-cache\r\nPragma: no-cache\r\n");
    expect(site.asked()).toBe(1);
  });

  test("HEAD, a range, a known tag and a known moment are answered from what is kept", async () => {
    const more = 'ETag: "x"\r\nLast-Modified: Sun, 31 Jul 2011 10:00:00 GMT\r\n';
    await using site = await startSite(() => page(more, "0123456789"));
    await site.get("/");
    const head = await rawRequest(
      site.edge.port,
      "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    expect([head.status, head.headers["content-length"], head.body]).toEqual([200, "10", ""]);
    const part = await site.get("/", "Range: bytes=2-4\r\n");
    expect([part.status, part.body, part.headers["content-range"]]).toEqual([206, "234", "bytes 2-4/10"]);
    expect((await site.get("/", "Range: bytes=20-\r\n")).status).toBe(416);
    expect((await site.get("/", 'If-None-Match: W/"x"\r\n')).status).toBe(304);
    expect((await site.get("/", 'If-None-Match: "y"\r\n')).status).toBe(200);
    expect((await site.get("/", "If-Modified-Since: Sun, 31 Jul 2011 10:00:00 GMT\r\n")).status).toBe(304);
    expect((await site.get("/", "If-Modified-Since: Sun, 31 Jul 2011 09:59:59 GMT\r\n")).status).toBe(200);
    expect(site.asked()).toBe(1);
  });

  test("is compressed for who takes it; the origin is asked for what can be read", async () => {
    const body = "<p>hello</p>".repeat(200);
    await using site = await startSite(() => page("", body));
    const answer = await fetch(`${site.edge.url}/`, {
      headers: { host: "localhost", "accept-encoding": "gzip" },
      decompress: false,
    });
    expect(gunzipSync(await answer.bytes()).toString()).toBe(body);
    expect([answer.headers.get("content-encoding"), answer.headers.get("vary")]).toEqual([
      "gzip",
      "accept-encoding",
    ]);
    expect((await site.get("/")).body).toBe(body);
    expect(site.origin.requests.map((head) => /accept-encoding: (.*)\r/.exec(head)?.[1])).toEqual([
      "identity",
    ]);
  });

  test("an origin that compresses all the same is unpacked", async () => {
    const body = "<p>hello</p>".repeat(200);
    const bytes = gzipSync(body).toString("latin1");
    await using site = await startSite(() => page("Content-Encoding: gzip\r\n", bytes));
    expect((await site.get("/")).body).toBe(body);
  });
});

describe("stale", () => {
  test("is given out at once for origin.stale_s, while one request asks for the new one", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await using site = await startSite(async (_, nth) => {
      if (nth > 1) await promise;
      return page("", `<p>${nth}`);
    });
    await site.get("/");
    pass(site, 8);
    const answers = await Promise.all([1, 2, 3].map(() => site.get("/")));
    expect(answers.map(({ body }) => body)).toEqual(["<p>1", "<p>1", "<p>1"]);
    resolve();
    while ((await site.get("/")).body !== "<p>2");
    expect(site.asked()).toBe(2);
  });

  test("is asked about with its tag; 304 makes it fresh, and changes no field that a browser acts on", async () => {
    await using site = await startSite((head) =>
      head.includes('if-none-match: "x"')
        ? 'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\nCache-Control: max-age=70\r\nRefresh: 0;url=//evil.example\r\n\r\n'
        : page('ETag: "x"\r\nCache-Control: max-age=60\r\n'),
    );
    await site.get("/");
    pass(site, 3_000);
    const renewed = await site.get("/");
    expect([renewed.status, renewed.body, renewed.headers["refresh"]]).toEqual([200, "<p>hello", undefined]);
    expect(renewed.headers["cache-control"]).toBe("max-age=70");
    pass(site, 65);
    await site.get("/");
    expect(site.asked()).toBe(2);
  });

  test.each([
    ["says that it failed", () => plainAnswer("oops", html, "503 Service Unavailable")],
    ["says nonsense", () => "nonsense\r\n\r\n"],
  ])("is given out while the origin %s", async (_, fault) => {
    await using site = await startSite((_head, nth) => (nth === 1 ? page() : fault()), { slow_s: 1 });
    await site.get("/");
    pass(site, 3_600);
    const answer = await site.get("/");
    expect([answer.status, answer.body, answer.headers["age"]]).toEqual([200, "<p>hello", "3600"]);
    pass(site, 100_000);
    expect((await site.get("/")).status).toBeGreaterThanOrEqual(500);
  });

  test("is given out where the origin takes longer than origin.slow_s", async () => {
    await using site = await startSite((_, nth) => (nth === 1 ? page() : new Promise<string>(() => {})), {
      slow_s: 1,
    });
    await site.get("/");
    pass(site, 3_600);
    expect((await site.get("/")).body).toBe("<p>hello");
  });

  test("never where the origin forbids it: must-revalidate", async () => {
    const more = "Cache-Control: max-age=1, must-revalidate\r\n";
    await using site = await startSite((_, nth) =>
      nth === 1 ? page(more) : plainAnswer("oops", html, "503 Away"),
    );
    await site.get("/");
    pass(site, 2);
    expect((await site.get("/")).status).toBe(503);
  });
});

describe("equal requests", () => {
  test("ask the origin once, also for what fails", async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    await using site = await startSite(() => promise);
    const answers = Array.from({ length: 50 }, () => site.get("/"));
    while (site.asked() === 0) await Bun.sleep(1);
    resolve(plainAnswer("oops", html, "500 Oops"));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(50).fill(500));
    expect(site.asked()).toBe(1);
  });

  test("what is for one alone is for one alone: each asks for itself", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await using site = await startSite(async (_, nth) => {
      await promise;
      return page(`Set-Cookie: id=${nth}\r\n`, `<p>${nth}`);
    });
    const answers = Array.from({ length: 5 }, () => site.get("/"));
    while (site.asked() === 0) await Bun.sleep(1);
    resolve();
    expect(new Set((await Promise.all(answers)).map(({ body }) => body)).size).toBe(5);
  });
});

describe("whose", () => {
  test("other cookies keep nobody from what is kept, and don't reach the origin with what all get", async () => {
    await using site = await startSite(numbered());
    await site.get("/", "Cookie: _ga=1\r\n");
    expect((await site.get("/", "Cookie: _ga=2; seen=yes\r\n")).body).toBe("<p>1");
    expect(site.origin.requests.join()).not.toContain("cookie");
  });

  test.each(["comment_author_1a2b=x", "a=b; PHPSESSID=y", "woocommerce_cart_hash=z"])(
    "%s gets its own page, which is kept for nobody",
    async (cookie) => {
      await using site = await startSite(numbered("Cache-Control: public, max-age=60\r\n"));
      expect((await site.get("/", `Cookie: ${cookie}\r\n`)).body).toBe("<p>1");
      expect(site.origin.requests[0]).toContain(`cookie: ${cookie}`);
      expect((await site.get("/")).body).toBe("<p>2");
      expect((await site.get("/", `Cookie: ${cookie}\r\n`)).body).toBe("<p>3");
    },
  );

  test("Vary: Cookie: who has any gets their own, who has none what is kept", async () => {
    await using site = await startSite((head, nth) =>
      page("Vary: Cookie\r\n", `<p>${nth} ${/theme=\w+/.exec(head)?.[0] ?? ""}`),
    );
    expect((await site.get("/", "Cookie: theme=dark\r\n")).body).toBe("<p>2 theme=dark");
    expect((await site.get("/")).body).toBe("<p>3 ");
    expect((await site.get("/")).body).toBe("<p>3 ");
    expect((await site.get("/", "Cookie: theme=light\r\n")).body).toBe("<p>4 theme=light");
  });

  test("Vary: each language has its own", async () => {
    await using site = await startSite((head) =>
      page("Vary: Accept-Language\r\n", /accept-language: (\w+)/.exec(head)?.[1]),
    );
    for (const language of ["ar", "fr", "ar", "fr", "fr"]) {
      expect((await site.get("/", `Accept-Language: ${language}\r\n`)).body).toBe(language);
    }
    expect(site.asked()).toBe(2);
  });

  test("Authorization, and methods other than GET and HEAD, go straight through", async () => {
    await using site = await startSite(numbered("Cache-Control: public, max-age=60\r\n"));
    await site.get("/", "Authorization: Basic eA==\r\n");
    await site.get("/");
    await rawRequest(site.edge.port, "OPTIONS / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect(site.asked()).toBe(3);
  });

  test("what a form changed is asked for again, and what its answer points to (RFC 9111, 4.4)", async () => {
    await using site = await startSite((head, nth) =>
      head.startsWith("POST")
        ? "HTTP/1.1 303 See Other\r\nLocation: http://localhost/post#comment-1\r\nContent-Length: 0\r\n\r\n"
        : page("Cache-Control: max-age=600\r\n", `<p>${nth}`),
    );
    for (const path of ["/comment", "/post", "/other"]) await site.get(path);
    await rawRequest(
      site.edge.port,
      "POST /comment HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
    );
    for (const path of ["/comment", "/post", "/other"]) await site.get(path);
    expect(site.asked()).toBe(3 + 1 + 2);
  });

  test("what another site's address or another query names is not forgotten", async () => {
    await using site = await startSite((head, nth) =>
      head.startsWith("POST")
        ? "HTTP/1.1 303 See Other\r\nLocation: http://elsewhere.example/post\r\nContent-Length: 0\r\n\r\n"
        : page("Cache-Control: max-age=600\r\n", `<p>${nth}`),
    );
    const targets = ["/post", "/?b=2&a=1", "/?a=1", "/"];
    for (const target of targets) await site.get(target);
    const post = "POST /?utm_source=x&a=1&b=2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
    await rawRequest(site.edge.port, post);
    for (const target of targets) await site.get(target);
    expect(site.asked()).toBe(targets.length + 1 + 1);
  });
});

describe("cache poisoning", () => {
  test.each([
    "X-Forwarded-Host: evil.example",
    "X-Host: evil.example",
    "X-Original-URL: /admin",
    "X-HTTP-Method-Override: POST",
    "X-Forwarded-Scheme: http",
    "X-WP-Nonce: 1",
  ])("%s makes no answer that others get", async (field) => {
    await using site = await startSite((head, nth) =>
      page("", `<p>${nth}${head.toLowerCase().includes("evil.example") ? " evil" : ""}`),
    );
    await site.get("/", `${field}\r\n`);
    const other = await site.get("/");
    expect(other.body).not.toContain("evil");
    const all = site.origin.requests.at(-1)?.toLowerCase() ?? "";
    expect(all).not.toContain(`${field.split(":")[0]?.toLowerCase()}: evil`);
    expect(all).not.toContain("x-http-method-override");
    expect(all).not.toContain("x-original-url");
  });

  test("a GET with a body makes no answer that others get", async () => {
    await using site = await startSite((head) =>
      page("", head.includes("content-length: 6") ? "evil" : "good"),
    );
    await site.get("/", "Content-Length: 6\r\n\r\nq=evil");
    expect((await site.get("/")).body).toBe("good");
  });

  test("a program's own form of a page (Accept) is not the readers'", async () => {
    await using site = await startSite((head) => page("", head.includes("activity+json") ? "{}" : "<p>"));
    await site.get("/", "Accept: application/activity+json\r\n");
    expect((await site.get("/", "Accept: text/html,*/*;q=0.8\r\n")).body).toBe("<p>");
  });

  test("tags for caches don't reach readers", async () => {
    await using site = await startSite(() =>
      page("Cache-Tag: a, b\r\nSurrogate-Key: c\r\nxkey: d\r\nSurrogate-Control: max-age=9\r\n"),
    );
    const { headers } = await site.get("/");
    expect(Object.keys(headers).filter((name) => /^(cache-tag|xkey|surrogate)/.test(name))).toEqual([]);
  });
});

describe("parameters", () => {
  const targets = ({ origin }: Site): string[] => origin.requests.map((head) => head.split(" ")[1] ?? "");

  test("their order makes no other page; that of equal ones does, and what is sent is what came", async () => {
    await using site = await startSite(numbered());
    for (const query of ["b=2&a=1", "a=1&b=2", "a=1&a=2", "a=2&a=1"]) await site.get(`/?${query}`);
    expect(targets(site)).toEqual(["/?b=2&a=1", "/?a=1&a=2", "/?a=2&a=1"]);
  });

  test("those for tracking are not the origin's business", async () => {
    await using site = await startSite(numbered());
    await site.get("/a?utm_source=<script>&x=1&fbclid=abc");
    await site.get("/a?x=1");
    await site.get("/b?gclid=1");
    expect(targets(site)).toEqual(["/a?x=1", "/b"]);
  });

  test("in a flood, ?r= with anything is one page, which is there already", async () => {
    await using site = await startSite(numbered("Cache-Control: max-age=60\r\n"));
    await site.get("/a");
    site.edge.state.mode = "siege";
    for (let at = 0; at < 20; at += 1) expect((await site.get(`/a?r=${at}&${at}`)).body).toBe("<p>1");
    expect((await site.get("/a?page=2")).body).toBe("<p>2");
    expect(targets(site)).toEqual(["/a", "/a?page=2"]);
  });

  test("in a flood, a name with a port that nobody listens on is that name", async () => {
    await using site = await startSite(numbered("Cache-Control: max-age=60\r\n"));
    const get = (host: string): Promise<RawAnswer> =>
      rawRequest(site.edge.port, `GET /a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    await get("localhost");
    await get("localhost:1");
    expect(site.asked()).toBe(2);
    site.edge.state.mode = "siege";
    for (let port = 2; port < 20; port += 1) expect((await get(`localhost:${port}`)).body).toBe("<p>1");
    expect(site.asked()).toBe(2);
  });

  test("in a flood, the port that readers are said to see stays theirs", async () => {
    await using site = await startSite(numbered("Cache-Control: max-age=60\r\n"), {}, { https_port: 9443 });
    const get = (): Promise<RawAnswer> =>
      rawRequest(site.edge.port, "GET /a HTTP/1.1\r\nHost: localhost:9443\r\nConnection: close\r\n\r\n");
    await get();
    site.edge.state.mode = "siege";
    expect((await get()).body).toBe("<p>1");
    expect(site.asked()).toBe(1);
  });

  test("without that each one reaches the origin", async () => {
    await using site = await startSite(numbered("Cache-Control: max-age=60\r\n"));
    for (let at = 0; at < 20; at += 1) await site.get(`/a?r=${at}`);
    expect(site.asked()).toBe(20);
  });

  test("in a flood, what is old is given out while one asks, and headers and cookies of one's own get nobody past it", async () => {
    await using site = await startSite(numbered());
    await site.get("/a");
    site.edge.state.mode = "guarded";
    pass(site, 3_600);
    for (const more of ["X-Random: 1\r\n", "Cookie: PHPSESSID=1\r\n", "Accept: x/y\r\n"]) {
      expect((await site.get("/a", more)).status).toBe(200);
    }
    expect(site.asked()).toBe(2);
  });
});
