// The baseline follows ordinary publishing by itself, and nothing else.
import { describe, expect, test } from "bun:test";
import { article, articleCount, html, prose, type LivingOrigin } from "../../../test/living-origin.ts";
import { protectedSite } from "../../../test/origin-newsroom.ts";

const defaced = (): Response =>
  new Response(
    "<html><head><title>Hacked by X</title></head><body bgcolor=black><h1>HACKED BY X</h1></body></html>",
    {
      headers: { "content-type": "text/html" },
    },
  );

/** A new article, with the front that leads to it. */
function publishArticle({ answers }: LivingOrigin, at: number): void {
  answers.set(article(at), () => html({ title: `Article ${at}`, body: prose(at) }));
  answers.set("/", () =>
    html({
      title: "Accueil",
      body: `<img src="/logo.png" alt=""><a href="${article(at)}">Article ${at}</a> <a href="${article(0)}">Article 0</a>`,
    }),
  );
}

test("a new article is in the baseline without anybody", async () => {
  await using site = await protectedSite();
  publishArticle(site.living, articleCount);
  await site.watching.round();
  await site.watching.round();
  expect(await site.copyAt(article(articleCount))).toContain(`Article ${articleCount}`);
  expect(await site.copyAt("/")).toContain(article(articleCount));
  expect(site.questions.list()).toEqual([]);
});

test("nothing new, no new edition", async () => {
  await using site = await protectedSite();
  await site.watching.round();
  const before = site.protecting.newsroom.publisher.facts()?.version;
  await site.watching.round();
  expect(site.protecting.newsroom.publisher.facts()?.version).toBe(before as number);
});

test("a page that is defaced never becomes baseline, and somebody is asked", async () => {
  await using site = await protectedSite();
  const before = await site.copyAt("/");
  site.living.answers.set("/", defaced);
  const told = new Promise((resolve) => site.edge.subscribe("origin.question", resolve));
  await site.edge.flush();
  await site.watching.round();
  expect(await told).toMatchObject({ alarm: true, status: "open", addresses: ["/"] });
  expect(await site.copyAt("/")).toBe(before as string);
});

describe("while something is suspicious nothing is taken over", () => {
  test("an alarm is open", async () => {
    await using site = await protectedSite();
    await site.finds({
      verdict: "alarm",
      facts: [{ what: "title", value: "Hacked", weight: "contradicts" }],
    });
    publishArticle(site.living, articleCount);
    await site.watching.round();
    await site.watching.round();
    expect(await site.copyAt(article(articleCount))).toBeUndefined();
  });
});

test("while an edge holds the site nothing is taken over, and goes on once it is live again", async () => {
  await using site = await protectedSite();
  await site.says({ site: "held" });
  publishArticle(site.living, articleCount);
  await site.watching.round();
  await site.watching.round();
  expect(await site.copyAt(article(articleCount))).toBeUndefined();
  expect(() => site.protecting.origin.beginSnapshot(true)).toThrow("held");
  await site.says({ site: "live" });
  await site.watching.round();
  await site.watching.round();
  expect(await site.copyAt(article(articleCount))).toContain(`Article ${articleCount}`);
});

describe("a page that is no longer there", () => {
  test("goes when it was missing twice", async () => {
    await using site = await protectedSite();
    site.living.answers.delete("/a-propos/");
    await site.watching.round();
    await site.watching.round();
    expect(await site.copyAt("/a-propos/")).toBeUndefined();
  });

  test("stays where half the site is missing", async () => {
    await using site = await protectedSite();
    for (let at = 0; at < articleCount; at += 1) site.living.answers.delete(article(at));
    await site.watching.round();
    await site.watching.round();
    expect(await site.copyAt(article(1))).toContain("Article 1");
  });

  test("stays while the site answers with faults", async () => {
    await using site = await protectedSite();
    const entries = (await site.entries()).length;
    site.living.instead = () => new Response("no database", { status: 500 });
    await site.watching.round();
    await site.watching.round();
    expect((await site.entries()).length).toBe(entries);
  });
});

test("what an edge is uncertain of is read again, and learned once the baseline vouches for it", async () => {
  await using site = await protectedSite();
  site.living.answers.set(article(77), () => html({ title: "Article 77", body: prose(77) }));
  await site.finds({ verdict: "uncertain", address: article(77), held: false });
  await site.watching.round();
  expect(await site.copyAt(article(77))).toContain("Article 77");
});
