/** Whatever stands in a field comes out as words: never as an element, an attribute, a script, or a break in a feed. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { parse, parseFragment, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { SaxesParser } from "saxes";
import { addPicture, bodyOf, createModel } from "../../test/model/model.ts";
import { renderAll, siteConfig, sourceOf } from "../../test/model/render.ts";
import type { Block } from "../pieces/body.ts";
import type { Page } from "../publishing/rendering.ts";

/** Everything that these pages are made of; whatever else appears was smuggled in. */
const elements = new Set(
  (
    "html head meta title link body a header h1 h2 h3 h4 nav ul ol li main section article p span div footer time bdi " +
    "strong em s u sub sup code pre br hr blockquote figure figcaption picture source img table tbody tr th td dl dt dd"
  ).split(" "),
);
const attributes = new Set(
  (
    "lang dir charset name content rel href hreflang type title class id tabindex datetime start scope role aria-label " +
    "aria-labelledby aria-current src srcset sizes width height loading decoding alt media"
  ).split(" "),
);
/** All that a page may load of itself, beside its style sheet. */
const ownPictures = /^(\/_kasbah\/media\/[0-9A-Z]{26}-\d+\.(webp|jpg)( \d+w)?(, |$))+$/;
const safeAddress = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/;

const payload = fc.constantFrom(
  "<script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "</bdi></a></article></main><form action=//evil.example>",
  "]]><script>alert(1)</script><![CDATA[",
  "--><svg onload=alert(1)>",
  "<!--",
  "&lt;script&gt; &amp;amp; &#60;",
  "{{7*7}} ${7*7} #{7*7}",
  "javascript:alert(1)",
  "\u202e\u2066abc\u202c",
  "\u2028\u2029",
  "a\u0000b\u0008c\ud800d\uffff",
  "</textarea></style></noscript>",
  "<base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
);
const hostile = fc
  .tuple(payload, fc.string({ unit: "binary", maxLength: 20 }), fc.boolean())
  .map(([known, random, first]) => (first ? `x${known}${random}` : `x${random}${known}`));

const addressTail = fc.constantFrom<string>('"><script>', "'onclick='x", "?a=<b>&c=%22", "#</a>", "\\..\\");

const fields = fc.record({
  site: hostile,
  title: hostile,
  standfirst: hostile,
  words: hostile,
  name: hostile,
  note: hostile,
  claim: hostile,
  tail: addressTail,
});
type Fields = typeof fields extends fc.Arbitrary<infer F> ? F : never;

const harmless: Fields = {
  site: "x",
  title: "x",
  standfirst: "x",
  words: "x",
  name: "x",
  note: "x",
  claim: "x",
  tail: "x",
};

test("hostile words in every field leave every page with the elements that harmless words have", () => {
  const expected = skeletons(pagesWith(harmless));
  fc.assert(
    fc.property(fields, (given) => {
      expect(skeletons(pagesWith(given))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("without the templates' escaping the same words do break out: the test would see it", () => {
  const unescaped = '"><img src=x onerror=alert(1)>';
  expect(() => skeleton(parse(`<!doctype html><title>x</title><h1>${unescaped}</h1>`))).toThrow("loads x");
});

function pagesWith(given: Fields): Map<string, Page> {
  const model = createModel();
  const { pieces, people, material } = model;
  const names = { ar: given.name };
  pieces.addSection({ site: "portal", slug: "s", names });
  pieces.addTag({ site: "portal", slug: "t", names });
  const { byline } = people.addByline({ slug: "b", names });
  const video = material.addMaterial({
    kind: "video",
    source: `https://video.example/${encodeURIComponent(given.tail)}`,
    claim: { fr: given.claim },
  }).material;
  addPicture(model, ownPicture, true);
  const at = new Date(model.clock.nowMs()).toISOString();
  material.addFinding(video.id, { state: "false", at, note: { fr: given.note } });
  const { piece } = pieces.addPiece({
    site: "portal",
    kind: "story",
    section: "s",
    tags: ["t"],
    bylines: [byline.id],
  });
  for (const language of ["ar", "fr"] as const) {
    const content = {
      title: given.title,
      standfirst: given.standfirst,
      body: bodyOf(...blocksWith(given, video.id)),
    };
    const { text } = pieces.addText({ pieceId: piece.id, language, slug: "a", content, workflow: "ready" });
    pieces.publish(text.id);
    pieces.addCorrection(text.id, { kind: "correction", at, note: given.note });
  }
  const config = { ...siteConfig, site: { ...siteConfig.site, name: given.site } };
  const pages = renderAll(sourceOf(model, config));
  model.database.close();
  return pages;
}

const ownPicture = "01J9Z3K5Q8R2T4V6X8Z0B2D4FA";

function blocksWith({ words, tail }: Fields, video: string): Block[] {
  const inline = { type: "text", text: words } as const;
  const address = `https://example.org/${tail.replace(/\s/g, "")}`;
  const attrs = { id: "block" };
  const paragraph: Block = { type: "paragraph", attrs, content: [inline] };
  return [
    paragraph,
    { type: "heading", attrs: { ...attrs, level: 2, lang: "fr" }, content: [inline] },
    {
      type: "paragraph",
      attrs,
      content: [
        {
          ...inline,
          marks: [{ type: "link", attrs: { href: address } }, { type: "bold" }, { type: "code" }],
        },
        { ...inline, marks: [{ type: "language", attrs: { lang: "ar", dir: "auto" } }] },
      ],
    },
    { type: "bulletList", attrs, content: [{ type: "listItem", content: [paragraph, paragraph] }] },
    { type: "codeBlock", attrs, content: [inline] },
    { type: "image", attrs: { ...attrs, alt: words, caption: words, source: address } },
    { type: "image", attrs: { ...attrs, alt: words, caption: words, media: ownPicture } },
    {
      type: "table",
      attrs,
      content: [{ type: "tableRow", content: [{ type: "tableHeader", content: [paragraph] }] }],
    },
    { type: "material", attrs: { ...attrs, material: video } },
  ];
}

/** What each page is made of, without its words. */
function skeletons(pages: ReadonlyMap<string, Page>): Map<string, string> {
  return new Map(Array.from(pages, ([name, page]) => [name, skeletonOf(page)]));
}

function skeletonOf({ type, body }: Page): string {
  const text = new TextDecoder().decode(body);
  if (type.startsWith("text/html")) return skeleton(parse(text));
  if (type.includes("xml")) return xmlSkeleton(text);
  if (type.startsWith("application/feed+json")) return jsonSkeleton(text);
  return type;
}

/** Throws at an element, an attribute or an address that no template writes. */
function skeleton(node: Tree.Node): string {
  const inside = "childNodes" in node ? node.childNodes.map(skeleton).join("") : "";
  if (node.nodeName === "#comment") throw new Error("a comment");
  if (!("tagName" in node)) return inside;
  if (!elements.has(node.tagName)) throw new Error(`an element ${node.tagName}`);
  for (const { name, value } of node.attrs) {
    if (!attributes.has(name)) throw new Error(`an attribute ${name} on ${node.tagName}`);
    if (name === "href" && !safeAddress.test(value)) throw new Error(`an address ${value}`);
    if ((name === "src" || name === "srcset") && !ownPictures.test(value)) throw new Error(`loads ${value}`);
  }
  return `<${node.tagName} ${node.attrs.map(({ name }) => name).join(" ")}>${inside}</>`;
}

/** Throws where it is not well-formed. */
function xmlSkeleton(text: string): string {
  const parser = new SaxesParser();
  let seen = "";
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name }) => {
    seen += `<${name}>`;
  });
  parser.on("cdata", (html) => {
    if (html.startsWith("<div")) seen += skeleton(parseFragment(html));
  });
  parser.write(text).close();
  return seen;
}

function jsonSkeleton(text: string): string {
  const { items } = JSON.parse(text) as { items?: readonly { content_html: string }[] };
  return (items ?? []).map(({ content_html }) => skeleton(parseFragment(content_html))).join("");
}
