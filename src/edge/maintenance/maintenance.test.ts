// Maintenance as readers meet it: who gets the page, what stays readable, and when it is over.
import { describe, expect, test } from "bun:test";
import { startMs, startTestEdge, type TestEdge } from "../../../test/edge/in-process.ts";
import { rawRequest } from "../../../test/edge/raw-http.ts";
import { plainAnswer, startRawOrigin } from "../../../test/edge/raw-origin.ts";
import type { Maintenance } from "./maintenance.ts";

const plain: Maintenance = { sinceMs: startMs, untilMs: null, message: "", isClosed: false };

const pages = [
  { path: "/", body: "front" },
  { path: "/fr/", body: "front" },
  { path: "/fr/2011/marche", body: "the story" },
  { path: "/fr/2011/marche/text", body: "the story's text" },
  { path: "/fr/text", body: "the front's text" },
  { path: "/feed.xml", body: "<rss/>", type: "application/rss+xml" },
  { path: "/robots.txt", body: "robots", type: "text/plain; charset=utf-8" },
  { path: "/_kasbah/assets/a.css", body: "css", type: "text/css" },
  { path: "/.well-known/security.txt", body: "contact", type: "text/plain; charset=utf-8" },
  { path: "/_kasbah/maintenance/fr", body: "the signed page", status: 503 },
];

function closedFor(maintenance: Maintenance): TestEdge {
  const edge = startTestEdge();
  edge.publish(pages);
  edge.state.maintenance = maintenance;
  return edge;
}

const get = (path: string, more = ""): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;

test("pages are closed with 503, not to be kept; feeds, texts and what they are made of stay readable", async () => {
  await using edge = closedFor(plain);
  const ask = async (path: string): Promise<string> => (await rawRequest(edge.port, get(path))).body;
  const { status, headers, body } = await rawRequest(edge.port, get("/fr/2011/marche"));
  expect([status, headers["retry-after"], headers["cache-control"]]).toEqual([503, "600", "no-store"]);
  expect(body).toBe("the signed page");
  expect(await ask("/fr/2011/marche/text")).toBe("the story's text");
  expect(await ask("/feed.xml")).toBe("<rss/>");
  expect(await ask("/robots.txt")).toBe("robots");
  expect(await ask("/_kasbah/assets/a.css")).toBe("css");
});

test("closed altogether, nothing is readable but what must never be shut", async () => {
  await using edge = closedFor({ ...plain, isClosed: true });
  const status = async (path: string): Promise<number> => (await rawRequest(edge.port, get(path))).status;
  for (const path of ["/", "/fr/text", "/fr/2011/marche/text", "/feed.xml", "/robots.txt", "/nowhere"])
    expect(await status(path)).toBe(503);
  expect(await status("/.well-known/security.txt")).toBe(200);
  expect(await status("/%2Ewell-known/security.txt")).toBe(200);
  const health = await rawRequest(edge.port, get("/_kasbah/health"));
  expect([health.status, health.body]).toEqual([200, expect.stringContaining('"service":"maintenance"')]);
});

test("what an operator says, and until when, stands on the page in the reader's language; as text", async () => {
  const untilMs = startMs + 2 * 3_600_000;
  await using edge = closedFor({ ...plain, untilMs, message: "Nous <b>déménageons</b>" });
  const { headers, body } = await rawRequest(edge.port, get("/", "Accept-Language: fr-MA, en;q=0.1\r\n"));
  expect(headers["retry-after"]).toBe("7200");
  expect(headers["content-language"]).toBe("fr");
  expect(body).toContain("Nous &#60;b&#62;d");
  expect(body).toContain('datetime="2011-07-31T16:00:00.000Z"');
  expect(body).toContain('href="/fr/text"');
  expect(headers["content-security-policy"]).toContain("default-src 'none'; style-src 'sha256-");
  const arabic = await rawRequest(edge.port, get("/", "Accept-Language: ar\r\n"));
  expect(arabic.body).toContain('<html lang="ar" dir="rtl">');
  // The address goes before what the browser asks for.
  const ofPage = await rawRequest(edge.port, get("/fr/2011/marche", "Accept-Language: ar\r\n"));
  expect(ofPage.body).toContain('<html lang="fr"');
});

test("it is over when its time is, without anybody", async () => {
  await using edge = closedFor({ ...plain, untilMs: startMs + 60_000 });
  expect((await rawRequest(edge.port, get("/"))).status).toBe(503);
  edge.clock.advance(60_000);
  expect((await rawRequest(edge.port, get("/"))).body).toBe("front");
  expect((await rawRequest(edge.port, get("/_kasbah/health"))).body).toContain('"service":"normal"');
});

test("nothing that is sent is taken, and the connection ends", async () => {
  await using edge = closedFor(plain);
  const sent = "POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\na=b";
  const { status, headers } = await rawRequest(edge.port, sent);
  expect([status, headers["connection"]]).toEqual([503, "close"]);
});

describe("in front of somebody else's site", () => {
  test("its pages are closed, its feeds go on", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("the origin's")));
    await using edge = startTestEdge({ config: { origin: { url: origin.url } } });
    edge.state.maintenance = plain;
    expect((await rawRequest(edge.port, get("/"))).status).toBe(503);
    expect((await rawRequest(edge.port, get("/?s=a"))).status).toBe(503);
    for (const path of [
      "/feed/",
      "/?feed=rss2",
      "/robots.txt",
      "/wp-sitemap.xml",
      "/.well-known/acme-challenge/x",
    ])
      expect((await rawRequest(edge.port, get(path))).body).toBe("the origin's");
    edge.state.maintenance = { ...plain, isClosed: true };
    expect((await rawRequest(edge.port, get("/feed/"))).status).toBe(503);
    expect((await rawRequest(edge.port, get("/.well-known/acme-challenge/x"))).body).toBe("the origin's");
  });

  test("who works on it goes on", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("the origin's")));
    await using edge = startTestEdge({ config: { origin: { url: origin.url } } });
    edge.state.maintenance = { ...plain, isClosed: true };
    for (const ask of [get("/wp-login.php"), get("/", "Cookie: wordpress_logged_in_1=a\r\n")])
      expect((await rawRequest(edge.port, ask)).body).toBe("the origin's");
  });

  test("the studio goes on", async () => {
    await using studio = await startRawOrigin((socket) => socket.write(plainAnswer("the studio")));
    const hostname = "studio.example.org";
    await using edge = startTestEdge({
      config: { studio: { listen: `127.0.0.1:${studio.port}`, hostname } },
    });
    edge.state.maintenance = { ...plain, isClosed: true };
    const ask = `GET / HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`;
    expect((await rawRequest(edge.port, ask)).body).toBe("the studio");
  });
});

test("an edge that has nothing to show says so by itself", async () => {
  await using edge = startTestEdge();
  const { status, headers, body } = await rawRequest(edge.port, get("/", "Accept-Language: en\r\n"));
  expect([status, headers["retry-after"], headers["cache-control"]]).toEqual([503, "10", "no-store"]);
  expect(body).toContain("and are working on its return");
});
