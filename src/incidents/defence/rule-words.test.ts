// Rules in words: whatever a request called itself, it stands on the page as something that was sent, and never as words of ours.
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { clients, ordinalTraits, traits } from "../../decision/requests/trait.ts";
import { agentFamilies } from "../../decision/traits.ts";
import { interfaceLanguages, type InterfaceLanguage } from "../../language/tags.ts";
import { inert } from "../../language/inert.ts";
import { quantitiesIn } from "../quantities.ts";
import { endingOf } from "./endings.ts";
import { groupName, type Part, ruleParts } from "./rule-words.ts";
import { words } from "../words/index.ts";

interface Told {
  readonly trait: string;
  readonly value: string;
}

function partsOf(terms: readonly Told[], language: InterfaceLanguage): readonly Part[] {
  const quantities = quantitiesIn(language, "Africa/Casablanca");
  return ruleParts([...terms], words[language].defence.terms, quantities, language);
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === "string" ? part : `[${part.value}]`)).join("");
}

test.each([
  [
    "en",
    "Requests that name no program, by the method [PURGE] and from sources that ask for at least [8] pages a second",
  ],
  [
    "fr",
    "Requêtes qui ne nomment aucun programme, par la méthode [PURGE] et venues de sources qui demandent au moins [8] pages par seconde",
  ],
  [
    "ar",
    "طلبات لا تذكر أيّ برنامج وبالطريقة [PURGE] ومن مصادر عدد الصفحات التي يطلبها كل منها في الثانية لا يقلّ عن [8]",
  ],
] as const)("in %s a rule is one sentence, joined as the language joins", (language, expected) => {
  const terms = [
    { trait: "program", value: "none" },
    { trait: "method", value: "PURGE" },
    { trait: "pace", value: "8" },
  ];
  expect(textOf(partsOf(terms, language))).toBe(expected);
});

describe.each(interfaceLanguages)("in %s", (language) => {
  const said = words[language].defence.terms;

  test("every trait has words for any value, and the value stands apart from them", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.constantFrom("__proto__", "toString", "ZZ", "0"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...traits, "a later trait"), anything, (trait, value) => {
        const parts = partsOf([{ trait, value }], language);
        const ours = parts.filter((part) => typeof part === "string").join("");
        expect(ours.trim().length).toBeGreaterThan(said.requests.length + 1);
        expect(ours).not.toMatch(/undefined|\{\}|[\p{C}\p{Zl}\p{Zp}]/u);
        for (const part of parts) if (typeof part !== "string") expect(part.value).toBe(inert(part.value));
      }),
    );
  });

  test("no two values of a trait share their words, and what is measured says how much", () => {
    for (const trait of traits) {
      const of = Object.values(said.terms[trait].of);
      expect(new Set(of).size).toBe(of.length);
    }
    for (const trait of ordinalTraits)
      expect(textOf(partsOf([{ trait, value: "16" }], language))).toContain("[16]");
  });

  test("programs and clients are those that the edge tells apart", () => {
    expect(Object.keys(said.terms.program.of)).toEqual([...agentFamilies]);
    expect(Object.keys(said.terms.client.of)).toEqual([...clients]);
  });
});

test("a group is named as what it is", () => {
  const nameOf = (group: string) => groupName(group, words.en.defence.terms, quantitiesIn("en", "UTC"));
  expect(["MA", "64500", "0", "ar", "none", "tor", ""].map(nameOf)).toEqual([
    "Morocco",
    "AS64500",
    "networks that aren’t known",
    "Arabic",
    "people who ask for no language",
    "Tor Browser",
    "people who haven’t come before",
  ]);
});

test("what turns the direction, hides or breaks lines is shown by its number", () => {
  expect(inert("a\u202eb\u0000c\u2028d\ud800e f–ع")).toBe("a\\u{202e}b\\u{0}c\\u{2028}d\\u{d800}e f–ع");
});

test("why a rule ended is known by how edges say it", () => {
  expect(endingOf("it hit 12.0 % of known readers (phone)")).toBe("harm");
  expect(endingOf("it might hit 2.4 % of a group of readers")).toBe("risk");
  expect(endingOf("its time was over")).toBe("time");
  expect(endingOf("it turned into a pumpkin")).toBeUndefined();
});

test("a long value is cut, and says so", () => {
  expect(textOf(partsOf([{ trait: "agent", value: "x".repeat(200) }], "en"))).toMatch(/\[x{80}…\]$/);
});
