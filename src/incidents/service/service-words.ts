/** The same in ar, fr and en. */
import type { InterfaceLanguage } from "../../language/tags.ts";
import type { ServiceWords } from "./words.ts";

const ar: ServiceWords = {
  heading: "ما يصل إلى القرّاء",
  silent: "خادم الواجهة لا يقول كم يقدّم. أعد تحميل الصفحة بعد لحظة.",
  normal: "كل شيء يصل كاملا.",
  lite: (since) => `منذ ${since} تصل الصفحات نصّا أولا؛ ومن طلب الصفحة كاملة حصل عليها ما أمكن.`,
  readOnly: (since) =>
    `منذ ${since} تصل الصفحات نصّا أولا، والآن لا شيء إلا القراءة: لا استمارات ولا بحث ولا ملفات كبيرة.`,
  because: (causes) => `السبب: ${causes}. يعود الأمر إلى ما كان عليه تلقائيا.`,
  causes: {
    processor: "المعالج لا يكفي لإرسال الصفحات كاملة",
    lag: "خادم الواجهة يتأخّر في الرد",
    line: "الخطّ لا يتّسع للصفحات كاملة",
  },
  ordered: (until) => `أمر أحدنا بذلك حتى ${until}.`,
  done: (texts, work) => `منذ تشغيل الخادم: صفحات أُرسلت نصّا: ${texts}؛ طلبات عمل لم تُستقبل: ${work}.`,
  acts: {
    lite: {
      label: "النص أولا لساعة",
      what: "تصل الصفحات نصّا أولا مهما كان الحمل، مع رابط إلى الصفحة كاملة. مناسب إذا كان الخطّ ضيّقا أو مكلفا الآن.",
    },
    normal: {
      label: "كل شيء لساعة",
      what: "تصل الصفحات كاملة مهما كان الحمل. إن لم يتّسع الخطّ فقد ينتظر القرّاء طويلا أو لا يصلهم شيء.",
    },
    auto: { label: "ليعد القرار إلى القياس", what: "ينتهي الأمر، ويعود القرار إلى ما يُقاس." },
  },
};

const fr: ServiceWords = {
  heading: "Ce que reçoivent les lecteurs",
  silent: "Le serveur de façade ne dit pas ce qu’il sert. Rechargez la page dans un instant.",
  normal: "Tout arrive en entier.",
  lite: (since) =>
    `Depuis ${since}, les pages arrivent d’abord en texte ; qui veut la page complète la reçoit, autant que possible.`,
  readOnly: (since) =>
    `Depuis ${since}, les pages arrivent d’abord en texte, et à présent on ne peut que lire : ni formulaires, ni recherche, ni gros fichiers.`,
  because: (causes) => `Pourquoi : ${causes}. Cela se défait tout seul.`,
  causes: {
    processor: "le processeur ne suffit pas à envoyer les pages entières",
    lag: "le serveur de façade répond en retard",
    line: "les pages entières ne passent pas toutes sur la ligne",
  },
  ordered: (until) => `C’est un ordre de l’un de nous, jusqu’à ${until}.`,
  done: (texts, work) =>
    `Depuis le démarrage : pages envoyées en texte : ${texts} ; demandes refusées : ${work}.`,
  acts: {
    lite: {
      label: "Le texte d’abord, une heure",
      what: "Les pages arrivent d’abord en texte quelle que soit la charge, avec un lien vers la page complète. Utile si la ligne est étroite ou chère en ce moment.",
    },
    normal: {
      label: "Tout servir, une heure",
      what: "Les pages arrivent entières quelle que soit la charge. Si la ligne ne suffit pas, des lecteurs attendront longtemps ou ne recevront rien.",
    },
    auto: {
      label: "Rendre la décision aux mesures",
      what: "L’ordre prend fin ; ce qui est mesuré décide de nouveau.",
    },
  },
};

const en: ServiceWords = {
  heading: "What readers get",
  silent: "The edge doesn’t say how much it serves. Load this page again in a moment.",
  normal: "Everything arrives whole.",
  lite: (since) =>
    `Since ${since} pages come as text first; who asks for the whole page gets it, as far as that is possible.`,
  readOnly: (since) =>
    `Since ${since} pages come as text first, and now only reading goes on: no forms, no search, no large files.`,
  because: (causes) => `Why: ${causes}. It undoes itself.`,
  causes: {
    processor: "the processor can’t send all the pages whole",
    lag: "the edge answers late",
    line: "the line can’t carry all the pages whole",
  },
  ordered: (until) => `Somebody ordered that, until ${until}.`,
  done: (texts, work) => `Since the edge started: pages sent as text: ${texts}; work refused: ${work}.`,
  acts: {
    lite: {
      label: "Text first, for an hour",
      what: "Pages come as text first whatever the load, with a link to the whole page. For when the line is narrow or dear just now.",
    },
    normal: {
      label: "Serve everything, for an hour",
      what: "Pages come whole whatever the load. If the line can’t carry them, readers will wait for long or get nothing.",
    },
    auto: { label: "Let the measures decide again", what: "The order ends; what is measured decides again." },
  },
};

export const serviceWords: Readonly<Record<InterfaceLanguage, ServiceWords>> = { ar, fr, en };
