/**
 * The same claim again and again, as where every headline in a list of the newest was overwritten: around a text that is still whole, since a
 * page is put together from several questions to a database that changes meanwhile.
 */
import { keptVolume } from "../learning/resemblance.ts";
import { claimsIn } from "./claims.ts";
import type { Look } from "./sign.ts";

/** Words of what is said three times in a row. */
const wordsMin = 2;
const wordsMax = 8;

/** A page that quotes one says it again each time. */
const unchanged = 0.98;

/** Only asked: whoever may comment there could say it three times as well. */
export const lookAtRepetition: Look = ({ words, text }, { page }) => {
  if (page === undefined) return [];
  const before = { count: page.text.most, sketch: page.text.sketch };
  if (keptVolume(before, text) >= unchanged && text.count <= page.text.most) return [];
  const claim = repeatedIn(words.split(" "), (said) => claimsIn(said).length > 0);
  return claim === undefined ? [] : [{ family: "words", what: "words", value: claim, grade: "question" }];
};

function repeatedIn(words: readonly string[], isClaim: (text: string) => boolean): string | undefined {
  for (let length = wordsMin; length <= wordsMax; length += 1) {
    let alike = 0;
    for (let at = length; at < words.length; at += 1) {
      alike = words[at] === words[at - length] ? alike + 1 : 0;
      if (alike !== length * 2) continue;
      const said = words.slice(at + 1 - length * 2, at + 1).join(" ");
      if (isClaim(said)) return said;
    }
  }
  return undefined;
}
