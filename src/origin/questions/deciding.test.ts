// What people decide: it is ours, it is not, it is right again. Each rests on the origin read anew.
import { describe, expect, test } from "bun:test";
import { article, html, type LivingOrigin, prose } from "../../../test/living-origin.ts";
import { protectedSite } from "../../../test/origin-newsroom.ts";

/** A plugin that the site's people have added: a script of another host on each page. */
function addScript({ answers }: LivingOrigin, host: string): void {
  for (const [address, answer] of answers) {
    answers.set(address, async (request, visit) => {
      const before = await answer(request, visit);
      const text = await before.text();
      return new Response(
        text.replace("</head>", `<script src="https://${host}/count.js"></script></head>`),
        { headers: before.headers },
      );
    });
  }
}

describe("it is ours", () => {
  test("one question for all pages; accepted, it is in the next edition on all of them", async () => {
    await using site = await protectedSite();
    addScript(site.living, "stats.example");
    await site.watching.round();
    const [question, ...others] = site.questions.list("open");
    expect(others).toEqual([]);
    expect(question).toMatchObject({ alarm: false });
    const { accepted, pages } = await site.deciding.accept(null);
    expect(accepted.map(({ status }) => status)).toEqual(["accepted"]);
    expect(pages).toBeGreaterThan(8);
    for (const path of ["/", "/a-propos/", article(3)])
      expect(await site.copyAt(path)).toContain("stats.example");
    await site.watching.round();
    await site.finds({ id: "f2", address: article(5), facts: question?.facts ?? [] });
    expect(site.questions.list("open")).toEqual([]);
  });

  test("something else that has come to the page meanwhile is not learned with it", async () => {
    await using site = await protectedSite();
    addScript(site.living, "stats.example");
    await site.watching.round();
    const evil = '<iframe src="https://evil.example/" width="100%"></iframe>';
    site.living.answers.set(
      "/a-propos/",
      () =>
        new Response(
          `<html><head><title>Hacked by X</title></head><body><h1>HACKED</h1>${evil}</body></html>`,
          { headers: { "content-type": "text/html" } },
        ),
    );
    await site.deciding.accept(null);
    expect(await site.copyAt("/")).toContain("stats.example");
    expect(await site.copyAt("/a-propos/")).not.toContain("evil.example");
  });

  test("while its people work on the site only alarms are told", async () => {
    await using site = await protectedSite();
    await site.says({ working_until: "2999-01-01T00:00:00Z" });
    addScript(site.living, "stats.example");
    await site.watching.round();
    expect(site.questions.list()).toEqual([]);
    site.living.answers.set(
      "/",
      () =>
        new Response("<html><head><title>Hacked by X</title></head><body><h1>HACKED</h1></body></html>", {
          headers: { "content-type": "text/html" },
        }),
    );
    await site.watching.round();
    expect(site.questions.list().map(({ alarm }) => alarm)).toEqual([true]);
  });

  test("what has ended by itself is no question any more", async () => {
    await using site = await protectedSite();
    const before = site.living.answers.get("/a-propos/");
    site.living.answers.set("/a-propos/", () =>
      html({
        title: "À propos",
        body: prose(99),
        head: '<script src="https://stats.example/count.js"></script>',
      }),
    );
    await site.watching.round();
    expect(site.questions.list("open").length).toBe(1);
    if (before !== undefined) site.living.answers.set("/a-propos/", before);
    await site.watching.round();
    await site.watching.round();
    expect(site.questions.list().map(({ status }) => status)).toEqual(["over"]);
  });
});

test("it is not ours: edges hold the site, and are told which findings are confirmed", async () => {
  await using site = await protectedSite();
  await site.finds({
    id: "f9",
    verdict: "alarm",
    facts: [{ what: "title", value: "Hacked", weight: "contradicts" }],
  });
  const refused = await site.deciding.quarantine(null, "a flag on the front page");
  expect(site.held).toEqual([{ reason: "a flag on the front page", findings: ["f9"] }]);
  expect(refused.map(({ status }) => status)).toEqual(["refused"]);
});

describe("it is right again", () => {
  test("not while a page contradicts the baseline, unless somebody insists", async () => {
    await using site = await protectedSite();
    site.living.answers.set(
      "/a-propos/",
      () =>
        new Response("<html><head><title>Hacked by X</title></head><body><h1>HACKED</h1></body></html>", {
          headers: { "content-type": "text/html" },
        }),
    );
    const refused = await site.deciding.release(false);
    expect(refused.contradictions.map(({ address }) => address)).toEqual(["/a-propos/"]);
    expect([refused.released, site.released()]).toEqual([false, 0]);
    expect(await site.deciding.release(true)).toMatchObject({ released: true });
    expect(site.released()).toBe(1);
  });

  test("what may be the site's own keeps its question, and nothing else from being live", async () => {
    await using site = await protectedSite();
    const answer = site.living.answers.get("/a-propos/");
    site.living.answers.set("/a-propos/", async (...asked) => {
      const page = await (await answer?.(...asked))?.text();
      return new Response(
        page?.replace("</body>", '<script src="https://stats.example/m.js"></script></body>'),
        {
          headers: { "content-type": "text/html" },
        },
      );
    });
    expect(await site.deciding.release(false)).toMatchObject({
      released: true,
      contradictions: [{ address: "/a-propos/" }],
    });
  });

  test("edges are told, and the open questions are over", async () => {
    await using site = await protectedSite();
    await site.finds({
      verdict: "alarm",
      facts: [{ what: "title", value: "Hacked", weight: "contradicts" }],
    });
    expect(await site.deciding.release(false)).toEqual({ released: true, contradictions: [] });
    expect(site.released()).toBe(1);
    expect(site.questions.list().map(({ status }) => status)).toEqual(["over"]);
  });
});
