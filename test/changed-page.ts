/** One known article of the guarded site, and the same with one thing changed in it. */
import { expect } from "bun:test";
import { type Article, articlePage, articles } from "./guarded-site.ts";

export const article = first(articles);
/** As it is served now. */
export const page = articlePage(article, 9);

/** Where it changes nothing, the test would show nothing. */
export function changed(from: string | RegExp, to: string, html = page): string {
  const now = html.replace(from, () => to);
  expect(now).not.toBe(html);
  return now;
}

export const atTop = (markup: string): string =>
  changed('<body class="home">', `<body class="home">${markup}`);
export const atEnd = (markup: string): string => changed("</body>", `${markup}</body>`);
export const inHead = (markup: string): string => changed("</head>", `${markup}</head>`);

function first([one]: readonly Article[]): Article {
  if (one === undefined) throw new Error("the site has no article");
  return one;
}
