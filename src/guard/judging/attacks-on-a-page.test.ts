/** What attackers do to one known article: each test fails where the rule that it names is taken out. */
import { describe, expect, test } from "bun:test";
import { article, atEnd, changed, inHead, page } from "../../../test/changed-page.ts";
import { articlePage, factsOf, outcomeOf, outcomeOfPage } from "../../../test/guarded-site.ts";

test("as it is, it is vouched for", () => {
  expect(outcomeOfPage(page)).toBe("vouched");
});

describe("another page in its place", () => {
  test.each([
    ["with the usual words", "<title>Hacked by X</title><h1>Hacked by X</h1>"],
    [
      "without a word of theirs",
      "<html><body><center><img src=/flag.gif><p>la vérité</p></center></body></html>",
    ],
    ["black and empty", '<html><body bgcolor="black"></body></html>'],
    ["nothing at all", ""],
    ["one picture", "<img src=/wp-content/uploads/x.jpg>"],
    ["in Arabic", "<html dir=rtl lang=ar><title>تم الاختراق</title><h1>تم اختراق الموقع</h1></html>"],
    [
      "in Tifinagh, in the frame's language",
      `<html lang="fr-FR"><title>ⵜⴰⵎⴰⵣⵉⵖⵜ</title><p>${"ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ ".repeat(20)}</p></html>`,
    ],
  ])("%s", (_, html) => {
    expect(outcomeOfPage(html)).toBe("alarm");
  });

  test.each([
    ["text", "text/plain"],
    ["SVG", "image/svg+xml"],
    ["XML", "application/xml"],
    ["data", "application/json"],
  ])("as %s", (_, type) => {
    expect(outcomeOfPage("owned", undefined, { headers: [["content-type", type]] })).toBe("alarm");
  });

  test("under a status of success or failure", () => {
    expect(outcomeOfPage("<h1>Hacked by X</h1>", undefined, { status: 404 })).not.toBe("vouched");
    expect(outcomeOfPage("<h1>Hacked by X</h1>", undefined, { status: 503 })).toBe("alarm");
    expect(outcomeOfPage("<h1>Hacked by X</h1>", undefined, { status: 201 })).toBe("alarm");
  });
});

describe("something slipped into it", () => {
  test.each<[string, string, "question" | "alarm"]>([
    [
      "a script of a host that nobody knows",
      inHead('<script src="//evil.example/x.js"></script>'),
      "question",
    ],
    [
      "a script beside one that a known host serves",
      inHead('<script src="https://stats.example/other.js"></script>'),
      "question",
    ],
    [
      "a known script with another query",
      inHead('<script src="https://stats.example/s.js?cb=evil"></script>'),
      "question",
    ],
    [
      "a script of a public library host",
      inHead('<script src="https://cdn.jsdelivr.net/gh/x/y/z.js"></script>'),
      "question",
    ],
    [
      "an own script that nobody knows",
      inHead('<script src="/wp-content/uploads/x.js"></script>'),
      "question",
    ],
    ["a script in its own address", inHead('<script src="data:text/javascript,alert(1)"></script>'), "alarm"],
    ["inline code", atEnd("<script>document.body.replaceChildren()</script>"), "question"],
    ["inline code that leads away", atEnd('<script>location="https://evil.example/"</script>'), "alarm"],
    ["inline code that says it", atEnd('<script>document.write("Hacked by X")</script>'), "alarm"],
    ["a handler", changed("<body ", '<body onload="document.body.replaceChildren()" '), "question"],
    ["a frame", atEnd('<iframe src="//evil.example/"></iframe>'), "question"],
    [
      "a frame with a page of its own host",
      atEnd('<iframe src="/wp-content/uploads/x.html"></iframe>'),
      "question",
    ],
    ["a frame that carries its page", atEnd('<iframe srcdoc="&lt;h1>hi"></iframe>'), "question"],
    ["an object", atEnd('<object data="//evil.example/x.swf"></object>'), "question"],
    ["a base", inHead('<base href="//evil.example/">'), "alarm"],
    ["a refresh", inHead('<meta http-equiv="refresh" content="0;url=//evil.example/">'), "alarm"],
    ["a refresh to its own host", inHead('<meta http-equiv="refresh" content="0;url=/x.html">'), "question"],
    [
      "a form that asks for a password",
      atEnd('<form method="post" action="/in"><input type="password"></form>'),
      "alarm",
    ],
    ["a password field without a form", atEnd('<input type="password">'), "alarm"],
    [
      "a form that sends elsewhere",
      atEnd('<form method="post" action="//evil.example/"><input></form>'),
      "alarm",
    ],
    [
      "a form that sends to another path",
      atEnd('<form method="post" action="/x.php"><input></form>'),
      "question",
    ],
    ["a style sheet", inHead('<link rel="stylesheet" href="//evil.example/x.css">'), "question"],
    ["an own style sheet", inHead('<link rel="stylesheet" href="/wp-content/uploads/x.css">'), "question"],
    [
      "markup where another parser might see it",
      atEnd("<!-- <script src=//evil.example/x.js></script> -->"),
      "question",
    ],
    ["a service worker", atEnd('<script>navigator.serviceWorker.register("/sw.js")</script>'), "alarm"],
    [
      "hidden links",
      atEnd(
        '<div style="display:none"><a href="//pills.example/">a</a><a href="//slots.example/">b</a></div>',
      ),
      "alarm",
    ],
    [
      "who owns it for a search engine",
      inHead('<meta name="google-site-verification" content="abc">'),
      "question",
    ],
  ])("%s", (_, html, expected) => {
    expect(outcomeOfPage(html)).toBe(expected);
  });
});

describe("all of it kept and covered", () => {
  test.each([
    ["by a box over everything", atEnd('<div style="position:fixed;inset:0;background:#000"></div>')],
    [
      "by a picture over everything",
      atEnd(
        '<img src="/wp-content/uploads/x.jpg" style="position:absolute;top:0;left:0;width:100vw;height:100vh">',
      ),
    ],
    [
      "by a box whose style is commented",
      atEnd('<div style="position/**/:fixed;width:100%;height:100%"></div>'),
    ],
    ["by a sheet that hides the page", inHead("<style>body > * { display: none }</style>")],
    [
      "by a sheet that hides it on any screen",
      inHead("<style>@media all { main { visibility: hidden } }</style>"),
    ],
    ["by a sheet in other words", inHead("<style>body{d\\69splay:none}</style>")],
    [
      "by a sheet that lays something over it",
      inHead("<style>.x{position:fixed;inset:0;z-index:9999}</style>"),
    ],
    ["by what the body's own style hides", changed("<body ", '<body style="display:none" ')],
    ["by a sheet that says it", inHead('<style>h1:after{content:"Hacked by X"}</style>')],
  ])("%s", (_, html) => {
    expect(["question", "alarm"]).toContain(outcomeOfPage(html));
  });
});

describe("what it says", () => {
  test.each([
    ["Hacked by Nobody"],
    ["H4ck3d By Nobody"],
    ["h.a.c.k.e.d by nobody"],
    ["Site piraté par Personne"],
    ["تم اختراق الموقع"],
    ["Hackeado por Nadie"],
    ["Diretas oleh siapa"],
    ["Kimse tarafından hacklendi"],
    ["t hacka had site"],
  ])("a title: %s", (title) => {
    expect(outcomeOfPage(changed(/<title>.*<\/title>/, `<title>${title}</title>`))).toBe("alarm");
  });

  test("a title that keeps the site's name", () => {
    expect(outcomeOfPage(changed(/<title>.*<\/title>/, "<title>Hacked by X – Le Portail</title>"))).toBe(
      "alarm",
    );
  });

  test("a main headline", () => {
    expect(outcomeOfPage(changed(/<h1>.*<\/h1>/, "<h1>Hacked by X</h1>"))).toBe("alarm");
  });

  test("other text under its headline, without the usual words, is asked about", () => {
    const other = articlePage(
      { ...article, title: "Gloire", paragraphs: ["Gloire à nous et honte à eux, pour toujours."] },
      9,
    );
    expect(outcomeOfPage(other)).toBe("question");
    const told = articlePage(
      { ...article, title: "Gloire", paragraphs: ["This site was hacked by us, greetz to them."] },
      9,
    );
    expect(outcomeOfPage(told)).toBe("alarm");
  });

  test("keywords in letters that nobody writes here", () => {
    const shop = "激安通販スーパーコピー時計専門店人気品質保証送料無料".repeat(12);
    expect(outcomeOfPage(articlePage({ ...article, title: "激安通販", paragraphs: [shop] }, 9))).not.toBe(
      "vouched",
    );
    expect(["question", "alarm"]).toContain(
      outcomeOfPage(articlePage({ ...article, title: "激安通販", paragraphs: [shop] }, 9)),
    );
  });
});

describe("small things, each of which is told", () => {
  test.each([
    [
      "links to many hosts at once",
      atEnd(Array.from({ length: 9 }, (_, at) => `<a href="//shop-${at}.example/">x</a>`).join("")),
    ],
    ["letters that nobody writes here", atEnd(`<p>${"Пять слов и ещё несколько. ".repeat(40)}</p>`)],
    ["a marquee", atEnd("<marquee>x</marquee>")],
    ["far more text than ever", atEnd(`<p>${"mots ajoutés à la fin de la page ".repeat(900)}</p>`)],
  ])("%s", (_, html) => {
    expect(outcomeOfPage(html)).not.toBe("vouched");
  });

  test("three independent ones contradict together", () => {
    const letters = `<p>${"Пять слов и ещё несколько. ".repeat(40)}</p><marquee>x</marquee>`;
    const links = Array.from({ length: 9 }, (_, at) => `<a href="//shop-${at}.example/">x</a>`).join("");
    expect(outcomeOfPage(atEnd(letters))).toBe("uncertain");
    expect(outcomeOfPage(atEnd(letters + links))).toBe("question");
  });

  test("what lies beyond a limit is nobody's to vouch for", () => {
    expect(outcomeOf({ ...factsOf(page), over: "elements" })).toBe("question");
  });
});

describe("where it leads", () => {
  test.each<[string, string, string]>([
    ["a host that nobody knows", "https://evil.example/", "alarm"],
    ["a known host, which may lead on to anywhere", "https://social.example/out?to=evil", "question"],
    ["an own address that nobody knows", "/wp-content/uploads/x.html", "uncertain"],
    ["an own address that the site links to", "/culture/", "vouched"],
    ["what carries itself", "javascript:alert(1)", "alarm"],
  ])("to %s", (_, location, expected) => {
    expect(outcomeOfPage("", undefined, { status: 302, headers: [["location", location]] })).toBe(
      expected as "alarm",
    );
  });

  test("to an installer: it is broken", () => {
    const facts = factsOf("", undefined, { status: 302, headers: [["location", "/wp-admin/install.php"]] });
    expect(outcomeOf(facts)).toBe("question");
  });

  test("from the front, only to an address that is known", () => {
    const redirect = (location: string): string =>
      outcomeOf(factsOf("", "/", { status: 302, headers: [["location", location]] }), "/");
    expect(redirect("/x.html")).toBe("question");
    expect(redirect("/politique/")).toBe("vouched");
  });
});

describe("what is broken is no attack, and isn't shown", () => {
  test.each([
    ["an installer", "<title>WordPress › Installation</title><h1>Welcome</h1>"],
    ["a listing", "<title>Index of /</title><h1>Index of /</h1>"],
    ["a database", "<h1>Erreur lors de la connexion à la base de données</h1>"],
    ["a database, in English", "<h1>Error establishing a database connection</h1>"],
    [
      "a program",
      "<b>Fatal error</b>: Uncaught Error: x in /var/www/index.php:3 thrown in <b>/var/www/index.php</b> on line <b>3</b>",
    ],
    ["an account", "<title>Account Suspended</title><h1>This account has been suspended</h1>"],
    ["a domain", "<title>portail.example is for sale</title><p>Buy this domain.</p>"],
  ])("%s", (_, html) => {
    const facts = factsOf(html);
    expect(["question", "alarm"]).toContain(outcomeOf(facts));
    expect(outcomeOf({ ...facts, status: 500 })).toBe("question");
  });
});
