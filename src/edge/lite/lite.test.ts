// Less than normal service as readers meet it: pages come as text, the whole on request, known pages as 304, and everything is as before afterwards.
import { unlinkSync } from "node:fs";
import { describe, expect, test } from "bun:test";
import {
  blobFile,
  startMs,
  startTestEdge,
  type TestEdge,
  type TestPage,
} from "../../../test/edge/in-process.ts";
import { type RawAnswer, rawRequest } from "../../../test/edge/raw-http.ts";
import { rfc3339 } from "../../base/clock.ts";
import type { ServiceLevel } from "../../decision/modes/service.ts";

const filler = "<p>and so on, with pictures</p>".repeat(400);

function textPage(language: string, path: string, words: string): string {
  const dir = language === "ar" ? "rtl" : "ltr";
  return `<!doctype html>\n<html lang="${language}" dir="${dir}"><head><meta charset="utf-8"/><title>t</title><meta name="robots" content="noindex"/><link rel="canonical" href="${path}"/></head><body><header><a href="${path}">full</a></header><main>${words}</main></body></html>\n`;
}

const pages: readonly TestPage[] = [
  { path: "/", body: `front ${filler}` },
  { path: "/fr/", body: `devant ${filler}` },
  { path: "/ar/text", body: textPage("ar", "/ar/", "الواجهة") },
  { path: "/fr/text", body: textPage("fr", "/fr/", "devant, en texte") },
  { path: "/fr/2011/07/marche", body: `the march ${filler}` },
  { path: "/fr/2011/07/marche/text", body: textPage("fr", "/fr/2011/07/marche", "the march, as text") },
  { path: "/fr/section/a", body: `a list ${filler}` },
  { path: "/feed.xml", body: `<rss/>${filler}`, type: "application/rss+xml" },
  { path: "/robots.txt", body: "robots", type: "text/plain" },
  { path: "/film", body: new Uint8Array(100_000), type: "video/mp4" },
  { path: "/a.webp", body: new Uint8Array(20_000), type: "image/webp" },
];

function edgeIn(level: ServiceLevel, wholePagesPerS = 1): TestEdge {
  const edge = startTestEdge({ config: { edge: { large_bytes: 65_536 } } });
  edge.publish(pages);
  become(edge, level, wholePagesPerS);
  return edge;
}

function become({ state }: TestEdge, level: ServiceLevel, wholePagesPerS = 1): void {
  state.service = level;
  state.lite.hear(
    { level, sinceMs: level === "normal" ? undefined : startMs, isOrdered: false, wholePagesPerS },
    startMs,
  );
}

async function get(edge: TestEdge, path: string, more = ""): Promise<RawAnswer> {
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n`;
  const answer = await rawRequest(edge.port, request);
  return { ...answer, body: Buffer.from(answer.body, "latin1").toString() };
}

const story = "/fr/2011/07/marche";
const withoutText = pages.filter(({ path }) => path !== `${story}/text`);

describe("lite", () => {
  test("fronts and stories come as their signed text, with a line in the page's language and direction", async () => {
    await using edge = edgeIn("lite");
    const { status, headers, body } = await get(edge, story);
    expect([status, headers["cache-control"], headers["kasbah-form"]]).toEqual([200, "no-store", "text"]);
    expect([headers["etag"], headers["content-language"]]).toEqual([undefined, "fr"]);
    expect(headers["content-security-policy"]).toContain("default-src 'none'; style-src 'sha256-");
    expect(body).toContain("the march, as text");
    expect(body).toContain(
      '<p class="why" role="note" lang="fr" dir="ltr">Ce site est très sollicité. Depuis le 31 juillet 2011',
    );
    expect(body).toContain(`<link rel="canonical" href="${story}"/>`);
    expect(Buffer.byteLength(body)).toBeLessThan(10_000);
    const arabic = (await get(edge, "/")).body;
    expect(arabic).toContain('<html lang="ar" dir="rtl">');
    expect(arabic).toContain('lang="ar" dir="rtl">الضغط على هذا الموقع كبير.');
    expect((await get(edge, "/fr/")).body).toContain("devant, en texte");
    expect(edge.state.lite.take()).toMatchObject({ texts: 3, work: 0 });
  });

  test("it isn't kept from search engines, whose page it stands for", async () => {
    await using edge = edgeIn("lite");
    expect((await get(edge, story)).body).not.toContain("noindex");
    expect((await get(edge, `${story}/text`)).body).toContain("noindex");
  });

  test("who asks for the whole page gets it, as the line's link does; both of its links lead there", async () => {
    await using edge = edgeIn("lite");
    const { body } = await get(edge, story);
    const links = [...body.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual([`${story}?kasbah=whole`, `${story}?kasbah=whole`]);
    expect((await get(edge, "/")).body.match(/href="\/ar\/\?kasbah=whole"/g)).toHaveLength(2);
    const whole = await get(edge, `${story}?kasbah=whole`);
    expect(whole.body).toContain("and so on, with pictures");
    expect(whole.headers["etag"]).toBeDefined();
  });

  test("no more of these go out than there is for them; whoever comes then is told", async () => {
    await using edge = edgeIn("lite", 1);
    const asked = Array.from({ length: 10 }, () => get(edge, `${story}?kasbah=whole`));
    const forms = (await Promise.all(asked)).map(({ headers }) => headers["kasbah-form"]);
    expect(forms.filter((form) => form === undefined)).toHaveLength(4);
    expect((await get(edge, `${story}?kasbah=whole`)).body).toContain("ne peut pas être envoyée à l’instant");
    edge.clock.advance(2_000);
    expect((await get(edge, `${story}?kasbah=whole`)).headers["kasbah-form"]).toBeUndefined();
  });

  test("who has the page gets 304, who has an older one its text", async () => {
    await using edge = edgeIn("normal");
    const accept = "Accept-Encoding: br\r\n";
    const { headers } = await get(edge, story, accept);
    become(edge, "lite");
    const known = await get(edge, story, `${accept}If-None-Match: ${headers["etag"]}\r\n`);
    expect([known.status, known.headers["etag"]]).toEqual([304, headers["etag"]]);
    expect((await get(edge, story, 'If-None-Match: "older"\r\n')).body).toContain("as text");
  });

  test("what a page is made of, feeds, lists and what has no text come as ever", async () => {
    await using edge = edgeIn("lite");
    for (const path of ["/feed.xml", "/robots.txt", "/fr/section/a", "/a.webp", "/film"]) {
      const { status, headers } = await get(edge, path);
      expect([path, status, headers["kasbah-form"]]).toEqual([path, 200, undefined]);
    }
    const fetched = await get(edge, story, "Sec-Fetch-Dest: empty\r\n");
    expect(fetched.headers["kasbah-form"]).toBeUndefined();
    expect((await get(edge, story, "Sec-Fetch-Dest: document\r\n")).headers["kasbah-form"]).toBe("text");
  });

  test("is compressed for who takes it", async () => {
    await using edge = edgeIn("lite");
    const { headers } = await get(edge, story, "Accept-Encoding: br\r\n");
    expect([headers["content-encoding"], headers["vary"]]).toEqual(["br", "accept-encoding"]);
  });

  test("what was withdrawn is gone, also as text, and also from memory", async () => {
    await using edge = edgeIn("lite");
    await get(edge, story);
    const withdrawn = [story, `${story}/text`];
    const left = pages.filter(({ path }) => !withdrawn.includes(path));
    const at = rfc3339(startMs);
    edge.publish(
      left,
      withdrawn.map((path) => ({ site: "portal", path, at, blobs: [] })),
    );
    expect(edge.state.lite.texts).toBe(0);
    for (const path of withdrawn) expect((await get(edge, path)).status).toBe(410);
  });

  test("a text that was changed is the new one", async () => {
    await using edge = edgeIn("lite");
    await get(edge, story);
    edge.publish([...withoutText, { path: `${story}/text`, body: textPage("fr", story, "corrected") }]);
    expect((await get(edge, story)).body).toContain("corrected");
  });

  test("where its text is damaged, the whole page answers, and it is told", async () => {
    await using edge = edgeIn("lite");
    edge.publish([...withoutText, { path: `${story}/text`, body: textPage("fr", story, "x") }]);
    const target = edge.state.book?.find("portal", `${story}/text`, undefined);
    if (target?.kind !== "entry") throw new Error("the text has no entry");
    unlinkSync(blobFile(edge.data, target.target.sha256));
    expect((await get(edge, story)).body).toContain("and so on, with pictures");
    expect(edge.faults).toHaveLength(1);
  });

  test("over, everything is as before", async () => {
    await using edge = edgeIn("lite");
    await get(edge, story);
    become(edge, "normal");
    const { headers, body } = await get(edge, story);
    expect([headers["kasbah-form"], body.includes("and so on")]).toEqual([undefined, true]);
  });
});

describe("reading only", () => {
  test("says so in the line; what is long has to wait, pictures don't", async () => {
    await using edge = edgeIn("read-only");
    expect((await get(edge, story)).body).toContain(
      "recherches et formulaires ne sont pas pris pour le moment",
    );
    const film = await get(edge, "/film");
    expect([film.status, film.headers["retry-after"]]).toEqual([503, "120"]);
    expect((await get(edge, "/a.webp")).status).toBe(200);
    expect(edge.state.lite.take()).toMatchObject({ work: 1, workBytes: 100_000 });
  });
});

test("reading only: whoever has what is long, or asks for its head alone, is answered: it costs nothing", async () => {
  await using edge = edgeIn("normal");
  const etag = (await get(edge, "/film")).headers["etag"] ?? "";
  become(edge, "read-only");
  expect((await get(edge, "/film", `If-None-Match: ${etag}\r\n`)).status).toBe(304);
  expect((await fetch(`${edge.url}/film`, { method: "HEAD" })).status).toBe(200);
  expect(edge.state.lite.take()).toMatchObject({ work: 0 });
});

test("a text is made once, however many ask", async () => {
  await using edge = edgeIn("lite");
  const makes: number[] = [];
  const { lite } = edge.state;
  const make = lite.make.bind(lite);
  lite.make = (id, kind, of) =>
    make(id, kind, () => {
      makes.push(id);
      return of();
    });
  await Promise.all(Array.from({ length: 30 }, () => get(edge, story)));
  await get(edge, story);
  expect(makes).toHaveLength(1);
});
