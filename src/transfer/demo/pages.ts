/** What stays: a dossier that gathers the stories on water, and the pages that say who we are. */
import type { DemoPiece } from "./demo.ts";
import { h, list, p, strong, to } from "./write.ts";

const dossier: DemoPiece = {
  name: "dossier",
  site: "portal",
  kind: "dossier",
  section: "eau",
  tags: ["coupures-d-eau"],
  bylines: ["redaction"],
  at: "2026-05-13T18:30:00Z",
  texts: {
    ar: {
      title: "عطش مرسى الريح: كل ما نشرناه عن الماء",
      slug: "عطش-مرسى-الريح",
      standfirst: "نجمع هنا ما تحقّقنا منه، وما صحّحناه، وما لا نزال نجهله. تُحدَّث هذه الصفحة كلما جدّ جديد.",
      body: [
        h("للبداية"),
        list(
          to("water-cuts", "من يملأ خزّانه ومن ينتظر؟ أجوبة 212 أسرة"),
          to("water-bill", "كيف تُقرأ فاتورة الماء، سطراً سطراً (صُحّح)"),
        ),
        h("في الشارع"),
        list(
          to("march", "مسيرة الأحد: «نريد مواعيد، لا وعوداً»"),
          to("bus-attack", "لا، لم تُهاجَم أي حافلة مدرسية"),
        ),
        h("أسئلة بلا جواب"),
        list(
          "كم مضخّة تعمل اليوم في الوادي؟ سألنا وكالة الماء في 9 و13 ماي.",
          "متى تُفتح صفقة الخزّان الجديد؟ السطر موجود في ميزانية السنة الماضية أيضاً.",
        ),
      ],
    },
    fr: {
      title: "Mersa Rih a soif : tout ce que nous avons publié sur l’eau",
      slug: "mersa-rih-a-soif",
      standfirst:
        "Ce que nous avons vérifié, ce que nous avons corrigé, ce que nous ne savons toujours pas. Cette page est tenue à jour.",
      body: [
        h("Pour commencer"),
        list(
          to("water-cuts", "Qui remplit sa citerne, qui attend : les réponses de 212 foyers"),
          to("water-bill", "Comment lire sa facture d’eau, ligne par ligne (corrigé)"),
        ),
        h("Dans la rue"),
        list(
          to("march", "La marche de dimanche : « Des horaires, pas des promesses »"),
          to("bus-attack", "Non, aucun car scolaire n’a été attaqué"),
        ),
        h("Questions sans réponse"),
        list(
          "Combien de pompes tournent aujourd’hui dans l’oued ? Question posée à la régie les 9 et 13 mai.",
          "Quand sera ouvert le marché du nouveau réservoir ? La ligne figurait déjà au budget de l’an dernier.",
        ),
      ],
    },
  },
  corrections: [
    {
      kind: "update",
      at: "2026-05-18T09:00:00Z",
      note: {
        ar: "أُضيفت مسيرة الأحد والتحقيق في مقطع الحافلة.",
        fr: "Ajout de la marche de dimanche et de notre vérification de la vidéo du car.",
      },
    },
  ],
};

const about: DemoPiece = {
  name: "about",
  site: "portal",
  kind: "page",
  at: "2026-01-05T09:00:00Z",
  texts: {
    ar: {
      title: "من نحن",
      slug: "من-نحن",
      standfirst: "",
      body: [
        p(
          strong("هذه غرفة أخبار للتجربة."),
          " مرسى الريح مدينة لا وجود لها، وكل من يظهر في نصوصها من نسج الخيال. كُتبت لنرى كيف تبدو صحيفة مواطنين حقيقية بالعربية والفرنسية والإنجليزية.",
        ),
        p(
          "لو كانت حقيقية لقلنا هنا: نحن متطوّعون من سكان المدينة. ننشر ما يصوّره الناس ويكتبونه بعد التحقّق منه، ونقول في كل مرة ماذا نعرف وكيف عرفناه وماذا ينقصنا.",
        ),
        h("قواعدنا"),
        list(
          "لا ننشر ما قد يعرّض صاحبه للخطر، ولو كان صحيحاً.",
          "نوقّع بأسماء مستعارة، ونتحمّل مسؤولية ما ننشره جماعةً.",
          "إذا أخطأنا صحّحنا علناً، مع التاريخ، وفي أعلى النص.",
          "لا نطلب من القارئ اسماً ولا بريداً، ولا نعرف من يقرأ.",
        ),
      ],
    },
    fr: {
      title: "Qui nous sommes",
      slug: "qui-nous-sommes",
      standfirst: "",
      body: [
        p(
          strong("Cette rédaction est une démonstration."),
          " Mersa Rih n’existe pas et tous ceux qu’on y croise sont inventés. Ces textes montrent à quoi ressemble un média citoyen en arabe, en français et en anglais.",
        ),
        p(
          "S’il existait, on lirait ici : nous sommes des bénévoles, habitants de la ville. Nous publions ce que les gens filment et écrivent après l’avoir vérifié, en disant chaque fois ce que nous savons, comment, et ce qui manque.",
        ),
        h("Nos règles"),
        list(
          "Nous ne publions rien qui mette quelqu’un en danger, même si c’est vrai.",
          "Nous signons de pseudonymes et répondons ensemble de ce que nous publions.",
          "Quand nous nous trompons, nous corrigeons en public, avec la date, en tête du texte.",
          "Nous ne demandons au lecteur ni nom ni adresse, et nous ne savons pas qui lit.",
        ),
      ],
    },
    en: {
      title: "Who we are",
      slug: "about",
      standfirst: "",
      body: [
        p(
          strong("This newsroom is a demonstration."),
          " There is no town called Mersa Rih, and everybody in it is invented. The texts are here to show what citizen media look like in Arabic, French and English.",
        ),
        p(
          "If it were real, this page would say: we are volunteers who live in the town. We publish what people film and write once we have checked it, and say each time what we know, how we know it, and what is missing.",
        ),
        h("Our rules"),
        list(
          "We publish nothing that puts somebody in danger, even when it is true.",
          "We sign with pseudonyms and answer together for what we publish.",
          "When we are wrong we say so in public, with the date, at the top of the text.",
          "We ask readers for no name and no address, and do not know who reads.",
        ),
      ],
    },
  },
};

export const pages: readonly DemoPiece[] = [dossier, about];
