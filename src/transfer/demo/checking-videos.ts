/** The explainer: how to check a video before passing it on. */
import type { DemoPiece } from "./demo.ts";
import { h, list, p, steps, strong } from "./write.ts";

export const checkingVideos: DemoPiece = {
  name: "checking-videos",
  site: "portal",
  kind: "story",
  section: "verification",
  tags: ["methode", "video"],
  bylines: ["verification"],
  at: "2026-05-14T10:00:00Z",
  texts: {
    ar: {
      title: "وصلك فيديو؟ سبع خطوات قبل أن تعيد إرساله",
      slug: "سبع-خطوات-قبل-إعادة-الإرسال",
      standfirst: "لا تحتاج إلى برامج خاصة: هاتف، وربع ساعة، وشيء من الشك. هكذا تعمل خليّة التحقّق عندنا.",
      body: [
        steps(
          "احفظ نسخة، ودوّن متى وصلتك ومن أين. قد يُحذف الأصل بعد ساعة.",
          "شاهده مرة بلا صوت، ثم استمع إليه بلا صورة. ما تراه وما تسمعه قد لا يكونان من المكان نفسه.",
          "التقط صوراً ثابتة من لحظات مختلفة وابحث عنها في أكثر من محرّك بحث. ما تريده هو أقدم نسخة، لا أكثرها انتشاراً.",
          "ابحث عن المكان: لافتة، مئذنة، منعطف، لون سيارات الأجرة. قارنه بصور الأقمار الصناعية والشوارع.",
          "ابحث عن الوقت: الظلال، والطقس، وساعة على جدار، وملصق لمناسبة معروفة.",
          "اسأل من صوّر. من كان هناك يستطيع أن يرسل الملف الأصلي، أو لقطة قبله ولقطة بعده.",
          "اسأل من يعارض الرواية أيضاً، لا من يؤكدها فقط.",
        ),
        h("ماذا تعني كلماتنا"),
        list(
          "«غير متحقَّق منه»: وصلنا ولم نفحصه بعد.",
          "«قيد التحقّق»: نعمل عليه، ونقول ماذا ينقصنا.",
          "«متحقَّق منه»: مصدران مستقلان على الأقل، أو الملف الأصلي وما يسنده.",
          "«كاذب»: عندنا ما يناقضه.",
          "«تعذّر التحقّق منه»: بحثنا ولم نصل. قد يكون صحيحاً، ولن نتظاهر بأننا نعلم.",
        ),
        p(
          strong("قبل كل شيء: لا تعرّض أحداً للخطر."),
          " إذا ظهر في المقطع وجه أو باب بيت أو صوت يُعرف به صاحبه، فلا تنشره، حتى لو كان صحيحاً.",
        ),
      ],
    },
    fr: {
      title: "Vous avez reçu une vidéo ? Sept gestes avant de la transférer",
      slug: "sept-gestes-avant-de-transferer",
      standfirst:
        "Pas besoin de logiciel : un téléphone, un quart d’heure et un peu de doute. C’est ainsi que travaille notre cellule vérification.",
      body: [
        steps(
          "Gardez une copie et notez quand et par qui elle vous est arrivée. L’original aura peut-être disparu dans une heure.",
          "Regardez une fois sans le son, puis écoutez sans l’image. Les deux ne viennent pas toujours du même endroit.",
          "Faites des captures à plusieurs moments et cherchez-les dans plus d’un moteur. Ce qui compte est la plus ancienne copie, pas la plus vue.",
          "Cherchez le lieu : une enseigne, un minaret, un virage, la couleur des taxis. Comparez avec les vues aériennes et les photos de rue.",
          "Cherchez l’heure : les ombres, la météo, une horloge, l’affiche d’un événement connu.",
          "Demandez qui a filmé. Qui était là peut envoyer le fichier original, ou le plan d’avant et celui d’après.",
          "Interrogez aussi ceux qui contredisent le récit, et pas seulement ceux qui le confirment.",
        ),
        h("Ce que nos mots veulent dire"),
        list(
          "« Non vérifié » : reçu, pas encore examiné.",
          "« En cours » : nous y travaillons et disons ce qui manque.",
          "« Vérifié » : deux sources indépendantes au moins, ou le fichier original et de quoi l’appuyer.",
          "« Faux » : nous avons de quoi le contredire.",
          "« Invérifiable » : nous avons cherché sans aboutir. C’est peut-être vrai ; nous ne ferons pas semblant de le savoir.",
        ),
        p(
          strong("Avant tout, ne mettez personne en danger."),
          " Un visage, une porte, une voix reconnaissable : ne publiez pas, même si tout est exact.",
        ),
      ],
    },
    en: {
      title: "Somebody sent you a video? Seven steps before you pass it on",
      slug: "seven-steps-before-you-pass-it-on",
      standfirst:
        "No special software: a phone, a quarter of an hour and some doubt. This is how our verification desk works.",
      body: [
        steps(
          "Keep a copy, and note when and from whom it came. The original may be gone in an hour.",
          "Watch it once without sound, then listen without the picture. They need not come from the same place.",
          "Take stills from several moments and search for them with more than one engine. You want the oldest copy, not the most popular one.",
          "Look for the place: a sign, a minaret, a bend in the road, the colour of the taxis. Compare it with aerial and street views.",
          "Look for the time: shadows, weather, a clock on a wall, a poster for something that has a date.",
          "Ask who filmed it. Whoever was there can send the original file, or the shots before and after.",
          "Ask those who contradict the story as well, not only those who confirm it.",
        ),
        p(
          strong("Above all, put nobody in danger."),
          " If it shows a face, a front door or a voice that can be recognised, do not publish it, even when it is true.",
        ),
      ],
    },
  },
};
