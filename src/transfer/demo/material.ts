/** The demo's citizen media, in every state that checking can be in. Addresses under `.example` lead nowhere, on purpose. */
import type { DemoMaterial } from "./demo.ts";

export const materials: readonly DemoMaterial[] = [
  {
    name: "march-video",
    kind: "video",
    source: "https://video.example/watch/mersa-1705",
    claim: {
      ar: "المسيرة أمام مقرّ بلدية مرسى الريح، الأحد 17 ماي، قرابة السادسة مساءً.",
      fr: "La marche devant la mairie de Mersa Rih, dimanche 17 mai vers 18 heures.",
      en: "The march outside Mersa Rih town hall, Sunday 17 May, around 6 pm.",
    },
    findings: [
      {
        state: "in progress",
        at: "2026-05-17T18:20:00Z",
        note: { ar: "طلبنا الملف الأصلي من المصوّرة.", fr: "Fichier original demandé à l’autrice." },
      },
      {
        state: "verified",
        at: "2026-05-17T19:15:00Z",
        note: {
          ar: "حصلنا على الملف الأصلي. ساعة البلدية وظلّ الصارية يطابقان التوقيت، وتظهر اللافتة نفسها في مقطع ثانٍ صوّره شخص آخر من الجهة المقابلة.",
          fr: "Fichier original obtenu. L’horloge de la mairie et l’ombre du mât correspondent à l’heure indiquée ; la même banderole apparaît sur une seconde vidéo, filmée d’en face par une autre personne.",
          en: "We have the original file. The town hall clock and the shadow of the flagpole fit the time given, and the same banner appears in a second video, shot from across the square by somebody else.",
        },
      },
    ],
  },
  {
    name: "ambulance-photo",
    kind: "photograph",
    source: "https://photos.example/p/48213",
    claim: {
      ar: "سيارة إسعاف مُنعت من المرور خلال المسيرة.",
      fr: "Une ambulance bloquée par la marche.",
      en: "An ambulance held up by the march.",
    },
    findings: [
      {
        state: "in progress",
        at: "2026-05-17T19:20:00Z",
        note: {
          ar: "لم نجد شاهداً رأى الواقعة. نقارن واجهات المحلات في الصورة بشارع المنارة.",
          fr: "Aucun témoin trouvé. Nous comparons les devantures visibles avec celles de l’avenue du Phare.",
          en: "No witness found so far. We are comparing the shop fronts in the picture with those on Lighthouse Avenue.",
        },
      },
    ],
  },
  {
    name: "scuffle-testimony",
    kind: "testimony",
    source: null,
    claim: {
      ar: "مشادّة بين شابّين وحارس موقف السيارات في نهاية المسيرة.",
      fr: "Une altercation entre deux jeunes et un gardien de parking à la fin de la marche.",
      en: "A scuffle between two young men and a car-park attendant as the march ended.",
    },
    findings: [],
  },
  {
    name: "bus-video",
    kind: "video",
    // Not linked: the story says why.
    source: null,
    claim: {
      ar: "هجوم بالحجارة على حافلة مدرسية في مرسى الريح خلال مسيرة الأحد.",
      fr: "Un car scolaire attaqué à coups de pierres à Mersa Rih pendant la marche de dimanche.",
      en: "A school bus attacked with stones in Mersa Rih during Sunday’s march.",
    },
    findings: [
      {
        state: "in progress",
        at: "2026-05-17T21:40:00Z",
        note: { ar: "نبحث عن أول ظهور للمقطع.", fr: "Recherche de la première mise en ligne." },
      },
      {
        state: "false",
        at: "2026-05-18T07:50:00Z",
        note: {
          ar: "المقطع منشور منذ مارس 2024 على الأقل، وصُوّر في مدينة أخرى بعد مباراة. حُذفت منه الثواني التي تظهر فيها لافتة الملعب.",
          fr: "La vidéo circule depuis mars 2024 au moins et a été tournée dans une autre ville, après un match. Les secondes où l’on voit l’enseigne du stade ont été coupées.",
          en: "The video has been online since March 2024 at least and was shot in another town, after a football match. The seconds that show the stadium’s sign were cut out.",
        },
      },
    ],
  },
  {
    name: "bus-voice",
    kind: "audio",
    source: null,
    claim: {
      ar: "رسالة صوتية لأمّ تقول إن ابنها كان في الحافلة.",
      fr: "Message vocal d’une mère disant que son fils était dans le car.",
      en: "A voice message from a mother who says that her son was on the bus.",
    },
    findings: [
      {
        state: "can't be verified",
        at: "2026-05-18T07:55:00Z",
        note: {
          ar: "وصلتنا الرسالة مُعاداً توجيهها عشرات المرات، بلا اسم ولا رقم. لا شيء فيها يحدّد مكاناً أو يوماً.",
          fr: "Transféré des dizaines de fois, sans nom ni numéro. Rien n’y indique un lieu ni un jour.",
          en: "Forwarded dozens of times, with no name and no number. Nothing in it points to a place or a day.",
        },
      },
    ],
  },
  {
    name: "bus-roster",
    kind: "document",
    source: null,
    claim: {
      ar: "جدول خدمة شركة النقل المدرسي ليوم الأحد 17 ماي.",
      fr: "Planning du transporteur scolaire pour le dimanche 17 mai.",
      en: "The school transport company’s roster for Sunday 17 May.",
    },
    findings: [
      {
        state: "verified",
        at: "2026-05-18T07:40:00Z",
        note: {
          ar: "الجدول معلّق في المستودع وصوّرناه هناك صباح الاثنين: لا خدمة يوم الأحد، والحافلات الثلاث في المرآب بزجاج سليم.",
          fr: "Affiché au dépôt, où nous l’avons photographié lundi matin : aucun service le dimanche. Les trois cars y étaient garés, vitres intactes.",
          en: "It hangs in the depot, where we photographed it on Monday morning: no service on Sundays. All three buses were parked there, their windows whole.",
        },
      },
    ],
  },
];
