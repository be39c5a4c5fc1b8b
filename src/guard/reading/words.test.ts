/** Text as words, in any script. */
import { expect, test } from "bun:test";
import { readWords } from "./words.ts";

function alike(left: string, right: string): number {
  const [one, two] = [readWords(left).text.sketch, readWords(right).text.sketch];
  return one.filter((value, at) => value === two[at]).length / one.length;
}

const article = Array.from({ length: 400 }, (_, at) => `word${(at * 7919) % 251}x${at % 17}`).join(" ");

test("vowel signs, tatweel, joiners and soft hyphens make no difference", () => {
  expect(readWords("مُحَمَّد  كـــتاب co\u00adop\u200bera\u200dtion").words).toBe("محمد كتاب cooperation");
  expect(readWords("مُحَمَّد كتاب قلم").text.sketch).toEqual(readWords("محمد كـتاب قلم").text.sketch);
});

test("letters in disguise are read as what they are", () => {
  expect(readWords("𝐇𝐚𝐜𝐤𝐞𝐝 ｂｙ Ⓣⓔⓐⓜ").words).toBe("hacked by team");
});

test("scripts are shares of the letters", () => {
  expect(readWords("abcd ابجد ⵣⵣ 123").letters).toEqual({ Latn: 0.4, Arab: 0.4, Tfng: 0.2 });
  expect(readWords("123 !?").letters).toEqual({});
});

test("where no spaces part words, signs do", () => {
  expect(readWords("被黑了 by").text.count).toBe(4);
});

test("a sketch tells a corrected text from another one", () => {
  expect(alike(article, article.replace("word0x0", "other"))).toBeGreaterThan(0.95);
  expect(alike(article, article.split(" ").slice(0, 200).join(" "))).toBeWithin(0.35, 0.65);
  expect(alike(article, article.replaceAll("word", "page"))).toBeLessThan(0.05);
  expect(alike("two words", "two words")).toBe(1);
  expect(readWords("").text).toEqual({ count: 0, sketch: [] });
});
