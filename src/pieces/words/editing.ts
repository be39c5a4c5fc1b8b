/** What the page on which somebody writes says before its script does. */
import type { InThreeLanguages } from "../../web/words.ts";

export interface EditingWords {
  readonly title: string;
  readonly standfirst: string;
  readonly standfirstHint: string;
  readonly save: string;
  readonly preview: string;
  readonly needsScript: string;
  /** Before somebody changes what others have judged. */
  readonly backToDraft: Readonly<Record<"in review" | "ready", string>>;
  readonly scheduled: string;
  readonly published: string;
  readonly kept: (who: string, when: string) => string;
  readonly open: string;
  readonly somebody: string;
  /** `name`: of its language. */
  readonly original: (name: string) => string;
  readonly material: string;
}

export const editingWords: InThreeLanguages<EditingWords> = {
  ar: {
    title: "العنوان",
    standfirst: "المقدّمة",
    standfirstHint: "جملة أو جملتان تحت العنوان: ماذا جرى، ومن أين نعرفه.",
    save: "احفظ",
    preview: "معاينة",
    needsScript:
      "للكتابة هنا يحتاج متصفّحك إلى JavaScript. شغّله لهذه الصفحة ثم أعد تحميلها. القرّاءة ممكنة بدونه.",
    backToDraft: {
      "in review": "هذا النصّ قيد المراجعة. إذا حفظت تغييرا عاد مسوّدة، ووجب تسليمه للمراجعة من جديد.",
      ready: "هذا النصّ جاهز للنشر. إذا حفظت تغييرا عاد مسوّدة، ووجبت مراجعته من جديد.",
    },
    scheduled: "موعد نشره محدّد. إذا حفظت تغييرا لن يُنشر في موعده إلا إذا صار جاهزا من جديد.",
    published: "يقرأ الناس الصيغة المنشورة. ما تحفظه هنا لا يظهر لهم قبل نشره.",
    kept: (who, when) =>
      `حفظ \u2068${who}\u2069 صيغة أخرى في ${when} في الوقت نفسه مع غيره. إنها محفوظة ولم تُدمج بعد.`,
    open: "افتحها بجانب الصيغة الحالية",
    somebody: "شخص",
    original: (name) => `الأصل: \u2068${name}\u2069`,
    material: "هنا مادّة وردت من المواطنين، مع نتيجة التحقّق منها.",
  },
  fr: {
    title: "Titre",
    standfirst: "Chapeau",
    standfirstHint: "Une ou deux phrases sous le titre : ce qui s’est passé, et d’où nous le tenons.",
    save: "Enregistrer",
    preview: "Aperçu",
    needsScript:
      "Pour écrire ici, votre navigateur a besoin de JavaScript. Activez-le pour cette page, puis rechargez-la. On peut lire sans lui.",
    backToDraft: {
      "in review":
        "Ce texte est en relecture. Si vous enregistrez un changement, il redevient un brouillon et devra être relu de nouveau.",
      ready:
        "Ce texte est prêt à être publié. Si vous enregistrez un changement, il redevient un brouillon et devra être relu de nouveau.",
    },
    scheduled:
      "Sa publication est programmée. Si vous enregistrez un changement, il ne paraîtra pas à l’heure prévue, sauf s’il est de nouveau prêt.",
    published:
      "Les lecteurs voient la version publiée. Ce que vous enregistrez ici n’y paraît qu’une fois publié.",
    kept: (who, when) =>
      `${who} a enregistré une autre version le ${when}, en même temps que quelqu’un d’autre. Elle est gardée, mais pas encore réunie avec celle-ci.`,
    open: "L’ouvrir à côté de la version actuelle",
    somebody: "Quelqu’un",
    original: (name) => `L’original : ${name}`,
    material: "Ici se trouve un document reçu de citoyens, avec le résultat de sa vérification.",
  },
  en: {
    title: "Title",
    standfirst: "Standfirst",
    standfirstHint: "A sentence or two below the title: what happened, and how we know.",
    save: "Save",
    preview: "Preview",
    needsScript:
      "To write here, your browser needs JavaScript. Allow it for this page, then load it again. Reading works without.",
    backToDraft: {
      "in review":
        "This text is in review. If you save a change, it becomes a draft again, and has to be handed in anew.",
      ready:
        "This text is ready to publish. If you save a change, it becomes a draft again, and has to be reviewed anew.",
    },
    scheduled:
      "It is scheduled. If you save a change, it won’t go out at that time unless it is ready again.",
    published: "Readers see the published version. What you save here shows once it is published.",
    kept: (who, when) =>
      `${who} saved another version on ${when}, at the same time as somebody else. It is kept, but not brought together with this one yet.`,
    open: "Open it beside the present one",
    somebody: "Somebody",
    original: (name) => `The original: ${name}`,
    material: "Citizens’ material stands here, with what checking it came to.",
  },
};
