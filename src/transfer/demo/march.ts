/** The lead: a march for water, told with what is known, what is being checked, and what is not known. */
import type { DemoPiece } from "./demo.ts";
import { darija, darijaLatin, h, list, material, p, quote, to } from "./write.ts";

export const march: DemoPiece = {
  name: "march",
  site: "portal",
  kind: "story",
  section: "rue",
  tags: ["marche", "coupures-d-eau"],
  bylines: ["hajar", "idir"],
  at: "2026-05-17T19:40:00Z",
  texts: {
    ar: {
      title: "مسيرة الأحد في مرسى الريح: «نريد مواعيد، لا وعوداً»",
      slug: "مسيرة-الأحد-من-أجل-الماء",
      standfirst:
        "خرج مئات من سكان الأحياء العليا في مسيرة هادئة إلى مقرّ البلدية بعد اثني عشر يوماً من انقطاع الماء. تحقّقنا من مقطع فيديو، ولا نزال نفحص صورة.",
      body: [
        p(
          "انطلقت المسيرة قرابة الخامسة مساءً من ساحة السانية، وسلكت شارع المنارة قبل أن تتوقّف أمام مقرّ البلدية. أحصى مراسلانا، انطلاقاً من ثلاث صور التُقطت من السطح نفسه في أوقات مختلفة، ما بين ستمئة وسبعمئة شخص، نحو نصفهم من النساء.",
        ),
        p(
          "حمل المشاركون قنانيَ فارغة وقرعوا عليها بالملاعق. وكان أكثر الشعارات تردّداً: ",
          darija("«الما حقّ، ماشي مزيّة»"),
          ".",
        ),
        material("march-video"),
        h("ماذا يطلب السكان"),
        list(
          "جدولاً مكتوباً لساعات ضخّ الماء في كل حيّ، يُنشر قبلها بأسبوع؛",
          "صهاريج مجانية للمدرستين والمركز الصحي ما دام الانقطاع قائماً؛",
          "اجتماعاً علنياً مع وكالة الماء تُنشر محاضره.",
        ),
        quote(
          "لا نطلب المستحيل. نريد أن نعرف متى يأتي الماء لنملأ دلاءنا قبل أن ينقطع.",
          "رحمة، من سكان حيّ السانية",
        ),
        p(
          "استقبل أحد نواب رئيس المجلس البلدي وفداً من خمسة أشخاص. وقال أعضاء الوفد لدى خروجهم إنهم وُعدوا باجتماع يوم الخميس، من دون أي وثيقة مكتوبة. اتصلنا بالبلدية مساء الأحد ولم نتلقَّ رداً حتى ساعة النشر.",
        ),
        h("ما لا نعرفه بعد"),
        p(
          "تداولت صفحات محلية صورة قيل إنها لسيارة إسعاف مُنعت من المرور. لم نجد شاهداً رأى الواقعة، والتحقّق من الصورة جارٍ.",
        ),
        material("ambulance-photo"),
        p(
          "ووصلتنا شهادة مكتوبة عن مشادّة وقعت في نهاية المسيرة. نذكرها لأنها متداولة، ولا نبني عليها شيئاً قبل أن نجد ما يؤكّدها.",
        ),
        material("scuffle-testimony"),
        p(
          "تفرّق الناس بهدوء قبل الثامنة مساءً. أما المقطع الذي انتشر ليلاً عن «هجوم على حافلة» فقد خصّصنا له ",
          to("bus-attack", "تحقيقاً مستقلاً"),
          ".",
        ),
      ],
    },
    fr: {
      title: "À Mersa Rih, une marche pour l’eau : « Des horaires, pas des promesses »",
      slug: "marche-pour-l-eau",
      standfirst:
        "Plusieurs centaines d’habitants des quartiers hauts ont marché dans le calme jusqu’à la mairie, après douze jours de coupures. Une vidéo est vérifiée ; une photo ne l’est pas encore.",
      body: [
        p(
          "Le cortège est parti vers 17 heures de la place de la Sania, a descendu l’avenue du Phare et s’est arrêté devant la mairie. À partir de trois photos prises du même toit à des moments différents, nos deux correspondants ont compté entre six cents et sept cents personnes, dont environ la moitié de femmes.",
        ),
        p(
          "Les marcheurs tapaient à la cuillère sur des bouteilles vides. Le slogan le plus repris : ",
          darija("«الما حقّ، ماشي مزيّة»"),
          ", que les téléphones écrivent ",
          darijaLatin("lma 7e9, machi meziya"),
          " (l’eau est un droit, pas une faveur).",
        ),
        material("march-video"),
        h("Ce que demandent les habitants"),
        list(
          "un calendrier écrit des heures de distribution, quartier par quartier, publié une semaine à l’avance ;",
          "des citernes gratuites pour les deux écoles et le centre de santé tant que durent les coupures ;",
          "une réunion publique avec la régie de l’eau, dont le compte rendu soit publié.",
        ),
        quote(
          "On ne demande pas l’impossible. On veut savoir quand l’eau arrive, pour remplir nos seaux avant qu’elle reparte.",
          "Rahma, habitante de la Sania",
        ),
        p(
          "Un adjoint au maire a reçu une délégation de cinq personnes. À la sortie, celles-ci disent avoir obtenu la promesse d’une réunion jeudi, sans document écrit. Contactée dimanche soir, la mairie n’avait pas répondu à l’heure où nous publions.",
        ),
        h("Ce que nous ne savons pas encore"),
        p(
          "Des pages locales ont diffusé la photo d’une ambulance qui aurait été bloquée. Nous n’avons trouvé personne qui ait vu la scène ; la vérification est en cours.",
        ),
        material("ambulance-photo"),
        p(
          "Un témoignage écrit nous est aussi parvenu sur une altercation en fin de cortège. Nous le mentionnons parce qu’il circule ; nous n’en tirons rien tant que rien ne le confirme.",
        ),
        material("scuffle-testimony"),
        p(
          "La foule s’est dispersée dans le calme avant 20 heures. Quant à la vidéo d’un « car attaqué » apparue dans la nuit, nous lui consacrons ",
          to("bus-attack", "un article à part"),
          ".",
        ),
      ],
    },
    en: {
      title: "In Mersa Rih, a march for water: “Times, not promises”",
      slug: "march-for-water",
      standfirst:
        "Several hundred people from the upper districts walked quietly to the town hall after twelve days of cuts. One video is verified; one photograph is not, so far.",
      body: [
        p(
          "The march set out from Sania square at about 5 pm, went down Lighthouse Avenue and stopped in front of the town hall. From three photographs taken from one roof at different times, our two reporters counted between six and seven hundred people, about half of them women.",
        ),
        p(
          "People beat empty bottles with spoons. The chant heard most was ",
          darija("«الما حقّ، ماشي مزيّة»"),
          ": water is a right, not a favour.",
        ),
        material("march-video"),
        h("What they ask for"),
        list(
          "a written timetable of supply for each district, published a week ahead;",
          "free water tankers for the two schools and the health centre for as long as the cuts last;",
          "a public meeting with the water board, with minutes that are published.",
        ),
        quote(
          "We are not asking for the impossible. We want to know when the water comes, so that we can fill our buckets before it goes.",
          "Rahma, who lives in the Sania",
        ),
        p(
          "A deputy mayor received five delegates. They say that they were promised a meeting on Thursday, with nothing in writing. The town hall, asked on Sunday evening, had not replied by the time we published.",
        ),
        h("What we do not know yet"),
        p(
          "Local pages spread a photograph of an ambulance said to have been held up. We have found nobody who saw it, and are still checking.",
        ),
        material("ambulance-photo"),
        p(
          "The crowd went home quietly before 8 pm. The video of a “bus under attack” that appeared overnight has ",
          to("bus-attack", "a story of its own"),
          ".",
        ),
      ],
    },
  },
  corrections: [
    {
      kind: "update",
      at: "2026-05-18T08:40:00Z",
      note: {
        ar: "أضفنا رابطاً إلى تحقيقنا في المقطع الذي انتشر ليلاً.",
        fr: "Ajout d’un lien vers notre vérification de la vidéo apparue dans la nuit.",
        en: "We added a link to our check of the video that appeared overnight.",
      },
    },
  ],
};
