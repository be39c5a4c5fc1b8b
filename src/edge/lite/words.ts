/** What readers are told while pages come as text. In the languages of the interface. */
import type { Words } from "../words.ts";

/** Which line stands above a text page. */
export const lineKinds = ["lite", "read-only", "not now"] as const;
export type LineKind = (typeof lineKinds)[number];

/** `{since}`: day and time. */
export const lines: Readonly<Record<LineKind, Words>> = {
  lite: {
    ar: "الإقبال على هذا الموقع كبير. منذ {since} تصل صفحاته نصًا أولًا، حتى يتمكن الجميع من القراءة.",
    fr: "Ce site est très demandé. Depuis le {since}, ses pages arrivent d’abord en texte, pour que tout le monde puisse lire.",
    en: "Very many people ask for this site. Since {since} its pages come as text first, so that everybody can read.",
  },
  "read-only": {
    ar: "الإقبال على هذا الموقع كبير. منذ {since} تصل صفحاته نصًا أولًا، ولا تُستقبل الآن الاستمارات وعمليات البحث.",
    fr: "Ce site est très demandé. Depuis le {since}, ses pages arrivent d’abord en texte ; recherches et formulaires ne sont pas pris pour le moment.",
    en: "Very many people ask for this site. Since {since} its pages come as text first; searches and forms are not taken for now.",
  },
  "not now": {
    ar: "لا يمكن إرسال الصفحة كاملة الآن لأن كثيرين طلبوا ذلك. هذا نصها، وتصل الصفحات نصًا أولًا منذ {since}.",
    fr: "La page complète ne peut pas être envoyée à l’instant : trop de personnes la demandent. En voici le texte ; les pages arrivent d’abord en texte depuis le {since}.",
    en: "The whole page can’t be sent this moment, because too many ask for it. This is its text; pages come as text first since {since}.",
  },
};

export const wholePage: Words = { ar: "الصفحة كاملة", fr: "Page complète", en: "Whole page" };

/** Instead of work, while only reading goes on. */
export const onlyReading: Words = {
  ar: "الإقبال على هذا الموقع كبير، ولذلك تُعرض صفحاته للقراءة فقط الآن. لم يُحفظ شيء مما أرسلته. أعد المحاولة بعد بضع دقائق.",
  fr: "Ce site est très demandé : pour le moment, ses pages ne peuvent qu’être lues. Ce que vous avez envoyé n’a pas été gardé. Réessayez dans quelques minutes.",
  en: "Very many people ask for this site: for now its pages can only be read. What you sent was not kept. Try again in a few minutes.",
};
