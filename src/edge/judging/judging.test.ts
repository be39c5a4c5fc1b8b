// Somebody else's site behind a whole edge: real pages, real signed baselines, real workers; what readers see when the site is defaced.
import { expect, setDefaultTimeout, test } from "bun:test";
import { writeFile } from "node:fs/promises";
import { SomebodyElsesSite, type TestAnswer, themedPage } from "../../../test/edge/somebody-elses-site.ts";
import type { Overrides } from "../../../test/edge/config.ts";
import { BlobStore } from "../../store/blobs.ts";
import { until, WholeEdge } from "../../../test/edge/whole-edge.ts";

/** Each starts an edge with its threads, beside whatever else the machine does. */
setDefaultTimeout(20_000);

const front = themedPage(
  "L'association",
  "Bienvenue sur le site de l'association, qui publie ses communiqués et ses rapports.",
);
const join = themedPage("Adhésion", "Pour adhérer, il suffit d'écrire au secrétariat de l'association.");
const defaced =
  "<html><head><title>HACKED by team</title></head><body bgcolor=black><h1>HACKED</h1><marquee>free</marquee></body></html>";
const script = { body: "document.title;", type: "text/javascript" } satisfies TestAnswer;
const pages = {
  "/": { body: front },
  "/adhesion": { body: join },
  "/theme.js": script,
  "/theme.css": { body: "body { color: black }", type: "text/css" },
  "/logo.png": { body: new Uint8Array([137, 80, 78, 71, 1, 2, 3, 4]), type: "image/png" },
} satisfies Record<string, TestAnswer>;

async function edgeBefore(site: SomebodyElsesSite, overrides: Overrides = {}): Promise<WholeEdge> {
  // Nothing is kept: each request meets the site as it is then.
  const origin = { url: site.url, default_fresh_s: 0, stale_s: 0, ...overrides.origin };
  const edge = new WholeEdge({ ...overrides, origin });
  await edge.publish({ "/_kasbah/a": "ours" }, undefined, await site.baseline());
  await edge.start();
  return edge;
}

const provenance = (answer: Response): string | null => answer.headers.get("kasbah-provenance");

test("a page that its baseline vouches for is the origin's own; a defaced one is never shown, and told at once", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const usual = await edge.get("/");
  expect([provenance(usual), await usual.text()]).toEqual(["judged", front]);
  const found = edge.event("origin.finding", ({ verdict }) => verdict === "alarm");
  site.pages.set("/", {
    body: defaced,
    headers: { "set-cookie": "a=1", "content-security-policy": "script-src *" },
  });
  const answer = await edge.get("/");
  expect([answer.status, provenance(answer), await answer.text()]).toEqual([200, "copy", front]);
  expect([answer.headers.get("set-cookie"), answer.headers.get("content-security-policy")]).toEqual([
    null,
    null,
  ]);
  expect(await found).toMatchObject({
    address: "/",
    verdict: "alarm",
    held: true,
    shown: { judged: 0, uncertain: 0 },
  });
});

test("without judging the defaced page is shown", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site, { origin: { judge: "off" } });
  site.pages.set("/", { body: defaced });
  expect(await (await edge.get("/")).text()).toBe(defaced);
});

test("after two readings that confirm it the whole site is held: the origin is asked for nothing, copies are shown, all else says so in words", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  await holdByDefacing(site, edge);
  site.requests.length = 0;
  for (const path of ["/", "/adhesion", "/?utm_source=x", "/theme.js"])
    expect(provenance(await edge.get(path))).toBe("copy");
  for (const [path, init] of [
    ["/?s=droits", {}],
    ["/nouvelle-page", {}],
    ["/wp-comments-post.php", { method: "POST", body: "comment=bravo" }],
  ] as const) {
    const answer = await edge.get(path, init);
    expect([path, answer.status, answer.headers.get("retry-after")]).toEqual([path, 503, "300"]);
    expect(await answer.text()).toContain("نسخ محفوظة");
  }
  expect(await (await edge.get("/fr/recherche?q=x")).text()).toContain("copies conservées");
  expect(site.requests).toEqual([]);
});

test("what is held is held after a restart, without newsroom or watch, until it is released", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  await holdByDefacing(site, edge);
  await edge.stop();
  await edge.start();
  expect(provenance(await edge.get("/adhesion"))).toBe("copy");
  const held = (await edge.bus.request("edge.origin", {})).origin;
  expect([held?.site, held?.by]).toEqual(["held", "edge"]);
  const confirmed = edge.event("origin.state", ({ by }) => by === "operator");
  await edge.bus.request("edge.origin.hold", { reason: "not ours", findings: [] });
  expect(await confirmed).toMatchObject({ site: "held", reason: "not ours", since: held?.since });
  site.pages.set("/", { body: front });
  const live = (await edge.bus.request("edge.origin.release", {})).origin;
  expect([live?.site, live?.by]).toEqual(["live", "operator"]);
  await until(async () => provenance(await edge.get("/")) === "judged");
});

test("while it is held, who works on the site gets through to it, by path and by cookie", async () => {
  using site = new SomebodyElsesSite({ ...pages, "/wp-admin/": { body: "<title>admin</title>" } });
  await using edge = await edgeBefore(site);
  await holdByDefacing(site, edge);
  site.requests.length = 0;
  expect(await (await edge.get("/wp-admin/")).text()).toContain("admin");
  const cookie = "a=1; wordpress_logged_in_0123456789abcdef=editor%7C1";
  expect(await (await edge.get("/", { headers: { cookie } })).text()).toBe(defaced);
  expect(provenance(await edge.get("/", { headers: { cookie: "PHPSESSID=0123456789" } }))).toBe("copy");
  expect(site.requests).toEqual(["GET /wp-admin/", "GET /"]);
});

test("a page that was false for a moment is live again when the edge itself has read it right three times", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const held = edge.event("origin.state", (state) => state.held_pages === 1);
  site.pages.set("/", { body: defaced });
  site.requests.length = 0;
  expect(provenance(await edge.get("/"))).toBe("copy");
  await held;
  await until(async () => Promise.resolve(site.requests.length === 2));
  site.pages.set("/", { body: front });
  await until(async () => {
    edge.clock.advance(500);
    return provenance(await edge.get("/")) === "judged";
  });
  expect((await edge.bus.request("edge.origin", {})).origin).toMatchObject({ site: "live", held_pages: 0 });
});

test.each([
  ["/theme.js", { ...script, body: "document.body.innerHTML = 'hacked';" }],
  ["/theme.css", { body: "body { background: url(//evil.example/flag.png) }", type: "text/css" }],
  ["/logo.png", { body: new Uint8Array([137, 80, 78, 71, 9, 9, 9, 9]), type: "image/png" }],
  ["/logo.png", { body: defaced }],
])("%s with other contents is not shown: its copy is", async (path, other) => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const before = await (await edge.get(path)).bytes();
  site.pages.set(path, other);
  const found = edge.event("origin.finding");
  const answer = await edge.get(path);
  expect([provenance(answer), await answer.bytes()]).toEqual(["copy", before]);
  expect(await found).toMatchObject({ address: path, held: true });
});

test("films and large pictures that the baseline does not know come through; what only calls itself one does not", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const body = new Uint8Array(6 * 1024 * 1024).fill(7);
  for (const [path, type] of [
    ["/film.mp4", "video/mp4"],
    ["/photo.jpg", "image/jpeg"],
  ] as const) {
    site.pages.set(path, { body, type });
    const answer = await edge.get(path);
    expect([provenance(answer), (await answer.bytes()).length]).toEqual(["uncertain", body.length]);
  }
  // Browsers take the last type that is one.
  site.pages.set("/other.mp4", { body: defaced, type: "video/mp4;,text/html" });
  expect((await edge.get("/other.mp4")).status).toBe(503);
});

test("a withdrawn page is gone although its site has it still, and its copy is shown to nobody", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const withdrawal = { site: "portal", path: "/adhesion", at: "2011-07-31T14:05:09Z", blobs: [] };
  const judged = edge.event(
    "origin.state",
    ({ baseline }) => baseline?.pages === Object.keys(pages).length - 1,
  );
  await edge.publish({ "/_kasbah/a": "ours" }, [withdrawal], await site.baseline());
  await judged;
  for (const path of ["/adhesion", "/%61dhesion?x=1"]) expect((await edge.get(path)).status).toBe(410);
  await holdByDefacing(site, edge);
  expect((await edge.get("/adhesion")).status).toBe(410);
});

test("whatever form it is asked for in, nothing unjudged comes through: conditions, parts, HEAD, codings", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const seen: Headers[] = [];
  site.pages.set("/adhesion", ({ headers }) => {
    seen.push(headers);
    const tricks = { etag: '"x"', "content-encoding": "gzip" };
    if (headers.has("range"))
      return { body: "<title>HACKED</title>", status: 206, headers: { "content-range": "bytes 0-9/90" } };
    if (headers.has("if-none-match"))
      return { body: "", status: 304, headers: { "set-cookie": "wordpress_logged_in_1=x" } };
    return { body: Bun.gzipSync(defaced), headers: tricks };
  });
  const part = await edge.get("/adhesion", { headers: { range: "bytes=0-99" } });
  expect([part.status, provenance(part), await part.text()]).toEqual([206, "copy", join.slice(0, 99)]);
  for (const headers of [{ "if-none-match": '"x"' }, { "accept-encoding": "gzip" }, {}]) {
    const answer = await edge.get("/adhesion", { headers });
    expect([answer.status, provenance(answer), await answer.text()]).toEqual([200, "copy", join]);
  }
  const head = await edge.get("/adhesion", { method: "HEAD" });
  expect([head.status, provenance(head)]).toEqual([200, "copy"]);
  expect(seen.every((headers) => headers.get("accept-encoding") === "identity")).toBe(true);
});

test("an answer that was coded although nobody asked is judged as what it says, and sent as it is", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  site.pages.set("/", { body: Bun.gzipSync(front), headers: { "content-encoding": "gzip", etag: '"x"' } });
  const answer = await edge.get("/");
  expect([provenance(answer), answer.headers.get("content-encoding"), await answer.text()]).toEqual([
    "judged",
    null,
    front,
  ]);
  expect((await edge.get("/", { headers: { "if-none-match": 'W/"x"' } })).status).toBe(304);
});

test("hostile pages stop nobody: too long, too deep, a bomb in gzip, one that never ends", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site, { origin: { gather_timeout_s: 1 } });
  const bomb = Bun.gzipSync(new Uint8Array(64 * 1024 * 1024));
  for (const answer of [
    { body: front + " ".repeat(10_000_000) },
    { body: `${front}${"<div>".repeat(200_000)}` },
    { body: bomb, headers: { "content-encoding": "gzip" } },
    { body: bomb, headers: { "content-encoding": "gzip, gzip" } },
  ]) {
    site.pages.set("/adhesion", answer);
    expect(await (await edge.get("/adhesion")).text()).toBe(join);
    site.pages.set("/unknown", answer);
    expect((await edge.get("/unknown")).status).toBe(503);
  }
  expect(provenance(await edge.get("/"))).toBe("judged");
});

test("what is kept back is not read again for each reader", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  site.pages.set("/long", { body: `${front}${"<div>".repeat(200_000)}` });
  site.requests.length = 0;
  await Promise.all(Array.from({ length: 60 }, async () => await edge.get("/long")));
  for (let ask = 0; ask < 60; ask += 1) expect((await edge.get("/long")).status).toBe(503);
  expect(site.requests.length).toBeLessThan(80);
});

test("a reader can't be made one of the staff by what the origin says", async () => {
  const planted = "wordpress_logged_in_0123456789abcdef=editor%7C1; Path=/";
  const body = themedPage("Un article", "Un nouvel article de l'association.");
  const signsIn = { body, headers: { "set-cookie": planted } };
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  for (const path of ["/article", "/wp-login.php", "/wp-admin/admin-ajax.php"]) site.pages.set(path, signsIn);
  site.pages.set("/autre", { body, headers: { "set-cookie": "lang=fr" } });
  const film = new Uint8Array(6 * 1024 * 1024);
  site.pages.set("/film.mp4", { ...signsIn, body: film, type: "video/mp4" });
  const cookies = async (path: string, headers = {}): Promise<string[]> =>
    (await edge.get(path, { headers })).headers.getSetCookie();
  for (const path of ["/article", "/wp-login.php", "/wp-admin/admin-ajax.php"])
    expect(await cookies(path)).toEqual([]);
  for (const method of ["GET", "HEAD"]) {
    const answer = await edge.get("/film.mp4", { method });
    expect([(await answer.bytes()).length > 0, answer.headers.getSetCookie()]).toEqual([
      method === "GET",
      [],
    ]);
  }
  expect(await cookies("/autre")).toEqual(["lang=fr"]);
  expect(await cookies("/wp-login.php", { "upgrade-insecure-requests": "1" })).toEqual([planted]);
});

test("what a form is answered with is judged, too: words in place of what nobody there would say", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const send = { method: "POST", body: "comment=bravo" };
  site.pages.set("/comment", { body: "", status: 302, headers: { location: "/adhesion" } });
  const thanked = await edge.get("/comment", send);
  expect([thanked.status, thanked.headers.get("location")]).toEqual([302, "/adhesion"]);
  for (const answer of [
    { body: defaced, headers: { "set-cookie": "a=1" } },
    { body: "", status: 302, headers: { location: "https://evil.example/" } },
  ]) {
    site.pages.set("/comment", answer);
    const words = await edge.get("/comment", send);
    expect([words.status, words.headers.get("location"), words.headers.get("set-cookie")]).toEqual([
      503,
      null,
      null,
    ]);
  }
  expect((await edge.bus.request("edge.origin", {})).origin).toMatchObject({ site: "live", held_pages: 0 });
});

test("while somebody is working on the site, what may be theirs is shown; what nobody would do is not", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const redesigned = front.replace("</body>", '<script src="//cdn.example.com/new.js"></script></body>');
  site.pages.set("/", { body: redesigned });
  expect(provenance(await edge.get("/"))).toBe("copy");
  const untilTime = new Date(edge.clock.nowMs() + 3_600_000).toISOString();
  expect((await edge.bus.request("edge.origin.working", { until: untilTime })).origin?.working_until).toBe(
    untilTime,
  );
  await until(async () => provenance(await edge.get("/")) === "uncertain");
  site.pages.set("/adhesion", { body: defaced });
  expect(provenance(await edge.get("/adhesion"))).toBe("copy");
  edge.clock.advance(3_600_001);
  expect((await edge.bus.request("edge.origin", {})).origin?.working_until).toBeNull();
});

test("in watch mode it is only told", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site, { origin: { judge: "watch" } });
  const found = edge.event("origin.finding");
  site.pages.set("/", { body: defaced });
  const answer = await edge.get("/");
  expect([provenance(answer), await answer.text()]).toEqual(["uncertain", defaced]);
  expect(await found).toMatchObject({ verdict: "alarm", held: false });
  const long = `${front}${"<div>".repeat(200_000)}`;
  for (const path of ["/adhesion", "/long"]) {
    site.pages.set(path, { body: long });
    expect((await (await edge.get(path)).text()).length).toBe(long.length);
  }
});

test("how often something uncertain was shown is told while it grows, and finally when it is confirmed to be false; its bytes can be had", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const body = "<p>Quelque chose qui ne ressemble à aucune page du site.</p>";
  site.pages.set("/etrange", { body });
  const first = edge.event("origin.finding", ({ address }) => address === "/etrange");
  await edge.get("/etrange");
  const { id } = await first;
  const grown = edge.event("origin.finding", ({ shown }) => shown.uncertain === 3);
  await edge.get("/etrange");
  await edge.get("/etrange");
  await whilePassing(edge, 1_000, grown);
  const final = edge.event("origin.finding", ({ verdict }) => verdict === "alarm");
  await edge.bus.request("edge.origin.hold", { reason: "not ours", findings: [id, "unknown"] });
  expect(await final).toMatchObject({ id, shown: { judged: 0, uncertain: 3 } });
  await until(async () => (await edge.get("/etrange")).status === 503);
  const { sample } = await edge.bus.request("edge.origin.sample", { finding: id, offset: 0 });
  expect([sample?.status, Buffer.from(sample?.piece ?? "", "base64").toString()]).toEqual([200, body]);
  expect(await edge.bus.request("edge.origin.sample", { finding: "x", offset: 0 })).toEqual({ sample: null });
});

test("what is only uncertain stays in no browser, also where it was asked for again and had not changed; what is vouched for does", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  // Minutes in browsers; here it is asked about each time.
  const headers = { "cache-control": "max-age=600, s-maxage=0", etag: '"x"', expires: "0" };
  const keeping = async (path: string): Promise<(string | null)[]> => {
    const answer = await edge.get(path);
    return [provenance(answer), answer.headers.get("cache-control"), answer.headers.get("expires")];
  };
  site.pages.set("/", { body: front, headers });
  expect(await keeping("/")).toEqual(["judged", "max-age=600, s-maxage=0", "0"]);
  const body = "<p>Quelque chose qui ne ressemble à aucune page du site.</p>";
  const statuses: number[] = [];
  site.pages.set("/etrange", ({ headers: asked }) => {
    const status = asked.has("if-none-match") ? 304 : 200;
    statuses.push(status);
    return { body: status === 200 ? body : "", status, headers };
  });
  for (let ask = 0; ask < 3; ask += 1)
    expect(await keeping("/etrange")).toEqual(["uncertain", "no-cache", null]);
  expect(statuses).toEqual([200, 304, 304]);
});

test("what readers search for is told to nobody, and makes no findings of its own", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const found: string[] = [];
  edge.bus.subscribe("origin.finding", ({ address }) => void found.push(address));
  const grown = edge.event("origin.finding", ({ shown }) => shown.uncertain === 3);
  for (const words of ["droits", "salaires", "un+nom"]) {
    site.pages.set(`/?s=${words}`, { body: "<p>Quelque chose qui ne ressemble à aucune page du site.</p>" });
    expect(provenance(await edge.get(`/?s=${words}`))).toBe("uncertain");
  }
  await whilePassing(edge, 1_000, grown);
  expect(new Set(found)).toEqual(new Set(["/?s"]));
});

test("without a baseline nothing is judged, and it says so; with one it is, from the next request on; a damaged one changes nothing", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = new WholeEdge({ origin: { url: site.url } });
  await edge.publish({ "/_kasbah/a": "ours" });
  await edge.start();
  expect((await edge.bus.request("edge.origin", {})).origin?.baseline).toBeNull();
  expect(await (await edge.get("/")).text()).toBe(front);
  const judged = edge.event("origin.state", ({ baseline }) => baseline !== null);
  const baseline = await site.baseline();
  await edge.publish({ "/_kasbah/a": "ours" }, undefined, baseline);
  expect((await judged).baseline?.pages).toBe(Object.keys(pages).length);
  await until(async () => provenance(await edge.get("/")) === "judged");
  const damage = edge.event("tampering");
  const other = await site.baseline(["/"]);
  const { target } = other;
  await edge.publish({ "/_kasbah/a": "ours" }, undefined, {
    ...other,
    blobs: new Map([...other.blobs].filter(([name]) => name !== target.sha256)),
  });
  expect((await damage).where).toContain(target.sha256);
  expect(provenance(await edge.get("/adhesion"))).toBe("judged");
});

test("a newer baseline that lacks a part of it is used as soon as the newsroom has put that back", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  const other = await site.baseline(["/", "/adhesion"]);
  const { site: lacking } = other.published;
  edge.bus.respond("newsroom.repair", async ({ sha256 }) => {
    const blobs = [...other.blobs].filter(([name]) => name === sha256);
    await new BlobStore(edge.data.blobs).put(new Map(blobs));
    return { repaired: blobs.length > 0 };
  });
  await edge.bus.flush();
  const used = edge.event("origin.state", ({ baseline }) => baseline?.pages === 2);
  const blobs = new Map([...other.blobs].filter(([name]) => name !== lacking.sha256));
  await edge.publish({ "/_kasbah/a": "ours" }, undefined, { ...other, blobs });
  expect(provenance(await edge.get("/theme.css"))).toBe("judged");
  await whilePassing(edge, 1_000, used);
});

test("an approved copy that was changed on disk is never shown, is told, and comes back repaired", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  await writeFile(edge.blobFile(join), "the lie");
  site.pages.set("/adhesion", { body: defaced });
  const told = edge.event("tampering");
  expect((await edge.get("/adhesion")).status).toBe(503);
  await told;
  edge.repairFrom({ "/adhesion": join });
  await until(async () => (await (await edge.get("/adhesion")).text()) === join);
});

test("all workers agree", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site, { edge: { workers: 2 } });
  site.pages.set("/", { body: defaced });
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => await (await edge.get("/")).text()),
  );
  expect(new Set(answers)).toEqual(new Set([front]));
});

test("browsers are told to forget what a planted service worker stored", async () => {
  using site = new SomebodyElsesSite(pages);
  await using edge = await edgeBefore(site);
  expect((await edge.get("/adhesion")).headers.get("clear-site-data")).toBeNull();
  site.pages.set("/", {
    body: front.replace("</body>", "<script>navigator.serviceWorker.register('/sw.js')</script></body>"),
  });
  await edge.get("/");
  await until(
    async () => (await edge.get("/adhesion")).headers.get("clear-site-data") === '"cache", "storage"',
  );
  expect((await edge.get("/theme.css")).headers.get("clear-site-data")).toBeNull();
});

/** A reader and two looks of the edge's own see the defaced page. */
async function holdByDefacing(site: SomebodyElsesSite, edge: WholeEdge): Promise<void> {
  const held = edge.event("origin.state", (state) => state.site === "held");
  site.pages.set("/", { body: defaced });
  await edge.get("/");
  await whilePassing(edge, 250, held);
  await until(async () => provenance(await edge.get("/theme.css")) === "copy");
}

/** Time passes, so much at once, until that has happened. */
async function whilePassing(edge: WholeEdge, ms: number, happened: Promise<unknown>): Promise<void> {
  const over = happened.then(() => true);
  await until(async () => {
    edge.clock.advance(ms);
    return await Promise.race([over, Bun.sleep(20).then(() => false)]);
  });
}
