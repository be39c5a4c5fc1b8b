/** What the maintenance page says by itself. In the languages of the interface. */
import type { Words } from "../words.ts";

export const maintenanceWords = {
  title: {
    ar: "الموقع في صيانة",
    fr: "Site en maintenance",
    en: "Under maintenance",
  },
  /** On an operator's word. */
  told: {
    ar: "أوقفنا الموقع مؤقتًا للعمل عليه.",
    fr: "Le site est arrêté le temps d’une intervention.",
    en: "The site is stopped while we work on it.",
  },
  /** By itself: there is nothing true to show. */
  nothingLeft: {
    ar: "لا يمكننا عرض الموقع الآن، ونعمل على إعادته.",
    fr: "Nous ne pouvons pas montrer le site pour le moment. Son retour est en préparation.",
    en: "We can’t show the site right now, and are working on its return.",
  },
  soon: {
    ar: "سنعود قريبًا. أعد تحميل الصفحة بعد قليل.",
    fr: "Nous revenons bientôt. Rechargez la page dans un moment.",
    en: "We will be back soon. Load the page again in a while.",
  },
  /** `{until}`: day, time and zone. */
  until: {
    ar: "نتوقع العودة بحلول {until}.",
    fr: "Retour prévu : {until}.",
    en: "We expect to be back by {until}.",
  },
  text: {
    ar: "قراءة الصفحات المعتمدة نصًّا",
    fr: "Lire les pages approuvées en version texte",
    en: "Read the approved pages as text",
  },
} as const satisfies Readonly<Record<string, Words>>;
