// What people decide: it is ours, it is not, it is right again. Each rests on the origin read anew.
import { describe, expect, test } from "bun:test";
import { article, html, type LivingOrigin, prose } from "../../../test/living-origin.ts";
import type { Event } from "../../bus/bus.ts";
import { protectedSite } from "../../../test/origin-newsroom.ts";

/** A plugin that the site's people have added: a script on each page. */
function addScript({ answers }: LivingOrigin, source: string): void {
  for (const [address, answer] of answers) {
    answers.set(address, async (request, visit) => {
      const before = await answer(request, visit);
      const text = await before.text();
      return new Response(text.replace("</head>", `<script src="${source}"></script></head>`), {
        headers: before.headers,
      });
    });
  }
}

describe("it is ours", () => {
  test("one question for all pages; accepted, it is in the next edition on all of them", async () => {
    await using site = await protectedSite();
    addScript(site.living, "https://stats.example/count.js");
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
    addScript(site.living, "https://stats.example/count.js");
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

  test("what its pages newly load from the site itself is learned with them, and each address told", async () => {
    const told: Event<"accept.progress">[] = [];
    await using site = await protectedSite({ onAcceptProgress: (progress) => told.push(progress) });
    const script = "/wp-content/themes/redesign/masthead.js";
    addScript(site.living, script);
    site.living.answers.set(
      script,
      () => new Response("fold();", { headers: { "content-type": "text/javascript" } }),
    );
    await site.watching.round();
    const { pages } = await site.deciding.accept(null);
    expect(await site.copyAt(script)).toBe("fold();");
    await site.finds({
      id: "f3",
      address: script,
      facts: [{ what: "script contents", value: "490ea9a36bd411c6", weight: "contradicts" }],
    });
    expect(site.questions.list("open").length).toBe(1);
    expect(told.at(-1)).toMatchObject({ done: pages, known: pages });
  });

  test("a page that is another was accepted for itself alone", async () => {
    await using site = await protectedSite();
    const facts = [{ what: "page", value: "Another text", weight: "contradicts" as const }];
    await site.finds({ id: "f4", address: article(1), facts });
    const asked = site.questions.list("open").map(({ id }) => id);
    site.questions.end(asked[0] ?? "", "accepted");
    await site.finds({ id: "f5", address: article(1), facts });
    expect(site.questions.list("open")).toEqual([]);
    await site.finds({ id: "f6", address: article(2), facts });
    expect(site.questions.list("open").map(({ addresses }) => addresses)).toEqual([[article(2)]]);
  });

  test("who accepted a question has not accepted an alarm", async () => {
    await using site = await protectedSite();
    const facts = [{ what: "scripts", value: "//new.example/a.js", weight: "contradicts" as const }];
    await site.finds({ id: "f7", address: article(1), facts });
    site.questions.end(site.questions.list("open")[0]?.id ?? "", "accepted");
    await site.finds({ id: "f8", address: article(2), facts });
    expect(site.questions.list("open")).toEqual([]);
    await site.finds({ id: "f9", address: article(3), facts, verdict: "alarm" });
    expect(site.questions.list("open").map(({ alarm }) => alarm)).toEqual([true]);
  });

  test("while its people work on the site only alarms are told", async () => {
    await using site = await protectedSite();
    await site.says({ working_until: "2999-01-01T00:00:00Z" });
    addScript(site.living, "https://stats.example/count.js");
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
