// The origin is gone: what readers get meanwhile, from a whole edge before a real site that is switched off and on again.
import { expect, setDefaultTimeout, test } from "bun:test";
import type { Overrides } from "../../../test/edge/config.ts";
import { SomebodyElsesSite, type TestAnswer, themedPage } from "../../../test/edge/somebody-elses-site.ts";
import { until, WholeEdge } from "../../../test/edge/whole-edge.ts";

setDefaultTimeout(30_000);

const pages = {
  "/": {
    body: themedPage("L'association", "Bienvenue sur le site de l'association, qui publie ses rapports."),
  },
  "/adhesion": { body: themedPage("Adhésion", "Pour adhérer, il suffit d'écrire au secrétariat.") },
  "/theme.css": { body: "body { color: black }", type: "text/css" },
} satisfies Record<string, TestAnswer>;

async function edgeBefore(
  site: SomebodyElsesSite,
  { approved }: { readonly approved: boolean },
  more: Overrides = {},
) {
  const edge = new WholeEdge({ ...more, origin: { url: site.url, ...more.origin } });
  await edge.publish({ "/_kasbah/a": "ours" }, undefined, approved ? await site.baseline() : undefined);
  await edge.start();
  return edge;
}

const unkept = { origin: { default_fresh_s: 0, stale_s: 0, stale_if_error_s: 0 } };

/** Readers go on asking; each worker finds out by itself, or is told. */
const untilGone = (edge: WholeEdge): Promise<void> =>
  until(async () => {
    await Promise.all(Array.from({ length: 10 }, () => edge.get("/somewhere")));
    const { origin } = await edge.bus.request("edge.origin", {});
    return origin?.health.state === "away";
  });

const line = /<div role="status" lang="fr"[^>]*>[^<]*(?:<a href="([^"]*)"[^>]*>Texte seul<\/a>)?<\/div>/;

test("every approved page reads, with a line that says since when; search, forms and other pages say what can't be done", async () => {
  const site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site, { approved: true }, unkept);
  expect(await (await edge.get("/")).text()).toBe(pages["/"].body);
  site[Symbol.dispose]();
  await untilGone(edge);
  for (const path of ["/", "/adhesion"] as const) {
    const answer = await edge.get(path);
    const text = await answer.text();
    expect([answer.status, answer.headers.get("kasbah-provenance")]).toEqual([200, "copy"]);
    expect(text).toMatch(line);
    expect(text.replace(line, "")).toBe(pages[path].body);
    expect([answer.headers.get("etag"), answer.headers.get("cache-control")]).toEqual([null, "no-cache"]);
  }
  expect(await (await edge.get("/theme.css")).text()).toBe(pages["/theme.css"].body);
  for (const answer of [
    await edge.get("/?s=droits"),
    await edge.get("/new"),
    await edge.get("/contact", { method: "POST", body: "a" }),
  ]) {
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "120"]);
    expect(await answer.text()).toContain("لم يُحفظ شيء مما أرسلته");
  }
  const { origin } = await edge.bus.request("edge.origin", {});
  expect(origin?.site).toBe("gone");
});

test("what was kept of it goes out with the line, too, and without it when the site is back", async () => {
  const site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site, { approved: true });
  await until(async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => edge.get("/")));
    return answers.every((answer) => answer.headers.get("kasbah-provenance") === "judged");
  });
  site[Symbol.dispose]();
  await untilGone(edge);
  const answer = await edge.get("/");
  expect(answer.headers.get("kasbah-provenance")).toBe("judged");
  expect(await answer.text()).toMatch(line);
  using _again = new SomebodyElsesSite(pages, Number(new URL(site.url).port));
  await until(async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => await (await edge.get("/")).text()),
    );
    return answers.every((text) => !line.test(text));
  });
});

test("a site that nobody approved and nothing is kept of is in maintenance, until it is back", async () => {
  const site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site, { approved: false }, unkept);
  site[Symbol.dispose]();
  await untilGone(edge);
  const answer = await edge.get("/");
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([503, "no-store"]);
  expect(await answer.text()).toContain("ونعمل على إعادته");
  expect((await edge.bus.request("edge.origin", {})).origin?.site).toBe("maintenance");
  using _again = new SomebodyElsesSite(pages, Number(new URL(site.url).port));
  await until(async () => (await edge.get("/")).status === 200);
});

test("since when it is gone outlives a restart: copies at once, the same moment; and it is over when the site is back", async () => {
  const site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site, { approved: true }, unkept);
  site[Symbol.dispose]();
  await untilGone(edge);
  const state = async () => (await edge.bus.request("edge.origin", {})).origin;
  // The main thread's clock stands still here and the workers' goes on: the moment moves with each word of theirs, by seconds.
  const sinceMs = async (): Promise<number> => Date.parse((await state())?.since ?? "");
  const beforeMs = await sinceMs();
  await edge.stop();
  edge.clock.advance(3_600_000);
  await edge.start();
  expect(await state()).toMatchObject({ site: "gone", health: { state: "away" } });
  expect(await (await edge.get("/adhesion")).text()).toMatch(line);
  expect(await state()).toMatchObject({ site: "gone" });
  expect(Math.abs((await sinceMs()) - beforeMs)).toBeLessThan(60_000);
  using _again = new SomebodyElsesSite(pages, Number(new URL(site.url).port));
  await until(async () => (await state())?.site === "live");
  expect(await (await edge.get("/adhesion")).text()).toBe(pages["/adhesion"].body);
  await edge.stop();
  await edge.start();
  expect(await state()).toMatchObject({ site: "live", health: { state: "well" } });
});

test("the text of an approved copy is had alone, small and without anything that acts, whether the site is there or not; of nothing else", async () => {
  const evil = "<script>alert(1)</script><img src=x onerror=alert(1)><p>&lt;b onclick=x&gt; \u202eturned";
  const long = themedPage("Rapport", `${"Une phrase du rapport annuel. ".repeat(30)}${evil}`);
  const site = new SomebodyElsesSite({
    ...pages,
    "/rapport": { body: long },
    "/feed": { body: "<rss/>", type: "text/xml" },
  });
  await using edge = await edgeBefore(site, { approved: true }, unkept);
  site.requests.length = 0;
  const text = await edge.get("/_kasbah/text/rapport");
  const said = await text.text();
  expect([text.status, text.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(said).toContain('<p lang="fr" dir="ltr">Texte de la version approuvée');
  expect(said).toContain("Une phrase du rapport annuel.");
  expect(said).toContain("&#60;b onclick=x&#62; turned");
  expect(said).not.toMatch(/<script|<img|onerror|\u202e/);
  expect(said.length).toBeLessThan(10_000);
  for (const path of ["/unknown", "/theme.css", "/feed", "/rapport?s=x"])
    expect((await edge.get(`/_kasbah/text${path}`)).status).toBe(404);
  expect(site.requests).toEqual([]);
  const baseline = await site.baseline();
  site[Symbol.dispose]();
  await untilGone(edge);
  const [, link = ""] = line.exec(await (await edge.get("/adhesion?utm_source=x")).text()) ?? [];
  expect(link).toBe("/_kasbah/text/adhesion");
  expect(await (await edge.get(link)).text()).toContain("il suffit d&#39;écrire au secrétariat");
  await edge.bus.request("edge.maintenance.on", { until: null, message: "" });
  await until(async () => (await edge.get("/adhesion")).status === 503);
  expect((await edge.get(link)).status).toBe(200);
  await edge.bus.request("edge.maintenance.on", { until: null, message: "", close: true });
  await until(async () => (await edge.get(link)).status === 503);
  const withdrawal = { site: "portal", path: "/adhesion", at: "2011-07-31T14:05:09Z", blobs: [] };
  await edge.bus.request("edge.maintenance.off", {});
  await edge.publish({ "/_kasbah/a": "ours" }, [withdrawal], baseline);
  await until(async () => (await edge.get(link)).status === 404);
});
