/** From what was noticed to a verdict. */
import { cut } from "../../base/cut.ts";
import { inert } from "../../language/inert.ts";
import type { NewFact, Verdict } from "../verdict.ts";
import type { Family, Sign } from "./sign.ts";

/** More independent doubts than these contradict together; words that claim an attack count twice. */
const doubtsMost = 2;
/** As many as a finding carries, and as long. */
const factsMax = 40;
const valueLength = 300;

const order: readonly Sign["grade"][] = ["alarm", "question", "fault", "doubt", "note"];

export function weigh(signs: readonly Sign[], working: boolean): Verdict {
  const sorted = signs.toSorted((left, right) => order.indexOf(left.grade) - order.indexOf(right.grade));
  const facts = sorted.slice(0, factsMax).map(newFact);
  const has = (grade: Sign["grade"]): boolean => signs.some((sign) => sign.grade === grade);
  const isFault = has("fault");
  const isAlarm = signs.some((sign) => sign.grade === "alarm" && !(isFault && isOfFault(sign)));
  const saysMore = isQuestion(signs) && isTelling(signs) && !(isFault && !doubted(signs).has("words"));
  if (isAlarm || saysMore) return { kind: "contradicts", alarm: true, facts };
  if (isFault) return { kind: "contradicts", alarm: false, facts: faultFirst(facts) };
  if (isQuestion(signs))
    return working ? { kind: "uncertain", facts } : { kind: "contradicts", alarm: false, facts };
  return { kind: has("doubt") ? "uncertain" : "vouched", facts };
}

/** What broke stands in the page's place, and an installer asks for its own password. */
function isOfFault({ what, value }: Sign): boolean {
  return what === "page" || (what === "forms" && !value.includes("//"));
}

/** It names the incident. */
function faultFirst(facts: readonly NewFact[]): readonly NewFact[] {
  return facts.toSorted((left, right) => Number(right.what === "fault") - Number(left.what === "fault"));
}

function doubted(signs: readonly Sign[]): ReadonlySet<Family> {
  return new Set(signs.flatMap(({ family, grade }) => (grade === "doubt" ? [family] : [])));
}

function isQuestion(signs: readonly Sign[]): boolean {
  const doubts = doubted(signs);
  return (
    signs.some(({ grade }) => grade === "question") ||
    doubts.size + (doubts.has("words") ? 1 : 0) > doubtsMost
  );
}

/** Of what a page says about itself. */
const contents: ReadonlySet<Family> = new Set(["title", "text", "structure"]);

/** A redesign makes it otherwise, and it goes on saying the same. */
const saying: ReadonlySet<Family> = new Set(["title", "text", "language"]);

/** Something new is loaded, and the page no longer says what it said; or it says something else, and what. */
function isTelling(signs: readonly Sign[]): boolean {
  const asked = new Set(signs.flatMap(({ family, grade }) => (grade === "question" ? [family] : [])));
  const doubts = doubted(signs);
  if (doubts.has("words") && (doubts.has("title") || asked.size > 0)) return true;
  const isLoaded = [...asked].some((family) => !contents.has(family) && family !== "words");
  return isLoaded && [...doubts].some((family) => saying.has(family));
}

function newFact({ what, value, before, grade }: Sign): NewFact {
  const weight = grade === "doubt" || grade === "note" ? grade : "contradicts";
  const shown = { what: cut(what, 40), value: shortened(value), weight } as const;
  return before === undefined ? shown : { ...shown, before: shortened(before) };
}

function shortened(text: string): string {
  return cut(inert(cut(text, valueLength)), valueLength);
}
