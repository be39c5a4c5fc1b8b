/** What editors, readers and software do every day passes by itself, or is asked about once; also news about attacks. */
import { describe, expect, test } from "bun:test";
import {
  type Article,
  articlePage,
  articles,
  factsOf,
  frontPage,
  missingPage,
  outcomeOf,
  outcomeOfPage,
  pages,
  site,
  strangers,
} from "../../../test/guarded-site.ts";
import { learnPage, refreshPage } from "../learning/page.ts";
import { judge } from "./judge.ts";

const [article] = articles;
if (article === undefined) throw new Error("the site has no article");
const own: Article = article;
const page = articlePage(own, 9);

function news(title: string, paragraphs: readonly string[] = [title, ...own.paragraphs.slice(2)]): Article {
  return { slug: "neuf", title, paragraphs };
}

const aboutAttacks: readonly Article[] = [
  news("Cyberattaque algérienne : les données de la CNSS en ligne"),
  news("Le site du ministère hacked by des inconnus, ce que l’on sait"),
  news("Piraté par des inconnus, le portail de la commune reste fermé"),
  news("« Free Palestine » : des milliers de manifestants à Rabat"),
  news("تم اختراق موقع الوزارة وتسريب بيانات آلاف الأجراء", [
    "أعلنت الوزارة أن موقعها تعرض للاختراق ليلة أمس وأن التحقيق جار.",
    ...own.paragraphs,
  ]),
  news("قراصنة يتبنون اختراق موقع الضمان الاجتماعي بالمغرب", own.paragraphs),
  news("Anonymous says it defaced the federation’s site during the visit"),
];

test("the site has no strangers", () => {
  expect(strangers).toEqual([]);
});

describe("an article", () => {
  test.each<[string, string]>([
    ["corrected in its text", page.replaceAll("Les habitants", "Les riverains")],
    [
      "with another paragraph about an attack",
      articlePage(
        own,
        9,
        "<p>Le site avait été piraté par un groupe inconnu, “hacked by” en page d’accueil.</p>",
      ),
    ],
    ["with another headline of its words", page.replaceAll(own.title, `${own.title}, enfin`)],
    [
      "with an own picture",
      articlePage(own, 9, '<figure><img src="/wp-content/uploads/2026/neuf.jpg" alt="Une photo"></figure>'),
    ],
    ["with new own links", articlePage(own, 9, '<p>Lire aussi <a href="/2026/autre/">cet article</a>.</p>')],
    [
      "with a new source",
      articlePage(own, 9, '<p>Selon <a href="https://agence.example/depeche">l’agence</a>.</p>'),
    ],
    ["with a new menu entry", page.replace("</ul>", '<li><a href="/dossier/">Dossier</a></li></ul>')],
    ["with a script's next version", page.replace("main.js?ver=1.4", "main.js?ver=1.5")],
    [
      "with readers' comments",
      articlePage(
        own,
        9,
        `<ol>${"<li><p>Bravo à tous, hacked by nobody, vive la presse.</p></li>".repeat(3)}</ol>`,
      ),
    ],
    [
      "with a card of an own article",
      articlePage(own, 9, '<iframe src="/2026/article-3/embed/#?secret=x1"></iframe>'),
    ],
  ])("%s is vouched for", (_, html) => {
    expect(html).not.toBe(page);
    expect(outcomeOfPage(html)).toBe("vouched");
  });

  test.each(aboutAttacks.map((one): [string, Article] => [one.title, one]))(
    "a new one is vouched for: %s",
    (_, one) => {
      expect(outcomeOfPage(articlePage(one, 9), "/2026/neuf/")).toBe("vouched");
    },
  );

  test("a removed one is the site's own error page", () => {
    expect(outcomeOf(factsOf(missingPage(9), undefined, { status: 404 }))).toBe("vouched");
    expect(outcomeOf(factsOf(missingPage(9), "/never", { status: 404 }), "/never")).toBe("vouched");
  });

  test("a moved one leads to where it is", () => {
    const moved = factsOf("", undefined, { status: 301, headers: [["location", "/2026/article-3/"]] });
    expect(outcomeOf(moved)).toBe("vouched");
  });
});

describe("the front", () => {
  test("with other articles is vouched for, also with news about attacks", () => {
    expect(outcomeOfPage(frontPage([...aboutAttacks, ...articles].slice(0, 8), 9), "/")).toBe("vouched");
  });

  test("with every headline replaced over the same entries is not", () => {
    const said = articles.map((one) => ({
      ...one,
      title: "Gloire éternelle",
      paragraphs: ["Nous sommes venus."],
    }));
    expect(["question", "alarm"]).toContain(outcomeOfPage(frontPage(said, 9), "/"));
  });

  test("with headlines that say nothing but that raises an alarm", () => {
    const said = articles.map((one) => ({ ...one, title: "Hacked by Nobody" }));
    expect(outcomeOfPage(frontPage(said, 9), "/")).toBe("alarm");
    const [first, ...rest] = articles;
    const over = [{ ...own, ...first, title: "Hacked by Nobody" }, ...rest];
    expect(outcomeOfPage(frontPage(over, 9), "/")).toBe("question");
    const fresh = [{ ...own, slug: "neuf", title: "Hacked by Nobody" }, ...rest];
    expect(outcomeOfPage(frontPage(fresh, 9), "/")).toBe("uncertain");
  });

  test("gone is asked about", () => {
    expect(outcomeOf(factsOf(missingPage(9), "/", { status: 404 }), "/")).toBe("question");
  });
});

describe("what is asked about", () => {
  const redesigned = page
    .replaceAll("style.css?ver=1.4", "neuf.css")
    .replaceAll("main.js?ver=1.4", "neuf.js")
    .replaceAll("<p>", '<div class="neuf"><div><p>')
    .replaceAll("</p>", "</p></div></div>")
    .replace('class="cards"', 'class="grille"')
    .replace('class="post"', 'class="texte"');

  test("a redesign is a question, no alarm", () => {
    expect(outcomeOfPage(redesigned)).toBe("question");
  });

  test("with other news around an article whose own title is a slogan, it is no alarm", () => {
    const march = { slug: "march", title: "Free Palestine : comment nous avons compté" };
    const latest = articles.slice(0, 6).map(({ title }) => `<h2>${title}</h2>`);
    const of = (paragraphs: readonly string[]): string =>
      articlePage({ ...march, paragraphs }, 9, latest.join(""));
    const known = learnPage([factsOf(of(own.paragraphs))]).page;
    const now = of(
      own.paragraphs.map((_, at) =>
        `Nous avons recompté, et voici pourquoi ces chiffres sont bons. ${at}`.repeat(3),
      ),
    );
    const verdict = judge(factsOf(now.replaceAll("style.css?ver=1.4", "neuf.css")), {
      site,
      page: known,
      address: "/2026/march/",
      working: false,
    });
    expect(verdict).toMatchObject({ kind: "contradicts", alarm: false });
  });

  test("while they work on the site it is served and told; an alarm stays one", () => {
    expect(outcomeOf(factsOf(redesigned), undefined, true)).toBe("uncertain");
    expect(outcomeOf(factsOf("<h1>Hacked by X</h1>"), undefined, true)).toBe("alarm");
  });

  test("an article rewritten under its own title is served and told; under another one it is an alarm", () => {
    const paragraphs = own.paragraphs.map((_, at) =>
      `Rien de ce qui était dit n’a été gardé, ${at}. `.repeat(4),
    );
    expect(outcomeOfPage(articlePage({ ...own, paragraphs }, 9))).toBe("uncertain");
    expect(outcomeOfPage(articlePage({ ...own, paragraphs, title: "Vive le cirque" }, 9))).toBe("alarm");
  });

  test("half of its text gone is served and told", () => {
    expect(outcomeOfPage(articlePage({ ...own, paragraphs: own.paragraphs.slice(0, 3) }, 9))).toBe(
      "uncertain",
    );
  });
});

describe("an address that nobody has seen", () => {
  test.each<[string, string, string]>([
    ["a page without the site's frame", "<title>Bonjour</title><p>Une page à part.</p>", "uncertain"],
    ["one that says it", "<title>Hacked by X</title><h1>Hacked by X</h1>", "alarm"],
    ["one with a script that nobody knows", '<script src="//evil.example/x.js"></script>', "question"],
    [
      "one that asks for a password",
      '<form method="post" action="/x.php"><input type="password"></form>',
      "alarm",
    ],
    [
      "the frame with nothing but a claim",
      articlePage({ slug: "x", title: "Hacked by X", paragraphs: [] }, 9),
      "question",
    ],
  ])("%s", (_, html, expected) => {
    expect(outcomeOfPage(html, "/x.html")).toBe(expected as "alarm");
  });

  test.each<[string, string, string]>([
    ["the CMS itself takes the password of an article", "/wp-login.php?action=postpass", "vouched"],
    ["another script takes it", "/wp-content/uploads/wp-login.php", "question"],
    ["somebody else takes it", "//evil.example/wp-login.php", "alarm"],
  ])("a new article within the frame that asks for a password: %s", (_, target, expected) => {
    const form = `<form method="post" action="${target}"><input type="password" name="post_password"></form>`;
    expect(outcomeOfPage(articlePage({ ...own, slug: "new" }, 9, form), "/2026/new/")).toBe(
      expected as "vouched",
    );
  });

  test("a text file is served and told", () => {
    expect(outcomeOfPage("some notes", "/notes.txt", { headers: [["content-type", "text/plain"]] })).toBe(
      "uncertain",
    );
  });

  test("data says nothing to readers", () => {
    expect(outcomeOfPage('{"a":1}', "/wp-json/x", { headers: [["content-type", "application/json"]] })).toBe(
      "vouched",
    );
  });

  test("a server's own short error page is nothing new", () => {
    expect(outcomeOfPage("<h1>404 Not Found</h1><hr>nginx", "/favicon.png", { status: 404 })).toBe("vouched");
  });
});

test("what was vouched for becomes baseline: an edited article is then compared with its newest text", () => {
  const known = pages.get("/2026/article-0/");
  if (known === undefined) throw new Error("the article was not learned");
  const edited = Array.from(
    { length: 8 },
    (_, at) => `Un tout autre texte, ligne ${at}, sur le conseil et ses comptes.`,
  );
  const next = factsOf(articlePage({ ...own, paragraphs: edited }, 9));
  const by = { site, address: "/2026/article-0/", working: false };
  expect(judge(next, { ...by, page: known }).kind).not.toBe("vouched");
  expect(judge(next, { ...by, page: refreshPage(known, [next]) }).kind).toBe("vouched");
});
