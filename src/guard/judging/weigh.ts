/** From what was noticed to a verdict. */
import { cut } from "../../base/cut.ts";
import { inert } from "../../language/inert.ts";
import type { NewFact, Verdict } from "../verdict.ts";
import type { Family, Sign } from "./sign.ts";

/** Independent doubts that together contradict. */
const doubtsMost = 2;
/** With these in doubt, what may be the site's own isn't. */
const telling: ReadonlySet<Family> = new Set(["title", "words", "text", "structure", "language"]);

/** As many as a finding carries, and as long. */
const factsMax = 40;
const valueLength = 300;

const order: readonly Sign["grade"][] = ["alarm", "question", "fault", "doubt", "note"];

export function weigh(signs: readonly Sign[], working: boolean): Verdict {
  const sorted = signs.toSorted((left, right) => order.indexOf(left.grade) - order.indexOf(right.grade));
  const facts = sorted.slice(0, factsMax).map(newFact);
  const has = (grade: Sign["grade"]): boolean => signs.some((sign) => sign.grade === grade);
  const isAlarm = has("alarm") || (isQuestion(signs) && isTelling(signs));
  if (isAlarm) return { kind: "contradicts", alarm: true, facts };
  if (has("fault")) return { kind: "contradicts", alarm: false, facts };
  if (isQuestion(signs))
    return working ? { kind: "uncertain", facts } : { kind: "contradicts", alarm: false, facts };
  return { kind: has("doubt") ? "uncertain" : "vouched", facts };
}

function doubted(signs: readonly Sign[]): ReadonlySet<Family> {
  return new Set(signs.flatMap(({ family, grade }) => (grade === "doubt" ? [family] : [])));
}

function isQuestion(signs: readonly Sign[]): boolean {
  return signs.some(({ grade }) => grade === "question") || doubted(signs).size > doubtsMost;
}

/** Something new, and what the page says about itself no longer is what it said. */
function isTelling(signs: readonly Sign[]): boolean {
  const asked = new Set(signs.flatMap(({ family, grade }) => (grade === "question" ? [family] : [])));
  const doubts = [...doubted(signs)].filter((family) => telling.has(family) && !asked.has(family));
  return asked.size > 0 ? doubts.length > 0 : doubted(signs).has("words");
}

function newFact({ what, value, before, grade }: Sign): NewFact {
  const weight = grade === "doubt" || grade === "note" ? grade : "contradicts";
  const shown = { what: cut(what, 40), value: shortened(value), weight } as const;
  return before === undefined ? shown : { ...shown, before: shortened(before) };
}

function shortened(text: string): string {
  return cut(inert(cut(text, valueLength)), valueLength);
}
