/** What a comparison shows: every word of both sides, changed ones marked, and an answer in time whatever the texts. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { bodyOf, contentOf, paragraphs } from "../../test/model/model.ts";
import { systemClock } from "../base/clock.ts";
import type { Block } from "./body.ts";
import { compareContents, compareWords, type Run } from "./compare.ts";

const changed = (runs: readonly Run[]): string[] =>
  runs.filter(({ kind }) => kind !== "same").map(({ kind, text }) => `${kind} ${text}`);
const compare = (from: Block[], to: Block[]) =>
  compareContents(contentOf("T", "", bodyOf(...from)), contentOf("T", "", bodyOf(...to)), systemClock).blocks;
const paragraph = (id: string, text: string): Block => ({
  type: "paragraph",
  attrs: { id },
  content: [{ type: "text", text }],
});

describe("words", () => {
  test.each([
    ["Des milliers de gens", "Des centaines de gens", ["removed milliers", "added centaines"]],
    ["خرج الآلاف إلى الشارع", "خرج المئات إلى الشارع", ["removed الآلاف", "added المئات"]],
    ["مَسيرة", "مَسيرة الأحد", ["added  الأحد"]],
    ["", "New", ["added New"]],
    ["Same", "Same", []],
  ])("%s → %s", (from, to, runs) => {
    expect(changed(compareWords(from, to, 1_000))).toEqual(runs);
  });

  test("neither side loses or gains a character, whatever they say", () => {
    const text = fc
      .array(fc.constantFrom("a", "مسيرة", " ", "é", "𝔘", "\n", "-", "b"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (from, to) => {
        const runs = compareWords(from, to, 1_000);
        const side = (gone: Run["kind"]): string =>
          runs.flatMap((run) => (run.kind === gone ? [] : run.text)).join("");
        expect([side("added"), side("removed")]).toEqual([from, to]);
      }),
    );
  });
});

describe("blocks", () => {
  const [one, two, three] = [
    paragraph("1", "One thing."),
    paragraph("2", "Another thing."),
    paragraph("3", "A third."),
  ];

  test("a block is known by its id where its words changed, by its words where its id did", () => {
    expect(
      compare([one, two], [paragraph("1", "One big thing."), paragraph("9", "Another thing.")]),
    ).toMatchObject([{ kind: "changed" }, { kind: "same", count: 1 }]);
  });

  test("one that was put in, taken out, replaced by something else", () => {
    expect(compare([one, three], [one, two, three]).map(({ kind }) => kind)).toEqual([
      "same",
      "added",
      "same",
    ]);
    expect(compare([one, two, three], [one, three]).map(({ kind }) => kind)).toEqual([
      "same",
      "removed",
      "same",
    ]);
    expect(compare([one], [paragraph("7", "Nothing alike at all")])).toMatchObject([
      { kind: "removed", text: "One thing." },
      { kind: "added", text: "Nothing alike at all" },
    ]);
  });

  test("the same words in another form are said to be that", () => {
    const heading: Block = {
      type: "heading",
      attrs: { id: "1", level: 2 },
      content: [{ type: "text", text: "One thing." }],
    };
    expect(compare([one], [heading])).toEqual([{ kind: "form", text: "One thing." }]);
  });

  test("whatever changed, all of both sides is there", () => {
    const blocks = fc.array(
      fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.constantFrom("One", "One two", "Three")),
      { maxLength: 8 },
    );
    const made = (all: [string, string][]): Block[] => all.map(([id, text]) => paragraph(id, text));
    fc.assert(
      fc.property(blocks, blocks, (from, to) => {
        const changes = compare(made(from), made(to));
        const counted = changes.reduce(
          ([before, after], change) => [
            (before ?? 0) + (change.kind === "same" ? change.count : change.kind === "added" ? 0 : 1),
            (after ?? 0) + (change.kind === "same" ? change.count : change.kind === "removed" ? 0 : 1),
          ],
          [0, 0],
        );
        expect(counted).toEqual([from.length, to.length]);
      }),
    );
  });
});

test("two huge texts without a word in common are compared in bounded time", () => {
  const huge = (stem: string) =>
    contentOf("T", "", paragraphs(...Array.from({ length: 1_500 }, (_, at) => `${stem}${at} `.repeat(100))));
  const startedMs = performance.now();
  const { blocks } = compareContents(huge("x"), huge("y"), systemClock);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
  expect(blocks.length).toBeGreaterThan(0);
});
