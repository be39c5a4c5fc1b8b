/** Loading a text into the editor and saving it again changes nothing that nobody changed. Runs ProseMirror without a browser. */
import { describe, expect, test } from "bun:test";
import { getSchema } from "@tiptap/core";
import type { Node, NodeType } from "@tiptap/pm/model";
import { EditorState, type Transaction } from "@tiptap/pm/state";
import * as fc from "fast-check";
import { bodies } from "../../../test/model/bodies.ts";
import { bodyOf, paragraphs } from "../../../test/model/model.ts";
import { type Block, bodySchema, type Body, type Mark, wordsOf } from "../body.ts";
import { blockIds } from "./block-attributes.ts";
import { bodyFrom, directionOfWords, load } from "./document.ts";
import { editorExtensions } from "./schema.ts";

let made = 0;
const newId = (): string => `new${(made += 1)}`;
const schema = getSchema(editorExtensions({ newId }));
const paragraph = schema.nodes["paragraph"] as NodeType;

function edited(body: Body, edit: (tr: Transaction) => Transaction, direction: "rtl" | "ltr" = "ltr"): Body {
  const loaded = load(body, schema, newId);
  return bodyFrom(changed(loaded.doc, edit), loaded, direction);
}

function changed(doc: Node, edit: (tr: Transaction) => Transaction): Node {
  const state = EditorState.create({ doc, plugins: [blockIds(newId)] });
  return state.apply(edit(state.tr)).doc;
}

describe("a body that nobody touched", () => {
  test("comes out as it went in", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const loaded = load(body, schema, newId);
        expect(bodyFrom(loaded.doc, loaded, "rtl")).toEqual(body);
      }),
    );
  });

  test("is a document that the editor's schema holds valid", () => {
    fc.assert(fc.property(bodies, (body) => load(body, schema, newId).doc.check()));
  });
});

test("a change in one block leaves every other block as it was", () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const first: Block = {
        type: "paragraph",
        attrs: { id: "first" },
        content: [{ type: "text", text: "B" }],
      };
      const before = bodyOf(first, ...body.doc.content);
      const after = edited(before, (tr) => tr.insertText("A", 1));
      expect(wordsOf(after).startsWith("AB")).toBe(true);
      expect(after.doc.content.slice(1)).toEqual([...body.doc.content]);
    }),
  );
});

describe("written anew from the editor's document, block by block", () => {
  test("a body says the same, in the schema's own order of marks", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const doc = changed(load(body, schema, newId).doc, (tr) =>
          tr.insert(0, schema.node("horizontalRule")),
        );
        const written = bodyFrom(doc, undefined, "ltr");
        expect(bodySchema.parse(written)).toEqual(written);
        expect(wordsIn(written)).toBe(wordsIn(body));
        expect(marksIn(written)).toEqual(marksIn(body));
        expect(new Set(idsIn(written)).size).toBe(idsIn(written).length);
        expect(bodyFrom(load(written, schema, newId).doc, undefined, "ltr")).toEqual(written);
      }),
    );
  });
});

function idsIn(body: Body): string[] {
  return [...JSON.stringify(body.doc).matchAll(/"id":"([^"]*)"/g)].map(([, id = ""]) => id);
}

function wordsIn(body: Body): string {
  return wordsOf(body).replace(/\s|·/g, "");
}

/** Each with the letters that carry it; of two links on the same words the later one counts. */
function marksIn(body: Body): string[] {
  const found: string[] = [];
  JSON.stringify(body, (_key, value: unknown) => {
    const { text, marks = [] } = (value ?? {}) as { text?: string; marks?: readonly Mark[] };
    if (text === undefined) return value;
    const kept = new Map(marks.map((mark) => [groupOf(mark), mark]));
    for (const letter of text)
      found.push(`${letter} ${[...kept.values()].map(markName).toSorted().join(" ")}`);
    return value;
  });
  return found;
}

function groupOf({ type }: Mark): string {
  return type === "subscript" || type === "superscript" ? "level" : type;
}

function markName(mark: Mark): string {
  if (mark.type === "link") return mark.attrs.href;
  return mark.type === "language" ? `${mark.attrs.lang} ${mark.attrs.dir}` : mark.type;
}

describe("a block's id", () => {
  const body = paragraphs("one", "two");
  const idsAfter = (edit: (tr: Transaction) => Transaction): string[] => idsIn(edited(body, edit));

  test("stays with the first half of a block that is split; the second half gets one of its own", () => {
    const [first, second, third] = idsAfter((tr) => tr.split(2, 1, [{ type: paragraph, attrs: {} }]));
    expect([first, third]).toEqual(["p0", "p1"]);
    expect(second).toStartWith("new");
  });
  test("goes along when the block is moved", () => {
    expect(idsAfter((tr) => tr.delete(0, 5).insert(5, tr.before.child(0)))).toEqual(["p1", "p0"]);
  });
  test("stays with the block that a copy was pasted before", () => {
    const [copy, original] = idsAfter((tr) => tr.insert(0, tr.before.child(0)));
    expect(original).toBe("p0");
    expect(copy).toStartWith("new");
  });
});

describe("direction", () => {
  const arabic = paragraphs("مسيرة");
  test("words that would run the wrong way get a direction of their own", () => {
    expect(edited(arabic, (tr) => tr.insertText("Rabat ", 1), "rtl").doc.content[0]?.attrs.dir).toBe("auto");
  });
  test("words that run as the text does get none", () => {
    expect(edited(arabic, (tr) => tr.insertText("الرباط ", 1), "rtl").doc.content[0]?.attrs).toEqual({
      id: "p0",
    });
  });
  test("what somebody chose stays", () => {
    const chosen = bodyOf({
      type: "paragraph",
      attrs: { id: "a", dir: "rtl" },
      content: [{ type: "text", text: "GET" }],
    });
    expect(edited(chosen, (tr) => tr.insertText("X", 1), "rtl").doc.content[0]?.attrs.dir).toBe("rtl");
  });
  test.each([
    ["20 فبراير", "rtl"],
    ["«Rabat» مدينة", "ltr"],
    ["ⵜⴰⵡⴰⴷⴰ", "ltr"],
    ["14:05", undefined],
  ])("%s runs %s", (words, direction) => {
    expect(directionOfWords(words)).toBe(direction as "rtl");
  });
});
