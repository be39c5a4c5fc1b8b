/** In which script something is written, and what follows from it where nobody said the language. */
import type { Direction } from "../language/tags.ts";

interface Script {
  readonly letters: RegExp;
  readonly direction: Direction;
  /** The language that one may assume; none where many share the script. */
  readonly language: string | undefined;
}

/** Scripts that can be told apart from Latin at a glance. Persian and Urdu come out as Arabic: the direction is right, an editor sets the rest. */
const scripts = {
  latin: { letters: /\p{Script=Latin}/gu, direction: "ltr", language: undefined },
  arabic: { letters: /\p{Script=Arabic}/gu, direction: "rtl", language: "ar" },
  hebrew: { letters: /\p{Script=Hebrew}/gu, direction: "rtl", language: "he" },
  greek: { letters: /\p{Script=Greek}/gu, direction: "ltr", language: "el" },
  tifinagh: { letters: /\p{Script=Tifinagh}/gu, direction: "ltr", language: "zgh-Tfng" },
  cyrillic: { letters: /\p{Script=Cyrillic}/gu, direction: "ltr", language: undefined },
} as const satisfies Record<string, Script>;
export type ScriptName = keyof typeof scripts;

const anyLetter = /\p{L}/gu;

/** Nothing but Latin letters, digits and signs: most of what comes in, and quick to see. */
const onlyLatin = /^[\s!-\u024f\u2000-\u20cf]*$/;

/** Enough to tell, and little enough for any text. */
const sampleLength = 1_000;

/** The script of more than half of the letters at the beginning of `text`; undefined where none has so many. */
export function scriptOf(text: string): ScriptName | undefined {
  const sample = text.slice(0, sampleLength);
  if (onlyLatin.test(sample)) return /\p{L}/u.test(sample) ? "latin" : undefined;
  const letters = countOf(anyLetter, sample);
  return (Object.keys(scripts) as ScriptName[]).find(
    (name) => countOf(scripts[name].letters, sample) * 2 > letters,
  );
}

export function factsOf(script: ScriptName): Script {
  return scripts[script];
}

function countOf(letters: RegExp, sample: string): number {
  return sample.match(letters)?.length ?? 0;
}
