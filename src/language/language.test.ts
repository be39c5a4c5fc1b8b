/** How words, dates and names are written in each language of the site. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { cleanText } from "./clean.ts";
import { monthOf, offsetS, writtenDate, writtenSpan } from "./dates.ts";
import { differing, directionOfCode } from "./direction.ts";
import { messagesIn } from "./messages/index.ts";
import { plural } from "./messages/messages.ts";
import { nameIn, namesSchema } from "./names.ts";
import { languageTags } from "./tags.ts";
import { typeset } from "./typography.ts";

const sunday = "2011-07-31T13:05:09.000Z";

describe("dates", () => {
  test("are written as in Morocco, in the newsroom's time zone", () => {
    const written = (language: (typeof languageTags)[number]) =>
      writtenDate(sunday, "dateline", language, "Africa/Casablanca");
    expect(written("ar")).toBe("الأحد، 31 يوليوز 2011 في 13:05");
    expect(written("ary-Arab")).toBe(written("ar"));
    expect(written("fr")).toBe("dimanche 31 juillet 2011 à 13:05");
    expect(written("en")).toBe("Sunday, 31 July 2011 at 13:05");
  });

  test("a month begins when it begins there", () => {
    expect(monthOf("2018-12-31T23:30:00Z", "Africa/Casablanca")).toEqual({ year: "2019", month: "01" });
    expect(monthOf("2018-12-31T23:30:00Z", "UTC")).toEqual({ year: "2018", month: "12" });
  });
});

test.each([
  ["ar", "rtl"],
  ["ary-Latn", "ltr"],
  ["ary-Arab", "rtl"],
  ["zgh-Tfng", "ltr"],
  ["fa-IR", "rtl"],
  ["ku-Arab", "rtl"],
  ["ar-Latn-MA", "ltr"],
  ["fr-MA", "ltr"],
  ["arn", "ltr"],
])("%s runs %s", (code, direction) => {
  expect(directionOfCode(code)).toBe(direction as "rtl");
});

test("markup names a language only where it differs, and a direction only where that differs too", () => {
  expect(differing("fr", "fr")).toEqual({});
  expect(differing("en", "fr")).toEqual({ lang: "en" });
  expect(differing("ar", "fr")).toEqual({ lang: "ar", dir: "rtl" });
});

test("a name falls back to the interface's language, then to any, and says which it is", () => {
  const names = namesSchema.parse({ fr: "Le Rif", ar: "الريف" });
  expect(nameIn(names, "ary-Arab")).toEqual({ name: "الريف", language: "ar" });
  expect(nameIn(names, "zgh-Tfng")).toEqual({ name: "Le Rif", language: "fr" });
  expect(nameIn(names, "en")).toEqual({ name: "Le Rif", language: "fr" });
  expect(nameIn({ ar: "الريف" }, "en")).toEqual({ name: "الريف", language: "ar" });
  expect(nameIn({ fr: "Le Rif" }, "en")).toEqual({ name: "Le Rif", language: "fr" });
  expect(namesSchema.safeParse({}).success).toBe(false);
  expect(namesSchema.safeParse({ fr: " \u0000 " }).success).toBe(false);
});

test("French gets the spaces that no line breaks at; other languages stay as they are", () => {
  expect(typeset("Marche : « tous », dit-il !", "fr")).toBe(
    "Marche\u202f: «\u202ftous\u202f», dit-il\u202f!",
  );
  expect(typeset("a : b", "en")).toBe("a : b");
  expect(typeset("frr : b", "frr")).toBe("frr : b");
});

test("each number gets the form that its language uses", () => {
  const counted = [0, 1, 2, 3, 11, 100].map((count) => messagesIn("ar").texts(count));
  expect(counted).toEqual(["لا موادّ", "مادّة واحدة", "مادّتان", "3 موادّ", "11 مادّة", "100 مادّة"]);
  expect([0, 1, 2].map((count) => messagesIn("fr").texts(count))).toEqual([
    "0 article",
    "1 article",
    "2 articles",
  ]);
  expect(plural("en-GB")(1_200, { one: "# story", other: "# stories" })).toBe("1,200 stories");
});

test("no message is empty, and French ones break no line before a sign", () => {
  const words = (value: unknown): string[] => {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(words) : [];
  };
  for (const tag of languageTags)
    expect(words(messagesIn(tag)).every((each) => each.trim() !== "")).toBe(true);
  expect(words(messagesIn("fr")).filter((each) => / [:;!?»]|« /.test(each))).toEqual([]);
});

test("clean text is what XML can carry, and cleaning it again changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const clean = cleanText(text);
      expect(cleanText(clean)).toBe(clean);
      expect(clean.isWellFormed()).toBe(true);
      // oxlint-disable-next-line no-control-regex
      expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/);
    }),
  );
});

test("a span says once what both moments have in common", () => {
  const [from, to] = ["2011-07-31T14:05:00Z", "2011-07-31T14:08:00Z"];
  expect(writtenSpan(from, to, "en", "UTC")).toBe("31 July 2011, 14:05–14:08");
  expect(writtenSpan(from, to, "ar", "UTC")).toContain("يوليوز");
});

test.each([
  ["UTC", 0],
  ["Asia/Kolkata", 5.5 * 3_600],
  ["America/New_York", -4 * 3_600],
])("in summer %s is ahead of UTC by %d s", (timeZone, ahead) => {
  expect(offsetS("2011-07-31T14:05:00Z", timeZone)).toBe(ahead);
});
