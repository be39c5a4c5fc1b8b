/** Words of the studio. A feature keeps its own beside its pages: one whole set for each language of the interface. */
import type { InterfaceLanguage } from "../language/tags.ts";

export type InThreeLanguages<T> = Readonly<Record<InterfaceLanguage, T>>;
