// The story of an incident: in its order, with what part each step plays, and nothing in it that acts.
import { describe, expect, test } from "bun:test";
import { defacement } from "../../../test/origin-incidents.ts";
import { flood } from "../../../test/studio/fake-watch.ts";
import { chapters, storyOf } from "./chapters.ts";
import { gatheredStep } from "./steps.ts";
import { factNameOf } from "../../web/words/fact-names.ts";

test("is told by time, whatever came in when, and says what was seen, done, decided, kept, shown and how it ended", () => {
  const story = storyOf(defacement) ?? [];
  const times = story.map(({ evidence }) => evidence.at);
  expect(times).toEqual(times.toSorted());
  expect(story.map(({ chapter }) => chapter)).toEqual([
    "seen",
    "done",
    "gathered",
    "seen",
    "seen",
    "done",
    "decided",
    "shown",
    "decided",
    "over",
  ]);
  expect(new Set(story.map(({ chapter }) => chapter))).toEqual(new Set(chapters));
});

test("is none of an incident that requests make", () => {
  expect(storyOf(flood)).toBeUndefined();
});

test("facts are named by what they are of", () => {
  expect(
    ["title", "inline handler", "inline script literal", "script contents", "constructor"].map(factNameOf),
  ).toEqual(["title", "inline", "inline", "contents", undefined]);
});

describe("what was gathered", () => {
  test("is inert in names and values, and cut where it is too deep or too much", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`h${at}`, "x".repeat(5_000)]));
    const { data } = gatheredStep("f", {
      at: "2021-11-22T11:03:00.000Z",
      what: "\u001b[2Jheaders",
      data: { "<b>": "\u202e", deep: { deep: { deep: { deep: { deep: 1 } } } }, many },
    });
    const text = JSON.stringify(data);
    expect(text).toContain('"\\\\u{3c}b>":"\\\\u{202e}"');
    expect(text).toContain("…");
    expect(text.length).toBeLessThan(15_000);
  });
});
