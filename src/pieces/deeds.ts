/** How what was done with texts and names is told in the record; each leads to what it was done to. */
import type { DeedTold } from "../web/feature.ts";

function onText(ar: string, fr: string, en: string): DeedTold {
  return { words: { ar, fr, en }, path: (text) => `/texts/${text}` };
}

function onNames(ar: string, fr: string, en: string): DeedTold {
  return { words: { ar, fr, en }, path: () => "/names" };
}

export const pieceDeeds: Readonly<Record<string, DeedTold>> = {
  "text.start": onText("بدأ نصّا", "A commencé un texte", "Started a text"),
  "text.translate": onText("بدأ ترجمة", "A commencé une traduction", "Started a translation"),
  "text.save": onText("حفظ نصّا", "A enregistré un texte", "Saved a text"),
  "text.details": onText(
    "غيّر قسم نصّ أو وسومه أو توقيعه",
    "A changé la rubrique, les mots-clés ou la signature d’un texte",
    "Changed a text’s section, tags or byline",
  ),
  "text.step": onText("غيّر مرحلة نصّ", "A fait avancer ou reculer un texte", "Moved a text on, or back"),
  "text.publish": onText("نشر نصّا", "A publié un texte", "Published a text"),
  "text.schedule": onText("برمج نشر نصّ", "A programmé un texte", "Scheduled a text"),
  "text.unschedule": onText(
    "ألغى برمجة نصّ",
    "A annulé la programmation d’un texte",
    "Took a text off the schedule",
  ),
  "text.private": onText("حفظ نصّا للفريق", "A gardé un texte privé", "Kept a text private"),
  "text.move": onText("غيّر عنوان نصّ على الشبكة", "A changé l’adresse d’un texte", "Changed a text’s address"),
  "text.correct": onText("أضاف تصحيحا", "A ajouté une note de correction", "Added a correction"),
  "text.restore": onText(
    "عاد إلى صيغة قديمة",
    "Est revenu à une version ancienne",
    "Went back to an old version",
  ),
  "text.withdraw": onText("سحب نصّا", "A retiré un texte", "Withdrew a text"),
  "names.add": onNames("أضاف اسما", "A ajouté un nom", "Added a name"),
  "names.rename": onNames("غيّر اسما", "A changé un nom", "Changed a name"),
  "names.order": onNames("رتّب الأقسام", "A changé l’ordre des rubriques", "Changed the order of sections"),
};
