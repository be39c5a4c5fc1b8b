/**
 * A difference between our reading and a browser's is what an attacker needs. Whatever markup is made up, what parse5's tree (WHATWG's
 * algorithm to the letter) loads, runs, embeds, submits and links is among our facts.
 */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { type DefaultTreeAdapterMap, html, parse } from "parse5";
import { SaxesParser } from "saxes";
import { utf8 } from "../../base/bytes.ts";
import type { Facts, InlineCode } from "../facts.ts";
import { inlineCode } from "./code.ts";
import { type ReadingLimits, read } from "./read.ts";
import { References, hostOf, schemeOf, stripped } from "./reference.ts";
import { Tag } from "./tag.ts";

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

const url = "https://example.org/page";
const limits: ReadingLimits = {
  bytesMax: 1_000_000,
  elementsMax: 100_000,
  depthMax: 10_000,
  msMax: 1_000,
  monotonicMs: () => 0,
};
const references = new References(url, new Set());

/** What changes how a tokenizer reads on, or what a tree takes notice of. */
const containers = (
  "svg math select option table tr td caption colgroup col template frameset noframes textarea title style xmp iframe noembed noscript script " +
  "plaintext foreignObject desc annotation-xml mi mtext mglyph head body html p b font div form a button input br object applet marquee optgroup hr pre li"
).split(" ");
const speaking = [
  '<script src="https://s$.example/x.js">',
  "<script src=https://s$.example/y.js></script>",
  "<script>run$();</script>",
  "<script>",
  "run$()",
  '<svg><script href="https://s$.example/v.js"/>',
  '<svg><script xlink:href="https://s$.example/v.js"></script></svg>',
  "<svg><script>vector$()</script></svg>",
  '<iframe src="https://f$.example/">',
  '<iframe srcdoc="&lt;script src=https://d$.example/a.js>&lt;/script>"></iframe>',
  '<embed src="https://e$.example/">',
  '<object data="https://o$.example/"></object>',
  '<frame src="https://r$.example/">',
  '<form action="https://a$.example/take" method=post>',
  '<input type=password formaction="https://i$.example/">',
  '<meta http-equiv=refresh content="0;url=https://m$.example/">',
  '<a href="https://l$.example/">link</a>',
  "<a href=javascript:go$()>",
  "<a href=' jAvA\tscript&colon;go$()'>",
  '<img src="https://p$.example/p.png" onerror="fail$()">',
  "<img src=x onerror=fail$() alt=`'\">",
  '<body onload="loaded$()">',
  '<link rel=stylesheet href="https://c$.example/c.css">',
  '<video src="https://v$.example/v.mp4"></video>',
  "<style>@import url(https://t$.example/t.css)</style>",
  "<svg><animate onbegin=begin$()></svg>",
];
const breaking = [
  "<!--",
  "-->",
  "--!>",
  "<!-->",
  "<!--->",
  "<![CDATA[",
  "]]>",
  "<!",
  "<?",
  "</",
  "<",
  ">",
  '"',
  "'",
  "/",
  "=",
  " ",
  "\n",
  "&lt;",
  "&quot;",
  "x",
  '<div title="',
  "<div title='",
  "<a b=c",
  "</script",
  "</style ",
  "<!doctype html>",
  "<!DOCTYPE html [",
  "<svg/>",
  "<math/>",
  "<style/>",
  "<title/>",
  '<annotation-xml encoding="text/html">',
  "<font color=red>",
  "</br>",
  "</p>",
];

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...containers).map((name) => `<${name}>`) },
  { weight: 2, arbitrary: fc.constantFrom(...containers).map((name) => `</${name}>`) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...speaking), fc.integer({ min: 0, max: 99 }))
      .map(([text, number]) => text.replaceAll("$", String(number))),
  },
  { weight: 2, arbitrary: fc.constantFrom(...breaking) },
);
const hostile = fc.array(piece, { minLength: 1, maxLength: 30 }).map((pieces) => pieces.join(""));

function readAs(type: string, body: string | Uint8Array): Facts {
  const bytes = typeof body === "string" ? utf8(body) : body;
  const headers = [["content-type", `${type};charset=utf-8`]] as const;
  return read({ status: 200, headers, body: bytes, url, ownHosts: new Set() }, limits);
}

test("facts contain whatever parse5's tree loads, runs, embeds, submits and links", () => {
  fc.assert(
    fc.property(hostile, (markup) => {
      expect(missing(markup, readAs("text/html", markup))).toEqual([]);
    }),
    { numRuns: Number(process.env["FACTS_RUNS"] ?? 1_500) },
  );
});

test("a tag's attributes are parse5's, whatever they are written with", () => {
  const sign = fc.constantFrom(..."aB=\"'/ \t\n\f\r<`&#0;x".split(""), "&amp;", "&colon", "on", "=x");
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 20 }), (signs) => {
      const markup = `<x ${signs.join("")}>">'>`;
      const element = elements(parse(markup)).find(({ tagName }) => tagName === "x");
      const tag = new Tag(true);
      expect(tag.read(markup, 0, 1)).toBe(true);
      const first = new Map(tag.names.slice(0, tag.count).map((name) => [name, normal(tag.get(name) ?? "")]));
      expect([...first]).toEqual(element?.attrs.map(({ name, value }) => [name, normal(value)]) ?? []);
    }),
    { numRuns: Number(process.env["FACTS_RUNS"] ?? 2_000) },
  );
});

/** Line ends count for nothing in what is read from attributes. */
function normal(value: string): string {
  return value.replace(/\r\n?/g, "\n");
}

test("facts contain whatever an XML parser finds that runs, loads and leads on", () => {
  fc.assert(
    fc.property(drawing, (markup) => {
      const facts = readAs("image/svg+xml", markup);
      expect(missingOfXml(markup, facts)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

const svgPrefix = fc.constantFrom("", "s:");
const { node: drawnNode } = fc.letrec<{ node: string; nodes: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      "text",
      "&lt;script&gt;",
      "<!-- <script>no()</script> -->",
      "<![CDATA[<a onclick='no()'>]]>",
      "<?pi <script> ?>",
      "<l:_ x='>'/>",
    ),
    fc.tuple(svgPrefix, fc.nat(99)).map(([p, at]) => `<${p}script x:href='//h${at}.example/s.js'/>`),
    fc
      .tuple(
        svgPrefix,
        fc.constantFrom("run()", "a &lt; b()", "<![CDATA[a < b('&amp;') ]]>", "a(<!-- x -->b)"),
      )
      .map(([p, code]) => `<${p}script>${code}</${p}script >`),
    fc.nat(99).map((at) => `<h:iframe src = "//f${at}.example/"></h:iframe>`),
    fc.nat(99).map((at) => `<a x:href="//l${at}.example/" onclick='go${at}("&#39;")'>l</a>`),
    fc.tuple(svgPrefix, tie("nodes")).map(([p, inner]) => `<${p}g title="<script>">${inner}</${p}g>`),
  ),
  nodes: fc.array(tie("node"), { maxLength: 5 }).map((parts) => parts.join("")),
}));
const drawing = fc
  .array(drawnNode, { maxLength: 5 })
  .map(
    (parts) =>
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" ` +
      `xmlns:h="http://www.w3.org/1999/xhtml" xmlns:l="urn:l">${parts.join("").replaceAll('title="<script>"', 'title="&lt;"')}</svg>`,
  );

function missingOfXml(markup: string, { sets, inline }: Facts): string[] {
  const shapes = new Set(inline.map(({ shape }) => shape));
  const found: string[] = [];
  const code: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", ({ local, attributes }) => {
    code.push("");
    for (const { local: name, value } of Object.values(attributes)) {
      const host = hostOf(references.of(value));
      if (name.startsWith("on") && !shapes.has(inlineCode("handler", value).shape)) found.push(value);
      if (local === "script" && name === "href" && !sets.scripts.includes(value)) found.push(value);
      if (local === "iframe" && name === "src" && !sets.frames.includes(value)) found.push(value);
      if (local === "a" && name === "href" && !sets["link-hosts"].includes(host)) found.push(value);
    }
  });
  const add = (text: string): void => {
    code.push((code.pop() ?? "") + text);
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", ({ local }) => {
    const text = code.pop() ?? "";
    if (local === "script" && text !== "" && !shapes.has(inlineCode("script", text).shape)) found.push(text);
  });
  parser.write(markup).close();
  return found;
}

/** What the tree has and the facts have not. */
function missing(markup: string, facts: Facts): string[] {
  if (facts.over !== undefined) return [];
  const { sets } = facts;
  const shapes = new Set(facts.inline.map(({ shape }) => shape));
  const found: string[] = [];
  const need = (is: boolean, what: string): void => {
    if (!is) found.push(what);
  };
  const needCode = (kind: InlineCode["kind"], code: string): void =>
    need(code.trim() === "" || shapes.has(inlineCode(kind, code).shape), `${kind} ${code}`);
  const needAddress = (name: keyof Facts["sets"], address: string): void =>
    need(sets[name].includes(references.of(address)), `${name} ${address}`);

  for (const element of elements(parse(markup))) {
    const { tagName, namespaceURI, attrs } = element;
    const isHtml = namespaceURI === html.NS.HTML;
    const text = textOf(element);
    if (tagName === "script" && (isHtml || !text.includes("<"))) needCode("script", text);
    if (tagName === "style" && isHtml) needCode("style", text);
    for (const { prefix, name: local, value } of attrs) {
      const name = prefix === "xlink" ? "href" : local;
      if (name.startsWith("on")) needCode("handler", value);
      const clean = stripped(value);
      if ((name === "href" || name === "src") && schemeOf(clean) === "javascript")
        needCode("handler", clean.slice(11));
      if (tagName === "script" && (name === "src" || name === "href")) needAddress("scripts", value);
      else if (/^(iframe|frame|embed)$/.test(tagName) && name === "src") needAddress("frames", value);
      else if (tagName === "object" && name === "data") needAddress("frames", value);
      else if (tagName === "iframe" && name === "srcdoc") need(sets.frames.includes("srcdoc:"), "srcdoc");
      else if ((tagName === "form" && name === "action") || name === "formaction") {
        need(
          sets.forms.some((form) => form.includes(references.of(value))),
          `form ${value}`,
        );
      } else if (tagName === "meta" && name === "content") {
        need(
          sets.refreshes.some((address) => value.includes(hostOf(address))),
          `refresh ${value}`,
        );
      } else if (tagName === "link" && name === "href") needAddress("styles", value);
      else if (tagName === "img" && name === "src") needAddress("images", value);
      else if ((tagName === "a" && name === "href") || (tagName === "video" && name === "src")) {
        const host = hostOf(references.of(value));
        need(sets["link-hosts"].includes(host) || sets["media-hosts"].includes(host), `${tagName} ${value}`);
      }
    }
  }
  return found;
}

function* elements(node: Node): Generator<Element> {
  if ("tagName" in node) yield node;
  if ("content" in node) yield* elements(node.content);
  if ("childNodes" in node) for (const child of node.childNodes) yield* elements(child);
}

function textOf(element: Element): string {
  return element.childNodes
    .map((child) => ("value" in child ? child.value : "tagName" in child ? "<" : ""))
    .join("");
}

test("whatever the bytes and whatever their type, reading them throws nothing", () => {
  const type = fc.constantFrom(
    "text/html",
    "image/svg+xml",
    "text/css",
    "text/plain",
    "application/json",
    "x",
  );
  fc.assert(
    fc.property(type, fc.oneof(fc.uint8Array({ maxLength: 200 }), hostile.map(utf8)), (said, bytes) => {
      expect(readAs(said, bytes).bytes).toBe(bytes.length);
    }),
    { numRuns: 1_000 },
  );
});
