/** What is vouched for, what is asked about, what raises an alarm: by facts made by hand. */
import { describe, expect, test } from "bun:test";
import { ownElements, ownParagraphs, pageFacts, type Parts } from "../../../test/page-facts.ts";
import type { Facts } from "../facts.ts";
import { decodePage, encodePage, learnPage } from "../learning/page.ts";
import { decodeSite, encodeSite, learnSite } from "../learning/site.ts";
import { judge } from "./judge.ts";

function other(at: number): Facts {
  return pageFacts({
    title: `Article ${at} – Le Portail`,
    headings: [`Article ${at}`, "Lire aussi"],
    paragraphs: ownParagraphs.map((one) => `${one} ${at}`),
    elements: ownElements.map((one, place) => (place % 10 === 0 ? `${one} ${at}` : one)),
  });
}

const address = "/2011/07/budget";
const { page } = learnPage([pageFacts(), pageFacts({ bytes: 10_001 }), pageFacts({ bytes: 10_002 })]);
const others = [1, 2, 3, 4].map((at) => ({ address: `/2011/07/${at}`, page: learnPage([other(at)]).page }));
const { site, strangers } = learnSite([{ address, page }, ...others], []);
const by = {
  site: decodeSite(encodeSite(site)),
  page: decodePage(encodePage(page)),
  address,
  working: false,
};

function verdictOn(parts: Parts): string {
  const verdict = judge(pageFacts(parts), by);
  return verdict.kind === "contradicts" ? (verdict.alarm ? "alarm" : "question") : verdict.kind;
}

const own = pageFacts().sets;

test("no page of the site is a stranger", () => {
  expect(strangers).toEqual([]);
});

describe("a known page", () => {
  test("as it was learned is vouched for", () => {
    expect(judge(pageFacts(), by)).toEqual({ kind: "vouched", facts: [] });
  });

  test.each<[string, Parts, string]>([
    [
      "another page in its place",
      {
        title: "",
        headings: [],
        paragraphs: ["lol"],
        elements: ["center"],
        sets: { scripts: [], styles: [], links: [] },
        inline: [],
      },
      "alarm",
    ],
    ["a foreign script", { sets: { scripts: [...own.scripts, "//evil.example/x.js"] } }, "question"],
    ["a foreign password form", { sets: { forms: ["POST //evil.example/in password"] } }, "alarm"],
    ["a base", { sets: { base: ["//evil.example/"] } }, "alarm"],
    ["a foreign refresh", { sets: { refreshes: ["//evil.example/"] } }, "alarm"],
    ["a service worker", { sets: { "service-workers": ["/sw.js"] } }, "alarm"],
    ["text in place of markup", { kind: "text" }, "alarm"],
    ["a title that claims", { title: "Hacked by Nobody" }, "alarm"],
    ["a corrected headline", { title: "Le budget est enfin voté – Le Portail" }, "vouched"],
    [
      "a new nonce and a new version",
      {
        sets: { scripts: ["/theme/main.js?ver=1.3", "//cdn.example/analytics.js"] },
        inline: [{ kind: "script", shape: "5ca1ab1e", literals: ["b2b2c3d4", "portail"], bytes: 40 }],
      },
      "vouched",
    ],
    ["new own links", { sets: { links: [...own.links, "/2011/08/neuf"] } }, "vouched"],
    ["half of its text gone", { paragraphs: ownParagraphs.slice(0, 12) }, "uncertain"],
    [
      "an error of its database",
      { status: 500, words: "error establishing a database connection" },
      "question",
    ],
  ])("with %s", (_, parts, expected) => {
    expect(verdictOn(parts)).toBe(expected);
  });
});

test("a new page has the code that all pages have: code which writes markup isn't asked about again", () => {
  const inline = (literal: string): Parts => ({
    inline: [{ kind: "script", shape: "5ca1ab1e", literals: [literal], bytes: 40 }],
  });
  const usual = inline('<script src="/polyfill.js"></script>');
  const pages = [1, 2, 3, 4].map((at) => ({
    address: `/2011/07/${at}`,
    page: learnPage([pageFacts(usual), pageFacts(usual)]).page,
  }));
  const known = { site: learnSite(pages, []).site, page: undefined, address: "/2011/08/1", working: false };
  expect(judge(pageFacts(usual), known).kind).toBe("vouched");
  expect(judge(pageFacts(inline('<script src="//evil.example"></script>')), known).kind).not.toBe("vouched");
});

test("a search page that repeats what somebody looked for says nothing by that; the same words elsewhere count", () => {
  const said = { title: "Hacked by Nobody", headings: ["Hacked by Nobody"] };
  const { sets } = pageFacts();
  const onSearch = { ...by, page: undefined, address: "/?s=Hacked+by+Nobody" };
  const facts = pageFacts({ ...said, sets });
  expect(judge(facts, onSearch).kind).toBe("vouched");
  expect(judge(facts, { ...onSearch, address: "/?s=water" }).kind).toBe("uncertain");
});

test("a feed has other items every day, also one about an attack", () => {
  const feed = (at: number, about: string): Parts => ({
    kind: "xml",
    title: "Le Portail",
    headings: [],
    paragraphs: ownParagraphs.map((one) => `${about} ${at} ${one.split(" ").toReversed().join(` ${at} `)}`),
  });
  const learned = learnPage([pageFacts(feed(1, "marche"))]).page;
  const verdict = judge(pageFacts(feed(2, "hacked by team zed, dit la page")), {
    ...by,
    page: learned,
    address: "/feed",
  });
  expect(verdict.kind).toBe("vouched");
});

test("a list of the newest beside an article: one headline about an attack is news, the same claim for all of them isn't", () => {
  const beside = (...headlines: string[]): Parts => ({ paragraphs: [...ownParagraphs, ...headlines] });
  expect(verdictOn(beside("hacked by team zed dit la page", "le budget vote"))).toBe("vouched");
  expect(verdictOn(beside("hacked by zed", "hacked by zed", "hacked by zed"))).toBe("question");
  expect(verdictOn(beside("la suite demain", "la suite demain", "la suite demain"))).toBe("vouched");
});

test("an article about an attack is no shelter for another one", () => {
  const about = (title: string): Facts =>
    pageFacts({ title: `${title} – Le Portail`, headings: [title, "Lire aussi"] });
  const itself = "« Hacked by » : petite histoire d'une signature";
  const article = { ...by, page: learnPage([about(itself), about(itself)]).page };
  expect(judge(about(itself), article).kind).toBe("vouched");
  expect(judge(about("« Hacked by » : histoire d'une signature"), article).kind).toBe("vouched");
  expect(judge(about("Hacked by Gh0st"), article).kind).toBe("contradicts");
  const everywhere = pageFacts({
    title: "Hacked by Gh0st – Hacked by Gh0st",
    headings: [itself, "Lire aussi"],
  });
  expect(judge(everywhere, article)).toMatchObject({ kind: "contradicts", alarm: true });
});
