/** @jsxImportSource hono/jsx */
/** A reason as it was told: in the visitor's language where it is ours, else as it came, apart from our own words. */
import { inert } from "../language/inert.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import { phraseIn } from "./words/phrase-in.ts";

interface SaidProps {
  readonly text: string;
  readonly language: InterfaceLanguage;
}

const lengthMax = 300;

export function Said({ text, language }: SaidProps) {
  const ours = phraseIn(text, language);
  return ours === undefined ? <bdi class="foreign">{inert(text, lengthMax)}</bdi> : <>{ours}</>;
}
