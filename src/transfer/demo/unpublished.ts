/** What readers of the demo must not see: a story for later, a private draft, and one that was withdrawn. */
import type { DemoPiece } from "./demo.ts";
import { list, p } from "./write.ts";

const councilSession: DemoPiece = {
  name: "council-session",
  site: "portal",
  kind: "story",
  section: "eau",
  bylines: ["naoufal"],
  at: "2026-05-21T06:00:00Z",
  state: "scheduled",
  texts: {
    ar: {
      title: "ماذا على جدول أعمال اجتماع الخميس؟",
      slug: "اجتماع-الخميس",
      standfirst: "ثلاث نقاط، ووثيقة واحدة لم نطّلع عليها بعد.",
      body: [
        p(
          "من المقرّر أن يلتقي ممثلو الأحياء العليا وكالة الماء في الرابعة بعد الظهر. هذا ما نعرفه عن جدول الأعمال قبل انعقاده.",
        ),
      ],
    },
  },
};

const dredging: DemoPiece = {
  name: "dredging-notes",
  site: "portal",
  kind: "story",
  section: "port",
  bylines: ["idir"],
  at: "2026-05-16T20:00:00Z",
  state: "private",
  texts: {
    fr: {
      title: "Notes : le marché du dragage (ne pas publier)",
      slug: "notes-dragage",
      standfirst: "",
      body: [
        list(
          "Obtenir le cahier des charges par écrit.",
          "Recouper les dates du panneau de chantier avec le registre de la capitainerie.",
          "Ne citer aucun nom avant d’avoir entendu toutes les parties.",
        ),
      ],
    },
  },
};

const testimony: DemoPiece = {
  name: "pupils-testimony",
  site: "portal",
  kind: "story",
  section: "ecole",
  bylines: ["hajar"],
  at: "2026-05-09T18:00:00Z",
  state: "withdrawn",
  texts: {
    fr: {
      title: "« Dans ma classe, il pleut »",
      slug: "dans-ma-classe-il-pleut",
      standfirst: "Une élève raconte l’hiver à l’école Az-Zaytoun.",
      body: [
        p(
          "Ce texte a été retiré à la demande de sa famille : un détail permettait de la reconnaître. Dans la démonstration, son adresse répond 410, et rien ne le fait revenir.",
        ),
      ],
    },
  },
};

export const unpublished: readonly DemoPiece[] = [councilSession, dredging, testimony];
