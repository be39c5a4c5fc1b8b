/** Sentences of ours are found again in what was told, and said in the visitor's language; what a site says is left to it. */
import { describe, expect, test } from "bun:test";
import { phraseIn, phraseInFact } from "./phrase-in.ts";

const sentences = [
  ["2 readings contradict the approved pages, the last one at /fr/", "/fr/"],
  ["shown to browsers, shown to Googlebot only", "Googlebot"],
  ["cgem.example: not valid: Somebody", "Somebody"],
  ["what the newsroom got as googlebot", "Googlebot"],
  ["what the name cgem.example leads to", "cgem.example"],
  ["can't be read: away", "away"],
] as const;

describe.each(["fr", "ar"] as const)("%s", (language) => {
  test.each(sentences)("%s", (sentence, kept) => {
    const said = phraseIn(sentence, language) ?? "";
    expect(said).toContain(kept);
    expect(said).not.toMatch(/\$\d|\b(the|to|shown|is)\b/);
    if (language === "ar") expect(said).toMatch(/\p{Script=Arabic}/u);
  });
});

test("in English what is ours stays as it is, unless it is a name that only we know", () => {
  expect(phraseInFact("words", "en-hacked-by", "en")).toBe("by which an attack is claimed");
  expect(phraseInFact("text", "103 to 103", "en")).toBe("103");
  expect(phraseIn("server error", "en")).toBe("server error");
});

test("what a site says of itself is not taken for ours, nor can it act on the page", () => {
  expect(phraseIn("Hacked by X", "ar")).toBeUndefined();
  expect(phraseInFact("title", "maintenance", "fr")).toBeUndefined();
  expect(phraseInFact("language", "fr-ma", "fr")).toBeUndefined();
  expect(phraseIn('claims an attack: "\u202e<b>$1"', "fr")).toBe(
    "revendique une attaque\u202f: «\u202f\\u{202e}\\u{3c}b>$1\u202f»",
  );
});
