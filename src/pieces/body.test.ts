/** What a body may hold: links that lead somewhere safe, limits, no character that breaks a page. */
import { describe, expect, test } from "bun:test";
import { bodyOf, paragraphs } from "../../test/model/model.ts";
import { type Block, bodyLimits, bodySchema, materialIn, undescribedIn, wordsOf } from "./body.ts";

function linked(href: string): unknown {
  const content = [{ type: "text", text: "here", marks: [{ type: "link", attrs: { href } }] }];
  return { version: 1, doc: { type: "doc", content: [{ type: "paragraph", attrs: { id: "a" }, content }] } };
}

function nested(levels: number): Block {
  let block: Block = { type: "paragraph", attrs: { id: "p" } };
  for (let level = 1; level < levels; level += 1) {
    block = { type: "blockquote", attrs: { id: `q${level}` }, content: [block] };
  }
  return block;
}

describe("links", () => {
  test.each([
    "https://example.org/a?b=c#d",
    "HTTP://EXAMPLE.ORG",
    "mailto:a@example.org",
    "/ar/",
    "#part",
    "/",
  ])("%s is taken", (href) => {
    expect(bodySchema.safeParse(linked(href)).success).toBe(true);
  });
  test.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "//evil.example",
    "/\\evil.example",
    "https://a b",
    "https://a\u0000b",
    "file:///etc/passwd",
    "",
  ])("%j is refused", (href) => {
    expect(bodySchema.safeParse(linked(href)).success).toBe(false);
  });
});

describe("limits", () => {
  test("nesting up to the limit is taken, one more is refused", () => {
    expect(bodySchema.safeParse(bodyOf(nested(bodyLimits.depth))).success).toBe(true);
    expect(bodySchema.safeParse(bodyOf(nested(bodyLimits.depth + 1))).success).toBe(false);
  });

  test("nesting that would exhaust the stack is refused like any other", () => {
    const levels = 200_000;
    const deep = JSON.parse(
      `${'{"type":"blockquote","content":['.repeat(levels)}${"]}".repeat(levels)}`,
    ) as Block;
    expect(bodySchema.safeParse(bodyOf(deep)).success).toBe(false);
  });

  test("lists in lists that would exhaust the stack are refused like any other", () => {
    const deep = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`) as Block;
    expect(bodySchema.safeParse(bodyOf(deep)).success).toBe(false);
  });

  test("more parts than any text has are refused before each of them gets a fault of its own", () => {
    const many: unknown[] = Array.from({ length: 1_000_000 }, () => ({}));
    for (const content of [many, [{ type: "text", text: "a", marks: many }]]) {
      const block = { type: "paragraph", attrs: { id: "p" }, content } as Block;
      expect(bodySchema.safeParse(bodyOf(block)).error?.issues.length).toBe(1);
    }
  });

  test("a text with as many parts as fit is taken", () => {
    const content = Array.from({ length: 60_000 }, () => ({ type: "text" as const, text: "a" }));
    const body = bodyOf({ type: "paragraph", attrs: { id: "p" }, content });
    expect(bodySchema.safeParse(body).success).toBe(true);
  });

  test("too many blocks and too many characters are refused", () => {
    const texts = Array.from({ length: bodyLimits.blocks + 1 }, () => "a");
    expect(bodySchema.safeParse(paragraphs(...texts)).success).toBe(false);
    expect(bodySchema.safeParse(paragraphs("a".repeat(bodyLimits.textCharacters * 2))).success).toBe(false);
  });
});

test.each(["a\u0000", "a\ud800", "a b", "", "a".repeat(41)])("a block isn't named %j", (id) => {
  expect(bodySchema.safeParse(bodyOf({ type: "paragraph", attrs: { id } })).success).toBe(false);
});

test("control characters, lone surrogates and carriage returns don't get in", () => {
  expect(wordsOf(bodySchema.parse(paragraphs("a\u0000b\u001bc\r\nd\ud800")))).toBe("abc\nd\ufffd");
});

test("material is found wherever it stands, each once", () => {
  const material: Block = { type: "material", attrs: { id: "m", material: "M1" } };
  const body = bodyOf(material, {
    type: "table",
    attrs: { id: "t" },
    content: [{ type: "tableRow", content: [{ type: "tableCell", content: [material] }] }],
  });
  expect(materialIn(body)).toEqual(["M1"]);
});

describe("a picture", () => {
  const picture = (attrs: Record<string, unknown>): Block =>
    ({ type: "image", attrs: { id: "i", media: "01J9Z3K5Q8R2T4V6X8Z0B2D4F6", ...attrs } }) as Block;

  test("that only decorates is another thing than one that nobody has described", () => {
    const quoted: Block = { type: "blockquote", attrs: { id: "q" }, content: [picture({ alt: "" })] };
    const body = bodyOf(
      picture({ alt: "" }),
      picture({ alt: "", decorative: true }),
      picture({ alt: "A" }),
      quoted,
    );
    expect(undescribedIn(bodySchema.parse(body))).toBe(2);
  });

  test("with a description doesn't only decorate", () => {
    const both = bodyOf(picture({ alt: "A crowd", decorative: true }));
    expect(bodySchema.safeParse(both).success).toBe(false);
    expect(bodySchema.safeParse(bodyOf(picture({ alt: "", decorative: false }))).success).toBe(false);
  });
});
