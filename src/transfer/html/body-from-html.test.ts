/** HTML from elsewhere: structure kept, no word lost, nothing hostile left, no input that does harm. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  type Block,
  blocksIn,
  type Body,
  bodyLimits,
  bodySchema,
  type Mark,
  wordsOf,
} from "../../pieces/body.ts";
import { bodyFromHtml, htmlLengthMax } from "./body-from-html.ts";
import type { HtmlOptions } from "./context.ts";
import { unseenElements } from "./elements.ts";
import { parseTree, textBelow, treeLimits } from "./parse.ts";

const options: HtmlOptions = { language: "en", base: "https://old.example/2011/07/post/", newlines: false };
const classic: HtmlOptions = { ...options, newlines: true };

function converted(html: string, with_: HtmlOptions = options): { body: Body; remarks: string } {
  const result = bodyFromHtml(html, with_);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

/** Blocks without ids, which only their own test looks at. */
function blocksFrom(html: string, with_: HtmlOptions = options): unknown {
  return JSON.parse(
    JSON.stringify(converted(html, with_).body.doc.content, (key, value: unknown) =>
      key === "id" ? undefined : value,
    ),
  );
}

const paragraph = (...content: unknown[]): unknown => ({ type: "paragraph", attrs: {}, content });
const words = (text: string, ...marks: unknown[]): unknown =>
  marks.length === 0 ? { type: "text", text } : { type: "text", text, marks };

describe("structure", () => {
  test("headings move below the page's title and stop at the third rank", () => {
    const levels = converted("<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h6>e</h6>").body.doc.content.map(
      (block) => block.type === "heading" && block.attrs.level,
    );
    expect(levels).toEqual([2, 2, 3, 4, 4]);
  });

  test("marks nest, merge and end where they should", () => {
    expect(blocksFrom("<p>one <b>two <i>three</i></b><b> four</b></p>")).toEqual([
      paragraph(
        words("one "),
        words("two ", { type: "bold" }),
        words("three", { type: "bold" }, { type: "italic" }),
        words(" four", { type: "bold" }),
      ),
    ]);
  });

  test("lists keep their nesting, their start and text between items", () => {
    expect(blocksFrom('<ol start="8"><li>a<ul><li>b</li></ul></li>c</ol>')).toEqual([
      {
        type: "orderedList",
        attrs: { start: 8 },
        content: [
          {
            type: "listItem",
            content: [
              paragraph(words("a")),
              {
                type: "bulletList",
                attrs: {},
                content: [{ type: "listItem", content: [paragraph(words("b"))] }],
              },
              paragraph(words("c")),
            ],
          },
        ],
      },
    ]);
  });

  test("a quotation keeps its source on a line of its own", () => {
    expect(blocksFrom("<blockquote><p>Said.</p><cite>Somebody</cite></blockquote>")).toEqual([
      {
        type: "blockquote",
        attrs: {},
        content: [paragraph(words("Said.")), paragraph(words("Somebody", { type: "italic" }))],
      },
    ]);
  });

  test("a table keeps rows, heads and empty cells; a caption comes before it", () => {
    const html =
      "<table><caption>Water</caption><thead><tr><th>Day</th><th></th></tr></thead><tr><td>Mon</td><td colspan=2>6 h</td></tr></table>";
    const { body, remarks } = converted(html);
    expect(wordsOf(body)).toBe("Water\nDay · \nMon · 6 h");
    expect(body.doc.content.map(({ type }) => type)).toEqual(["paragraph", "table"]);
    expect(remarks).toBe("merged table cells separated");
  });

  test("preformatted text keeps its line ends, a poem its verses", () => {
    expect(blocksFrom("<pre>\n  if (a)\n    b();\n</pre>")).toEqual([
      { type: "codeBlock", attrs: {}, content: [words("  if (a)\n    b();")] },
    ]);
    expect(blocksFrom('<pre class="wp-block-verse">one\ntwo\n\nthree</pre>')).toEqual([
      paragraph(words("one"), { type: "hardBreak" }, words("two")),
      paragraph(words("three")),
    ]);
  });

  test("two breaks in a row end a paragraph", () => {
    expect(wordsOf(converted("one<br>two<br><br>three<br>").body)).toBe("one\ntwo\nthree");
    expect(converted("one<br><br>two").body.doc.content).toHaveLength(2);
  });

  test("definitions, abbreviations, quotations and form fields keep their words", () => {
    const html =
      '<dl><dt>PDR</dt><dd>A <abbr title="public data register">PDR</abbr>, <q>so to say</q>.</dd></dl><form><label>Name</label><select><option>ar</select></form>';
    expect(wordsOf(converted(html).body)).toBe("PDR\nA PDR (public data register), “so to say”.\nNamear");
  });

  test("what nobody knows keeps its text and is remarked", () => {
    const { body, remarks } = converted("<marquee>news <blink>now</blink></marquee>");
    expect(wordsOf(body)).toBe("news now");
    expect(remarks).toBe("<marquee> kept as text, <blink> kept as text");
  });

  test("nothing at all is an empty body", () => {
    expect(blocksFrom("<p>&nbsp;</p><div> \n </div><ul></ul><blockquote></blockquote>")).toEqual([]);
  });
});

describe("the classic editor's line ends", () => {
  test("an empty line ends a paragraph, a single one breaks the line, also inside emphasis", () => {
    expect(blocksFrom("one\ntwo\n\n<em>three\n\nfour</em>", classic)).toEqual([
      paragraph(words("one"), { type: "hardBreak" }, words("two")),
      paragraph(words("three", { type: "italic" })),
      paragraph(words("four", { type: "italic" })),
    ]);
  });

  test("line ends between blocks and inside <p> mean nothing", () => {
    expect(blocksFrom("<p>one\ntwo</p>\n<ul>\n\t<li>three\n</li>\n</ul>", classic)).toEqual([
      paragraph(words("one two")),
      {
        type: "bulletList",
        attrs: {},
        content: [{ type: "listItem", content: [paragraph(words("three"))] }],
      },
    ]);
  });

  test("outside it they are spaces", () => {
    expect(blocksFrom("one\n\ntwo")).toEqual([paragraph(words("one two"))]);
  });
});

describe("pictures and embeds", () => {
  test("a figure's caption joins its only picture; a gallery's stands below", () => {
    const figure = (name: string): string =>
      `<figure><img src="/${name}.jpg" alt="${name}"><figcaption>about ${name}</figcaption></figure>`;
    const html = `<figure><ul class="blocks-gallery-grid"><li>${figure("a")}</li><li>${figure("b")}</li></ul><figcaption>both</figcaption></figure>`;
    expect(blocksFrom(html)).toEqual([
      { type: "image", attrs: { alt: "a", source: "https://old.example/a.jpg", caption: "about a" } },
      { type: "image", attrs: { alt: "b", source: "https://old.example/b.jpg", caption: "about b" } },
      paragraph(words("both")),
    ]);
  });

  test("a picture in the middle of a sentence does not tear it", () => {
    expect(blocksFrom('one <img src="/a.jpg"> two')).toEqual([
      paragraph(words("one two")),
      { type: "image", attrs: { alt: "", source: "https://old.example/a.jpg" } },
    ]);
  });

  test("lazy loading is seen through, once", () => {
    const html =
      '<img src="data:image/gif;base64,R0" data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript>';
    expect(blocksFrom(html)).toEqual([
      { type: "image", attrs: { alt: "", source: "https://old.example/a.jpg" } },
    ]);
  });

  test("what only says that a picture is missing without scripts is kept", () => {
    expect(blocksFrom('<p>a</p><noscript><img src="/b.jpg" alt=""></noscript>')).toHaveLength(2);
  });

  test("a smile is text, a tracking pixel is nothing, a lost picture leaves its description", () => {
    const html =
      'yes <img class="emoji" alt="🙂" src="//s.w.org/1.svg"><img width="1" height="1" src="//t.example/p"><img alt="The harbour">';
    expect(blocksFrom(html)).toEqual([paragraph(words("yes 🙂The harbour"))]);
  });

  test("a link around a picture is kept where it leads elsewhere", () => {
    expect(wordsOf(converted('<a href="https://else.example/"><img src="/a.jpg"></a>').body)).toBe(
      "\nhttps://else.example/".trim(),
    );
    expect(converted('<a href="/a-full.jpg"><img src="/a.jpg"></a>').body.doc.content).toHaveLength(1);
  });

  test("what was embedded becomes a link", () => {
    const html =
      '<iframe src="//video.example/embed/1" title="The march"></iframe><video><source src="/m.mp4"></video><object><param name="movie" value="http://v.example/2"><embed src="http://v.example/2"></object>';
    expect(linksIn(converted(html).body)).toEqual([
      "https://video.example/embed/1",
      "https://old.example/m.mp4",
      "http://v.example/2",
    ]);
  });

  test("known media stand in for a thumbnail's address and an empty description", () => {
    const media = (id: string) =>
      id === "906" ? { source: "https://old.example/full.jpg", alt: "A boat", caption: "" } : undefined;
    expect(
      blocksFrom('<img class="size-full wp-image-906" src="/thumb-150x150.jpg" alt="">', {
        ...options,
        media,
      }),
    ).toEqual([{ type: "image", attrs: { alt: "A boat", source: "https://old.example/full.jpg" } }]);
  });
});

describe("language and direction", () => {
  test("what the source declares stays, on blocks and on runs", () => {
    expect(
      blocksFrom(
        '<div lang="fr_FR" dir="ltr"><p>un</p></div><p>two <span lang="ar" dir="rtl">ثلاثة</span> four</p>',
      ),
    ).toEqual([
      { type: "paragraph", attrs: { lang: "fr-FR" }, content: [words("un")] },
      paragraph(
        words("two "),
        words("ثلاثة", { type: "language", attrs: { lang: "ar", dir: "rtl" } }),
        words(" four"),
      ),
    ]);
  });

  test("undeclared script turns the block the right way, lists with their markers", () => {
    expect(blocksFrom("<ul><li>خرجت المسيرة من الساحة</li></ul>")).toEqual([
      {
        type: "bulletList",
        attrs: { lang: "ar", dir: "rtl" },
        content: [
          {
            type: "listItem",
            content: [
              {
                type: "paragraph",
                attrs: { lang: "ar", dir: "rtl" },
                content: [words("خرجت المسيرة من الساحة")],
              },
            ],
          },
        ],
      },
    ]);
    const arabic: HtmlOptions = { ...options, language: "ar" };
    expect(blocksFrom("<p>خرجت المسيرة</p><p>Rendez-vous place de la Gare</p>", arabic)).toEqual([
      paragraph(words("خرجت المسيرة")),
      { type: "paragraph", attrs: { dir: "ltr" }, content: [words("Rendez-vous place de la Gare")] },
    ]);
  });

  test("an inline style's direction counts, the rest of it does not", () => {
    expect(blocksFrom('<p style="color:red; direction: rtl">1 2 3</p>')).toEqual([
      { type: "paragraph", attrs: { dir: "rtl" }, content: [words("1 2 3")] },
    ]);
  });
});

describe("ids", () => {
  test("are the same for the same input and unlike each other", () => {
    const html = "<p>a</p><p>a</p><ul><li>a</li><li>a</li></ul>";
    const [first, second] = [converted(html).body, converted(html).body];
    expect(first).toEqual(second);
    const ids = idsIn(first.doc.content);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("hostile input", () => {
  const attacks = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=javascript:alert(1)>",
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<math><mtext><a href="javascript:alert(1)">x</a></mtext></math>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\tscr\nipt:alert(1)">x</a>',
    '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
    '<a href="&#106;&#97;vascript:alert(1)">x</a>',
    '<a href="\u0001javascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="view-source:javascript:alert(1)">x</a>',
    '<a href="blob:https://old.example/1">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<link rel="stylesheet" href="javascript:alert(1)">',
    '<base href="https://evil.example/"><a href="/x">x</a>',
    "<style>*{background:url(javascript:alert(1))}</style>",
    '<div style="background:url(javascript:alert(1))">x</div>',
    '<template><img src=x onerror="alert(1)"></template>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<video poster="javascript:alert(1)" src="javascript:alert(1)"></video>',
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--><script>alert(1)</script>-->",
    '<a href="https://user:secret@old.example/">x</a>',
    "</p><isindex type=image src=x onerror=alert(1)>",
  ];

  test.each(attacks)("%j", (attack) => {
    const { body } = converted(attack);
    for (const address of [...linksIn(body), ...sourcesIn(body)]) {
      expect(address).toMatch(/^https?:\/\/(old\.example|evil\.example\/x\.js)\//);
      expect(address).not.toContain("secret");
    }
    const attributes = JSON.stringify(body, (key, value: unknown) =>
      key === "text" || key === "alt" ? "" : value,
    );
    expect(attributes).not.toMatch(/alert|javascript|onerror|onload|style|evil/i);
  });

  test("nesting without end is given up early and leaves its text", () => {
    const html = `${"<div><b>".repeat(200_000)}words that matter${"</b>".repeat(10)}`;
    const { body, remarks } = converted(html);
    expect(wordsOf(body)).toBe("words that matter");
    expect(remarks).toContain("only its text");
  });

  test("elements without end as well, and what is no text stays out", () => {
    const html = `${"<p>word</p>".repeat(treeLimits.elements)}<style>p{}</style><script>alert(1)</script>`;
    const { body } = converted(html);
    expect(body.doc.content.length).toBeLessThanOrEqual(bodyLimits.blocks);
    expect(wordsOf(body).match(/word/g)).toHaveLength(treeLimits.elements);
    expect(wordsOf(body)).not.toContain("alert");
  });

  test("lists in lists stop where a body's depth ends, without losing a word", () => {
    const html = `${"<ul><li>in ".repeat(60)}deep`;
    const { body } = converted(html);
    expect(depthOf(body.doc.content)).toBeLessThanOrEqual(bodyLimits.depth);
    expect(wordsOf(body).match(/in/g)).toHaveLength(60);
    expect(wordsOf(body)).toContain("deep");
  });

  test("too many rows and cells are shared out", () => {
    const wide = `<table><tr>${"<td>c</td>".repeat(150)}</tr></table>`;
    const long = `<table>${"<tr><td>r</td></tr>".repeat(1_500)}</table>`;
    expect(wordsOf(converted(wide).body).match(/c/g)).toHaveLength(150);
    expect(converted(long).body.doc.content).toHaveLength(2);
  });

  test("a figure with more in it than a call has arguments is still read", () => {
    const html = `<figure>${"<p>w</p>".repeat(90_000)}</figure>`;
    expect(wordsOf(converted(html).body).match(/w/g)).toHaveLength(90_000);
  });

  test("an address alone on its line is held to the rules of links", () => {
    expect(linksIn(converted("https://user:secret@else.example/").body)).toEqual(["https://else.example/"]);
    const endless = `https://else.example/${"م".repeat(1_000)}`;
    expect(blocksFrom(endless)).toMatchObject([{ content: [{ type: "text", text: endless }] }]);
  });

  test("what does not fit even as text is refused with the reason", () => {
    expect(bodyFromHtml("x".repeat(htmlLengthMax + 1), options)).toMatchObject({ ok: false });
    const result = bodyFromHtml("x ".repeat(bodyLimits.textCharacters * 1.5), options);
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining("longer") });
  });
});

/** Tags, broken tags and words in any order: what careless people and attackers write. */
const tagNames =
  "p div b i a span ul ol li table tr td th tbody blockquote pre h1 h5 br hr img figure figcaption dl dt dd script style svg math select option form textarea template noscript iframe object abbr q cite code sub ruby rt details summary center font marquee x-y".split(
    " ",
  );
const soup = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...tagNames).map((name) => `<${name}>`) },
      { weight: 3, arbitrary: fc.constantFrom(...tagNames).map((name) => `</${name}>`) },
      { weight: 4, arbitrary: fc.nat(999).map((number) => ` w${number} `) },
      fc.constantFrom(
        "\n",
        "\n\n",
        "<",
        ">",
        "&",
        "&#0;",
        "&nbsp;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "\u0000",
        '"',
      ),
      fc.constantFrom(
        '<a href="javascript:x">',
        '<a href="/y">',
        '<img src="z" alt="w0">',
        '<p dir="rtl" lang="ar">',
      ),
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

describe("properties", () => {
  test("any HTML becomes a body that its schema accepts, the same one each time", () => {
    fc.assert(
      fc.property(soup, fc.boolean(), (html, newlines) => {
        const { body } = converted(html, { ...options, newlines });
        expect(bodySchema.parse(body)).toEqual(body);
        expect(depthOf(body.doc.content)).toBeLessThanOrEqual(bodyLimits.depth);
        expect(converted(html, { ...options, newlines }).body).toEqual(body);
      }),
      { numRuns: 300 },
    );
  });

  test("every word that a browser shows is still there", () => {
    const unseen = new Set([...unseenElements, "iframe", "noscript"]);
    fc.assert(
      fc.property(soup, fc.boolean(), (html, newlines) => {
        const tree = parseTree(html);
        const shown = tree === undefined ? "" : textBelow(tree, unseen);
        const kept = new Set(wordsOf(converted(html, { ...options, newlines }).body).match(/w\d+/g));
        for (const word of shown.match(/(?<![\w&;])w\d+(?=\s)/g) ?? []) expect(kept).toContain(word);
      }),
      { numRuns: 500 },
    );
  });
});

function marksIn(blocks: readonly Block[]): Mark[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case "paragraph":
      case "heading":
      case "codeBlock":
        return (block.content ?? []).flatMap((run) => (run.type === "text" ? (run.marks ?? []) : []));
      default:
        return marksIn(blocksIn(block));
    }
  });
}

function linksIn(body: Body): string[] {
  return marksIn(body.doc.content).flatMap((mark) => (mark.type === "link" ? [mark.attrs.href] : []));
}

function sourcesIn(body: Body): string[] {
  return body.doc.content.flatMap((block) => (block.type === "image" ? (block.attrs.source ?? []) : []));
}

function idsIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => [block.attrs.id, ...idsIn(blocksIn(block))]);
}

function depthOf(blocks: readonly Block[]): number {
  return blocks.length === 0 ? 0 : 1 + Math.max(...blocks.map((block) => depthOf(blocksIn(block))));
}
