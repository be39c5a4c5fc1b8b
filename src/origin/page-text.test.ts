// What a page says as lines: nothing of it does anything, and no page costs more than its length.
import { describe, expect, test } from "bun:test";
import { compareLines } from "./comparing.ts";
import { type Line, pageText } from "./page-text.ts";

const linesOf = (html: string): readonly Line[] =>
  pageText("html", "text/html; charset=utf-8", Buffer.from(html))?.lines ?? [];

test("title, headings and text, one line for each block; code and comments are none", () => {
  const page = `<title>Une  &amp; deux</title><script>run()</script><style>p{}</style><!-- no -->
    <h1>Titre <em>fort</em></h1><div>Un<br>Deux<p>Trois`;
  expect(linesOf(page)).toEqual([
    { kind: "title", text: "Une & deux" },
    { kind: "heading", text: "Titre fort" },
    { kind: "text", text: "Un" },
    { kind: "text", text: "Deux" },
    { kind: "text", text: "Trois" },
  ]);
});

test("markup that was escaped, signs that turn lines around and control signs are written by their number", () => {
  expect(linesOf("<p>&lt;script&gt;\u202eX&#x202e;\u0007</p>")).toEqual([
    { kind: "text", text: "\\u{3c}script>\\u{202e}X\\u{202e}\\u{7}" },
  ]);
});

describe("hostile lengths", () => {
  test.each([
    ["a title of 100 kB", `<title>${"x".repeat(100_000)}</title>`],
    ["a hundred thousand blocks", "<p>x".repeat(100_000)],
    ["a hundred thousand open elements", `${'<b class="a">'.repeat(100_000)}x`],
    ["text in a hundred thousand pieces", "<i>x</i>".repeat(100_000)],
    ["a tag that never ends", `<p ${"a=b ".repeat(100_000)}`],
  ])("%s", (_, html) => {
    const lines = linesOf(html);
    expect(lines.length).toBeLessThanOrEqual(400);
    for (const { text } of lines) expect(text.length).toBeLessThanOrEqual(400);
  });
});

test("a picture is no text; a script's lines are", () => {
  expect(pageText("image", "image/png", Buffer.from("x"))).toBeUndefined();
  expect(pageText("script", "text/javascript", Buffer.from("<b>\n\nrun()"))?.lines).toEqual([
    { kind: "text", text: "\\u{3c}b>" },
    { kind: "text", text: "run()" },
  ]);
});

test("what went and what came is marked; of what stayed, what stands around it is shown and the rest counted", () => {
  const line = (text: string): Line => ({ kind: "text", text });
  const before = Array.from({ length: 10 }, (_, at) => line(`${at}`));
  const { now } = compareLines(before, [...before.slice(0, 9), line("new")]);
  expect(now).toEqual([
    { kind: "gap", count: 7 },
    { kind: "same", line: line("7") },
    { kind: "same", line: line("8") },
    { kind: "changed", line: line("new") },
  ]);
});
