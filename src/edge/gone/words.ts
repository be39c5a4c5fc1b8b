/** What readers are told while the protected site can't be reached. In the languages of the interface. */
import type { Words } from "../words.ts";

/** At the top of an approved copy. `{since}`: day and time. */
export const lastForm: Words = {
  ar: "لا يمكن الوصول إلى هذا الموقع منذ {since}. هذه آخر صيغة معتمدة من الصفحة؛ البحث والاستمارات لا تعمل الآن.",
  fr: "Ce site est injoignable depuis le {since}. Voici la dernière version approuvée de cette page ; la recherche et les formulaires ne fonctionnent pas pour le moment.",
  en: "This site has been out of reach since {since}. This is the last approved form of the page; search and forms don’t work for now.",
};

/** At the top of an answer that was kept, and that nobody approved. `{since}`: day and time. */
export const lastKept: Words = {
  ar: "لا يمكن الوصول إلى هذا الموقع منذ {since}. هذه آخر صيغة وصلتنا من الصفحة؛ البحث والاستمارات لا تعمل الآن.",
  fr: "Ce site est injoignable depuis le {since}. Voici la dernière version reçue de cette page ; la recherche et les formulaires ne fonctionnent pas pour le moment.",
  en: "This site has been out of reach since {since}. This is the last form of the page that came from it; search and forms don’t work for now.",
};

/** Leads from a copy to its text. */
export const textOnly: Words = { ar: "النص فقط", fr: "Texte seul", en: "Text only" };

/** On top of a page's text. `{at}`: day and time. */
export const approvedText: Words = {
  ar: "نص الصيغة المعتمدة من هذه الصفحة، كما كانت {at}.",
  fr: "Texte de la version approuvée de cette page, telle qu’elle était le {at}.",
  en: "The text of the approved form of this page, as it was on {at}.",
};

export const wholePage: Words = { ar: "الصفحة كاملة", fr: "Page complète", en: "Whole page" };

/** Instead of a page of which there is no copy, of a search, and of whatever was sent. */
export const nothingSent: Words = {
  ar: "لا يمكن الوصول إلى الموقع الآن. الصفحات المعتمدة متاحة للقراءة، أما البحث وإرسال الاستمارات وفتح صفحات أخرى فلا. لم يُحفظ شيء مما أرسلته. أعد المحاولة بعد بضع دقائق.",
  fr: "Le site est injoignable pour le moment. Ses pages approuvées restent lisibles ; chercher, envoyer un formulaire ou ouvrir une autre page n’est pas possible. Ce que vous avez envoyé n’a pas été gardé. Réessayez dans quelques minutes.",
  en: "The site is out of reach for now. Its approved pages can still be read; searching, sending a form or opening another page is not possible. What you sent was not kept. Try again in a few minutes.",
};
