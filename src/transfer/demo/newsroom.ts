/** The demo's sections, tags and bylines. Everybody signs with a pseudonym, as they would. */
import type { DemoName } from "./demo.ts";

/** In the order of the menu. */
export const sections: readonly DemoName[] = [
  { slug: "rue", names: { ar: "الشارع", fr: "La rue", en: "The street" } },
  { slug: "eau", names: { ar: "الماء", fr: "L’eau", en: "Water" } },
  { slug: "ecole", names: { ar: "المدرسة", fr: "L’école", en: "School" } },
  { slug: "port", names: { ar: "الميناء", fr: "Le port", en: "The harbour" } },
  { slug: "verification", names: { ar: "تحقّق", fr: "Vérification", en: "Checked" } },
];

export const tags: readonly DemoName[] = [
  { slug: "marche", names: { ar: "مسيرات", fr: "marches", en: "marches" } },
  { slug: "coupures-d-eau", names: { ar: "انقطاع الماء", fr: "coupures d’eau", en: "water cuts" } },
  { slug: "budget", names: { ar: "ميزانية البلدية", fr: "budget communal", en: "town budget" } },
  { slug: "peche", names: { ar: "صيد بحري", fr: "pêche", en: "fishing" } },
  { slug: "video", names: { ar: "فيديو", fr: "vidéo", en: "video" } },
  { slug: "rumeurs", names: { ar: "إشاعات", fr: "rumeurs", en: "rumours" } },
  { slug: "transports", names: { ar: "نقل", fr: "transports", en: "transport" } },
  { slug: "methode", names: { ar: "كيف نعمل", fr: "méthode", en: "how we work" } },
];

export const bylines: readonly DemoName[] = [
  { slug: "hajar", names: { ar: "هاجر ب.", fr: "Hajar B.", en: "Hajar B." } },
  { slug: "idir", names: { ar: "إيدير", fr: "Idir", en: "Idir", "zgh-Tfng": "ⵉⴷⵉⵔ" } },
  { slug: "naoufal", names: { ar: "نوفل س.", fr: "Naoufal S.", en: "Naoufal S." } },
  {
    slug: "verification",
    names: { ar: "خليّة التحقّق", fr: "La cellule vérification", en: "The verification desk" },
  },
  { slug: "redaction", names: { ar: "هيئة التحرير", fr: "La rédaction", en: "The newsroom" } },
];
