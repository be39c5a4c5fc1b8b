/** Bodies drawn at random: anything that the body's schema takes, empty lists and ragged tables included. */
import * as fc from "fast-check";
import { cleanText } from "../../src/language/clean.ts";
import {
  type Block,
  bodySchema,
  type Body,
  type Inline,
  type ListItem,
  type TableRow,
} from "../../src/pieces/body.ts";

const words = fc
  .oneof(
    fc.constantFrom("مسيرة", "Rabat", "12:05", " ", "<img src=x onerror=alert(1)>", "a\nb"),
    fc.string({ unit: "grapheme" }),
  )
  .map(cleanText)
  .filter((text) => text !== "");

const mark = fc.oneof(
  fc.record({
    type: fc.constantFrom("bold", "italic", "strike", "underline", "code", "subscript", "superscript"),
  } as const),
  fc.record({
    type: fc.constant("link" as const),
    attrs: fc.record({
      href: fc.constantFrom("https://example.org/a?b", "/ar/", "mailto:a@example.org", "#part"),
    }),
  }),
  fc.record({
    type: fc.constant("language" as const),
    attrs: fc.record(
      { lang: fc.constantFrom("ar", "fr"), dir: fc.constantFrom("rtl", "ltr") },
      { requiredKeys: [] },
    ),
  }),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      { type: fc.constant("text" as const), text: words, marks: fc.array(mark, { maxLength: 3 }) },
      { requiredKeys: ["type", "text"] },
    ),
  },
  { weight: 1, arbitrary: fc.constant({ type: "hardBreak" } as const) },
);
const inlines = fc.array(inline, { maxLength: 4 });
const id = fc.uuid();
const common = {
  id,
  lang: fc.constantFrom("ar", "fr", "zgh-Tfng"),
  dir: fc.constantFrom("rtl", "ltr", "auto"),
};
const attrs = fc.record(common, { requiredKeys: ["id"] });
const headingAttrs = fc.record(
  { ...common, level: fc.constantFrom(2, 3, 4) },
  { requiredKeys: ["id", "level"] },
);
const orderedAttrs = fc.record(
  { ...common, start: fc.integer({ min: -3, max: 9 }) },
  { requiredKeys: ["id"] },
);

const { block } = fc.letrec<{ block: Block; blocks: Block[]; item: ListItem; row: TableRow }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record(
      { type: fc.constant("paragraph"), attrs, content: inlines },
      { requiredKeys: ["type", "attrs"] },
    ),
    fc.record({ type: fc.constant("codeBlock"), attrs, content: inlines }),
    fc.record({ type: fc.constant("horizontalRule"), attrs }),
    fc.record({ type: fc.constant("material"), attrs: fc.record({ id, material: fc.constant("01M") }) }),
    fc.record({
      type: fc.constant("image"),
      attrs: fc.oneof(
        fc.record(
          { id, media: fc.constant("01J9Z3K5Q8R2T4V6X8Z0B2D4F6"), alt: words, caption: words },
          { requiredKeys: ["id", "media", "alt"] },
        ),
        fc.record({ id, source: fc.constant("https://example.org/a.jpg"), alt: fc.constant("") }),
      ),
    }),
    fc.record({ type: fc.constant("heading"), attrs: headingAttrs, content: inlines }),
    fc.record({ type: fc.constant("blockquote"), attrs, content: tie("blocks") }),
    fc.record({ type: fc.constant("bulletList"), attrs, content: fc.array(tie("item"), { maxLength: 3 }) }),
    fc.record({
      type: fc.constant("orderedList"),
      attrs: orderedAttrs,
      content: fc.array(tie("item"), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant("table"), attrs, content: fc.array(tie("row"), { maxLength: 3 }) }),
  ) as fc.Arbitrary<Block>,
  blocks: fc.array(tie("block"), { maxLength: 3 }),
  item: fc.record({ type: fc.constant("listItem"), content: tie("blocks") }),
  row: fc.record({
    type: fc.constant("tableRow"),
    content: fc.array(
      fc.record({ type: fc.constantFrom("tableCell", "tableHeader"), content: tie("blocks") }),
      { maxLength: 3 },
    ),
  }),
}));

export const bodies: fc.Arbitrary<Body> = fc
  .array(block, { maxLength: 6 })
  .map((content) => ({ version: 1, doc: { type: "doc", content } }) as const)
  .filter((body) => bodySchema.safeParse(body).success);
