/** The blog: the same people, in the first person. */
import type { DemoPiece } from "./demo.ts";
import { darija, h, p, rule } from "./write.ts";

const pseudonyms: DemoPiece = {
  name: "pseudonyms",
  site: "blog",
  kind: "post",
  tags: ["methode"],
  bylines: ["hajar"],
  at: "2026-05-10T20:15:00Z",
  texts: {
    fr: {
      title: "Pourquoi je ne signe pas de mon nom",
      slug: "pourquoi-je-ne-signe-pas",
      standfirst: "On nous le reproche souvent, et la question est bonne.",
      body: [
        p(
          "Ma mère sait ce que j’écris. Mon patron, non. Dans une ville de vingt mille habitants, un nom au bas d’un article, c’est une adresse, une école, un comptoir où l’on cesse de vous servir.",
        ),
        p(
          "Un pseudonyme n’efface pas la responsabilité : il la déplace. Ce n’est plus moi qui réponds, c’est nous. Chaque texte est relu par deux autres personnes, et l’on peut écrire à la rédaction pour nous contredire. Nous l’avons fait deux fois ce mois-ci : nous nous étions trompés.",
        ),
        h("Ce que je ne ferai jamais sous pseudonyme"),
        p(
          "Accuser quelqu’un par son nom sans l’avoir appelé. Prêter des mots à un témoin. Dire « on » quand je veux dire « je ».",
        ),
      ],
    },
    ar: {
      title: "لماذا لا أوقّع باسمي",
      slug: "لماذا-لا-أوقع-باسمي",
      standfirst: "كثيراً ما نُسأل هذا السؤال، وهو سؤال في محلّه.",
      body: [
        p(
          "أمي تعرف ما أكتبه، وربّ عملي لا يعرف. في مدينة من عشرين ألف نسمة، الاسم في ذيل المقال عنوانُ بيت ومدرسةٌ ودكّانٌ قد يكفّ صاحبه عن خدمتك.",
        ),
        p(
          "الاسم المستعار لا يمحو المسؤولية، بل ينقلها. لست أنا من يجيب، بل نحن. يراجع كلَّ نص شخصان آخران، ويمكن لأيّ قارئ أن يراسل هيئة التحرير ليخالفنا. حدث ذلك مرتين هذا الشهر، وكنّا مخطئين.",
        ),
        h("ما لن أفعله باسم مستعار"),
        p("لن أتّهم أحداً باسمه قبل أن أتصل به. لن أضع كلاماً على لسان شاهد. ولن أقول «يُقال» وأنا أعني «أقول»."),
      ],
    },
    en: {
      title: "Why I do not sign with my name",
      slug: "why-i-do-not-sign",
      standfirst: "People hold it against us, and it is a fair question.",
      body: [
        p(
          "My mother knows what I write. My employer does not. In a town of twenty thousand, a name under an article is an address, a school, a counter where they stop serving you.",
        ),
        p(
          "A pseudonym does not do away with responsibility; it moves it. It is not I who answer, but we. Two others read every text before it goes out, and anybody can write to the newsroom to contradict us. That happened twice this month. We had been wrong.",
        ),
      ],
    },
  },
};

const lighthouse: DemoPiece = {
  name: "lighthouse",
  site: "blog",
  kind: "post",
  tags: ["peche"],
  bylines: ["idir"],
  at: "2026-05-03T19:00:00Z",
  texts: {
    "ary-Arab": {
      title: "سطر من المرسى",
      slug: "سطر-من-المرسى",
      standfirst: "",
      body: [
        p(
          "هاد الصباح الريح نعسات، والمرسى ولّات بحال المراية. قال ليا عمّي العربي: اللي ما شاف البحر ساكت، ما عرفوش.",
        ),
      ],
    },
    "ary-Latn": {
      title: "Ster mn lmersa",
      slug: "ster-mn-lmersa",
      standfirst: "",
      body: [
        p(
          "Had ssba7 rri7 n3sat, w lmersa wellat b7al lmraya. Gal liya 3emmi L3erbi: lli ma chaf lb7er saket, ma 3erfouch.",
        ),
      ],
    },
    fr: {
      title: "Une ligne du port",
      slug: "une-ligne-du-port",
      standfirst: "",
      body: [
        p(
          "Ce matin, le vent dormait et le port était un miroir. Ammi Larbi m’a dit : qui n’a pas vu la mer se taire ne la connaît pas.",
        ),
        rule(),
        p("Écrit d’abord en darija : ", darija("«اللي ما شاف البحر ساكت، ما عرفوش»"), "."),
      ],
    },
  },
};

const notebook: DemoPiece = {
  name: "notebook",
  site: "blog",
  kind: "post",
  tags: ["methode", "rumeurs"],
  bylines: ["verification"],
  at: "2026-05-18T13:30:00Z",
  texts: {
    ar: {
      title: "دفتر ليلة طويلة",
      slug: "دفتر-ليلة-طويلة",
      standfirst: "من العاشرة ليلاً إلى التاسعة صباحاً، كيف فكّكنا تسع عشرة ثانية.",
      body: [
        p("22:04. يرنّ الهاتف. أبٌ يسأل: هل صحيح ما جرى للحافلة؟ لا نعرف عمّ يتحدث."),
        p("22:11. المقطع عندنا، من سبعة مصادر، كلها أعادت إرساله. لا أحد صوّره."),
        p("23:40. أول نسخة قديمة. ثم أقدم. نتوقف عن شرب القهوة ونعدّ الثواني: هناك سبع ناقصة."),
        p("02:15. لافتة الملعب. نغلق الحواسيب ونترك الباقي للنهار: لا أحد يوقظ حارس مستودع في الثانية صباحاً."),
        p("08:30. الحافلات في مكانها. الحارس يسأل لماذا نصوّر الزجاج."),
        p("09:30. ننشر. ثم نبدأ من جديد، لأن صورة أخرى وصلت."),
      ],
    },
    fr: {
      title: "Carnet d’une longue nuit",
      slug: "carnet-d-une-longue-nuit",
      standfirst: "De 22 heures à 9 heures du matin, comment on démonte dix-neuf secondes.",
      body: [
        p(
          "22 h 04. Le téléphone. Un père demande si c’est vrai, pour le car. Nous ne savons pas de quoi il parle.",
        ),
        p("22 h 11. Nous avons la vidéo, par sept personnes. Toutes l’ont transférée. Aucune ne l’a filmée."),
        p(
          "23 h 40. Une première copie ancienne, puis une plus ancienne. On pose les cafés, on compte : il manque sept secondes.",
        ),
        p(
          "2 h 15. L’enseigne du stade. On ferme les ordinateurs ; on ne réveille pas un gardien de dépôt à deux heures.",
        ),
        p("8 h 30. Les cars sont là. Le gardien demande pourquoi nous photographions des vitres."),
        p("9 h 30. Nous publions. Et nous recommençons, parce qu’une autre image vient d’arriver."),
      ],
    },
  },
};

export const blog: readonly DemoPiece[] = [pseudonyms, lighthouse, notebook];
