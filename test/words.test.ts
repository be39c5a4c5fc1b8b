/** How the interface's words are set, in every file that has some: as good print does it in that language. */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const top = resolve(import.meta.dir, "../src");
const arabic = String.raw`[\u0600-\u06ff]`;
const letter = String.raw`[\p{L}\p{N}%)»}]`;

interface Rule {
  readonly says: string;
  readonly wrong: RegExp;
}

const everywhere: readonly Rule[] = [
  { says: "three dots are one sign: …", wrong: /\.\.\./ },
  { says: "an apostrophe is ’", wrong: /\p{L}'\p{L}/u },
  { says: "one space is enough", wrong: /\S {2,}\S/ },
];

const rules: Readonly<Record<"ar" | "fr" | "en", readonly Rule[]>> = {
  ar: [
    ...everywhere,
    { says: "the question mark is ؟, the comma ،, the semicolon ؛", wrong: new RegExp(`${arabic}[?,;]`) },
    { says: "quotation marks are « »", wrong: new RegExp(`[“”„"]${arabic}`) },
    { says: "no letter is drawn out", wrong: new RegExp(`\u0640${arabic}`) },
  ],
  fr: [
    ...everywhere,
    { says: "before : ; ! ? » and after « stands U+202F", wrong: / [:;!?»]|« / },
    { says: "before ; ! ? » stands U+202F", wrong: new RegExp(`${letter}[;!?»]`, "u") },
    { says: "quotation marks are « »", wrong: /[“”„]/ },
  ],
  en: [...everywhere, { says: "quotation marks are “ ”", wrong: /[«»]/ }],
};

test.each(["ar", "fr", "en"] as const)("words in %s", (language) => {
  const files = filesOf(language);
  expect(files.length).toBeGreaterThan(1);
  const faults = files.flatMap(({ path, strings }) =>
    strings.flatMap((said) =>
      rules[language]
        .filter(({ wrong }) => wrong.test(said))
        .map(({ says }) => `${path}: ${JSON.stringify(said)}: ${says}`),
    ),
  );
  expect(faults).toEqual([]);
});

/** `…/words/fr.ts`, `…/messages/fr.ts`, `…/words-fr.ts`. */
function filesOf(language: string): { readonly path: string; readonly strings: readonly string[] }[] {
  const names = readdirSync(top, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => new RegExp(`(^|[/-])(words|messages)?[/-]?${language}\\.ts$`).test(name))
    .map((name) => join(top, name))
    .map((path) => ({ path: relative(top, path), strings: stringsIn(readFileSync(path, "utf8")) }));
}

/** What stands in quotation marks of the program, but for the names of properties; `${…}` becomes a letter. */
function stringsIn(text: string): string[] {
  const withoutComments = text.replace(/^\s*(\/\*\*|\*|\/\/).*$/gm, "");
  return Array.from(
    withoutComments.matchAll(/"((?:[^"\\\n]|\\.)*)"(?!:)|`([^`]*)`/g),
    ([, plain, template]) =>
      (plain ?? template ?? "")
        .replaceAll(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
        .replaceAll(/\$\{[^}]*\}/g, "x"),
  );
}
