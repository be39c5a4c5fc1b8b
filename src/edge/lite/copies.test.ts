// Less than normal service in front of somebody else's site: its vouched-for pages come as text, and reading only asks it for nothing on readers' behalf.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "bun:test";
import { blobFile, startMs, startTestEdge, type TestEdge } from "../../../test/edge/in-process.ts";
import {
  type SomebodyElsesSite as Site,
  SomebodyElsesSite,
  themedPage,
} from "../../../test/edge/somebody-elses-site.ts";
import type { ServiceLevel } from "../../decision/modes/service.ts";

const filler = "Les adhérents se réunissent chaque mois. ".repeat(300);
const pages = {
  "/": {
    body: themedPage(
      "L'association",
      `</p><h2><a href="/adhesion">Adhérer</a></h2><p><a href="javascript:alert(1)">non</a></p><p>${filler}`,
    ),
    headers: { etag: '"v1"' },
  },
  "/adhesion": { body: themedPage("Adhésion", filler) },
};

interface Protected extends AsyncDisposable {
  readonly edge: TestEdge;
  readonly site: Site;
  become(level: ServiceLevel): void;
  get(path: string, more?: RequestInit): Promise<Response>;
}

async function protectedSite(): Promise<Protected> {
  const site = new SomebodyElsesSite(pages);
  const edge = startTestEdge({ config: { origin: { url: site.url } } });
  const { blobs, published } = await site.baseline();
  for (const [name, blob] of blobs) {
    const file = blobFile(edge.data, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, blob);
  }
  edge.state.origin?.judge.begin(published);
  return {
    edge,
    site,
    become(level) {
      edge.state.service = level;
      edge.state.lite.hear({ level, sinceMs: startMs, isOrdered: false, wholePagesPerS: 1 }, startMs);
    },
    get: (path, more) => fetch(`${edge.url}${path}`, { redirect: "manual", ...more }),
    async [Symbol.asyncDispose]() {
      await edge[Symbol.asyncDispose]();
      site[Symbol.dispose]();
    },
  };
}

test("what is kept and vouched for comes as text with its headlines as links; on request whole; 304 for who has it", async () => {
  await using there = await protectedSite();
  const first = await there.get("/");
  expect(first.headers.get("kasbah-provenance")).toBe("judged");
  there.become("lite");
  const answer = await there.get("/");
  const text = await answer.text();
  expect([answer.status, answer.headers.get("kasbah-form"), answer.headers.get("kasbah-provenance")]).toEqual(
    [200, "text", "judged"],
  );
  expect([answer.headers.get("cache-control"), answer.headers.get("etag")]).toEqual(["no-store", null]);
  expect(text).toContain('<p class="why" role="note" lang="fr" dir="ltr">Ce site est très sollicité.');
  expect(text).toContain('<h2 dir="auto"><a href="/adhesion">Adhérer</a></h2>');
  expect(text).not.toContain("javascript:");
  expect(text).toContain('href="/?kasbah=whole"');
  expect(text.length).toBeLessThan((await first.text()).length);
  const asked = there.site.requests.length;
  expect(await (await there.get("/?kasbah=whole")).text()).toBe(pages["/"].body);
  expect(there.site.requests.length).toBe(asked);
  const etag = first.headers.get("etag") ?? "";
  expect((await there.get("/", { headers: { "if-none-match": etag } })).status).toBe(304);
});

test("what its first reader wrote into the address of a page is in nobody else's text", async () => {
  await using there = await protectedSite();
  await there.get("/");
  there.edge.state.mode = "siege";
  there.become("lite");
  const planted = await there.get("/?action=planted");
  expect(planted.headers.get("kasbah-form")).toBe("text");
  expect(await planted.text()).not.toContain("planted");
  const text = await (await there.get("/")).text();
  expect(text).not.toContain("planted");
  expect(text).toContain('href="/?kasbah=whole"');
});

test("a page that nobody vouches for comes as it is", async () => {
  await using there = await protectedSite();
  const rewritten = "Tout autre chose que ce qui se lisait ici auparavant, phrase après phrase. ".repeat(200);
  there.site.pages.set("/adhesion", { body: themedPage("Adhésion", rewritten) });
  there.become("lite");
  const answer = await there.get("/adhesion");
  expect([answer.headers.get("kasbah-provenance"), answer.headers.get("kasbah-form")]).toEqual([
    "uncertain",
    null,
  ]);
});

test("reading only: nothing that is sent is taken, nothing is asked for, copies and what is kept read on; staff and feeds go on", async () => {
  await using there = await protectedSite();
  await there.get("/");
  const asked = there.site.requests.length;
  there.become("read-only");
  expect((await there.get("/")).headers.get("kasbah-form")).toBe("text");
  expect((await there.get("/adhesion")).headers.get("kasbah-form")).toBe("text");
  const posted = await there.get("/", { method: "POST", body: "a=b", headers: { "accept-language": "fr" } });
  expect([posted.status, posted.headers.get("retry-after"), posted.headers.get("cache-control")]).toEqual([
    503,
    "300",
    "no-store",
  ]);
  expect(await posted.text()).toContain("ne peuvent qu’être lues");
  expect((await there.get("/?s=droits")).status).toBe(503);
  expect(there.site.requests.length).toBe(asked);
  expect(there.edge.state.lite.take()).toMatchObject({ work: 2 });
  await there.get("/feed/");
  await there.get("/wp-login.php");
  expect(there.site.requests.length).toBe(asked + 2);
});

test("without that, the same requests reach it", async () => {
  await using there = await protectedSite();
  there.become("lite");
  await there.get("/", { method: "POST", body: "a=b" });
  await there.get("/?s=droits");
  expect(there.site.requests).toEqual(expect.arrayContaining(["POST /", "GET /?s=droits"]));
});
