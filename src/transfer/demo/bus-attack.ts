/** The refutation: an attack that never happened, taken apart piece by piece. */
import type { DemoPiece } from "./demo.ts";
import { h, material, p, steps, strong, to } from "./write.ts";

export const busAttack: DemoPiece = {
  name: "bus-attack",
  site: "portal",
  kind: "story",
  section: "verification",
  tags: ["rumeurs", "video", "marche"],
  bylines: ["verification"],
  at: "2026-05-18T08:30:00Z",
  texts: {
    ar: {
      title: "لا، لم تُهاجَم أي حافلة مدرسية خلال مسيرة الأحد",
      slug: "لم-تهاجم-أي-حافلة-مدرسية",
      standfirst:
        "مقطع من تسع عشرة ثانية شوهد آلاف المرات ليلة الأحد. عمره سنتان على الأقل، وصُوّر في مدينة أخرى. هكذا توصّلنا إلى ذلك.",
      body: [
        p(
          "ظهر المقطع على هواتف أهل مرسى الريح قرابة العاشرة ليلاً، بعد ساعتين من نهاية ",
          to("march", "المسيرة"),
          ". نرى فيه حافلة صفراء وزجاجاً يتحطّم، ونسمع صراخاً. ومعه جملة واحدة: «هذا ما فعلوه بأولادنا».",
        ),
        material("bus-video"),
        h("ما الذي فحصناه"),
        steps(
          "قطّعنا الفيديو إلى صور وبحثنا عن كلٍّ منها: أقدم نسخة عثرنا عليها نُشرت في مارس 2024، وهي أطول بسبع ثوانٍ.",
          "في الثواني المحذوفة تظهر لافتة ملعب. لا ملعب في مرسى الريح.",
          "لوحة رقم الحافلة تبدأ برمز لا يُستعمل في منطقتنا.",
          "الظلال قصيرة والسماء صافية؛ وقد كانت السماء غائمة عندنا يوم الأحد منذ الظهر.",
        ),
        p(
          strong("ولم تكن هناك حافلة أصلاً."),
          " النقل المدرسي لا يعمل يوم الأحد. زرنا المستودع صباح الاثنين: الحافلات الثلاث في مكانها وزجاجها سليم.",
        ),
        material("bus-roster"),
        h("والرسالة الصوتية؟"),
        p(
          "رافقت المقطع رسالة صوتية لامرأة تبكي. قد تكون صادقة في شيء آخر، في مكان آخر. لا نستطيع أن نقول أكثر من ذلك.",
        ),
        material("bus-voice"),
        h("لماذا ننشر هذا"),
        p(
          "اتصل بنا مساء الأحد ثلاثة آباء لا يعرفون أين أبناؤهم. كان الأبناء في بيوتهم. حين تصلكم صورة تخيفكم، فالخوف هو ما تراهن عليه. توقّفوا دقيقة، واسألوا: من صوّر؟ وأين؟ ومتى؟ وقد شرحنا الخطوات في ",
          to("checking-videos", "دليلنا القصير"),
          ".",
        ),
        p("لا نعيد هنا نشر المقطع ولا رابطه المباشر في النص، ولا نسمّي من أعاد نشره: كثيرون صدّقوه بحسن نيّة."),
      ],
    },
    fr: {
      title: "Non, aucun car scolaire n’a été attaqué pendant la marche de dimanche",
      slug: "aucun-car-scolaire-attaque",
      standfirst:
        "Une vidéo de dix-neuf secondes a été vue des milliers de fois dans la nuit. Elle a au moins deux ans et vient d’une autre ville. Voici comment nous l’avons établi.",
      body: [
        p(
          "Elle est apparue sur les téléphones de Mersa Rih vers 22 heures, deux heures après la fin de ",
          to("march", "la marche"),
          ". On y voit un car jaune, une vitre qui éclate ; on entend crier. Une seule phrase l’accompagne : « Voilà ce qu’ils ont fait à nos enfants. »",
        ),
        material("bus-video"),
        h("Ce que nous avons examiné"),
        steps(
          "Nous avons découpé la vidéo en images et cherché chacune d’elles : la plus ancienne copie retrouvée date de mars 2024 et dure sept secondes de plus.",
          "Dans les secondes coupées, on lit l’enseigne d’un stade. Mersa Rih n’a pas de stade.",
          "La plaque du car commence par un code qui n’est pas celui de notre région.",
          "Les ombres sont courtes et le ciel dégagé ; dimanche, il était couvert ici depuis midi.",
        ),
        p(
          strong("Et il n’y avait pas de car."),
          " Le transport scolaire ne roule pas le dimanche. Lundi matin, au dépôt, les trois véhicules étaient à leur place, vitres intactes.",
        ),
        material("bus-roster"),
        h("Et le message vocal ?"),
        p(
          "Avec la vidéo circule le message d’une femme en pleurs. Elle dit peut-être vrai, sur autre chose, ailleurs. Nous ne pouvons rien dire de plus.",
        ),
        material("bus-voice"),
        h("Pourquoi nous publions cela"),
        p(
          "Dimanche soir, trois parents nous ont appelés sans savoir où étaient leurs enfants. Ils étaient à la maison. Quand une image vous fait peur, c’est sur votre peur qu’elle compte. Attendez une minute : qui a filmé, où, quand ? Les gestes utiles sont dans ",
          to("checking-videos", "notre petit guide"),
          ".",
        ),
        p(
          "Nous ne remettons pas la vidéo en circulation et ne nommons pas ceux qui l’ont relayée : beaucoup y ont cru de bonne foi.",
        ),
      ],
    },
    en: {
      title: "No, no school bus was attacked during Sunday’s march",
      slug: "no-school-bus-was-attacked",
      standfirst:
        "A nineteen-second video was seen thousands of times overnight. It is at least two years old and comes from another town. This is how we know.",
      body: [
        p(
          "It reached phones in Mersa Rih at about 10 pm, two hours after ",
          to("march", "the march"),
          " had ended: a yellow bus, a window breaking, people screaming, and one sentence, “This is what they did to our children.”",
        ),
        material("bus-video"),
        h("What we looked at"),
        steps(
          "We cut the video into stills and searched for each. The oldest copy that we found is from March 2024, and seven seconds longer.",
          "In the missing seconds one can read the sign of a stadium. Mersa Rih has no stadium.",
          "The number plate begins with a code that is not our region’s.",
          "The shadows are short and the sky is clear. Here it had been overcast since noon on Sunday.",
        ),
        p(
          strong("And there was no bus."),
          " School transport does not run on Sundays. On Monday morning all three buses stood in the depot with their windows whole.",
        ),
        material("bus-roster"),
        material("bus-voice"),
        p(
          "On Sunday evening three parents rang us because they did not know where their children were. They were at home. If a picture frightens you, your fear is what it is after. Wait a minute and ask who filmed it, where and when: ",
          to("checking-videos", "our short guide"),
          " says how.",
        ),
      ],
    },
  },
};
