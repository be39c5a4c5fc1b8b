// Which language a reader takes.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { interfaceLanguages } from "../../language/tags.ts";
import { readerLanguage } from "./reader-language.ts";

test.each([
  ["ar-MA,ar;q=0.9,fr;q=0.8", "ar"],
  ["fr-FR", "fr"],
  ["de-DE,de;q=0.9,en;q=0.8,fr;q=0.9", "fr"],
  ["zgh, en;q=0.1", "fr"],
  ["ary-Arab", "ar"],
  ["de", "en"],
  ["", "en"],
  ["fr;q=0, ar;q=0.001", "ar"],
  ["*", "en"],
  ["constructor, fra, x-fr", "en"],
] as const)("%s", (header, language) => {
  expect(readerLanguage(header, "en")).toBe(language);
});

test("whatever is sent, it is one of ours", () => {
  fc.assert(
    fc.property(fc.string(), (header) => expect(interfaceLanguages).toContain(readerLanguage(header, "fr"))),
  );
});
