/** Whole answers, read. */
import { expect, test } from "bun:test";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { utf8 } from "../../base/bytes.ts";
import type { Facts } from "../facts.ts";
import { inlineCode } from "./code.ts";
import { type Document, type ReadingLimits, read } from "./read.ts";

const limits: ReadingLimits = {
  bytesMax: 2_000_000,
  elementsMax: 50_000,
  depthMax: 512,
  msMax: 1_000,
  monotonicMs: () => 0,
};

function answer(
  body: string,
  headers: Document["headers"] = [["content-type", "text/html"]],
  status = 200,
): Document {
  return {
    status,
    headers,
    body: utf8(body),
    url: "https://example.org/news/today?page=2",
    ownHosts: new Set(["www.example.org"]),
  };
}

function page(body: string, more: Partial<ReadingLimits> = {}): Facts {
  return read(answer(body), { ...limits, ...more });
}

function typed(type: string, body: string): Facts {
  return read(answer(body, [["content-type", type]]), limits);
}

function scripts(facts: Facts): string[] {
  return facts.inline.filter(({ kind }) => kind === "script").map(({ shape }) => shape);
}

test("what a page loads, links and asks for are sets of references", () => {
  const { sets } = read(
    answer(`<!doctype html><html lang=fr dir=ltr><head><title>A &amp; B</title>
      <link rel="stylesheet" href="/style.css?v=1"><link rel=preload as=font href=//fonts.example.net/a.woff2>
      <script src="https://www.example.org/own.js"></script><script src=//cdn.example.net/lib.js async></script>
      <body><h1>Head<b>line</b></h1><a href=../older#top>older</a><a href="https://other.example/x">x</a>
      <a href="&#106;ava&Tab;script:alert(1)">y</a>
      <iframe src="https://video.example/embed/1"></iframe><img src=a.jpg srcset="a.jpg 1x, https://img.example/b.jpg 2x">
      <form method=post action="/login?nonce=1"><input name=u><input type=PassWord></form>
      <meta http-equiv=refresh content="300;url=https://next.example/"><div style="background:url('https://bg.example/x.png')">`),
    limits,
  );
  expect(sets).toMatchObject({
    styles: ["/style.css?v=1"],
    preloads: ["//fonts.example.net/a.woff2"],
    scripts: ["/own.js", "//cdn.example.net/lib.js"],
    links: ["/older"],
    "link-hosts": ["other.example", "javascript:"],
    frames: ["//video.example/embed/1"],
    images: ["/news/a.jpg", "//img.example/b.jpg"],
    "media-hosts": ["img.example", "bg.example"],
    forms: ["POST /login password"],
    refreshes: ["//next.example/"],
  });
});

test("title, headings, language and words are what a reader sees", () => {
  const facts = read(
    answer(`<html lang=ar dir=rtl><title> خبر
      اليوم </title><h2>مَرحـبـا <i>بكم</i></h2><p>Bonjour<script>var hidden = "words"</script><p hidden>unseen</p>
      <p style="display: none">unseen</p><h3></h3>`),
    limits,
  );
  expect(facts).toMatchObject({
    title: "خبر اليوم",
    headings: ["مَرحـبـا بكم"],
    language: "ar",
    direction: "rtl",
  });
  expect(facts.words).toBe("مرحبا بكم bonjour");
  expect(facts.text.count).toBe(3);
});

test("markup that readers take in different ways gives what any of them loads", () => {
  const load = "<script src=/evil.js></script>";
  for (const markup of [
    `<svg><style>${load}</style></svg>`,
    `<select><style>${load}</style></select>`,
    `<math><mtext></p><style>${load}</style>`,
    `<svg><title><style><!--</style>${load}--></style></title></svg>`,
    `<svg><![CDATA[><!--]]>${load}<!-- -->`,
    `<frameset><textarea>${load}</textarea></frameset>`,
    `<template><col><style>${load}</style></template>`,
    `<div><svg></div><style>${load}</style>`,
    `<svg><plaintext>${load}`,
    `<noscript><p title="</noscript>${load}">`,
    `<!--><b>${load}-->`,
    `<!--x--!>${load}-->`,
    `<script><!--</script>${load}-->`,
    `<textarea></textarea >${load}</textarea>`,
    `<style></style x="</style>">${load}`,
    `<a title='"><!--' alt=">">${load}-->`,
    `<a/title="/>'"${load}">${load}`,
    `<iframe srcdoc="&lt;script src=/evil.js>"></iframe>`,
  ]) {
    expect({ markup, scripts: page(markup).sets.scripts }).toEqual({ markup, scripts: ["/evil.js"] });
  }
  for (const markup of [
    `<!-- ${load} -->`,
    `<textarea>${load}</textarea>`,
    `<script><!-- <script>${load}</script>`,
  ]) {
    expect(page(markup).sets.scripts).toEqual([]);
  }
});

test("links side by side are words apart; emphasis within a word is not", () => {
  expect(page("<a href=/a>News</a><a href=/b>Sports</a> H<b>ack</b>ed<p>by</p>x").words).toBe(
    "news sports hacked by x",
  );
  expect(page("<input type=submit value=Go><input type=hidden value=token><img alt=logo>").words).toBe(
    "go logo",
  );
});

test("code says the same under each of the site's names, and another site's name stays in it", () => {
  const under = (host: string): unknown =>
    read(
      answer(
        `<script>var plugin = {"ajax":"https:\\/\\/${host}\\/ajax.php"}; load("https://${host}/x.js")</script>`,
      ),
      limits,
    ).inline;
  expect(under("www.example.org")).toEqual(under("example.org"));
  for (const host of ["other.example", "example.org.other.example", "example.org@other.example"])
    expect(under(host)).not.toEqual(under("example.org"));
});

test("code in the page has a kind: what runs, what is called, what is only data", () => {
  const { inline, sets } = page(`<script>one()</script><script type=module>two()</script>
    <script type="application/ld+json">{"a":1}</script><script type="text/template"><b onclick=x()></b></script>
    <script type=importmap>{"imports":{"lib":"https://cdn.example.net/lib.js"}}</script>
    <p onclick="three()" style="background:red"></p><a href="javascript:four('x')">x</a><a href="javascript:four('y')">y</a>
    <style>p { color: red }</style>`);
  expect(inline.map(({ kind }) => kind).join(" ")).toBe(
    "script script data data script style handler handler",
  );
  expect(inline.at(-1)?.literals).toEqual(["x", "y"]);
  expect(sets.scripts).toEqual(["//cdn.example.net/lib.js"]);
});

test("a service worker is known by its registration", () => {
  const { sets } = page(`<script>navigator.serviceWorker.register('/sw.js');
    navigator["serviceWorker"]["register"](name)</script>`);
  expect(sets["service-workers"]).toEqual(["/sw.js", "?"]);
});

test("links that nobody sees are known for it, with inline styles, rules of the page's own and the hidden attribute", () => {
  const hidden = (markup: string) => page(markup).sets["hidden-link-hosts"];
  const link = "<a href=https://spam.example/>x</a>";
  for (const style of [
    "display:none",
    "visibility: hidden",
    "position:absolute;left:-9999px",
    "font-size:0",
    "opacity: 0.0",
    "height:0;overflow:hidden",
    "text-indent: -5000px",
    "clip: rect(1px, 1px, 1px, 1px)",
    "display/**/: no\\6e e",
  ]) {
    expect(hidden(`<div style="${style}"><p>${link}</p></div>`)).toEqual(["spam.example"]);
  }
  expect(hidden(`<style>.x, #y { display: none }</style><div class="a x">${link}</div>`)).toHaveLength(1);
  expect(hidden(`<div id=y>${link}</div><style>#y{position:fixed;top:-999px}</style>`)).toHaveLength(1);
  expect(hidden(`<span hidden>${link}</span>`)).toHaveLength(1);
  expect(hidden(`<div style="display:block;opacity:0.5">${link}</div>`)).toEqual([]);
  expect(hidden(`<style>@media print { .x { display: none } }</style><div class=x>${link}</div>`)).toEqual(
    [],
  );
  expect(hidden(`<p style="display:none">${link.replace("https://spam.example", "")}</p>`)).toEqual([]);
});

test("markup within comments, textarea and CDATA is known again, and new when it is", () => {
  const buried = (markup: string) => page(markup).sets.buried;
  expect(buried("<!-- generated in 0.31 s -->")).toEqual([]);
  const before = buried("<!--[if IE]><script src=/html5.js?v=1></script><![endif]-->");
  expect(before).toHaveLength(1);
  expect(buried("<!--[if IE]><script src=/html5.js?v=2></script><![endif]-->")).toEqual(before);
  expect(buried("<!--[if IE]><script src=//evil.example/></script><![endif]-->")).not.toEqual(before);
  expect(
    buried("<textarea><img src=x onerror=f()></textarea><svg><![CDATA[<img onload=g()>]]></svg>"),
  ).toHaveLength(2);
});

test("documents within the page belong to it: srcdoc, noscript, declarative shadow trees", () => {
  const { sets, inline, words } = page(`<iframe srcdoc="<script src=/in.js></script><p>seen</p>"></iframe>
    <noscript><img src=//pixel.example/p>unseen</noscript>
    <div><template shadowrootmode=open><script src=/shadow.js></script></template></div>`);
  expect(sets.frames).toEqual(["srcdoc:"]);
  expect(sets.scripts).toEqual(["/in.js", "/shadow.js"]);
  expect(sets["media-hosts"]).toEqual(["pixel.example"]);
  expect(inline).toEqual([]);
  expect(words).toBe("seen");
});

test("documents within documents have an end", () => {
  const nested = (depth: number): string =>
    depth === 0
      ? "<b>"
      : `<iframe srcdoc='${nested(depth - 1)
          .replaceAll("&", "&amp;")
          .replaceAll("'", "&#39;")}'>`;
  expect(page(nested(3)).over).toBeUndefined();
  expect(page(nested(4)).over).toBe("depth");
});

test("what asks for a password is known, wherever its field stands", () => {
  const forms = (markup: string) => page(markup).sets.forms;
  const field = "<input type=password>";
  expect(forms(`<form action=https://a.example/in?x>${field}</form>`)).toEqual([
    "GET //a.example/in password",
  ]);
  expect(forms(`<form method=POST></form>${field}`)).toEqual(["- password", "POST ."]);
  expect(forms(`<form id=f action=/x></form><input type=password form=f>`)).toEqual(["GET /x password"]);
  expect(forms("<button formaction=//evil.example/>")).toEqual(["GET //evil.example/"]);
});

test("an answer's head is part of it", () => {
  const facts = read(
    answer(
      "",
      [
        ["location", "https://elsewhere.example/x"],
        ["refresh", "0; url=//next.example"],
        ["link", '<https://cdn.example.net/a.css>; rel=preload; as=style, </b.css>; rel="stylesheet"'],
        ["set-cookie", "session=secret; HttpOnly"],
        ["content-security-policy", "script-src 'nonce-r4nd0m'  'self'"],
        ["content-language", "fr-MA"],
      ],
      302,
    ),
    limits,
  );
  expect(facts).toMatchObject({
    location: "//elsewhere.example/x",
    language: "fr-MA",
    kind: "text",
    status: 302,
  });
  expect(facts.sets).toMatchObject({
    refreshes: ["//next.example/"],
    preloads: ["//cdn.example.net/a.css"],
    styles: ["/b.css"],
    cookies: ["session"],
    policies: ["content-security-policy: script-src 'nonce' 'self'"],
  });
});

test("SVG and XML run and load, too", () => {
  const svg = typed(
    "image/svg+xml",
    `<?xml version="1.0"?><?xml-stylesheet href="/x.xsl" type="text/xsl"?><svg xmlns:x="http://www.w3.org/1999/xlink"
      xmlns:h="http://www.w3.org/1999/xhtml" onload="load()"><title>Drawing</title><script x:href="//evil.example/s.js"/>
      <script><![CDATA[ if (a < b) run() ]]></script><x:script>go(&quot;x&quot;)</x:script>
      <foreignObject><h:iframe src="//frame.example/"/></foreignObject><text>words</text></svg>`,
  );
  expect(svg).toMatchObject({ kind: "svg", title: "Drawing", words: "words" });
  expect(svg.sets).toMatchObject({
    scripts: ["//evil.example/s.js"],
    styles: ["/x.xsl"],
    frames: ["//frame.example/"],
  });
  expect(scripts(svg)).toContain(inlineCode("script", "if (a < b) run()").shape);
  expect(scripts(svg)).toContain(inlineCode("script", 'go("x")').shape);
  const hidden = typed("text/xml", `<!DOCTYPE r [<!ENTITY e "<h:script src='/e.js'/>">]><r>&e;</r>`);
  expect(hidden.sets.scripts).toEqual(["/e.js"]);
});

test("a style sheet's imports, a feed's title and a text's words are known", () => {
  expect(
    typed("text/css", "@import/**/'//a.example/b.css'; p{background:u\\72l(//c.example/d)}").sets,
  ).toMatchObject({
    styles: ["//a.example/b.css"],
    "media-hosts": ["c.example"],
  });
  const feed = "<rss><channel><title>Site</title><item><title>Story</title></item></channel></rss>";
  expect(typed("application/rss+xml", feed)).toMatchObject({ kind: "xml", title: "Site" });
  expect(typed("text/plain", "Hacked <b>by</b> x")).toMatchObject({ kind: "text", words: "hacked b by b x" });
});

test("over a limit it says which, and what was read until then is there", () => {
  expect(page("<p>".repeat(100), { bytesMax: 50 })).toMatchObject({ over: "size", bytes: 300 });
  expect(page(`<script src=/x.js></script>${"<p>".repeat(100)}`, { elementsMax: 50 })).toMatchObject({
    over: "elements",
    sets: { scripts: ["/x.js"] },
  });
  expect(page("<div>".repeat(100), { depthMax: 50 }).over).toBe("depth");
  let now = 0;
  expect(page("<p>".repeat(1_000), { msMax: 5, monotonicMs: () => now++ }).over).toBe("time");
  expect(page(`<p ${"onclick=a() ".repeat(1_000)}>`).over).toBe("elements");
});

test("a flood of links that nobody looks at hides none: scripts and hosts are over the limit, own links are summed", () => {
  const flood = (last: string) =>
    page(`${Array.from({ length: 3_000 }, (_, at) => `<a href=/p${at}></a>`).join("")}<a href=${last}></a>`)
      .sets;
  expect(flood("/x").links).toHaveLength(2_001);
  expect(flood("/x").links.at(-1)).toMatch(/^more:1001 /);
  expect(flood("/x").links).not.toEqual(flood("/y").links);
  const hosts = Array.from({ length: 600 }, (_, at) => `<a href=//h${at}.example></a>`).join("");
  expect(page(hosts).over).toBe("elements");
});

test("a flood of handlers hides none", () => {
  const flood = (last: string) =>
    page(
      `${Array.from({ length: 400 }, (_, at) => `<p onclick="go('${at}')">`).join("")}<p onclick="go('${last}')">`,
      {
        depthMax: 1_000,
      },
    ).inline;
  expect(flood("x")[0]?.literals).toHaveLength(200);
  expect(flood("x")).not.toEqual(flood("y"));
});

const samples = resolve(import.meta.dir, "../../../../shared/samples");

test.skipIf(!existsSync(samples))("real pages are read within every limit, and say something", () => {
  for (const folder of ["clean", "defaced", "claimed"]) {
    for (const name of readdirSync(join(samples, folder))) {
      const body = readFileSync(join(samples, folder, name));
      const facts = read({ ...answer(""), body }, limits);
      expect({ name, over: facts.over }).toEqual({ name, over: undefined });
      const { links, images, frames, refreshes } = facts.sets;
      const says = [facts.title, facts.words, ...links, ...images, ...frames, ...refreshes].join("");
      expect({ name, says: says !== "" }).toEqual({ name, says: true });
    }
  }
});
