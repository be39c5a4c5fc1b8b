/** Languages and letters that nobody writes in here. */
import type { Facts, Volume } from "../facts.ts";
import { type PageBaseline, pageLimits } from "../learning/page-baseline.ts";
import { plain } from "../learning/plain-text.ts";
import { keptVolume } from "../learning/resemblance.ts";
import type { Judged, Look, Sign } from "./sign.ts";

/** A script with so much of a page's letters, where it had less than a tenth of that. */
const strangeShare = 0.15;
const wordsLeast = 8;
/** A headline, a comment or a quotation in another language has as many at most; the shares of a short page change with each. */
const quotedWordsMost = 40;

export const lookAtLanguage: Look = (facts, by) => [...letters(facts, by), ...declared(facts, by)];

function letters({ letters: now, text }: Facts, { page, site }: Judged): readonly Sign[] {
  if (text.count < wordsLeast) return [];
  const usual = page?.letters ?? site.letters;
  const hasLost = page !== undefined && hasLostText(text, page);
  return Object.entries(now)
    .filter(([script, share]) => share >= strangeShare && (usual[script] ?? 0) < share * 10)
    .filter(([, share]) => hasLost || share > 0.5 || share * text.count > quotedWordsMost)
    .map(([script, share]) => ({
      family: "language",
      what: "letters",
      value: `${script} ${Math.round(share * 100)} %`,
      before: Object.keys(usual).join(" "),
      grade: (site.letters[script] ?? 0) < share * 10 ? "doubt" : "note",
    }));
}

/** They stand where its own text stood, not beside it. */
function hasLostText(now: Volume, { text }: PageBaseline): boolean {
  return keptVolume({ count: text.most, sketch: text.sketch }, now) < 0.5;
}

function declared(facts: Facts, { page, site }: Judged): readonly Sign[] {
  const { direction } = facts;
  const language = plain(facts.language, pageLimits.language);
  const languages = page?.languages ?? site.languages;
  const directions = page?.directions ?? site.directions;
  const signs: Sign[] = [];
  if (languages.size > 0 && !languages.has(language)) {
    const before = [...languages].join(" ");
    const grade = language === "" || site.languages.has(language) ? "note" : "doubt";
    signs.push({ family: "language", what: "language", value: language, before, grade });
  }
  if (directions.size > 0 && !directions.has(direction)) {
    signs.push({
      family: "language",
      what: "direction",
      value: direction,
      before: [...directions].join(" "),
      grade: "note",
    });
  }
  return signs;
}
