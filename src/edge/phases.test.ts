// A request's way through the phases, over real sockets: what is served, in which form, and how everything else is explained.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { blobFile, startTestEdge, type TestEdge, type TestPage } from "../../test/edge/in-process.ts";
import { rawRequest } from "../../test/edge/raw-http.ts";

const story = `<!doctype html><title>Rif</title><p>${"The march went on. ".repeat(800)}</p>`;
const pages: TestPage[] = [
  { path: "/", body: "front" },
  { path: "/ar/", body: "<!doctype html><title>ar</title>" },
  { path: "/ar/2011/07/rif", body: story, headers: { "content-language": "ar" } },
  { path: "/ar/2011/07/%D9%85%D8%B3%D9%8A%D8%B1%D8%A9", body: "مسيرة" },
  { path: "/", query: "p=123", body: "", status: 301, headers: { location: "/ar/2011/07/rif" } },
  { path: "/old", body: "", status: 301, headers: { location: "/ar/2011/07/rif" } },
  { path: "/gone", body: "taken away", status: 410 },
  { path: "/style.css", body: "body { color: black }".repeat(50), type: "text/css; charset=utf-8" },
  { path: "/live", body: "live", area: "live" },
  { path: "/_kasbah/errors/404/fr", body: "<h1>Introuvable</h1>", headers: { "content-language": "fr" } },
  {
    path: "/_kasbah/errors/403/en",
    body: "<h1>Refused, by some rule</h1>",
    headers: { "content-language": "en" },
  },
  { site: "blog", path: "/", body: "the blog" },
];

let edge: TestEdge;
beforeAll(() => {
  edge = startTestEdge();
  edge.publish(pages, [{ site: "portal", path: "/withdrawn", at: "2011-07-31T14:00:00Z", blobs: [] }]);
});
afterAll(async () => edge[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> =>
  fetch(edge.url + path, {
    headers: { "accept-encoding": "identity", ...headers },
    method,
    redirect: "manual",
    decompress: false,
  });

describe("pages", () => {
  test("a story comes with its own headers and the edge's", async () => {
    const answer = await get("/ar/2011/07/rif");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(story);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("content-language")).toBe("ar");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.headers.get("content-security-policy")).not.toContain("script");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("strict-transport-security")).toBeNull();
  });

  test("outside `pages` no form may be sent", async () => {
    expect((await get("/live")).headers.get("content-security-policy")).toContain("form-action 'none'");
    expect((await get("/ar/")).headers.get("content-security-policy")).toContain("form-action 'self'");
  });

  test.each([
    ["br", (body: Buffer) => brotliDecompressSync(body)],
    ["gzip", (body: Buffer) => gunzipSync(body)],
    ["zstd", (body: Buffer) => Bun.zstdDecompressSync(body)],
  ])("in %s the bytes are the same, and the tag another", async (coding, unpack) => {
    const answer = await get("/ar/2011/07/rif", { "accept-encoding": coding });
    expect(answer.headers.get("content-encoding")).toBe(coding);
    expect(answer.headers.get("vary")).toBe("accept-encoding");
    expect(answer.headers.get("etag")).toEndWith(`-${coding}"`);
    expect(unpack(Buffer.from(await answer.arrayBuffer())).toString()).toBe(story);
  });

  test("HEAD has the length and no body", async () => {
    const answer = await get("/ar/2011/07/rif", {}, "HEAD");
    expect(answer.headers.get("content-length")).toBe(String(story.length));
    expect(await answer.text()).toBe("");
  });

  test("who has it already gets 304", async () => {
    const etag = (await get("/ar/2011/07/rif")).headers.get("etag") ?? "";
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await get("/ar/2011/07/rif", { "if-none-match": known });
      expect([known, answer.status]).toEqual([known, 304]);
      expect(answer.headers.get("etag")).toBe(etag);
    }
    expect((await get("/ar/2011/07/rif", { "if-none-match": '"other"' })).status).toBe(200);
    expect((await get("/ar/2011/07/rif", { "if-none-match": etag, "accept-encoding": "br" })).status).toBe(
      200,
    );
  });

  test("a part is a part of the uncompressed page", async () => {
    const answer = await get("/ar/2011/07/rif", { range: "bytes=5-9", "accept-encoding": "br" });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-range")).toBe(`bytes 5-9/${story.length}`);
    expect(await answer.text()).toBe(story.slice(5, 10));
    expect(await (await get("/ar/2011/07/rif", { range: "bytes=-4" })).text()).toBe(story.slice(-4));
    const beyond = await get("/ar/2011/07/rif", { range: "bytes=999999-" });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get("content-range")).toBe(`bytes */${story.length}`);
    expect((await get("/ar/2011/07/rif", { range: "bytes=0-1,3-4" })).status).toBe(200);
    expect((await get("/ar/2011/07/rif", { range: "bytes=0-1", "if-range": '"other"' })).status).toBe(200);
  });

  test("host names choose the site; ports, case and a trailing dot make no difference", async () => {
    const front = async (host: string): Promise<string> =>
      (await rawRequest(edge.port, `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).body;
    for (const host of ["localhost", "LOCALHOST:8080", "localhost.", "127.0.0.1", "[::1]:80"]) {
      expect([host, await front(host)]).toEqual([host, "front"]);
    }
    expect(await front("blog.localhost:1")).toBe("the blog");
  });
});

describe("addresses", () => {
  test("redirects are signed, the edge's own lead to the spelling that exists", async () => {
    expect((await get("/old")).headers.get("location")).toBe("/ar/2011/07/rif");
    const slashless = await get("/ar?from=mail");
    expect([slashless.status, slashless.headers.get("location")]).toEqual([301, "/ar/?from=mail"]);
    expect((await get("/ar/2011/07/rif/")).headers.get("location")).toBe("/ar/2011/07/rif");
  });

  test("a query picks a target only where the edition says so", async () => {
    expect((await get("/?utm=1&p=123")).status).toBe(301);
    expect(await (await get("/?p=124")).text()).toBe("front");
    expect((await get("/ar/2011/07/rif?utm_source=x")).status).toBe(200);
  });

  test("percent-encodings that mean the same are the same address", async () => {
    const answer = await rawRequest(
      edge.port,
      "GET /%61r/2011/07/%d9%85%D8%B3%D9%8A%D8%B1%D8%A9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    );
    expect(answer.status).toBe(200);
  });

  test("410 for what was taken away, also where the edition has no page for it", async () => {
    expect(await (await get("/gone")).text()).toBe("taken away");
    expect((await get("/withdrawn")).status).toBe(410);
  });

  test("404 is the signed page in the reader's likely language, else the plain one", async () => {
    const signed = await get("/fr/nowhere");
    expect([signed.status, await signed.text()]).toEqual([404, "<h1>Introuvable</h1>"]);
    expect(signed.headers.get("cache-control")).toBe("no-store");
    expect(signed.headers.get("etag")).toBeNull();
    const plain = await get("/nowhere");
    expect(await plain.text()).toContain("لا توجد صفحة");
  });
});

describe("refusals", () => {
  test.each([
    ["POST", 405],
    ["DELETE", 405],
    ["OPTIONS", 405],
  ])("%s is answered %d", async (method, status) => {
    const answer = await get("/ar/", {}, method);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
  });

  test("an unknown host gets 421, two hosts or none 400", async () => {
    const status = async (head: string): Promise<number> =>
      (await rawRequest(edge.port, `GET / HTTP/1.1\r\n${head}\r\n`)).status;
    expect(await status("Host: evil.example\r\n")).toBe(421);
    expect(await status("Host: localhost\r\nHost: evil.example\r\n")).toBe(400);
    expect(await status("Host: a@localhost\r\n")).toBe(400);
    expect(await status("Host: \r\n")).toBe(400);
    expect(await status("")).toBe(400);
  });

  test("an address beyond the limit gets 414", async () => {
    expect((await get(`/${"a".repeat(2_048)}`)).status).toBe(414);
    expect((await get(`/${"a".repeat(2_047)}`)).status).toBe(404);
  });

  test("a body beyond the limit gets 413 before it is sent", async () => {
    const answer = await rawRequest(
      edge.port,
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n",
    );
    expect(answer.status).toBe(413);
  });

  test("no service worker is given out", async () => {
    expect((await get("/style.css", { "service-worker": "script" })).status).toBe(404);
  });

  test("a banned network is told why and until when", async () => {
    edge.state.admission.setBans([
      { network: "127.0.0.0/8", reason: "a <flood>", expiresAtMs: edge.clock.nowMs() + 60_000 },
    ]);
    const answer = await get("/en/x");
    edge.state.admission.setBans([]);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("kasbah-rule")).toBe("ban:127.0.0.0/8");
    expect(answer.headers.get("kasbah-reason")).toBe("a%20%3Cflood%3E");
    expect(answer.headers.get("retry-after")).toBe("60");
    expect(await answer.text()).toContain("a &#60;flood&#62;");
    expect((await get("/ar/")).status).toBe(200);
  });
});

describe("under /_kasbah/", () => {
  test("health says what is served", async () => {
    expect(await (await get("/_kasbah/health")).json()).toEqual({
      status: "ok",
      service: "normal",
      mode: "calm",
      edition: edge.state.book?.version,
    });
  });

  test("files of the log by their strict names only", async () => {
    mkdirSync(`${edge.data.transparencyLog}/tile/0`, { recursive: true });
    writeFileSync(`${edge.data.transparencyLog}/checkpoint`, "kasbah\n1\n");
    writeFileSync(`${edge.data.transparencyLog}/tile/0/000`, "tile");
    writeFileSync(`${edge.data.transparencyLog}/secret`, "secret");
    expect(await (await get("/_kasbah/log/checkpoint")).text()).toBe("kasbah\n1\n");
    expect(await (await get("/_kasbah/log/tile/0/000")).text()).toBe("tile");
    for (const name of [
      "secret",
      "tile/0/001",
      "tile/0",
      "tile/../secret",
      "tile/%2e%2e/secret",
      "tile/64/000",
      "",
    ]) {
      expect([name, (await get(`/_kasbah/log/${name}`)).status]).toEqual([name, 404]);
    }
  });
});

describe("blobs that are not what was signed", () => {
  const damaged = async (harm: (path: string) => void): Promise<[number, string]> => {
    await using own = startTestEdge();
    const [target] = own.publish([
      { path: "/a", body: "the truth" },
      { path: "/b", body: "another page" },
    ]);
    if (target === undefined) throw new Error("no target");
    harm(blobFile(own.data, target.sha256));
    const answer = await fetch(`${own.url}/a`);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await answer.text()).not.toContain("a lie");
    expect((await fetch(`${own.url}/b`)).status).toBe(200);
    return [answer.status, own.faults[0]?.fault ?? ""];
  };

  test("changed, cut, longer or missing: 503 for that page alone, and it is reported", async () => {
    expect(await damaged((path) => writeFileSync(path, "a lie !!!"))).toEqual([503, "damaged"]);
    expect(await damaged((path) => writeFileSync(path, "the"))).toEqual([503, "damaged"]);
    expect(await damaged((path) => writeFileSync(path, "the truth and a lie"))).toEqual([503, "damaged"]);
    expect(await damaged((path) => rmSync(path))).toEqual([503, "missing"]);
  });

  test("what is verified in memory stays readable, and another edition forgets it", async () => {
    await using own = startTestEdge();
    const page = { path: "/a", body: "the truth" };
    const [target] = own.publish([page]);
    if (target === undefined) throw new Error("no target");
    expect((await fetch(`${own.url}/a`)).status).toBe(200);
    rmSync(blobFile(own.data, target.sha256));
    expect(await (await fetch(`${own.url}/a`)).text()).toBe("the truth");
    own.publish([{ path: "/b", body: "b" }]);
    expect(own.state.pages.forms).toBe(0);
  });
});

test("without an edition everything is maintenance but health", async () => {
  await using own = startTestEdge();
  const answer = await fetch(`${own.url}/ar/`);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "10"]);
  expect(await (await fetch(`${own.url}/_kasbah/health`)).json()).toMatchObject({
    service: "maintenance",
    edition: null,
  });
});
