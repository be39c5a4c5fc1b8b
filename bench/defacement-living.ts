/** Sites that live: each sample page as a site with ads, tokens, counters and sisters, and what its editors do to it next. */
import { below, type Random } from "../src/base/random.ts";
import {
  append,
  attribute,
  copyAfter,
  type Element,
  PageTree,
  prepend,
  setAttribute,
  setText,
  textOf,
} from "./defacement-tree.ts";

/** Three hosts that take turns, as ad servers do. */
const adHosts = ["ads.exchange.example", "cdn.banners.example", "serve.pub.example"];

const headlines: readonly string[] = [
  "Le site du ministère hacked by un groupe inconnu, les données de 200 000 salariés en ligne",
  "Cyberattaque algérienne contre la CNSS : ce que l’on sait",
  "Rabat : des milliers de manifestants crient « Free Palestine »",
  "Piraté par des inconnus, le portail de la commune reste fermé",
  "تم اختراق موقع وزارة التشغيل وتسريب بيانات الآلاف من الأجراء",
  "قراصنة جزائريون يتبنون اختراق موقع الضمان الاجتماعي",
  "مسيرة حاشدة في الرباط: فلسطين حرة والشعب يريد",
  "“Hacked by Jabaroot”: what was taken from the pension fund, and from whom",
  "Anonymous says it defaced the federation’s site during the visit",
  "Election commission’s website hacked by students, ministry says",
  "Grève des enseignants : nouvelle journée de mobilisation mardi",
  "انطلاق الموسم الفلاحي وسط آمال بتساقطات مطرية",
  "Rainfall brings relief to farmers in the Souss",
  "Défiguré par des pirates, le site du club est de retour",
];

const sentences: readonly string[] = [
  "Selon plusieurs sources, l’attaque aurait commencé dans la nuit de lundi.",
  "Le ministère a démenti toute fuite et promet une enquête.",
  "The page read “hacked by” followed by a flag and a slogan for about an hour.",
  "وأكد المصدر ذاته أن الموقع تم اختراقه في ساعة متأخرة من الليل.",
  "Les manifestants ont scandé des slogans pour la Palestine jusqu’au soir.",
  "Editors corrected an earlier version of this article.",
];

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new RangeError("picking: there is nothing to pick from");
  return item;
}

function digits(random: Random, length: number): string {
  return Array.from({ length }, () => below(random, 10)).join("");
}

function hexDigits(random: Random, length: number): string {
  return Array.from({ length }, () => below(random, 16).toString(16)).join("");
}

/** What a load has that no other load has: ads, tokens, clocks, counters. */
export function loaded(page: string, random: Random): string {
  const tree = new PageTree(page);
  const { body } = tree;
  const ads = adHosts.filter(() => random.next() < 0.75);
  const slots = ads.map(
    (host) =>
      `<div class="ad"><script src="https://${host}/show?slot=${below(random, 9)}&r=${digits(random, 8)}"></script><a href="https://${host}/c/${digits(random, 6)}"><img src="https://${host}/b/${digits(random, 5)}.gif"></a></div>`,
  );
  append(
    body,
    `<div class="live"><p class="clock">${below(random, 24)}:${digits(random, 2)}</p><p>${digits(random, 4)} lectures</p>${slots.join("")}<form method="post" action="/newsletter"><input type="hidden" name="token" value="${hexDigits(random, 32)}"></form></div><script>var live={"nonce":"${hexDigits(random, 10)}","now":${1_321_000_000 + below(random, 9_999_999)}};window.liveStart && liveStart(live, "${hexDigits(random, 16)}");</script>`,
  );
  return tree.html;
}

/** Another article of the same site: the same frame, other words in it. */
export function sister(page: string, at: number, random: Random): string {
  const tree = new PageTree(page);
  const [title] = tree.all("title");
  const subject = `${pick(random, headlines)} (${at})`;
  if (title !== undefined) setText(title, `${subject} – ${siteName(textOf(title))}`);
  for (const heading of tree.all("h1")) setText(heading, subject);
  for (const paragraph of paragraphsOf(tree)) {
    setText(paragraph, shuffled(textOf(paragraph).split(/\s+/), random).join(" "));
  }
  return tree.html;
}

/** The samples' own titles carry no name that all would share. */
function siteName(title: string): string {
  return (
    title
      .split(/\s+[-–—|]\s+/)
      .at(-1)
      ?.slice(0, 40) ?? ""
  );
}

function paragraphsOf(tree: PageTree): Element[] {
  return tree.all("p").filter((one) => textOf(one).length > 80);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);
}

type Change = (tree: PageTree, random: Random) => void;

/** What editors and readers do to a page from one day to the next. */
export const changes: Readonly<Record<string, Change>> = {
  "new articles in a list": (tree, random) => {
    const entries = listEntries(tree);
    for (let times = 1 + below(random, 3); times > 0 && entries.length > 0; times -= 1) {
      const copy = copyAfter(pick(random, entries));
      const [link] = linksIn(copy);
      if (link === undefined) continue;
      setText(link, pick(random, headlines));
      setAttribute(link, "href", `/2026/11/${hexDigits(random, 6)}`);
    }
  },
  "a corrected text": (tree, random) => {
    for (const paragraph of paragraphsOf(tree).filter(() => random.next() < 0.2)) {
      const words = textOf(paragraph).split(/\s+/);
      setText(paragraph, [...words.slice(2), pick(random, sentences)].join(" "));
    }
  },
  "a corrected headline": (tree, random) => {
    const [title] = tree.all("title");
    const words = title === undefined ? [] : textOf(title).split(" ");
    if (title === undefined || words.length < 3) return;
    setText(title, words.with(below(random, 2), pick(random, ["Nouveau", "Update:", "عاجل"])).join(" "));
  },
  "paragraphs about an attack": (tree, random) => {
    const paragraphs = paragraphsOf(tree);
    if (paragraphs.length === 0) return;
    setText(copyAfter(pick(random, paragraphs)), `${pick(random, headlines)}. ${pick(random, sentences)}`);
  },
  comments: (tree, random) => {
    const comments = Array.from(
      { length: 1 + below(random, 6) },
      () => `<li class="comment"><b>lecteur${digits(random, 3)}</b> <p>${pick(random, sentences)}</p></li>`,
    );
    append(tree.main, `<ul class="comments">${comments.join("")}</ul>`);
  },
  "entries in another order": (tree, random) => {
    const lists = tree.all("ul", "ol").filter((list) => list.childNodes.length > 3);
    if (lists.length === 0) return;
    const list = pick(random, lists);
    list.childNodes = shuffled(list.childNodes, random);
  },
  "a new picture": (tree, random) => {
    append(
      tree.main,
      `<figure><img src="/wp-content/uploads/2026/11/${hexDigits(random, 6)}.jpg" alt="Photo"></figure>`,
    );
  },
  "a new menu entry": (tree, random) => {
    const menu = tree.all("ul").find((list) => linksIn(list).length > 2);
    if (menu !== undefined) append(menu, `<li><a href="/dossier-${digits(random, 3)}">Dossier</a></li>`);
  },
  "a script's new version": (tree, random) => {
    for (const script of tree.all("script")) {
      const source = attribute(script, "src");
      if (source?.startsWith("/") !== true || source.startsWith("//")) continue;
      setAttribute(script, "src", `${source.split("?")[0] ?? ""}?ver=6.${digits(random, 2)}`);
    }
  },
  "a breaking-news line": (tree, random) => {
    prepend(
      tree.main,
      `<p class="breaking"><a href="/2026/11/${hexDigits(random, 6)}">${pick(random, headlines)}</a></p>`,
    );
  },
};

/** Entries of lists that lead somewhere. */
function listEntries(tree: PageTree): Element[] {
  return tree.all("li", "article", "h2", "h3").filter((entry) => linksIn(entry).length > 0);
}

function linksIn(element: Element): Element[] {
  return element.childNodes.flatMap((child) => {
    if (!("tagName" in child)) return [];
    return child.tagName === "a" ? [child, ...linksIn(child)] : linksIn(child);
  });
}

/** A day later: some of all that. */
export function aDayLater(page: string, random: Random): { html: string; changed: string[] } {
  const tree = new PageTree(page);
  const changed = Object.keys(changes).filter(() => random.next() < 0.3);
  for (const name of changed) changes[name]?.(tree, random);
  return { html: tree.html, changed };
}
