/**
 * A difference between our reading and a browser's is what an attacker needs. Whatever markup is made up, what parse5's tree (WHATWG's
 * algorithm to the letter) loads, runs, embeds, submits and links is among our facts.
 */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { type DefaultTreeAdapterMap, html, parse } from "parse5";
import { utf8 } from "../../base/bytes.ts";
import type { Facts, InlineCode } from "../facts.ts";
import { inlineCode } from "./code.ts";
import { type ReadingLimits, read } from "./read.ts";
import { References, hostOf, schemeOf, stripped } from "./reference.ts";

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

test("facts contain whatever parse5's tree loads, runs, embeds, submits and links", () => {
  fc.assert(
    fc.property(hostile, (markup) => {
      const facts = read(
        {
          status: 200,
          headers: [["content-type", "text/html;charset=utf-8"]],
          body: utf8(markup),
          url,
          ownHosts: new Set(),
        },
        limits,
      );
      expect(missing(markup, facts)).toEqual([]);
    }),
    { numRuns: Number(process.env["FACTS_RUNS"] ?? 3_000) },
  );
});

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
