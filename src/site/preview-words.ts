/** What the preview's page says around the frame. */
import type { InThreeLanguages } from "../web/words.ts";
import type { PreviewForm } from "./preview.ts";

export interface PreviewWords {
  readonly title: (text: string) => string;
  readonly saved: string;
  readonly back: string;
  readonly languages: string;
  readonly forms: Readonly<Record<PreviewForm, string>>;
  readonly form: string;
  readonly widths: Readonly<Record<"desktop" | "phone", string>>;
  readonly width: string;
  readonly frame: string;
}

export const previewWords: InThreeLanguages<PreviewWords> = {
  ar: {
    title: (text) => `معاينة: \u2068${text}\u2069`,
    saved: "هكذا سيراه القرّاء. تُعرض آخر صيغة حُفظت، والروابط فيها لا تعمل.",
    back: "عودة إلى الكتابة",
    languages: "اللغة",
    forms: { page: "الصفحة كاملة", text: "صيغة النصّ وحده" },
    form: "الشكل",
    widths: { desktop: "حاسوب", phone: "هاتف" },
    width: "العرض",
    frame: "النصّ كما سيراه القرّاء",
  },
  fr: {
    title: (text) => `Aperçu : ${text}`,
    saved:
      "Voici ce que verront les lecteurs : la dernière version enregistrée. Les liens n’y mènent nulle part.",
    back: "Revenir à l’écriture",
    languages: "Langue",
    forms: { page: "La page entière", text: "La version texte" },
    form: "Forme",
    widths: { desktop: "Ordinateur", phone: "Téléphone" },
    width: "Largeur",
    frame: "Le texte tel que les lecteurs le verront",
  },
  en: {
    title: (text) => `Preview: ${text}`,
    saved: "This is what readers will see: the version that was saved last. Its links lead nowhere here.",
    back: "Back to writing",
    languages: "Language",
    forms: { page: "The whole page", text: "The text form" },
    form: "Form",
    widths: { desktop: "Computer", phone: "Phone" },
    width: "Width",
    frame: "The text as readers will see it",
  },
};
