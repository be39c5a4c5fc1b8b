/** What readers are told while pages come as text. In the languages of the interface. */
import type { Words } from "../words.ts";

/** Which line stands above a text page. */
export const lineKinds = ["load", "ordered", "only reading", "not now"] as const;
export type LineKind = (typeof lineKinds)[number];

/** `{since}`: day and time. */
export const lines: Readonly<Record<LineKind, Words>> = {
  load: {
    ar: "الضغط على هذا الموقع كبير. منذ {since} تصل صفحاته نصًا أولًا، حتى يتمكن الجميع من القراءة.",
    fr: "Ce site est très sollicité. Depuis le {since}, ses pages arrivent d’abord en texte, pour que tout le monde puisse lire.",
    en: "This site is under heavy load. Since {since} its pages come as text first, so that everybody can read.",
  },
  /** By an operator, whose reasons nobody else knows. */
  ordered: {
    ar: "تصل صفحات هذا الموقع نصًا أولًا منذ {since}، حتى يتمكن الجميع من القراءة.",
    fr: "Depuis le {since}, les pages de ce site arrivent d’abord en texte, pour que tout le monde puisse lire.",
    en: "Since {since} this site’s pages come as text first, so that everybody can read.",
  },
  "only reading": {
    ar: "منذ {since} تصل صفحات هذا الموقع نصًا أولًا، حتى يتمكن الجميع من القراءة؛ ولا تُستقبل الآن الاستمارات وعمليات البحث.",
    fr: "Depuis le {since}, les pages de ce site arrivent d’abord en texte, pour que tout le monde puisse lire ; recherches et formulaires ne sont pas pris pour le moment.",
    en: "Since {since} this site’s pages come as text first, so that everybody can read; searches and forms are not taken for now.",
  },
  "not now": {
    ar: "لا يمكن إرسال الصفحة كاملة الآن. هذا نصها: تصل صفحات هذا الموقع نصًا أولًا منذ {since}. أعد المحاولة بعد قليل.",
    fr: "La page complète ne peut pas être envoyée à l’instant. En voici le texte : depuis le {since}, les pages de ce site arrivent d’abord en texte. Réessayez un peu plus tard.",
    en: "The whole page can’t be sent this moment. This is its text: since {since} this site’s pages come as text first. Try again in a while.",
  },
};

export const wholePage: Words = { ar: "الصفحة كاملة", fr: "Page complète", en: "Whole page" };

/** Instead of work, while only reading goes on. */
export const onlyReading: Words = {
  ar: "تُعرض صفحات هذا الموقع للقراءة فقط الآن. لم يُحفظ شيء مما أرسلته. أعد المحاولة بعد بضع دقائق.",
  fr: "Pour le moment, les pages de ce site ne peuvent qu’être lues. Ce que vous avez envoyé n’a pas été gardé. Réessayez dans quelques minutes.",
  en: "For now this site’s pages can only be read. What you sent was not kept. Try again in a few minutes.",
};
