/** Learning a site: its name, templates and words, and pages that don't belong to it. */
import { describe, expect, test } from "bun:test";
import { articlePage, articles, factsOf, pages, site } from "../../../test/guarded-site.ts";
import { judge } from "../judging/judge.ts";
import { learnPage } from "./page.ts";
import { decodeSite, encodeSite, learnSite } from "./site.ts";
import { siteLimits } from "./site-baseline.ts";

const known = [...pages].map(([address, page]) => ({ address, page }));

function at(address: string, html: string): (typeof known)[number] {
  return { address, page: learnPage([factsOf(html, address)]).page };
}

test("a site has a name, a menu and templates, whatever the order of its pages", () => {
  expect([...site.names]).toEqual(["le portail"]);
  expect(site.menu.size).toBe(6);
  expect(site.templates.map(({ status, pages: many }) => [status, many])).toEqual([
    [200, 9],
    [404, 1],
  ]);
  const turned = learnSite(known.toReversed(), []).site;
  expect(encodeSite(turned)).toEqual(encodeSite(learnSite(known, []).site));
});

test("a site is what its blob says", () => {
  expect(decodeSite(encodeSite(site))).toEqual(site);
  expect(() => decodeSite(new TextEncoder().encode("{}"))).toThrow();
});

describe("pages that don't belong", () => {
  const [article] = articles;
  const page = article === undefined ? "" : articlePage(article);

  test.each([
    ["claims an attack", "<title>Hacked by X</title><h1>Hacked by X</h1>"],
    ["has nothing of what", "<title>Bonjour</title><p>Une tout autre page, sans rien du site.</p>"],
    [
      "loads a script from evil.example",
      page.replace("</body>", '<script src="//evil.example/x.js"></script></body>'),
    ],
    [
      "links to pills.example where nobody sees",
      page.replace("</body>", '<div hidden><a href="//pills.example/">x</a></div></body>'),
    ],
  ])("one that %s", (why, html) => {
    const learned = learnSite([...known, at("/planted", html)], []);
    expect(learned.strangers).toEqual([{ address: "/planted", why: expect.stringContaining(why) as string }]);
    // The site vouches for nothing of theirs.
    expect(encodeSite(learned.site)).toEqual(encodeSite(learnSite(known, []).site));
  });
});

test("a large site's blob stays below a megabyte", () => {
  const many = Array.from({ length: siteLimits.members * 2 }, (_, number) => number);
  const hash = (number: number): string => number.toString(16).padStart(64, "0");
  const { page } = learnPage([
    { ...factsOf(articlePage({ slug: "x", title: "x", paragraphs: [] })), inline: [] },
  ]);
  const wide = many.map((number) => {
    const sets = {
      ...page.sets,
      "link-hosts": { ...page.sets["link-hosts"], always: new Set([`host-${number}.example`]) },
    };
    return { address: `/2026/11/a-rather-long-address-of-an-article-${number}/`, page: { ...page, sets } };
  });
  const assets = many.map((number) => ({
    address: `/wp-content/plugins/plugin-${number}/assets/js/script.js?ver=1`,
    kind: "script" as const,
    sha256: hash(number),
  }));
  expect(encodeSite(learnSite(wide, assets).site).length).toBeLessThan(1_000_000);
});

test("an address of the site itself may be framed and redirected to; one that nobody knows may not", () => {
  const by = { site, page: undefined, address: "/2026/neuf/", working: false };
  const framing = (address: string): string =>
    judge(
      factsOf(
        articlePage(
          { slug: "x", title: "Neuf", paragraphs: articles[0]?.paragraphs ?? [] },
          1,
          `<iframe src="${address}"></iframe>`,
        ),
      ),
      by,
    ).kind;
  expect(framing("/2026/article-2/")).toBe("vouched");
  expect(framing("/2026/planted/")).toBe("contradicts");
});
