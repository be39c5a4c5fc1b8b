/** What stands in the record, told to people. Each feature has the words for its own deeds. */
import type { InterfaceLanguage } from "../language/tags.ts";
import type { InThreeLanguages } from "../web/words.ts";
import type { Entry } from "./audit.ts";

/** By act: `text.publish`. What it was done to stands after the words, where it has a name. */
export type DeedWords = Readonly<Record<string, InThreeLanguages<string>>>;

/** Undefined for an act that no feature tells of (any more). */
export function deedInWords(
  { act }: Entry,
  deeds: DeedWords,
  language: InterfaceLanguage,
): string | undefined {
  return deeds[act]?.[language];
}

export const peopleDeeds: DeedWords = {
  "person.invite": { ar: "دعا شخصًا", fr: "A invité quelqu’un", en: "Invited somebody" },
  "person.invite-again": {
    ar: "أعطى رابطًا لمفتاح مرور جديد:",
    fr: "A donné un lien pour une nouvelle clé d’accès :",
    en: "Gave a link for a new passkey:",
  },
  "person.join": { ar: "انضم إلى الفريق:", fr: "A rejoint l’équipe :", en: "Came in:" },
  "person.return": {
    ar: "عاد بمفتاح جديد:",
    fr: "Est revenu avec une nouvelle clé :",
    en: "Came back with a new passkey:",
  },
  "person.revoke": { ar: "أنهى عضوية:", fr: "A retiré de l’équipe :", en: "Let go:" },
  "invitation.void": { ar: "سحب دعوة", fr: "A repris une invitation", en: "Took an invitation back" },
  "grant.give": { ar: "أعطى دورًا إلى:", fr: "A donné un rôle à :", en: "Gave a role to:" },
  "grant.take": { ar: "سحب دورًا من:", fr: "A repris un rôle à :", en: "Took a role back from:" },
  "passkey.add": { ar: "أضاف مفتاح مرور:", fr: "A ajouté une clé d’accès :", en: "Added a passkey:" },
  "passkey.remove": { ar: "أزال مفتاح مرور:", fr: "A retiré une clé d’accès :", en: "Removed a passkey:" },
  "session.refuse": {
    ar: "أُنهيت جلسة ظهرت في متصفح آخر:",
    fr: "Une session apparue dans un autre navigateur a été fermée :",
    en: "A session that turned up in another browser was ended:",
  },
  "session.end-all": {
    ar: "خرج من كل الأجهزة:",
    fr: "S’est déconnecté partout :",
    en: "Signed out everywhere:",
  },
};
