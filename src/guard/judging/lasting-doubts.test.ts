/** What a site shows each time, or to everybody alike, is no doubt for good: each test fails where the rule that it names is taken out. */
import { describe, expect, test } from "bun:test";
import {
  articlePage,
  articles,
  factsOf,
  outcomeOf,
  outcomeOfPage,
  site,
} from "../../../test/guarded-site.ts";
import { learnPage } from "../learning/page.ts";
import { learnSite } from "../learning/site.ts";
import { judge } from "./judge.ts";

const [article] = articles;
if (article === undefined) throw new Error("the site has no article");
const page = articlePage(article, 9);

const inHead = (markup: string): string => page.replace("</head>", `${markup}</head>`);
const atTop = (markup: string): string => page.replace('<body class="home">', `<body class="home">${markup}`);

describe("a search", () => {
  const found = (paragraphs: readonly string[]): string =>
    articlePage({ slug: "", title: "Recherche", paragraphs }, 9).replace(
      "</head>",
      '<meta name="robots" content="noindex, follow"></head>',
    );

  test("that asks not to be indexed is vouched for, also where it finds next to nothing", () => {
    expect(outcomeOfPage(found(article.paragraphs), "/?s=eau")).toBe("vouched");
    expect(outcomeOfPage(found(["Rien."]), "/?s=rien")).toBe("vouched");
  });

  test("the same on a page that search engines should show is told", () => {
    expect(outcomeOfPage(inHead('<meta name="robots" content="noindex">'))).toBe("uncertain");
  });
});

describe("a feed", () => {
  const address = "/comments/feed/";
  const feed = (title: string, items: readonly string[]) =>
    factsOf(
      `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>${title}</title>
<link>https://portail.example</link><description></description><lastBuildDate>Sun, 22 Nov 2026 12:00:00 +0000</lastBuildDate>
${items
  .map(
    (text, at) =>
      `<item><title>${text.slice(0, 20)}</title><link>https://portail.example/2026/${title.length}-${at}/${text.length}/</link><dc:creator><![CDATA[lecteur]]></dc:creator><pubDate>Sat, 21 Nov 2026</pubDate><guid>x-${text.length}-${at}</guid><description><![CDATA[<p>${text}</p>]]></description></item>`,
  )
  .join("\n")}</channel></rss>`,
      address,
      { headers: [["content-type", "application/rss+xml; charset=UTF-8"]] },
    );
  const comments = (from: number, count: number): string[] =>
    Array.from(
      { length: count },
      (_, at) => `Merci pour l’article numéro ${from + at}, j’habite ${"à côté ".repeat(at + 1)}`,
    );
  const first = feed("Commentaires pour Le Portail", comments(1, 1));
  const known = learnPage([first, first]).page;

  test("that grew from one item to many is vouched for", () => {
    const grown = feed("Commentaires pour Le Portail", comments(20, 9));
    const verdict = judge(grown, { site, page: known, address, working: false });
    expect(verdict.kind).toBe("vouched");
  });

  test("that nobody knew is made like the one that is known", () => {
    const newest = feed("Le Portail", comments(40, 10));
    const withFeed = learnSite([{ address: "/feed/", page: learnPage([newest, newest]).page }], []).site;
    const by = { site: withFeed, page: undefined, address, working: false };
    expect(judge(first, by)).toMatchObject({ kind: "vouched" });
  });
});

describe("colours", () => {
  const style = (css: string): string => inHead(`<style id="couleurs">${css}</style>`);

  test("and sizes of a new style sheet in the page change what it looks like, and nothing else", () => {
    expect(
      outcomeOfPage(style(":root{--fond:#d1e4dd}body,.entry p{color:#28303d;background:var(--fond)}")),
    ).toBe("vouched");
  });

  test.each([
    ["hides a part of the page", ".entry{display:none}"],
    ["says something", '.entry:before{content:"Une autre histoire"}'],
  ])("a sheet that also %s is told", (_, css) => {
    expect(outcomeOfPage(style(css))).toBe("uncertain");
  });

  test("a baseline that was signed without knowing what sheets do contradicts none of it", () => {
    const known = learnPage([factsOf(page), factsOf(page)]).page;
    const by = { site, address: "/2026/article-0/", working: false };
    const said = factsOf(style('.entry:before{content:"Une autre histoire"}'));
    expect(judge(said, { ...by, page: known }).kind).toBe("uncertain");
    expect(judge(said, { ...by, page: { ...known, unread: new Set(["sheet-effects"]) } }).kind).toBe(
      "vouched",
    );
  });
});

describe("a line above the page", () => {
  test.each([
    [
      "a headline about an attack",
      "<p>Le site du ministère hacked by un groupe inconnu, les données en ligne</p>",
    ],
    [
      "a headline that begins with it",
      "<p>Piraté par des inconnus, le portail de la commune reste fermé</p>",
    ],
  ])("%s is vouched for", (_, markup) => {
    expect(outcomeOfPage(atTop(markup))).toBe("vouched");
  });

  test.each([
    ["nothing but the claim", "<p>Hacked by X Team</p>"],
    ["the claim, each word apart", "<div>Hacked</div><div>by</div><div>X</div>"],
    [
      "the claim and greetings, at length",
      "<p>This site was hacked by X and Y, greetz to Z and to all others on our long list</p>",
    ],
  ])("%s is told", (_, markup) => {
    expect(outcomeOfPage(atTop(markup))).toBe("uncertain");
  });
});

describe("short pages", () => {
  const contact = articlePage({ slug: "x", title: "Nous écrire", paragraphs: ["Une adresse, un nom."] }, 9);
  const known = learnPage([factsOf(contact), factsOf(contact)]).page;
  const said = (markup: string): string =>
    judge(factsOf(contact.replace("</article>", `${markup}</article>`)), {
      site,
      page: known,
      address: "/nous/",
      working: false,
    }).kind;

  test("one comment in another script is no change of language; a text beside it is", () => {
    expect(said("<p>شكرا جزيلا لكم على هذه الصفحة الجميلة</p>")).toBe("vouched");
    expect(said(`<p>${"شكرا جزيلا لكم على هذه الصفحة ".repeat(10)}</p>`)).toBe("uncertain");
  });
});

test("an entry more is no headline corrected; one in place of another is", () => {
  const entry = "<h2>Hacked by X : ce que la commune attend de ses pirates, un an après la panne</h2>";
  expect(outcomeOfPage(page.replace("</h1>", `</h1>${entry}`))).toBe("vouched");
  expect(outcomeOf(factsOf(page.replace(/<h1>.*<\/h1>/, entry)))).toBe("uncertain");
});
