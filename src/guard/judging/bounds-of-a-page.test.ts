/** Pages of few words, of many, of pictures only; lists that tell of attacks: each test fails where the rule that it names is taken out. */
import { describe, expect, test } from "bun:test";
import { pageFacts, ownParagraphs, type Parts } from "../../../test/page-facts.ts";
import type { Facts } from "../facts.ts";
import { learnPage } from "../learning/page.ts";
import { learnSite } from "../learning/site.ts";
import { judge } from "./judge.ts";

const { site } = learnSite(
  [1, 2, 3].map((at) => ({
    address: `/${at}`,
    page: learnPage([pageFacts({ title: `Article ${at} – Le Portail` })]).page,
  })),
  [],
);

function verdictOn(now: Facts, before: readonly Facts[]): ReturnType<typeof judge> {
  return judge(now, { site, page: learnPage(before).page, address: "/page", working: false });
}

const doubts = (now: Facts, before: readonly Facts[]): string[] =>
  verdictOn(now, before).facts.flatMap(({ what, weight }) => (weight === "note" ? [] : [what]));

describe("a page of pictures", () => {
  const shown = (images: readonly string[], paragraphs: readonly string[] = ["en images"]): Facts =>
    pageFacts({ headings: [], paragraphs, sets: { images } });
  const album = ["/a.jpg", "/b.jpg", "/c.jpg"];

  test("has lost what it shows where other pictures stand there", () => {
    expect(doubts(shown(["/x.jpg"]), [shown(album)])).toEqual(["images"]);
    expect(doubts(shown(["/a.jpg", "/b.jpg", "/neuf.jpg"]), [shown(album)])).toEqual([]);
  });

  test("with a text beside them has that instead", () => {
    expect(doubts(shown(["/x.jpg"], ownParagraphs), [shown(album, ownParagraphs)])).toEqual([]);
  });
});

describe("a text", () => {
  const says = (paragraphs: readonly string[]): Facts => pageFacts({ headings: [], paragraphs });

  test("of a few words that others took the place of is told, one of many is asked about", () => {
    const few = verdictOn(says(["tout autre chose"]), [says(["un peu de texte"])]);
    expect(few.kind).toBe("uncertain");
    const many = Array.from({ length: 40 }, (_, at) => `autre ${at} chose dite ici sans rien en commun`);
    expect(verdictOn(says(many), [says(ownParagraphs)]).kind).toBe("contradicts");
  });

  test("that is another one at each load can't be lost", () => {
    const loads = ["12:01", "12:02", "12:03"].map((clock) => says([`il est ${clock}`]));
    expect(doubts(says(["il est 17:45"]), loads)).toEqual([]);
  });

  test("shared by all pages of a template is nobody's own, in longer texts", () => {
    const footer = Array.from({ length: 40 }, (_, at) => `pied de page ${at} le même partout sur ce site`);
    const article = (at: number): Parts => ({
      title: `Sujet ${at} – Le Portail`,
      headings: [],
      paragraphs: [
        ...footer,
        ...Array.from({ length: 50 }, (_, line) => `ligne ${line} sujet ${at} du texte`),
      ],
    });
    const pages = [1, 2, 3, 4].map((at) => ({
      address: `/${at}`,
      page: learnPage([pageFacts(article(at))]).page,
    }));
    const by = { site: learnSite(pages, []).site, address: "/1", working: false };
    const page = pages[0]?.page;
    const other = pageFacts({ ...article(1), paragraphs: article(9).paragraphs ?? [] });
    expect(judge(other, { ...by, page }).facts.map(({ what }) => what)).toContain("text");
  });
});

describe("amounts", () => {
  const of = (count: number): Facts => ({ ...pageFacts(), text: { ...pageFacts().text, count } });
  const usual = pageFacts().text.count;

  test.each([
    ["a third of the least", Math.ceil(usual / 3), []],
    ["less", Math.floor(usual / 3) - 1, ["text"]],
    ["five times the most, and some", usual * 5 + 200, []],
    ["more", usual * 5 + 201, ["text"]],
  ])("%s", (_, count, expected) => {
    const told = verdictOn(of(count), [pageFacts()]).facts.filter(({ value }) => value === `${count}`);
    expect(told.map(({ what }) => what)).toEqual(expected);
  });
});

describe("a list", () => {
  const list = (entries: readonly string[], words = ""): Facts =>
    pageFacts({
      title: "Actualités – Le Portail",
      headings: entries,
      paragraphs: entries.map((entry) => `${entry} ${words}`),
      sets: {
        links: [
          "/",
          "/politique",
          "/culture",
          ...entries.map((entry) => `/2026/${entry.replaceAll(" ", "-")}`),
        ],
      },
    });
  const days = (from: number, text: string, length = 8): string[] =>
    Array.from({ length }, (_, at) => `${text} numéro ${from + at}`);
  const before = list(days(1, "le budget de la ville"));

  test("with other entries may tell of attacks; over the same links it may not", () => {
    const attacks = list(days(40, "un portail hacked by des inconnus", 20));
    expect(doubts(attacks, [before])).not.toContain("words en-hacked-by");
    const over = { ...attacks, sets: before.sets };
    expect(doubts(over, [before])).toContain("words en-hacked-by");
  });
});
