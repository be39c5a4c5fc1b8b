/** A small newsroom with a bit of everything that a page can show, in Arabic, French and English. Its events are invented. */
import type { Block } from "../../src/pieces/body.ts";
import type { Piece, Text } from "../../src/pieces/piece.ts";
import { bodyOf, createModel, type Model } from "./model.ts";

type Language = Text["language"];
type Words = readonly [title: string, standfirst: string, ...paragraphs: string[]];

export interface StoryPlan {
  readonly site?: Piece["site"];
  readonly kind?: Piece["kind"];
  readonly section?: string;
  readonly tags?: readonly string[];
  readonly bylines?: readonly string[];
  /** Hours before the model's start. */
  readonly hoursAgo: number;
  readonly words: Readonly<Partial<Record<Language, Words>>>;
  /** After the first paragraph. */
  readonly blocks?: readonly Block[];
}

const hourMs = 3_600_000;

/** Ids of the texts by language. */
export function publishStory(model: Model, plan: StoryPlan): Map<Language, string> {
  const { piece } = model.pieces.addPiece({
    site: plan.site ?? "portal",
    kind: plan.kind ?? "story",
    section: plan.section ?? null,
    tags: plan.tags ?? [],
    bylines: plan.bylines ?? [],
  });
  const at = new Date(model.clock.nowMs() - plan.hoursAgo * hourMs).toISOString();
  const texts = new Map<Language, string>();
  for (const [language, words] of Object.entries(plan.words) as [Language, Words][]) {
    const [title, standfirst, ...paragraphs] = words;
    const [first, ...rest] = paragraphs.map(paragraph);
    const body = bodyOf(...(first === undefined ? [] : [first]), ...(plan.blocks ?? []), ...rest);
    const content = { title, standfirst, body };
    const { text } = model.pieces.addText({ pieceId: piece.id, language, content, workflow: "ready" });
    const result = model.pieces.publish(text.id, at);
    if (result.outcome !== "done") throw new Error(`publishing "${title}": ${result.reason}`);
    texts.set(language, text.id);
  }
  return texts;
}

function paragraph(text: string, at: number): Block {
  return { type: "paragraph", attrs: { id: `p${at}` }, content: [{ type: "text", text }] };
}

/** Everything that a body can hold, once. */
function everyBlock(material: readonly string[]): Block[] {
  const plain = (text: string): Block => ({
    type: "paragraph",
    attrs: { id: "plain", lang: "fr" },
    content: [{ type: "text", text }],
  });
  return [
    ...material.map((id, at): Block => ({ type: "material", attrs: { id: `m${at}`, material: id } })),
    {
      type: "heading",
      attrs: { id: "h1", level: 3, lang: "fr" },
      content: [{ type: "text", text: "14:05 — Bab el Had" }],
    },
    {
      type: "paragraph",
      attrs: { id: "marks", lang: "fr" },
      content: [
        { type: "text", text: "Un témoin raconte : « " },
        { type: "text", text: "on ne reculera pas", marks: [{ type: "bold" }, { type: "italic" }] },
        { type: "text", text: " », et ajoute en arabe : " },
        {
          type: "text",
          text: "«سلمية، سلمية»",
          marks: [{ type: "language", attrs: { lang: "ar" } }],
        },
        { type: "text", text: ". " },
        {
          type: "text",
          text: "Le carnet de ",
          marks: [{ type: "link", attrs: { href: "https://example.org/carnet" } }],
        },
        {
          type: "text",
          text: "bord",
          marks: [{ type: "bold" }, { type: "link", attrs: { href: "https://example.org/carnet" } }],
        },
        { type: "hardBreak" },
        { type: "text", text: "kasbah status", marks: [{ type: "code" }] },
      ],
    },
    {
      type: "blockquote",
      attrs: { id: "q", lang: "fr" },
      content: [plain("Plus ils nous attaquent, plus nous apprenons.")],
    },
    {
      type: "bulletList",
      attrs: { id: "ul", lang: "fr" },
      content: [
        { type: "listItem", content: [plain("Rabat : 14 h, Bab el Had")] },
        { type: "listItem", content: [plain("Casablanca : 16 h, Derb Sultan")] },
        {
          type: "listItem",
          content: [
            plain("Tanger"),
            {
              type: "orderedList",
              attrs: { id: "ol", start: 3 },
              content: [{ type: "listItem", content: [plain("Beni Makada")] }],
            },
          ],
        },
      ],
    },
    {
      type: "image",
      attrs: {
        id: "img",
        source: "https://media.example.org/2011/07/marche.jpg",
        alt: "La foule devant la gare, vue d’un balcon",
        caption: "Rabat, dimanche. Photographie d’un lecteur.",
      },
    },
    {
      type: "table",
      attrs: { id: "t", lang: "fr" },
      content: [
        {
          type: "tableRow",
          content: ["Ville", "Organisateurs", "Autorités"].map((text) => ({
            type: "tableHeader",
            content: [plain(text)],
          })),
        },
        {
          type: "tableRow",
          content: ["Rabat", "10 000", "1 200"].map((text) => ({
            type: "tableCell",
            content: [plain(text)],
          })),
        },
      ],
    },
    { type: "horizontalRule", attrs: { id: "hr" } },
    {
      type: "codeBlock",
      attrs: { id: "code" },
      content: [{ type: "text", text: "GET /ar/ HTTP/1.1\nHost: example.org" }],
    },
  ];
}

export interface Newsroom {
  readonly model: Model;
  /** Ids of the story that holds every kind of block, by language. */
  readonly live: ReadonlyMap<Language, string>;
}

export function createNewsroom(): Newsroom {
  const model = createModel();
  const { pieces, people } = model;
  for (const [slug, ar, fr, en] of [
    ["rue", "الشارع", "La rue", "The street"],
    ["droits", "حقوق", "Droits", "Rights"],
    ["economie", "اقتصاد", "Économie", "Economy"],
    ["culture", "ثقافة", "Culture", "Culture"],
  ] as const) {
    pieces.addSection({ site: "portal", slug, names: { ar, fr, en } });
  }
  for (const site of ["portal", "blog"] as const) {
    pieces.addTag({ site, slug: "20-fevrier", names: { ar: "20 فبراير", fr: "20-Février" } });
    pieces.addTag({ site, slug: "مسيرات", names: { ar: "مسيرات", fr: "Marches", en: "Marches" } });
  }
  const byline = (slug: string, ar: string, fr: string): string =>
    people.addByline({ slug, names: { ar, fr } }).byline.id;
  const [sara, yassine] = [
    byline("sara-t", "سارة ت.", "Sara T."),
    byline("yassine-b", "ياسين ب.", "Yassine B."),
  ];
  publishOlder(model, [sara, yassine]);
  const live = publishLive(model, [sara, yassine]);
  publishBlog(model, [sara]);
  return { model, live };
}

/** The story of the day, in three languages, with two videos: one refuted, one open. */
function publishLive(model: Model, bylines: readonly string[]): Map<Language, string> {
  const { material, pieces } = model;
  const refuted = material.addMaterial({
    kind: "video",
    source: "https://video.example.org/watch/7f3a",
    claim: {
      ar: "هجوم قوات الأمن على المتظاهرين في باب الأحد صباح الأحد",
      fr: "Une charge contre les manifestants à Bab el Had dimanche matin",
    },
  }).material;
  const open = material.addMaterial({
    kind: "photograph",
    source: null,
    claim: { ar: "جرحى أمام محطة القطار", fr: "Des blessés devant la gare" },
  }).material;
  material.addFinding(refuted.id, {
    state: "false",
    at: "2011-07-31T13:20:00.000Z",
    note: {
      ar: "صُوّر المقطع في مدينة أخرى سنة 2009: واجهة المحلات ولوحات السيارات تدل على ذلك، ونشره صاحبه يومها.",
      fr: "La séquence a été filmée dans une autre ville en 2009 : les devantures et les plaques le montrent, et son auteur l’avait publiée alors.",
    },
  });
  material.addFinding(open.id, { state: "in progress", at: "2011-07-31T13:40:00.000Z", note: {} });
  const live = publishStory(model, {
    section: "rue",
    tags: ["20-fevrier", "مسيرات"],
    bylines,
    hoursAgo: 1,
    blocks: everyBlock([refuted.id, open.id]),
    words: {
      ar: [
        "مسيرات الأحد: عشرات المدن تخرج إلى الشارع، ومقطع قديم ينتشر من جديد",
        "تغطية مباشرة من مراسلينا في الرباط والدار البيضاء وطنجة. نقول ما رأيناه، وما تحقّقنا منه، وما لا نعرفه بعد.",
        "تجمّع آلاف المتظاهرين منذ الثانية بعد الظهر في باب الأحد بالرباط، قبل أن تنطلق المسيرة في اتجاه البرلمان. لم يُسجَّل أيّ احتكاك إلى حدود الساعة، ويؤكّد ذلك ثلاثة من مراسلينا في أماكن مختلفة من المسيرة.",
        "في الدار البيضاء اختار المنظّمون حيّ درب السلطان نقطة للانطلاق، وفي طنجة ساحة بني مكادة. نحدّث هذه الصفحة كلما وصلنا خبر تأكّدنا منه من مصدرين على الأقل.",
      ],
      fr: [
        "Marches du dimanche : des dizaines de villes dans la rue, et une vieille vidéo qui revient",
        "En direct avec nos correspondants à Rabat, Casablanca et Tanger. Ce que nous avons vu, ce que nous avons vérifié, ce que nous ne savons pas encore.",
        "Des milliers de personnes se sont rassemblées dès 14 heures à Bab el Had, à Rabat, avant de prendre la direction du Parlement. Aucun heurt à cette heure ; trois de nos correspondants, placés à différents endroits du cortège, le confirment.",
        "À Casablanca, les organisateurs ont choisi Derb Sultan comme point de départ, et à Tanger la place de Beni Makada. Cette page est mise à jour chaque fois qu’une information nous est confirmée par deux sources au moins.",
      ],
      en: [
        "Sunday marches: dozens of cities in the street, and an old video doing the rounds",
        "Live from our correspondents in Rabat, Casablanca and Tangier: what we saw, what we checked, what we don’t know yet.",
        "Thousands gathered from two in the afternoon at Bab el Had in Rabat before setting off towards parliament. There has been no clash so far; three of our correspondents, in different parts of the march, confirm it.",
        "In Casablanca the organisers chose Derb Sultan as the starting point, in Tangier the square of Beni Makada. We update this page whenever two sources at least confirm something.",
      ],
    },
  });
  for (const [language, note] of [
    ["ar", "ذكرنا في صيغة سابقة أن المسيرة انطلقت في الواحدة. انطلقت في الثانية."],
    ["fr", "Une version précédente situait le départ à 13 heures. Il a eu lieu à 14 heures."],
  ] as const) {
    pieces.addCorrection(live.get(language) ?? "", {
      kind: "correction",
      at: "2011-07-31T13:50:00.000Z",
      note,
    });
  }
  return live;
}

function publishOlder(model: Model, bylines: readonly string[]): void {
  const plans: StoryPlan[] = [
    {
      section: "droits",
      tags: ["20-fevrier"],
      bylines: bylines.slice(0, 1),
      hoursAgo: 4,
      words: {
        ar: [
          "إضراب عن الطعام يدخل أسبوعه الثالث، والعائلات تطلب زيارة طبيب مستقل",
          "تقول العائلات إن آخر زيارة سُمح بها تعود إلى ثمانية أيام. إدارة السجن لم تجب عن أسئلتنا.",
          "التقينا أربع عائلات أمام المؤسسة صباح السبت.",
        ],
        fr: [
          "Grève de la faim : troisième semaine, les familles demandent un médecin indépendant",
          "La dernière visite autorisée remonte à huit jours, disent-elles. L’administration n’a pas répondu à nos questions.",
          "Nous avons rencontré quatre familles devant l’établissement, samedi matin.",
        ],
      },
    },
    {
      section: "economie",
      bylines: bylines.slice(1),
      hoursAgo: 9,
      words: {
        ar: [
          "ثمن الخبز لم يتغيّر، لكن وزنه تغيّر: حساب بالميزان في اثني عشر مخبزا",
          "وزنّا ستّين رغيفا في ثلاث مدن. هذه هي الأرقام، وهذه طريقة الحساب.",
          "بين 160 و200 غرام: هذا ما وجدناه.",
        ],
        fr: [
          "Le prix du pain n’a pas bougé, son poids si : douze boulangeries à la balance",
          "Nous avons pesé soixante pains dans trois villes. Voici les chiffres, et la méthode.",
          "Entre 160 et 200 grammes : voilà ce que nous avons trouvé.",
        ],
        en: [
          "The price of bread has not moved. Its weight has: twelve bakeries on the scales",
          "We weighed sixty loaves in three cities. Here are the figures, and how we got them.",
          "Between 160 and 200 grams: that is what we found.",
        ],
      },
    },
    {
      section: "culture",
      bylines: bylines.slice(0, 1),
      hoursAgo: 20,
      words: {
        ar: [
          "مقهى يتحوّل إلى مكتبة كل ثلاثاء",
          "في حيّ المحيط بالرباط، كتب مستعملة وقهوة وحديث طويل.",
          "كل ثلاثاء في السابعة مساء.",
        ],
        fr: [
          "Un café devient bibliothèque chaque mardi",
          "À l’Océan, à Rabat : livres d’occasion, café et longues discussions.",
          "Chaque mardi à 19 heures.",
        ],
      },
    },
    {
      section: "droits",
      hoursAgo: 26,
      words: {
        ar: [
          "دليل: ماذا تفعل إذا أُوقفت خلال مسيرة",
          "حقوقك في الساعات الأولى، بكلمات بسيطة، راجعها محاميان.",
          "احفظ رقم محامٍ على ذراعك.",
        ],
        fr: [
          "Guide : que faire si l’on vous arrête pendant une marche",
          "Vos droits pendant les premières heures, en mots simples, relus par deux avocats.",
          "Notez le numéro d’un avocat sur votre bras.",
        ],
      },
    },
    ...[
      "سلا: انقطاع الماء عن ثلاثة أحياء منذ الجمعة",
      "أكادير: الصيادون يعلّقون إضرابهم",
      "وجدة: تأجيل جلسة المحاكمة إلى شتنبر",
    ].map((title, at): StoryPlan => ({
      kind: "brief",
      hoursAgo: 2 + at * 3,
      words: { ar: [title, "", `${title}.`] },
    })),
    ...[
      "Salé : l’eau coupée dans trois quartiers depuis vendredi",
      "Agadir : les pêcheurs suspendent leur grève",
    ].map((title, at): StoryPlan => ({
      kind: "brief",
      hoursAgo: 2 + at * 3,
      words: { fr: [title, "", `${title}.`] },
    })),
    ...Array.from({ length: 9 }, (_, at): StoryPlan => ({
      section: ["rue", "droits", "economie", "culture"][at % 4] ?? "rue",
      tags: ["مسيرات"],
      bylines: bylines.slice(at % 2, (at % 2) + 1),
      hoursAgo: 40 + at * 30,
      words: {
        ar: [
          `${["لجنة الحيّ تجتمع", "أرقام البطالة كما هي", "قافلة طبية إلى الجبل", "حوار مع نقابية شابّة"][at % 4]} (${at + 1})`,
          "سطران يلخّصان الخبر ويقولان للقارئ لماذا يهمّه، قبل أن يفتح الصفحة.",
          "فقرة أولى.",
        ],
        fr: [
          `${["Le comité de quartier se réunit", "Le chômage en chiffres", "Une caravane médicale en montagne", "Entretien avec une jeune syndicaliste"][at % 4]} (${at + 1})`,
          "Deux lignes qui résument, et disent au lecteur pourquoi cela le concerne.",
          "Un premier paragraphe.",
        ],
      },
    })),
    {
      kind: "page",
      hoursAgo: 5_000,
      words: {
        ar: ["من نحن", "", "متطوّعون من مدن عدّة، ننشر ما يصلنا بعد التحقّق منه."],
        fr: [
          "Qui sommes-nous",
          "",
          "Des bénévoles de plusieurs villes, qui publient ce qui leur parvient après vérification.",
        ],
        en: [
          "Who we are",
          "",
          "Volunteers from several cities who publish what reaches them, once it is checked.",
        ],
      },
    },
  ];
  for (const plan of plans) publishStory(model, plan);
}

function publishBlog(model: Model, bylines: readonly string[]): void {
  publishStory(model, {
    site: "blog",
    kind: "post",
    bylines,
    tags: ["مسيرات"],
    hoursAgo: 30,
    words: {
      ar: [
        "كيف نتحقّق من مقطع فيديو",
        "",
        "نبدأ بالصوت: اللهجة، والأذان، وصافرات القطار. ثم الظلّ، فهو يقول الساعة.",
      ],
      fr: [
        "Comment nous vérifions une vidéo",
        "",
        "On commence par le son : l’accent, l’appel à la prière, le sifflet du train. Puis l’ombre, qui donne l’heure.",
      ],
    },
  });
  publishStory(model, {
    site: "blog",
    kind: "post",
    hoursAgo: 80,
    words: {
      "ary-Latn": [
        "Nhar kamel f Tanja",
        "3ichna nhar twil, w hada li b9a f rasna.",
        "Sba7 bkri, l7ouma naysa.",
      ],
    },
  });
}
