/** What may be compressed, and what mustn't: through the real front door on a real port. */
import { describe, expect, test } from "bun:test";
import { gunzipSync } from "node:zlib";
import { rawRequest } from "../../test/edge/raw-http.ts";
import { openStudio, personWho, type Studio } from "../../test/studio/studio.ts";
import { page, secretPage } from "../web/answers.ts";
import type { OpenRoute } from "../web/route.ts";

const long = `<p>${"كلمات ".repeat(400)}</p>`;

function route(path: string, handle: OpenRoute["handle"], method: "GET" | "POST" = "GET"): OpenRoute {
  return { method, path, access: "everyone", handle };
}

function open(): Studio {
  return openStudio({
    person: personWho(),
    routes: [
      route("/long", () => page(long)),
      route("/short", () => page("<p>short</p>")),
      route("/secret", () => secretPage(long)),
      route("/posted", () => page(long), "POST"),
      route("/data", () => new Response(long, { headers: { "content-type": "text/event-stream" } })),
    ],
  });
}

/** The coding that came, as it stands on the wire. */
async function codingOf(
  { origin }: Studio,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<string | undefined> {
  const { host, port } = new URL(origin);
  const lines = Object.entries({
    host,
    origin,
    "accept-encoding": "gzip, deflate, br",
    "sec-fetch-site": "same-origin",
    ...headers,
    "content-length": "0",
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}`);
  const answer = await rawRequest(
    Number(port),
    `${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`,
  );
  expect(answer.status).toBe(200);
  return answer.headers["content-encoding"];
}

describe("a page", () => {
  test("is compressed as the client takes it", async () => {
    await using studio = open();
    expect(await codingOf(studio, "/long")).toBe("br");
    expect(await codingOf(studio, "/long", { "accept-encoding": "gzip, br;q=0" })).toBe("gzip");
    expect(await codingOf(studio, "/long", { "accept-encoding": "identity" })).toBeUndefined();
    expect(await codingOf(studio, "/long", { "sec-fetch-site": "none" })).toBe("br");
  });

  test("comes out as it went in, with its headers", async () => {
    await using studio = open();
    const headers = { "accept-encoding": "gzip", "sec-fetch-site": "none" };
    const answer = await fetch(`${studio.origin}/long`, { headers, decompress: false });
    expect(gunzipSync(await answer.bytes()).toString()).toContain(long);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.headers.get("vary")).toContain("accept-encoding");
  });

  test("that another site made the browser ask for is not, nor for a client that doesn't say", async () => {
    await using studio = open();
    for (const site of ["cross-site", "same-site", ""]) {
      expect(await codingOf(studio, "/long", { "sec-fetch-site": site })).toBeUndefined();
    }
  });

  test("that shows a secret is not, nor what answers a form, nor what is short or no page", async () => {
    await using studio = open();
    expect(await codingOf(studio, "/secret")).toBeUndefined();
    expect(await codingOf(studio, "/posted", {}, "POST")).toBeUndefined();
    expect(await codingOf(studio, "/short")).toBeUndefined();
    expect(await codingOf(studio, "/data")).toBeUndefined();
  });
});

test("style sheets come compressed, whoever asks", async () => {
  await using studio = open();
  const html = await (await studio.get("/nowhere")).text();
  const [, sheet = ""] = /href="(\/_kasbah\/assets\/studio\.[^"]+)"/.exec(html) ?? [];
  expect(await codingOf(studio, sheet, { "sec-fetch-site": "cross-site" })).toBe("br");
  expect(await codingOf(studio, sheet, { "accept-encoding": "gzip" })).toBe("gzip");
  expect(await codingOf(studio, sheet, { "accept-encoding": "identity" })).toBeUndefined();
});
