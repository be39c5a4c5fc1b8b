/** The town besides its water: a school, the fishing harbour, and three briefs. */
import type { DemoPiece } from "./demo.ts";
import { darija, h, p, quote, strong } from "./write.ts";

const school: DemoPiece = {
  name: "school",
  site: "portal",
  kind: "story",
  section: "ecole",
  tags: ["budget"],
  bylines: ["hajar"],
  at: "2026-05-11T07:30:00Z",
  texts: {
    ar: {
      title: "مدرسة الزيتون: ثلاثة أقسام لمئة وأربعين تلميذاً",
      slug: "مدرسة-الزيتون",
      standfirst: "سقف قاعتين مهدّد منذ الشتاء. يدرس الأطفال بالتناوب، والآباء يحسبون الساعات الضائعة.",
      body: [
        p(
          "على باب مدرسة الزيتون ورقة مكتوبة بخط اليد: القسمان الرابع والخامس صباحاً، السادس بعد الظهر، والباقي يوماً بعد يوم. منذ يناير أُغلقت قاعتان من خمس بعد أن سقطت قطع من السقف ليلاً، ولم يُصب أحد.",
        ),
        p(
          "حسب جمعية الآباء، ضاع على كل تلميذ 96 ساعة في أربعة أشهر. راجعنا دفاتر النصوص التي تطوّع ثلاثة معلمين بإطلاعنا عليها، فوجدنا بين 88 و101 ساعة بحسب القسم.",
        ),
        quote(
          "أدرّس الكسور مرتين في اليوم، وأنسى أحياناً أيّ القسمين سمع النكتة نفسها.",
          "كريم، معلّم، طلب ذكر اسمه الأول فقط",
        ),
        h("المال موجود على الورق"),
        p(
          "في ميزانية البلدية لهذه السنة، المنشورة في لوحة الإعلانات، سطر عنوانه «ترميم مدرسة الزيتون» قيمته 410 آلاف درهم. لم تُفتح أي صفقة إلى اليوم. تقول المصلحة التقنية إنها تنتظر تقرير مكتب دراسات، ولم تحدّد تاريخاً.",
        ),
        p(
          "عرض ",
          strong("صيادو الميناء"),
          " مخزناً جافاً يصلح قاعةً إلى نهاية السنة. وقد زارته المديرة الأسبوع الماضي.",
        ),
      ],
    },
    fr: {
      title: "École Az-Zaytoun : trois salles pour cent quarante élèves",
      slug: "ecole-az-zaytoun",
      standfirst:
        "Deux salles sont condamnées depuis l’hiver. Les enfants viennent à tour de rôle ; les parents comptent les heures perdues.",
      body: [
        p(
          "Sur la porte de l’école, une feuille écrite à la main : quatrième et cinquième années le matin, sixième l’après-midi, les autres un jour sur deux. Depuis janvier, deux salles sur cinq sont fermées : des morceaux de plafond sont tombés une nuit, sans blesser personne.",
        ),
        p(
          "L’association des parents a compté 96 heures perdues par élève en quatre mois. Trois enseignants nous ont laissé consulter leurs cahiers de textes : selon la classe, nous trouvons entre 88 et 101 heures.",
        ),
        quote(
          "J’enseigne les fractions deux fois par jour et je ne sais plus à quelle classe j’ai déjà raconté la blague.",
          "Karim, instituteur, qui a souhaité n’être cité que par son prénom",
        ),
        h("L’argent existe, sur le papier"),
        p(
          "Le budget communal, affiché à la mairie, comporte une ligne « réfection de l’école Az-Zaytoun » : 410 000 dirhams. Aucun marché n’a été ouvert à ce jour. Le service technique dit attendre le rapport d’un bureau d’études, sans donner de date.",
        ),
        p(
          "Les ",
          strong("pêcheurs du port"),
          " ont proposé un magasin au sec, qui pourrait servir de classe jusqu’à la fin de l’année. La directrice l’a visité la semaine dernière.",
        ),
      ],
    },
  },
};

const harbour: DemoPiece = {
  name: "harbour",
  site: "portal",
  kind: "story",
  section: "port",
  tags: ["peche"],
  bylines: ["idir"],
  at: "2026-05-12T06:10:00Z",
  texts: {
    fr: {
      title: "Au port, la criée a fermé ; la sardine se vend au téléphone",
      slug: "la-criee-a-ferme",
      standfirst:
        "Depuis que la halle est en travaux, trois acheteurs fixent les prix par messages vocaux. Les petits patrons disent y perdre un quart de leur recette.",
      body: [
        p(
          "À quatre heures du matin, les barques rentrent une par une et personne ne crie plus de prix. La halle est ceinte de tôles depuis mars. Sur le quai, les patrons écoutent leur téléphone, l’oreille collée au haut-parleur à cause du vent.",
        ),
        p(
          "« L’acheteur dit un chiffre, tu dis oui ou tu rejettes ta caisse à l’eau », résume Larbi, quarante ans de mer. Nous avons écouté, avec leur accord, les messages reçus par six patrons pendant deux semaines : le prix annoncé à cinq heures est le même chez les trois acheteurs neuf jours sur douze.",
        ),
        p(
          "Cela ne prouve pas une entente. L’un des acheteurs, joint par téléphone, parle d’« un petit marché où tout le monde sait tout » ; les deux autres n’ont pas souhaité répondre.",
        ),
        quote(
          "Avant, on se disputait à haute voix. Maintenant, chacun est seul avec son téléphone.",
          "Larbi, patron de barque",
        ),
        h("Et la halle ?"),
        p(
          "Le panneau du chantier annonce quatre mois de travaux à compter du 2 mars. Au 11 mai, selon nos observations, la dalle était coulée sur la moitié de la surface. L’entreprise n’a pas répondu à nos questions.",
        ),
      ],
    },
    ar: {
      title: "سوق السمك مغلق، والسردين يُباع بالهاتف",
      slug: "السردين-يباع-بالهاتف",
      standfirst:
        "منذ بدأت الأشغال في قاعة البيع، يحدّد ثلاثة مشترين الأثمان برسائل صوتية. ويقول أصحاب القوارب الصغيرة إنهم يخسرون ربع مدخولهم.",
      body: [
        p(
          "في الرابعة صباحاً تعود القوارب واحداً بعد آخر، ولا أحد ينادي بالأثمان. القاعة مسيّجة بالصفيح منذ مارس. على الرصيف يلصق البحّارة هواتفهم بآذانهم ليسمعوا فوق صوت الريح.",
        ),
        p(
          "يقول العربي، وقد أمضى أربعين سنة في البحر: «يقول لك المشتري رقماً، فتقبل أو تعيد صندوقك إلى الماء». استمعنا، بموافقة أصحابها، إلى الرسائل التي وصلت ستةً من أرباب القوارب خلال أسبوعين: كان الثمن المعلن في الخامسة صباحاً واحداً لدى المشترين الثلاثة في تسعة أيام من اثني عشر.",
        ),
        p(
          "لا يثبت ذلك وجود اتفاق. تحدّث أحد المشترين، في اتصال هاتفي، عن «سوق صغيرة يعرف فيها الجميع كل شيء»، ولم يرغب الآخران في الرد.",
        ),
        quote("كنّا نتشاجر بصوت عالٍ. اليوم كل واحد وحده مع هاتفه.", "العربي، صاحب قارب"),
        p("وحين سألناه عن البحر هذا الصباح، ضحك وقال: ", darija("«البحر ما عندو ساعة»"), "."),
      ],
    },
    en: {
      title: "The fish hall is shut, and sardines are sold by telephone",
      slug: "sardines-sold-by-telephone",
      standfirst:
        "While the auction hall is being rebuilt, three buyers set prices by voice message. Owners of small boats say that they lose a quarter of what they earned.",
      body: [
        p(
          "At four in the morning the boats come in one by one, and nobody calls out prices any more. The hall has been fenced off since March. On the quay, skippers press their phones to their ears to hear over the wind.",
        ),
        p(
          "“The buyer says a number. You say yes, or you tip your crate back into the sea,” says Larbi, forty years a fisherman. Six skippers let us listen to two weeks of messages: on nine days out of twelve, all three buyers named the same price at five o’clock.",
        ),
        p(
          "That does not prove an agreement. One buyer, reached by telephone, spoke of “a small market where everybody knows everything”; the other two did not wish to answer.",
        ),
        quote("We used to quarrel out loud. Now each of us is alone with his phone.", "Larbi, boat owner"),
      ],
    },
  },
};

const library: DemoPiece = {
  name: "library",
  site: "portal",
  kind: "brief",
  section: "ecole",
  bylines: ["redaction"],
  at: "2026-05-15T09:00:00Z",
  texts: {
    ar: {
      title: "مكتبة الحيّ تفتح أبوابها من جديد يوم السبت",
      slug: "مكتبة-الحي",
      standfirst: "",
      body: [
        p(
          "تفتح مكتبة المنارة أبوابها يوم السبت من العاشرة إلى السادسة، بعد أن أصلح متطوّعون رفوفها ونظّموا نحو ألفي كتاب. الاستعارة مجانية لمن هم دون الثامنة عشرة.",
        ),
      ],
    },
    fr: {
      title: "La bibliothèque du Phare rouvre samedi",
      slug: "la-bibliotheque-rouvre",
      standfirst: "",
      body: [
        p(
          "Elle sera ouverte samedi de 10 à 18 heures. Des bénévoles en ont réparé les rayonnages et classé quelque deux mille livres. L’emprunt est gratuit pour les moins de dix-huit ans.",
        ),
      ],
    },
  },
};

const busLine: DemoPiece = {
  name: "bus-line",
  site: "portal",
  kind: "brief",
  section: "rue",
  tags: ["transports"],
  bylines: ["redaction"],
  at: "2026-05-16T15:20:00Z",
  texts: {
    fr: {
      title: "La ligne 3 remonte de nouveau jusqu’à la Sania",
      slug: "ligne-3-sania",
      standfirst: "",
      body: [
        p(
          "Interrompue depuis l’éboulement d’avril, la desserte reprend lundi à 6 h 30, avec un bus par heure. L’arrêt provisoire est devant la boulangerie, le tournant du réservoir restant fermé.",
        ),
      ],
    },
    ar: {
      title: "الخط 3 يصعد من جديد إلى السانية",
      slug: "الخط-3-إلى-السانية",
      standfirst: "",
      body: [
        p(
          "بعد توقّف دام منذ انهيار أبريل، تعود الحافلة يوم الاثنين في السادسة والنصف صباحاً، مرة كل ساعة. الموقف المؤقت أمام المخبزة، لأن منعطف الخزّان لا يزال مغلقاً.",
        ),
      ],
    },
    en: {
      title: "Bus line 3 climbs to the Sania again",
      slug: "bus-line-3",
      standfirst: "",
      body: [
        p(
          "Stopped since April’s landslip, the bus runs again from Monday, 6.30 am, once an hour. Its stop is in front of the bakery for the time being: the bend by the reservoir is still closed.",
        ),
      ],
    },
  },
};

const tankers: DemoPiece = {
  name: "tankers",
  site: "portal",
  kind: "brief",
  section: "eau",
  tags: ["coupures-d-eau"],
  bylines: ["naoufal"],
  at: "2026-05-18T11:05:00Z",
  texts: {
    ar: {
      title: "صهريجان أمام المدرستين صباح الاثنين",
      slug: "صهريجان-أمام-المدرستين",
      standfirst: "",
      body: [
        p(
          "وصل صهريجان سعة كل منهما خمسة أمتار مكعبة إلى مدرسة الزيتون والمدرسة المركزية قبل الثامنة. سألنا السائق عن الغد فقال إن تعليماته «ليوم واحد».",
        ),
      ],
    },
    fr: {
      title: "Deux citernes devant les écoles, lundi matin",
      slug: "deux-citernes",
      standfirst: "",
      body: [
        p(
          "Deux camions de cinq mètres cubes sont arrivés avant 8 heures à l’école Az-Zaytoun et à l’école centrale. Interrogé sur le lendemain, le chauffeur répond que ses consignes valent « pour un jour ».",
        ),
      ],
    },
  },
};

export const town: readonly DemoPiece[] = [school, harbour, library, busLine, tankers];
