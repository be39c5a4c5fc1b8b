/** One thing changed in a page that stays as it is otherwise: each test fails where the rule that it names is taken out. */
import { describe, expect, test } from "bun:test";
import { article, atEnd, atTop, changed, inHead } from "../../../test/changed-page.ts";
import { articlePage, articles, frontPage, outcomeOfPage } from "../../../test/guarded-site.ts";

describe("a box over the page", () => {
  test.each([
    ["on four sides", atEnd('<div style="position:fixed;top:0;left:0;right:0;bottom:0"></div>')],
    ["from side to side and high", atEnd('<div style="position:fixed;left:0;right:0;height:100vh"></div>')],
    [
      "on four sides, by a sheet",
      inHead("<style>.z{position:fixed;top:0;right:0;bottom:0;left:0;z-index:9999}</style>"),
    ],
    ["by its shadow", atEnd('<div style="position:fixed;top:0;box-shadow:0 0 0 9999px #000"></div>')],
    ["that is nearly seen through to", inHead("<style>body > * { opacity: .01 }</style>")],
  ])("%s is asked about", (_, html) => {
    expect(outcomeOfPage(html)).toBe("question");
  });

  test.each([
    [
      "at the foot, as notices have it",
      '<div style="position:fixed;bottom:0;left:0;width:100%">Fermé lundi</div>',
    ],
    ["at the top, as menus have it", '<div style="position:fixed;top:0;left:0;right:0">Menu</div>'],
    [
      "at the side, as drawers have it",
      '<div style="position:fixed;left:0;width:300px;height:100vh">Menu</div>',
    ],
  ])("%s is served and told", (_, markup) => {
    expect(outcomeOfPage(atEnd(markup))).toBe("uncertain");
  });
});

describe("where its code leads", () => {
  test.each([
    ["another host", changed('"/wp-admin/admin-ajax.php"', '"https://evil.example/x.php"')],
    ["an address that carries code", changed('"/wp-admin/admin-ajax.php"', '"data:text/html,x"')],
  ])("%s is asked about", (_, html) => {
    expect(outcomeOfPage(html)).toBe("question");
  });

  test("a text that names another host is only told", () => {
    const html = changed('"/wp-admin/admin-ajax.php"', '"selon https://agence.example/depeche"');
    expect(outcomeOfPage(html)).toBe("uncertain");
  });
});

describe("what it gives away", () => {
  test.each([
    ["a program to install", atEnd('<a href="/wp-content/uploads/app.apk">x</a>'), "question"],
    ["a program of another host", atEnd('<a href="//evil.example/maj.exe?v=2">x</a>'), "question"],
    ["its address", inHead('<link rel="canonical" href="//evil.example/">'), "question"],
    ["its address on telephones", inHead('<link rel="amphtml" href="//evil.example/">'), "question"],
    ["a telephone number", atEnd('<a href="tel:+212 6 00">x</a>'), "uncertain"],
    ["an address to write to", atEnd('<a href="mailto:don@mail.example?subject=x">x</a>'), "uncertain"],
    ["a number on WhatsApp", atEnd('<a href="https://wa.me/212600">x</a>'), "uncertain"],
    ["its picture", inHead('<meta property="og:image" content="//evil.example/x.jpg">'), "uncertain"],
    ["what is told of it", inHead('<meta property="og:title" content="Hacked by X">'), "uncertain"],
    [
      "what search engines are told",
      inHead('<script type="application/ld+json">{"name":"Hacked by X"}</script>'),
      "uncertain",
    ],
  ])("%s", (_, html, expected) => {
    expect(outcomeOfPage(html)).toBe(expected as "question");
  });

  test.each([
    ["a document", '<a href="/wp-content/uploads/bulletin.pdf">x</a>'],
    ["a way to share it", '<a href="mailto:?body=x">x</a> <a href="https://social.example/?u=x">y</a>'],
  ])("%s is not asked about", (_, markup) => {
    expect(outcomeOfPage(atEnd(markup))).toBe("vouched");
  });
});

describe("what is said on it besides", () => {
  test.each([
    ["a claim above it", atTop("<div>Hacked by X Team</div>"), "uncertain"],
    ["a claim above it, in Arabic", atTop("<div>تم اختراق الموقع من طرف فلان</div>"), "uncertain"],
    [
      "sold words that lead away",
      atEnd('<p><a href="//x.example/">casino online</a> slots gacor, viagra, togel</p>'),
      "uncertain",
    ],
    [
      "a program's warning",
      atTop("<b>Warning</b>: Undefined variable $x in <b>/var/www/x.php</b> on line <b>12</b>"),
      "uncertain",
    ],
    [
      "a database's complaint",
      atEnd("<p>WordPress database error: [Table 'wp_posts' is marked as crashed]</p>"),
      "uncertain",
    ],
    [
      "a host in place of another one",
      changed("https://social.example/", "https://socia1.example/"),
      "uncertain",
    ],
    ["its headline, with a claim in it", changed("<h1>Ce que", "<h1>Hacked by X, ce que"), "uncertain"],
  ])("%s is told", (_, html, expected) => {
    expect(outcomeOfPage(html)).toBe(expected as "uncertain");
  });

  test("a headline corrected alone is not", () => {
    expect(outcomeOfPage(changed("<h1>Ce que", "<h1>Voici ce que"))).toBe("vouched");
  });

  test("a new page made for search engines is asked about; one about that trade is told", () => {
    const sold = "casino online, slots gacor, jackpot et togel";
    const made = (title: string): string =>
      articlePage({ ...article, title, paragraphs: [sold, ...article.paragraphs] }, 9);
    expect(outcomeOfPage(made("Casino online slots gacor"), "/2026/x/")).toBe("question");
    expect(outcomeOfPage(made("Une enquête sur le jeu"), "/2026/x/")).toBe("uncertain");
  });

  test("other headlines over the same entries and the same texts are told", () => {
    const said = articles.map((one, at) => ({
      slug: one.slug,
      paragraphs: one.paragraphs,
      title: `Gloire éternelle ${at}`,
    }));
    expect(outcomeOfPage(frontPage(said, 9), "/")).not.toBe("vouched");
  });
});
