/** The few words that the edge says itself, where no signed page is at hand. In the languages of the interface. */
import type { InterfaceLanguage } from "../language/tags.ts";

export type ErrorStatus =
  | 400
  | 403
  | 404
  | 405
  | 408
  | 410
  | 413
  | 414
  | 416
  | 421
  | 429
  | 500
  | 502
  | 503
  | 504;

export type Words = Readonly<Record<InterfaceLanguage, string>>;

export const errorWords: Readonly<Record<ErrorStatus, Words>> = {
  400: { ar: "لم نفهم هذا الطلب.", fr: "Cette demande est illisible.", en: "This request can't be read." },
  403: {
    ar: "الدخول من شبكتك موقوف.",
    fr: "Votre réseau est bloqué ici.",
    en: "Your network is blocked here.",
  },
  404: {
    ar: "لا توجد صفحة في هذا العنوان.",
    fr: "Aucune page à cette adresse.",
    en: "There is no page at this address.",
  },
  405: {
    ar: "هذه الصفحة للقراءة فقط.",
    fr: "Cette page ne peut qu'être lue.",
    en: "This page can only be read.",
  },
  408: {
    ar: "وصل ما أرسلته ببطء شديد.",
    fr: "L’envoi est arrivé trop lentement.",
    en: "What was sent came in too slowly.",
  },
  410: { ar: "سُحبت هذه الصفحة.", fr: "Cette page a été retirée.", en: "This page was withdrawn." },
  413: {
    ar: "ما أُرسل أكبر من المسموح.",
    fr: "L'envoi est trop volumineux.",
    en: "What was sent is too large.",
  },
  414: {
    ar: "هذا العنوان أطول من المسموح.",
    fr: "Cette adresse est trop longue.",
    en: "This address is too long.",
  },
  416: { ar: "هذا الجزء غير موجود.", fr: "Cette partie n'existe pas.", en: "There is no such part." },
  421: { ar: "هذا الموقع ليس هنا.", fr: "Ce site ne se trouve pas ici.", en: "This site is not here." },
  429: {
    ar: "طلبات كثيرة جدًا من عنوانك. انتظر قليلًا ثم أعد المحاولة.",
    fr: "Trop de demandes depuis votre adresse. Attendez un instant, puis réessayez.",
    en: "Too many requests from your address. Wait a moment, then try again.",
  },
  500: {
    ar: "حدث خلل عندنا.",
    fr: "Une erreur s'est produite chez nous.",
    en: "Something went wrong on our side.",
  },
  502: {
    ar: "الخادم الذي يُعدّ هذه الصفحة لا يجيب كما ينبغي. أعد المحاولة بعد قليل.",
    fr: "Le serveur qui prépare cette page ne répond pas correctement. Réessayez dans un instant.",
    en: "The server that makes this page does not answer as it should. Try again in a moment.",
  },
  503: {
    ar: "هذه الصفحة غير متاحة الآن. أعد المحاولة بعد قليل.",
    fr: "Cette page est momentanément indisponible. Réessayez dans un instant.",
    en: "This page is not available right now. Try again in a moment.",
  },
  504: {
    ar: "الخادم الذي يُعدّ هذه الصفحة لم يجب في الوقت المناسب. أعد المحاولة بعد قليل.",
    fr: "Le serveur qui prépare cette page n’a pas répondu à temps. Réessayez dans un instant.",
    en: "The server that makes this page did not answer in time. Try again in a moment.",
  },
};

/** To people of the newsroom, who would fear for the site. */
export const studioIsAway: Words = {
  ar: "الاستوديو لا يجيب الآن، أما الموقع نفسه فيعمل ويقرؤه الناس. أعد المحاولة بعد قليل.",
  fr: "Le studio ne répond pas pour le moment ; le site, lui, continue et reste lisible. Réessayez dans un instant.",
  en: "The studio does not answer right now; the site itself goes on, and people can read it. Try again in a moment.",
};

/** Of a protected site's page that its baseline contradicts, where there is no approved copy. */
export const pageIsChecked: Words = {
  ar: "نتحقق من هذه الصفحة قبل عرضها. أعد المحاولة بعد قليل؛ بقية الموقع متاحة للقراءة.",
  fr: "Cette page est en cours de vérification avant d’être montrée. Réessayez dans un instant ; le reste du site se lit.",
  en: "This page is being checked before it is shown. Try again in a while; the rest of the site can be read.",
};

/** While only approved copies are shown. */
export const notNow: Words = {
  ar: "تُعرض الآن نسخ محفوظة من الصفحات: لا يمكن البحث ولا إرسال الاستمارات ولا فتح ما ليس له نسخة. لم يُحفظ شيء مما أرسلته. القراءة متاحة.",
  fr: "Le site montre pour l’instant des copies conservées de ses pages : ni recherche, ni envoi de formulaire, ni page sans copie. Ce que vous avez envoyé n’a pas été gardé. La lecture reste possible.",
  en: "The site shows kept copies of its pages for now: no search, no sending of forms, no page without a copy. What you sent was not kept. Reading goes on.",
};

/** To whoever is refused by a rule. A reader whom that hits is to know that it passes. */
export const likeAFlood: Words = {
  ar: "يتعرض الموقع لهجوم، وهذا الطلب يشبه طلبات المهاجمين. إن كنت قارئًا فأعد المحاولة بعد قليل أو من متصفح آخر.",
  fr: "Le site est attaqué et cette demande ressemble à celles de l’attaque. Si vous venez pour lire, réessayez dans un instant ou avec un autre navigateur.",
  en: "The site is being attacked, and this request looks like the attackers’. If you came to read, try again in a while or with another browser.",
};

export const likeAFloodsPace: Words = {
  ar: "يتعرض الموقع لهجوم، والطلبات من عنوانك تشبه طلبات المهاجمين وتأتي بسرعة. انتظر قليلًا ثم أعد المحاولة.",
  fr: "Le site est attaqué, et les demandes venues de votre adresse ressemblent à celles de l’attaque et se suivent trop vite. Attendez un instant, puis réessayez.",
  en: "The site is being attacked, and requests from your address look like the attackers’ and come too fast. Wait a moment, then try again.",
};

/** To a `PURGE` from somewhere that may not. */
export const notYoursToPurge: Words = {
  ar: "لا يُسمح من عنوانك بمحو ما حُفظ من الموقع. المسموح لهم في الإعداد origin.purge_from.",
  fr: "Votre adresse ne peut pas faire oublier ce qui est gardé du site. Qui le peut : le réglage origin.purge_from.",
  en: "Your address may not have what is kept of the site forgotten. Who may: the setting origin.purge_from.",
};

export const labels = {
  reason: { ar: "السبب", fr: "Raison", en: "Reason" },
  rule: { ar: "القاعدة", fr: "Règle", en: "Rule" },
  until: { ar: "حتى", fr: "Jusqu’au", en: "Until" },
} as const satisfies Readonly<Record<string, Words>>;
