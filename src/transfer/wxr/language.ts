/** In which language an item is written: what the file says, else what its letters say, else the import's own language. */
import { isLanguageTag, type LanguageTag, languageTags } from "../../language/tags.ts";
import { scriptOf } from "../script.ts";
import type { WxrItem } from "./parts.ts";

export interface Languages {
  /** Of whatever says nothing else. */
  readonly default: LanguageTag;
  /** The site's, in the order of its menu. */
  readonly site: readonly LanguageTag[];
}

/** `fr-FR`, `ar_MA`, `ary`: the tag of ours that it means, if there is one. */
export function tagFor(code: string): LanguageTag | undefined {
  const normal = code.trim().replaceAll("_", "-").toLowerCase();
  const exact = languageTags.find((tag) => tag.toLowerCase() === normal);
  if (exact !== undefined) return exact;
  const primary = normal.split("-")[0] ?? "";
  return isLanguageTag(primary) ? primary : languageTags.find((tag) => tag.startsWith(`${primary}-`));
}

export function languageOf(item: WxrItem, languages: Languages): LanguageTag {
  return declaredLanguage(item) ?? languageByScript(item, languages);
}

/** Multilingual plug-ins keep the language as a taxonomy; people wrap their text in an element that says it. */
function declaredLanguage({ categories, content }: WxrItem): LanguageTag | undefined {
  const term = categories.find(({ domain }) => domain === "language");
  const wrapper =
    /^\s*(?:<!--[^>]{0,500}-->\s*)?<(?:div|section|article)\s[^>]{0,500}?\blang=["']?([\w-]{2,35})/i;
  const code = term?.slug ?? wrapper.exec(content)?.[1];
  return code === undefined ? undefined : tagFor(code);
}

function languageByScript({ title, content }: WxrItem, languages: Languages): LanguageTag {
  const words = `${title} ${content.slice(0, 20_000)}`.replace(/<[^<>]*>|&#?\w+;|\[[^[\]]*\]/g, " ");
  const isArabic = scriptFor(languages.default) === "arabic";
  switch (scriptOf(words)) {
    case "arabic":
      return isArabic ? languages.default : "ar";
    case "tifinagh":
      return "zgh-Tfng";
    case "latin":
      return isArabic ? latinLanguage(words, languages.site) : languages.default;
    default:
      return languages.default;
  }
}

function scriptFor(tag: LanguageTag): "arabic" | "other" {
  return tag === "ar" || tag === "ary-Arab" ? "arabic" : "other";
}

/** Words that hardly any sentence is without. */
const commonWords = {
  fr: /\b(?:le|la|les|des|du|une?|est|dans|pour|que|qui|pas|sur|avec|au|aux|et)\b/giu,
  en: /\b(?:the|of|and|to|in|is|that|for|with|was|are|not|on|by|it)\b/giu,
} as const;

/** Only asked where the default can't be meant, because it has another script. */
function latinLanguage(words: string, site: readonly LanguageTag[]): LanguageTag {
  const french = words.match(commonWords.fr)?.length ?? 0;
  const english = words.match(commonWords.en)?.length ?? 0;
  if (french !== english) return french > english ? "fr" : "en";
  return site.find((tag) => tag === "fr" || tag === "en") ?? "fr";
}
