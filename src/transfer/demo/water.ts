/** The water cuts: who has how much, and a bill explained with a correction to it. */
import type { DemoPiece } from "./demo.ts";
import { h, p, quote, table, to } from "./write.ts";

const waterCuts: DemoPiece = {
  name: "water-cuts",
  site: "portal",
  kind: "story",
  section: "eau",
  tags: ["coupures-d-eau"],
  bylines: ["naoufal"],
  at: "2026-05-13T17:00:00Z",
  texts: {
    ar: {
      title: "اليوم الثامن بلا ماء: من يملأ خزّانه ومن ينتظر؟",
      slug: "اليوم-الثامن-بلا-ماء",
      standfirst:
        "جمعنا أجوبة 212 أسرة في خمسة أحياء خلال أربعة أيام. بين أسفل المدينة وأعلاها، يتضاعف الفرق سبع مرات.",
      body: [
        p(
          "في حيّ الميناء يأتي الماء كل صباح. على بعد كيلومتر ونصف صعوداً، في السانية، لم يسِل الصنبور منذ مساء الثلاثاء إلا ساعة واحدة، بعد منتصف الليل.",
        ),
        table(
          ["الحيّ", "أسر أجابت", "ساعات الماء في اليوم"],
          ["الميناء", "48", "7"],
          ["السوق القديم", "41", "5"],
          ["المنارة", "52", "3"],
          ["الدرب الجديد", "33", "2"],
          ["السانية", "38", "1"],
        ),
        p(
          "ليست هذه إحصاءات رسمية. طرق متطوّعونا الأبواب في أوقات مختلفة وسألوا السؤال نفسه: كم ساعة سال الماء أمس؟ والأرقام معدّل أربعة أيام. ننشر الجدول الخام لمن أراد مراجعته متى حذفنا منه ما يدلّ على البيوت.",
        ),
        quote("أنام بالتناوب مع زوجي. من يسمع الصنبور أولاً يوقظ الآخر.", "سيدة من السانية، أم لثلاثة أطفال"),
        h("ماذا تقول وكالة الماء"),
        p(
          "في بلاغ من خمسة أسطر نُشر يوم السبت، تعزو الوكالة الانقطاع إلى «عطب في مضخّة الوادي» من دون ذكر أجل لإصلاحه. سألناها كتابةً عن عدد المضخّات العاملة وعن ساعات الضخّ لكل حيّ، وسننشر جوابها كاملاً حين يصل.",
        ),
      ],
    },
    fr: {
      title: "Huitième jour sans eau : qui remplit sa citerne, qui attend",
      slug: "huitieme-jour-sans-eau",
      standfirst:
        "Nous avons recueilli les réponses de 212 foyers dans cinq quartiers, quatre jours durant. Du bas au haut de la ville, l’écart va de un à sept.",
      body: [
        p(
          "Au port, l’eau arrive chaque matin. Un kilomètre et demi plus haut, à la Sania, le robinet n’a coulé qu’une heure depuis mardi soir, après minuit.",
        ),
        table(
          ["Quartier", "Foyers interrogés", "Heures d’eau par jour"],
          ["Le port", "48", "7"],
          ["Le vieux souk", "41", "5"],
          ["Le Phare", "52", "3"],
          ["Derb Jdid", "33", "2"],
          ["La Sania", "38", "1"],
        ),
        p(
          "Ce ne sont pas des statistiques officielles. Nos bénévoles ont frappé aux portes à des heures différentes et posé la même question : combien d’heures l’eau a-t-elle coulé hier ? Les chiffres sont des moyennes sur quatre jours. Le tableau brut sera publié une fois retiré ce qui désignerait une maison.",
        ),
        quote(
          "Mon mari et moi dormons à tour de rôle. Le premier qui entend le robinet réveille l’autre.",
          "Une habitante de la Sania, mère de trois enfants",
        ),
        h("Ce que dit la régie"),
        p(
          "Dans un communiqué de cinq lignes publié samedi, la régie de l’eau invoque « une panne de la pompe de l’oued », sans donner de délai. Nous lui avons demandé par écrit combien de pompes tournent et quelles sont les heures de distribution par quartier ; sa réponse sera publiée en entier.",
        ),
      ],
    },
  },
};

const waterBill: DemoPiece = {
  name: "water-bill",
  site: "portal",
  kind: "story",
  section: "eau",
  tags: ["budget"],
  bylines: ["naoufal"],
  at: "2026-05-08T11:00:00Z",
  texts: {
    ar: {
      title: "كيف تُقرأ فاتورة الماء، سطراً سطراً",
      slug: "كيف-تقرأ-فاتورة-الماء",
      standfirst: "ثلاثة أشطر، ورسم ثابت، وضريبة: ما الذي ندفعه حين لا يسيل شيء؟",
      body: [
        p(
          "في أعلى الفاتورة رسم ثابت قدره 14 درهماً في الشهر، يُدفع سواء جاء الماء أم لم يأتِ. هو السطر الذي يثير أكثر الأسئلة هذه الأيام.",
        ),
        p(
          "ثم يأتي الاستهلاك مقسّماً إلى أشطر: الستة أمتار المكعبة الأولى بثمن، وما بين ستة واثني عشر بثمن أعلى، وما فوق اثني عشر بضعف ثمن الشطر الأول.",
        ),
        table(
          ["الشطر", "الكمية في الشهر", "ثمن المتر المكعب"],
          ["الأول", "من 0 إلى 6 م³", "3,10 دراهم"],
          ["الثاني", "من 6 إلى 12 م³", "4,60 دراهم"],
          ["الثالث", "أكثر من 12 م³", "6,20 دراهم"],
        ),
        p(
          "حين ينقطع الماء أسبوعاً ثم يعود، تملأ الأسر كل ما عندها دفعة واحدة. لا يغيّر ذلك شيئاً في الفاتورة، لأن الشطر يُحسب على الشهر لا على اليوم. أما ",
          to("water-cuts", "من ينتظر الماء ليلاً"),
          " فيدفع الرسم الثابت نفسه.",
        ),
      ],
    },
    fr: {
      title: "Comment lire sa facture d’eau, ligne par ligne",
      slug: "lire-sa-facture-d-eau",
      standfirst: "Trois tranches, une redevance fixe, une taxe : que paie-t-on quand rien ne coule ?",
      body: [
        p(
          "En haut de la facture, une redevance fixe de 14 dirhams par mois, due que l’eau vienne ou non. C’est la ligne qui suscite le plus de questions ces jours-ci.",
        ),
        p(
          "Vient ensuite la consommation, par tranches : les six premiers mètres cubes à un prix, de six à douze à un prix plus élevé, et au-delà le double du premier.",
        ),
        table(
          ["Tranche", "Volume par mois", "Prix du mètre cube"],
          ["Première", "de 0 à 6 m³", "3,10 dirhams"],
          ["Deuxième", "de 6 à 12 m³", "4,60 dirhams"],
          ["Troisième", "plus de 12 m³", "6,20 dirhams"],
        ),
        p(
          "Quand l’eau manque une semaine puis revient, chacun remplit tout ce qu’il peut d’un coup. Cela ne change rien à la facture : la tranche se calcule au mois, pas au jour. Quant à ",
          to("water-cuts", "ceux qui attendent l’eau la nuit"),
          ", ils paient la même redevance.",
        ),
      ],
    },
  },
  corrections: [
    {
      kind: "correction",
      at: "2026-05-10T08:15:00Z",
      note: {
        ar: "ذكرنا في نسخة أولى أن ثمن الشطر الثالث 9,30 دراهم. الصحيح 6,20 دراهم، أي ضعف الشطر الأول لا ثلاثة أضعافه. شكراً للقارئ الذي أرسل إلينا فاتورته.",
        fr: "Une première version donnait 9,30 dirhams pour la troisième tranche. C’est 6,20 dirhams, soit le double de la première et non le triple. Merci au lecteur qui nous a envoyé sa facture.",
      },
    },
    {
      kind: "update",
      at: "2026-05-12T16:00:00Z",
      note: {
        ar: "أكّدت وكالة الماء كتابةً الأثمان الواردة في الجدول.",
        fr: "La régie de l’eau a confirmé par écrit les prix du tableau.",
      },
    },
  ],
};

export const water: readonly DemoPiece[] = [waterCuts, waterBill];
