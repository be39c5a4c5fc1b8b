/** A small newsroom's site as its CMS would make it, learned, and judged as real markup: for tests of what attackers and editors do. */
import { utf8 } from "../src/base/bytes.ts";
import type { Facts } from "../src/guard/facts.ts";
import { judge } from "../src/guard/judging/judge.ts";
import { decodePage, encodePage, learnPage, type PageBaseline } from "../src/guard/learning/page.ts";
import { learnSite } from "../src/guard/learning/site.ts";
import { read } from "../src/guard/reading/read.ts";

export interface Article {
  readonly slug: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const subjects = [
  "la commune",
  "la source",
  "le marché",
  "l’école",
  "la route",
  "le barrage",
  "la forêt",
  "le port",
];

export const articles: readonly Article[] = subjects.map((subject, at) => ({
  slug: `article-${at}`,
  title: `Ce que ${subject} attend de l’année ${at}`,
  paragraphs: Array.from(
    { length: 8 },
    (_, line) =>
      `Les habitants de ${subject} disent depuis ${line + 2} saisons que rien ne bouge, et demandent au conseil numéro ${at * 7 + line} de publier les comptes qu’il doit publier chaque ${line % 2 === 0 ? "printemps" : "automne"}.`,
  ),
}));

const menu = ["/", "/politique/", "/societe/", "/culture/", "/sport/", "/contact/"];

/** `load`: another nonce, another clock. */
function frame(title: string, main: string, load: number): string {
  return `<!doctype html><html lang="fr-FR"><head><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="/wp-content/themes/portail/style.css?ver=1.4">
<script src="/wp-includes/js/jquery.js?ver=3.7"></script><script src="https://stats.example/s.js"></script>
<script>var portail = {"nonce":"${(0xabcd00 + load).toString(16)}f1","url":"/wp-admin/admin-ajax.php"};</script></head>
<body class="home"><header><a class="logo" href="/"><img src="/wp-content/uploads/logo.png" alt="Le Portail"></a>
<nav><ul>${menu.map((path) => `<li><a href="${path}">${path}</a></li>`).join("")}</ul></nav>
<form method="get" action="/"><input name="s"></form></header>
<main>${main}</main>
<aside class="widgets"><section class="widget"><h2>Météo</h2><p class="clock">${load % 24}:${10 + load}</p></section></aside>
<footer><p>Le Portail, journal de la vallée. Contact, mentions légales, plan du site.</p>
<a href="https://social.example/portail">Suivez-nous</a></footer>
<script src="/wp-content/themes/portail/main.js?ver=1.4"></script></body></html>`;
}

export function articlePage({ title, paragraphs }: Article, load = 0, extra = ""): string {
  const text = paragraphs.map((one) => `<p>${one}</p>`).join("\n");
  return frame(
    `${title} – Le Portail`,
    `<article class="post"><h1>${title}</h1><div class="entry">${text}${extra}</div></article>`,
    load,
  );
}

export function frontPage(list: readonly Article[], load = 0): string {
  const entries = list.map(
    ({ slug, title, paragraphs: [first = ""] }) =>
      `<article class="card"><h2><a href="/2026/${slug}/">${title}</a></h2><p>${first}</p></article>`,
  );
  return frame(
    "Le Portail – Le journal de la vallée",
    `<div class="cards">${entries.join("\n")}</div>`,
    load,
  );
}

export function missingPage(load = 0): string {
  return frame(
    "Page introuvable – Le Portail",
    "<h1>Page introuvable</h1><p>Elle n’est plus là, ou pas encore.</p>",
    load,
  );
}

export interface AnswerParts {
  readonly status?: number;
  readonly headers?: readonly (readonly [string, string])[];
}

export function factsOf(
  body: string,
  path = "/2026/article-0/",
  { status = 200, headers = [["content-type", "text/html; charset=utf-8"]] }: AnswerParts = {},
): Facts {
  return read(
    { status, headers, body: utf8(body), url: `https://portail.example${path}`, ownHosts: new Set() },
    {
      bytesMax: 2_000_000,
      elementsMax: 50_000,
      depthMax: 500,
      msMax: 5_000,
      monotonicMs: () => 0,
    },
  );
}

function learned(path: string, of: (load: number) => string, status = 200): [string, PageBaseline] {
  const { page } = learnPage([1, 2, 3].map((load) => factsOf(of(load), path, { status })));
  return [path, decodePage(encodePage(page))];
}

export const pages: ReadonlyMap<string, PageBaseline> = new Map([
  learned("/", (load) => frontPage(articles, load)),
  ...articles.map((article) => learned(`/2026/${article.slug}/`, (load) => articlePage(article, load))),
  learned("/nowhere", missingPage, 404),
]);

export const { site, strangers } = learnSite(
  [...pages].map(([address, page]) => ({ address, page })),
  [{ address: "/wp-content/themes/portail/main.js?ver=1.4", kind: "script", sha256: "ab".repeat(32) }],
);

export type Outcome = "vouched" | "uncertain" | "question" | "alarm";

/** What is said of these facts under that address, in a word. */
export function outcomeOf(facts: Facts, path = "/2026/article-0/", working = false): Outcome {
  const verdict = judge(facts, { site, page: pages.get(path), address: path, working });
  if (verdict.kind !== "contradicts") return verdict.kind;
  return verdict.alarm ? "alarm" : "question";
}

/** Of markup that is there instead. */
export function outcomeOfPage(html: string, path = "/2026/article-0/", parts: AnswerParts = {}): Outcome {
  return outcomeOf(factsOf(html, path, parts), path);
}
