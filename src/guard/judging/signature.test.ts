/** One cause on many pages is one question. */
import { expect, test } from "bun:test";
import { articlePage, articles, factsOf, pages, site } from "../../../test/guarded-site.ts";
import { judge } from "./judge.ts";
import { signatureOf } from "./signature.ts";

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
