/** Small changes with which a page gives its readers away, each beside an honest one that looks like it and passes. */
import { describe, expect, test } from "bun:test";
import { article, atEnd, changed, inHead, page } from "../../../test/changed-page.ts";
import {
  articlePage,
  articles,
  factsOf,
  frontPage,
  outcomeOf,
  outcomeOfPage,
  site,
} from "../../../test/guarded-site.ts";
import { learnPage } from "../learning/page.ts";
import { judge } from "./judge.ts";
import { signatureOf } from "./signature.ts";

describe("whom a page says to pay, to call, to write to", () => {
  const iban = "FR14 2004 1010 0505 0001 3M02 606";
  const others =
    "Virement, chèque ou espèces : merci à celles et ceux qui nous lisent depuis des années, partout.";
  const donations = articlePage(
    {
      slug: "x",
      title: "Nous soutenir",
      paragraphs: [
        ...article.paragraphs,
        others,
        `IBAN ${iban}, RIB 011 780 0000 1234 5678 9012 34, ou bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq.`,
        "Téléphone 05 22 12 34 56 ou +212 661-23-45-67, courriel dons@portail.example.",
      ],
    },
    9,
  );
  const known = learnPage([factsOf(donations), factsOf(donations)]).page;
  const verdictOn = (html: string) =>
    judge(factsOf(html), { site, page: known, address: "/soutien/", working: false });

  test.each([
    ["an account", iban, "DE89 3704 0044 0532 0130 00"],
    ["an account of a bank that has no IBAN", "1234 5678 9012 34", "1234 5678 9012 35"],
    ["a wallet", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
    ["a telephone", "05 22 12 34 56", "05 22 12 34 57"],
    ["a mobile", "+212 661-23-45-67", "+212 661-23-45-68"],
    ["an address", "dons@portail.example", "dons@portai1.example"],
  ])("%s in place of another one is asked about", (_, from, to) => {
    expect(verdictOn(changed(from, to, donations)).kind).toBe("contradicts");
  });

  test.each([
    ["the same written in another way", iban, "FR1420041010050500013M02606"],
    ["a telephone with its country", "05 22 12 34 56", "05.22.12.34.56"],
    ["a year in place of another one", "depuis des années", "depuis 2009"],
  ])("%s is vouched for", (_, from, to) => {
    expect(verdictOn(changed(from, to, donations)).kind).toBe("vouched");
  });

  test("accepting one account accepts no other", () => {
    const asked = (to: string): string =>
      signatureOf(verdictOn(changed("05 22 12 34 56", to, donations)).facts);
    expect(asked("05 22 12 34 57")).not.toBe(asked("05 22 12 34 58"));
  });

  test("one more of those who are paid is told, a telephone more is not", () => {
    const more = (text: string): string => changed("</article>", `<p>${text}</p></article>`, donations);
    expect(verdictOn(more("DE89 3704 0044 0532 0130 00")).kind).toBe("uncertain");
    expect(verdictOn(more("05 22 98 76 54")).kind).toBe("vouched");
  });

  test("a new article has whom it likes", () => {
    const told = articlePage({ ...article, title: "Un appel", paragraphs: [...article.paragraphs, iban] }, 9);
    expect(outcomeOfPage(told, "/2026/appel/")).toBe("vouched");
  });

  test("a page of today's numbers beside today's names is another every day", () => {
    const today = (day: number): string =>
      articlePage(
        {
          slug: "garde",
          title: "De garde",
          paragraphs: Array.from(
            { length: 9 },
            (_, at) =>
              `Le quartier ${day}-${at} : chez ${"abcdefgh"[(day + at) % 8] ?? ""}${day}, 05 22 ${10 + day} ${10 + at} 11`,
          ),
        },
        9,
      );
    const learnedThen = learnPage([factsOf(today(1)), factsOf(today(1))]).page;
    const verdict = judge(factsOf(today(2)), { site, page: learnedThen, address: "/garde/", working: false });
    expect(verdict.facts.filter(({ what, weight }) => what === "contacts" && weight !== "note")).toEqual([]);
  });
});

describe("where its links lead", () => {
  test("a menu's link to another host in place of its own is asked about; one host more is not", () => {
    expect(outcomeOfPage(changed('href="/contact/"', 'href="https://evil.example/"'))).toBe("question");
    expect(outcomeOfPage(changed("</ul>", '<li><a href="https://dons.example/">Dons</a></li></ul>'))).toBe(
      "vouched",
    );
  });

  test("a card's link to another host is told", () => {
    const front = frontPage(articles, 9);
    expect(outcomeOfPage(changed("/2026/article-3/", "https://evil.example/", front), "/")).toBe("uncertain");
  });

  test.each([
    [
      "in another language",
      inHead('<link rel="alternate" hreflang="en" href="https://evil.example/en/">'),
      "question",
    ],
    [
      "in another language, of its own",
      inHead('<link rel="alternate" hreflang="en" href="/en/">'),
      "vouched",
    ],
    ["by an answer's head", page, "question"],
  ])("what stands for it %s", (why, html, expected) => {
    const link: [string, string][] = why.includes("head")
      ? [["link", '<https://evil.example/>; rel="canonical"']]
      : [];
    const headers = [["content-type", "text/html"] as const, ...link];
    expect(outcomeOfPage(html, undefined, { headers })).toBe(expected as "question");
  });

  test.each([
    ["an archive", "/wp-content/uploads/documents.zip", "uncertain"],
    ["an archive of another host", "//evil.example/maj.rar", "uncertain"],
    ["an installer", "/wp-content/uploads/maj.msi", "question"],
    ["a screen saver", "//evil.example/photos.scr", "question"],
    ["a disk", "//evil.example/photos.dmg", "question"],
    ["a document", "/wp-content/uploads/rapport.pdf", "vouched"],
  ])("%s", (_, address, expected) => {
    expect(outcomeOfPage(atEnd(`<a href="${address}">x</a>`))).toBe(expected as "question");
  });

  test("a new article of its own may have an archive, not another host's", () => {
    const made = (address: string): string =>
      articlePage({ ...article, title: "Neuf" }, 9, `<a href="${address}">Les documents</a>`);
    expect(outcomeOfPage(made("/documents.zip"), "/2026/neuf/")).toBe("vouched");
    expect(outcomeOfPage(made("//evil.example/documents.zip"), "/2026/neuf/")).toBe("uncertain");
  });

  test("many pages that nobody knows, linked where nobody looks, are told; a few are not", () => {
    const links = (many: number): string =>
      `<div style="display:none">${Array.from({ length: many }, (_, at) => `<a href="/promo-${at}/">x</a>`).join("")}</div>`;
    expect(outcomeOfPage(atEnd(links(12)))).toBe("uncertain");
    expect(outcomeOfPage(atEnd(links(3)))).toBe("vouched");
  });
});

describe("a headline in a list", () => {
  const front = frontPage(articles, 9);
  const [, second] = articles;

  test.each([
    ["that leads nowhere", "<h2>Le journal cesse de paraître demain</h2>"],
    ["that leads away", '<h2><a href="https://evil.example/">Le journal cesse de paraître</a></h2>'],
    [
      "in a link that leads away",
      '<a href="https://evil.example/"><h2>Le journal cesse de paraître</h2></a>',
    ],
  ])("%s is told", (_, heading) => {
    expect(outcomeOfPage(changed('<div class="cards">', `<div class="cards">${heading}`, front), "/")).toBe(
      "uncertain",
    );
  });

  test("of other words over a known article is told; a corrected one and a new article's are not", () => {
    const over = (title: string): string => changed(`>${second?.title ?? ""}<`, `>${title}<`, front);
    expect(outcomeOfPage(over("Démission du gouvernement"), "/")).toBe("uncertain");
    expect(outcomeOfPage(over("La source attend toujours"), "/")).toBe("vouched");
    const fresh = '<h2><a href="/2026/demission/">Démission du gouvernement</a></h2>';
    expect(outcomeOfPage(changed('<div class="cards">', `<div class="cards">${fresh}`, front), "/")).toBe(
      "vouched",
    );
  });
});

describe("a feed", () => {
  const feed = (items: readonly (readonly [string, string])[]): ReturnType<typeof factsOf> =>
    factsOf(
      `<?xml version="1.0"?><rss version="2.0"><channel><title>Le Portail</title><link>https://portail.example/</link>${items
        .map(
          ([title, link]) =>
            `<item><title><![CDATA[${title}]]></title><link>${link}</link><description>${title}, la suite.</description></item>`,
        )
        .join("")}</channel></rss>`,
      "/feed/",
      { headers: [["content-type", "application/rss+xml"]] },
    );
  const own = articles.map(({ title, slug }) => [title, `https://portail.example/2026/${slug}/`] as const);
  const known = learnPage([feed(own), feed(own)]).page;
  const kindOf = (items: readonly (readonly [string, string])[]): string =>
    judge(feed(items), { site, page: known, address: "/feed/", working: false }).kind;

  test("with a new item is vouched for", () => {
    expect(
      kindOf([["Démission du gouvernement", "https://portail.example/2026/demission/"], ...own.slice(1)]),
    ).toBe("vouched");
  });

  test("with an item that leads off the site, or with other titles over its items, is told", () => {
    expect(kindOf([["Démission du gouvernement", "https://evil.example/x"], ...own.slice(1)])).toBe(
      "uncertain",
    );
    expect(kindOf(own.map(([, link]) => ["Gloire éternelle", link] as const))).not.toBe("vouched");
  });
});

describe("a box of its own sheet's class", () => {
  const title = "<h1>Ce site est fermé par décision de justice, merci de votre visite</h1>";

  test("over the page is told, where no page of the site has one there", () => {
    expect(
      outcomeOfPage(changed('<body class="home">', `<body class="home"><div class="modal">${title}</div>`)),
    ).toBe("uncertain");
    expect(outcomeOfPage(atEnd('<div id="notice-17">Bonjour</div>'))).toBe("uncertain");
  });

  test("within the article is what editors put there", () => {
    expect(
      outcomeOfPage(articlePage(article, 9, '<div class="notice"><p>Mis à jour à midi.</p></div>')),
    ).toBe("vouched");
  });
});

describe("what is broken is named so, with a status of success, too", () => {
  test.each([
    [
      "installer",
      '<title>WordPress › Installation</title><h1>Welcome</h1><form method="post" action="install.php"><input type="password"></form>',
    ],
    ["directory listing", "<title>Index of /</title><h1>Index of /</h1>"],
    ["database", "<h1>Erreur lors de la connexion à la base de données</h1>"],
    ["hosting suspended", "<title>Account Suspended</title><h1>This account has been suspended</h1>"],
  ])("%s", (name, html) => {
    const facts = factsOf(html);
    expect(outcomeOf(facts)).toBe("question");
    const verdict = judge(facts, {
      site,
      page: learnPage([factsOf(page)]).page,
      address: "/2026/article-0/",
      working: false,
    });
    expect(verdict.facts[0]).toMatchObject({ what: "fault", value: name });
  });

  test("who claims it below such a title is no outage", () => {
    expect(outcomeOfPage("<title>Index of /</title><h1>Hacked by X</h1>")).toBe("alarm");
    const away =
      '<title>Index of /</title><form method="post" action="//evil.example/"><input type="password"></form>';
    expect(outcomeOfPage(away)).toBe("alarm");
  });
});
