/** Citizens' material as the studio shows it inside a text: what it is, how far it was checked, what it claims to show. */
import { messagesIn } from "../language/messages/index.ts";
import { nameIn } from "../language/names.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import type { MaterialStore } from "../material/store.ts";
import { type Body, materialIn } from "./body.ts";
import type { MaterialCard } from "./editor/exchange.ts";

export type MaterialParts = { readonly material: Pick<MaterialStore, "material"> };

/** By id. What isn't there any more has none. */
export function materialCards(
  { material }: MaterialParts,
  bodies: readonly Body[],
  language: InterfaceLanguage,
): Readonly<Record<string, MaterialCard>> {
  const said = messagesIn(language);
  const cards = [...new Set(bodies.flatMap(materialIn))].flatMap((id): [string, MaterialCard][] => {
    const found = material.material(id);
    if (found === undefined) return [];
    const { name, language: spoken } = nameIn(found.claim, language);
    const { label, meaning } = said.states[found.state];
    return [[id, { kind: said.material[found.kind], state: label, meaning, claim: name, language: spoken }]];
  });
  return Object.fromEntries(cards);
}
