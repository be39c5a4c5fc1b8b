// `PURGE` over real sockets: what is forgotten, for whom it works, and that nobody else's ever does.
import { expect, test } from "bun:test";
import type { Overrides } from "../../../test/edge/config.ts";
import { startTestEdge } from "../../../test/edge/in-process.ts";
import { type RawAnswer, rawRequest } from "../../../test/edge/raw-http.ts";
import { plainAnswer, startRawOrigin } from "../../../test/edge/raw-origin.ts";
import { testConfig } from "../../../test/edge/config.ts";
import { Purgers } from "./purgers.ts";

const secret = "0123456789abcdef";

interface Site extends AsyncDisposable {
  send(method: string, target: string, more?: string): Promise<RawAnswer>;
  /** Which of these are asked of the origin again; then all of them are kept. */
  forgotten(targets: readonly string[]): Promise<string[]>;
}

async function startSite(overrides: Overrides = {}): Promise<Site> {
  const origin = await startRawOrigin((socket, head) => {
    const tag = /^GET \/(\w+)/.exec(head)?.[1] ?? "front";
    socket.write(
      plainAnswer(
        "<p>",
        `Content-Type: text/html\r\nCache-Control: max-age=600\r\nCache-Tag: all, ${tag}\r\n`,
      ),
    );
  });
  const edge = startTestEdge({ config: { ...overrides, origin: { url: origin.url, ...overrides.origin } } });
  const send: Site["send"] = (method, target, more = "") =>
    rawRequest(
      edge.port,
      `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n`,
    );
  return {
    send,
    forgotten: async (targets) => {
      origin.requests.length = 0;
      for (const target of targets) await send("GET", target);
      return origin.requests.map((head) => head.split(" ")[1] ?? "");
    },
    [Symbol.asyncDispose]: async () => {
      await edge[Symbol.asyncDispose]();
      await origin[Symbol.asyncDispose]();
    },
  };
}

const pages = ["/", "/a", "/a?x=1", "/a/b", "/c"];

test.each([
  ["/a", "", ["/a", "/a?x=1"]],
  ["/a?x=1", "", ["/a?x=1"]],
  ["/a/.*", "X-Purge-Method: regex\r\n", ["/a/b"]],
  ["/.*", "X-Purge-Method: regex\r\n", pages],
  ["/", "Surrogate-Key: a\r\n", ["/a", "/a?x=1", "/a/b"]],
  ["/nothing", "", []],
])("PURGE %s %s", async (target, more, gone) => {
  await using site = await startSite();
  await site.forgotten(pages);
  const answer = await site.send("PURGE", target, more);
  expect([answer.status, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
  expect(await site.forgotten(pages)).toEqual(gone);
});

test.each([
  ["a request that somebody brought here", {}, "X-Forwarded-For: 198.51.100.7\r\n"],
  [
    "one that claims to come from here",
    { edge: { trusted_proxies: ["127.0.0.1/32"] } },
    "X-Forwarded-For: 127.0.0.1\r\n",
  ],
  ["one by a proxy that names nobody", { edge: { trusted_proxies: ["127.0.0.1/32"] } }, ""],
  ["an address that nobody named", { origin: { purge_from: [] } }, ""],
  ["another secret", { origin: { purge_from: [], secret } }, "X-Kasbah-Secret: 0123456789abcdee\r\n"],
  ["no secret where there is none", { origin: { purge_from: [] } }, "X-Kasbah-Secret: \r\n"],
] as const)("%s is refused, and nothing is forgotten", async (_, overrides, more) => {
  await using site = await startSite(overrides);
  await site.forgotten(pages);
  expect((await site.send("PURGE", "/.*", more)).status).toBe(403);
  expect(await site.forgotten(pages)).toEqual([]);
});

test("who knows the secret may, from wherever", async () => {
  await using site = await startSite({ origin: { purge_from: [], secret } });
  await site.forgotten(pages);
  const more = `X-Kasbah-Secret: ${secret}\r\nX-Forwarded-For: 198.51.100.7\r\n`;
  expect((await site.send("PURGE", "/c", more)).status).toBe(200);
  expect(await site.forgotten(pages)).toEqual(["/c"]);
});

test("the site's own address may, when it stands elsewhere; whoever a trusted proxy brings may where that is named", () => {
  const purgers = (origin: Overrides["origin"]): Purgers =>
    new Purgers(testConfig({ origin: { ...origin } }).origin);
  const asking = (address: string, isDirect = true) => ({
    request: new Request("http://localhost/", { headers: isDirect ? {} : { "x-forwarded-for": address } }),
    address,
    isDirect,
  });
  const elsewhere = purgers({ url: "http://10.1.2.3:80", purge_from: [] });
  expect(["10.1.2.3", "10.1.2.4", "127.0.0.1"].map((from) => elsewhere.has(asking(from)))).toEqual([
    true,
    false,
    false,
  ]);
  const named = purgers({ url: "https://[2001:db8::1]", purge_from: ["192.0.2.0/24"] });
  expect(["2001:db8::1", "192.0.2.9"].map((from) => named.has(asking(from)))).toEqual([true, true]);
  expect(["192.0.2.9", "192.0.3.9"].map((from) => named.has(asking(from, false)))).toEqual([true, false]);
});

test("without an origin nothing can be purged", async () => {
  await using edge = startTestEdge();
  edge.publish([{ path: "/", body: "ours" }]);
  expect((await rawRequest(edge.port, "PURGE / HTTP/1.1\r\nHost: localhost\r\n\r\n")).status).toBe(405);
});
