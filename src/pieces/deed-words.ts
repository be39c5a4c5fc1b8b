/** What is done to texts and names, as the record tells it. */
import type { DeedWords } from "../people/deeds.ts";

export const pieceDeeds: DeedWords = {
  "text.start": { ar: "بدأ نصّا", fr: "A commencé un texte", en: "Started a text" },
  "text.translate": { ar: "بدأ ترجمة", fr: "A commencé une traduction", en: "Started a translation" },
  "text.step": { ar: "غيّر مرحلة نصّ", fr: "A fait avancer un texte", en: "Moved a text along" },
  "text.publish": { ar: "نشر نصّا", fr: "A publié un texte", en: "Published a text" },
  "text.schedule": { ar: "حدّد موعد نشر", fr: "A programmé un texte", en: "Planned a text’s publication" },
  "text.unschedule": {
    ar: "ألغى موعد نشر",
    fr: "A annulé une publication prévue",
    en: "Took a text off the plan",
  },
  "text.private": {
    ar: "حفظ نصّا للفريق",
    fr: "A gardé un texte pour l’équipe",
    en: "Kept a text for the team",
  },
  "text.move": { ar: "غيّر عنوان نصّ", fr: "A changé l’adresse d’un texte", en: "Changed a text’s address" },
  "text.details": {
    ar: "غيّر تفاصيل نصّ",
    fr: "A changé les détails d’un texte",
    en: "Changed a text’s details",
  },
  "text.correct": { ar: "أضاف تصحيحا", fr: "A ajouté une note de correction", en: "Added a correction" },
  "text.restore": {
    ar: "عاد إلى صيغة قديمة",
    fr: "Est revenu à une version ancienne",
    en: "Went back to an old version",
  },
  "text.withdraw": {
    ar: "سحب نصّا نهائيا",
    fr: "A retiré un texte pour de bon",
    en: "Withdrew a text for good",
  },
  "names.add": { ar: "أضاف اسما", fr: "A ajouté un nom", en: "Added a name" },
  "names.rename": { ar: "غيّر اسما", fr: "A changé un nom", en: "Changed a name" },
  "names.order": {
    ar: "رتّب الأقسام",
    fr: "A changé l’ordre des rubriques",
    en: "Changed the order of sections",
  },
};
