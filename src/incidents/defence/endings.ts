/** Why a rule ended: edges say it in English, people read it in their language. */
import { type Ending, endings } from "../../decision/signatures/rule.ts";

/** Undefined for what only a later edge says; its own words then stand for it. */
export function endingOf(said: string): Ending | undefined {
  const names = Object.keys(endings) as Ending[];
  return names.find((name) => said.startsWith(endings[name]));
}
