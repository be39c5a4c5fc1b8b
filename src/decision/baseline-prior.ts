/** The shipped prior: who reads a small news site, until it has readers of its own to learn from. */
import { type AgentFamily, kindName, type LanguageFamily, languageFamily } from "./traits.ts";
import { type Mix, programClass, shares } from "./traffic.ts";

const programs: Readonly<Record<AgentFamily, number>> = {
  chrome: 0.44,
  safari: 0.16,
  "in-app": 0.1,
  firefox: 0.07,
  samsung: 0.05,
  edge: 0.04,
  opera: 0.02,
  mozilla: 0.01,
  "text-browser": 0.005,
  crawler: 0.04,
  "feed-reader": 0.03,
  archive: 0.005,
  tool: 0.003,
  outdated: 0.001,
  other: 0.001,
  none: 0.001,
};

/** Shares by kind. `languages`: the site's, in the order of its menu. */
export function priorKinds(languages: readonly string[]): Mix {
  const kinds = new Map<string, number>();
  const add = (agent: AgentFamily, language: LanguageFamily, parts: boolean, share: number): void => {
    const name = kindName({ agent, language, parts });
    kinds.set(name, (kinds.get(name) ?? 0) + share);
  };
  for (const agent of Object.keys(programs) as AgentFamily[]) {
    const share = programs[agent];
    if (programClass(agent) !== "people's") add(agent, "none", false, share);
    else {
      for (const [language, part] of priorLanguages(languages)) {
        add(agent, language, true, share * part * 0.7);
        add(agent, language, false, share * part * 0.3);
      }
    }
  }
  return shares(kinds);
}

/** The first language of the menu weighs most; some readers ask for others. */
function priorLanguages(languages: readonly string[]): readonly (readonly [LanguageFamily, number])[] {
  const weights = languages.map((_, rank) => 1 / (rank + 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const own = languages.map(
    (tag, rank) => [languageFamily(tag), (0.85 * (weights[rank] ?? 0)) / whole] as const,
  );
  return [...own, ["en", 0.06], ["other", 0.06], ["none", 0.03]];
}
