/** One cause on many pages is one question. */
import { expect, test } from "bun:test";
import { articlePage, articles, factsOf, pages, site } from "../../../test/guarded-site.ts";
import { judge } from "./judge.ts";
import type { NewFact } from "../verdict.ts";
import { isOfOnePage, signatureOf } from "./signature.ts";

function signatureWith(change: (html: string) => string, at: number): string {
  const article = articles[at];
  const address = `/2026/article-${at}/`;
  if (article === undefined) throw new Error("there are fewer articles");
  const facts = factsOf(change(articlePage(article, 9)), address);
  return signatureOf(judge(facts, { site, page: pages.get(address), address, working: false }).facts);
}

const withScript = (source: string) => (html: string) =>
  html.replace("</head>", `<script src="${source}"></script></head>`);

test("the same script on every page is one cause, another script another one", () => {
  const first = signatureWith(withScript("//new.example/a.js"), 0);
  expect(signatureWith(withScript("//new.example/a.js"), 5)).toBe(first);
  expect(signatureWith(withScript("//other.example/a.js"), 5)).not.toBe(first);
});

test("its version and what else is told of a page make no difference", () => {
  const first = signatureWith(withScript("/wp-content/plugins/new/a.js?ver=1.2"), 0);
  const renewed = (html: string): string =>
    withScript("/wp-content/plugins/new/a.js?ver=1.3")(html).replaceAll("printemps", "hiver");
  expect(signatureWith(renewed, 3)).toBe(first);
});

test("a redesign is one cause, whatever the page", () => {
  const redesign = (html: string): string =>
    html
      .replaceAll("style.css?ver=1.4", "neuf.css")
      .replaceAll("main.js?ver=1.4", "neuf.js")
      .replaceAll("<p>", "<section><div><p>")
      .replaceAll("</p>", "</p></div></section>");
  expect(signatureWith(redesign, 1)).toBe(signatureWith(redesign, 6));
});

const contradicts = (what: string, value: string): NewFact => ({ what, value, weight: "contradicts" });

test("how much of each page is left makes no other cause of what is new on all of them", () => {
  const script = contradicts("scripts", "/wp-content/themes/new/a.js");
  expect(signatureOf([script, contradicts("page", "Page 4 of the archive")])).toBe(signatureOf([script]));
});

test.each([
  ["a script's contents", "script contents", "490ea9a36bd411c6", "c68bb9b9c01411b5"],
  ["code within a page", "inline script", "44a09d2eadc7", "d5921918bfa1"],
  ["what is buried", "buried", "148de9c5a7a44d19e56cd9ae1a554bf6", "5a2001b0145960c38b0e496676e81f0f"],
])("%s: each its own cause", (_, what, one, other) => {
  expect(signatureOf([contradicts(what, one)])).not.toBe(signatureOf([contradicts(what, other)]));
});

test("what only that page can say is of one page", () => {
  const page = contradicts("page", "Another article altogether");
  expect(isOfOnePage([page])).toBe(true);
  expect(isOfOnePage([contradicts("words hacked", "Hacked by X")])).toBe(true);
  expect(isOfOnePage([page, contradicts("scripts", "//new.example/a.js")])).toBe(false);
  expect(isOfOnePage([contradicts("design", "A title")])).toBe(false);
});
