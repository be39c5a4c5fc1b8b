// Snapshots of a site that is false, slow, broken or endless while it is learned.
import { describe, expect, test } from "bun:test";
import { article, html, prose, startLivingOrigin } from "../../../test/living-origin.ts";
import { approvedCopy, protect, publishedManifest, snapshot } from "../../../test/origin-newsroom.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";

const defaced = (): Response =>
  new Response(
    "<html><head><title>Hacked by X</title></head><body bgcolor=black><h1>HACKED BY X</h1><iframe src=//evil.example/></iframe></body></html>",
    { headers: { "content-type": "text/html" } },
  );

describe("a page learned while it is defaced", () => {
  test("in a third of its loads: the copy and the facts are the true page's", async () => {
    await using folder = temporaryFolder("memory");
    await using living = startLivingOrigin();
    living.answers.set(article(1), (_, visit) =>
      visit % 3 === 2 ? defaced() : html({ title: "Article 1", body: prose(1) }),
    );
    await using protecting = await protect(folder.path, living);
    await snapshot(protecting);
    const copy = await approvedCopy(protecting, folder.path, article(1));
    expect(copy).toContain("Article 1");
    expect(copy).not.toContain("HACKED");
  });

  test("in all of its loads: it is unlike the other pages, is told of and kept out, until somebody names it", async () => {
    await using folder = temporaryFolder("memory");
    await using living = startLivingOrigin();
    living.answers.set(article(1), defaced);
    await using protecting = await protect(folder.path, living);
    protecting.origin.snapshot.begin(false);
    await protecting.origin.snapshot.idle();
    const doubtful = protecting.origin.snapshot.facts().suspicious;
    expect(doubtful.filter(({ kept_out: isOut }) => isOut).map(({ address }) => address)).toEqual([
      article(1),
    ]);
    await protecting.origin.approve([]);
    const paths = (await publishedManifest(protecting, folder.path))?.entries.map(({ path }) => path);
    expect([paths?.includes(article(0)), paths?.includes(article(1))]).toEqual([true, false]);
    await snapshot(protecting, [article(1)]);
    const named = (await publishedManifest(protecting, folder.path))?.entries.map(({ path }) => path);
    expect(named).toContain(article(1));
  });
});

test("a front that only redirects is no page: it is kept out, and what to look at is said", async () => {
  await using folder = temporaryFolder("memory");
  await using living = startLivingOrigin();
  living.answers.set("/", () => Response.redirect("http://other.example/", 301));
  await using protecting = await protect(folder.path, living);
  protecting.origin.snapshot.begin(false);
  await protecting.origin.snapshot.idle();
  const [front] = protecting.origin.snapshot.facts().suspicious;
  expect(front).toMatchObject({ address: "/", kept_out: true });
  expect(front?.why).toContain("add it to site.portal.hosts");
  expect(front?.why).toContain('"other.example"');
});

test("a front whose links use another name stays in, and what to add is said in one line", async () => {
  await using folder = temporaryFolder("memory");
  await using living = startLivingOrigin();
  const body = `${prose(1)}<a href="https://www.cms.example/a/">A</a><img src="https://www.cms.example/logo.png">`;
  living.answers.set("/", () => html({ title: "La Place", body }));
  await using protecting = await protect(folder.path, living);
  protecting.origin.snapshot.begin(false);
  await protecting.origin.snapshot.idle();
  const [front, ...more] = protecting.origin.snapshot.facts().suspicious;
  expect(more).toEqual([]);
  expect(front).toMatchObject({ address: "/", kept_out: false });
  expect(front?.why).toContain('"www.cms.example"');
});

describe("an origin that is not well", () => {
  test("redirects that go round, pages that are huge, break off or never end: the others are learned", async () => {
    await using folder = temporaryFolder("memory");
    await using living = startLivingOrigin();
    const to = (location: string) => () => new Response(null, { status: 302, headers: { location } });
    living.answers.set("/rond/a", to("/rond/b"));
    living.answers.set("/rond/b", to("/rond/a"));
    living.answers.set(
      "/enorme",
      () => new Response("x".repeat(200_000), { headers: { "content-type": "text/html" } }),
    );
    const endless = (): Response =>
      new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(10_000)) }), {
        headers: { "content-type": "text/html" },
      });
    living.answers.set("/sans-fin", endless);
    living.answers.set(
      "/casse",
      () => new Response("not compressed", { headers: { "content-encoding": "gzip" } }),
    );
    const links = ["/rond/a", "/enorme", "/sans-fin", "/casse", "/articles/"];
    living.answers.set("/", () =>
      html({ title: "Accueil", body: links.map((link) => `<a href="${link}">x</a>`).join("") }),
    );
    await using protecting = await protect(folder.path, living, {
      settings: { crawl_body_bytes_max: 100_000 },
    });
    await snapshot(protecting);
    const paths = (await publishedManifest(protecting, folder.path))?.entries.map(({ path }) => path) ?? [];
    expect(paths).toContain(article(3));
    expect(paths).toContain("/rond/a");
    expect(paths.filter((path) => ["/enorme", "/sans-fin", "/casse"].includes(path))).toEqual([]);
  });

  test("it says that it is too much: it is asked again later, and nothing is lost", async () => {
    await using folder = temporaryFolder("memory");
    await using living = startLivingOrigin();
    living.answers.set(article(2), (_, visit) =>
      visit === 0
        ? new Response("slow down", { status: 429, headers: { "retry-after": "1" } })
        : html({ title: "Article 2", body: prose(2) }),
    );
    await using protecting = await protect(folder.path, living);
    await snapshot(protecting);
    const first = living.asked.findIndex(({ address }) => address === article(2));
    const pause = (living.asked[first + 3]?.atMs ?? 0) - (living.asked[first]?.atMs ?? 0);
    expect(pause).toBeGreaterThan(900);
    const paths = (await publishedManifest(protecting, folder.path))?.entries.map(({ path }) => path);
    expect(paths).toContain(article(2));
  });

  test("it is away: the snapshot stands still and says so, and goes on when it is back", async () => {
    await using folder = temporaryFolder("memory");
    await using living = startLivingOrigin();
    living.instead = () => new Response("no", { status: 500 });
    await using protecting = await protect(folder.path, living);
    protecting.origin.snapshot.begin(false);
    await protecting.origin.snapshot.idle();
    expect(protecting.origin.snapshot.facts().fault).toContain("does not answer");
    living.instead = undefined;
    await snapshot(protecting);
    expect(protecting.origin.snapshot.facts()).toMatchObject({ state: "approved", fault: null });
  });
});

test("an answer that is something else each time vouches for nothing", async () => {
  await using folder = temporaryFolder("memory");
  await using living = startLivingOrigin();
  living.answers.set(
    "/theme/menu.js",
    (_, visit) => new Response(`var token = ${visit}`, { headers: { "content-type": "text/javascript" } }),
  );
  await using protecting = await protect(folder.path, living);
  await snapshot(protecting);
  const paths = (await publishedManifest(protecting, folder.path))?.entries.map(({ path }) => path);
  expect(paths).not.toContain("/theme/menu.js");
});
