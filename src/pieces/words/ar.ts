/** ما تقوله صفحات النصوص بالعربية. */
import { plural } from "../../language/messages/messages.ts";
import type { Words } from "./en.ts";

const counted = plural("ar-MA");

export const ar: Words = {
  kinds: { story: "مقال", post: "تدوينة", brief: "خبر موجز", dossier: "ملفّ", page: "صفحة ثابتة" },
  kindHints: {
    story: "خبر أو تحقيق أو حوار",
    post: "رأي أو خاطرة",
    brief: "بضعة أسطر",
    dossier: "نصوص عدّة في موضوع واحد",
    page: "من نحن، اتّصل بنا",
  },
  sites: { portal: "الموقع الرئيسي", blog: "المدوّنة" },
  workflow: { idea: "فكرة", draft: "مسوّدة", "in review": "قيد المراجعة", ready: "جاهز للنشر" },
  publication: {
    none: "غير منشور",
    scheduled: "مبرمج",
    private: "محفوظ للفريق",
    published: "منشور",
    withdrawn: "مسحوب",
  },
  newer: {
    idea: "منشور · وهناك صيغة أحدث ما زالت فكرة",
    draft: "منشور · وهناك صيغة أحدث ما زالت مسوّدة",
    "in review": "منشور · وهناك صيغة أحدث قيد المراجعة",
    ready: "منشور · وهناك صيغة أحدث جاهزة",
  },
  scheduledFor: (when) => `سيُنشر في ${when}`,
  scheduledUnready: (when) => `موعده ${when}، لكنّه غير جاهز`,
  nobody: "مستورد",

  list: {
    title: "النصوص",
    write: "اكتب نصّا جديدا",
    search: "كلمات من العنوان",
    show: "اعرض",
    allStates: "الكلّ",
    mine: "نصوصي",
    language: "اللغة",
    section: "القسم",
    all: "الكلّ",
    states: "الحالة",
    changed: (when) => `${when}، بيد`,
    found: (count) =>
      counted(count, {
        zero: "لا نصوص",
        one: "نصّ واحد",
        two: "نصّان",
        few: "# نصوص",
        many: "# نصّا",
        other: "# نصّ",
      }),
    newer: "الأحدث",
    older: "الأقدم",
    page: (number, of) => `الصفحة ${number} من ${of}`,
    pages: "صفحات القائمة",
    filters: "ابحث في القائمة",
    empty: "لم يُكتب شيء بعد",
    emptyMore: "ابدأ بأوّل مقال: يكفي عنوان، ولن يراه أحد في الخارج قبل أن تنشره.",
    emptyReading: "لا شيء هنا لتقرأه بعد.",
    first: "اكتب أوّل مقال",
    nothing: "لا نصّ يطابق ذلك",
    showAll: "اعرض كلّ النصوص",
  },

  new: {
    title: "اكتب نصّا جديدا",
    heading: "العنوان",
    headingHint: "يمكنك تغييره قبل النشر وبعده.",
    kind: "ما هو؟",
    site: "أين يُنشر؟",
    language: "اللغة",
    start: "ابدأ الكتابة",
    faults: {
      title: "لا بدّ من عنوان: حرف واحد على الأقلّ و300 حرف على الأكثر.",
      place: "لا يمكنك الكتابة في هذا القسم. اختر قسما آخر.",
    },
  },
};
