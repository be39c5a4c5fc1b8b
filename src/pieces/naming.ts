/** Tags and bylines by typing their names: which ones are meant, and which are new. */
import { nameIn, type Names } from "../language/names.ts";
import { folded } from "../language/fold.ts";
import { slugFrom } from "../language/slug.ts";
import { directionOf, interfaceLanguages, interfaceOf, type LanguageTag } from "../language/tags.ts";

export const namesMax = 20;
const nameCharactersMax = 100;
/** Of what is typed, so that comparing them all stays nothing. */
const typedMax = 100;

interface Known {
  readonly slug: string;
  readonly names: Names;
}

/** Between commas of any script, or on lines of their own; each once. */
export function namesTyped(text: string): string[] {
  const names = text
    .split(/[,،;؛\n]/)
    .map((name) => name.replace(/\s+/g, " ").trim().slice(0, nameCharactersMax))
    .filter((name) => slugFrom(name) !== "")
    .slice(0, typedMax);
  return names.filter((name, at) => names.findIndex((each) => folded(each) === folded(name)) === at);
}

/** What `namesTyped` reads as the same again. */
export function namesWritten(all: readonly Known[], language: LanguageTag): string {
  return all
    .map(({ names, slug }) => nameIn(names, language).name || slug)
    .join(language === "ar" ? "، " : ", ");
}

/** By a name in any language, or by the slug. */
export function named<T extends Known>(all: readonly T[], name: string): T | undefined {
  const sought = folded(name);
  return (
    all.find(({ names }) => Object.values(names).some((each) => folded(each) === sought)) ??
    all.find(({ slug }) => slug === slugFrom(name))
  );
}

/** The language that a new name is most likely in: the text's, unless its script runs the other way. */
export function namesOf(name: string, language: LanguageTag): Names {
  const direction = /\p{Script=Arabic}/u.test(name) ? "rtl" : "ltr";
  const likely = [interfaceOf(language), ...interfaceLanguages].find((tag) => directionOf(tag) === direction);
  return { [likely ?? "en"]: name };
}
