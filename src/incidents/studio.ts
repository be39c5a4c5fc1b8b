/** The watch's pages as a feature of the newsroom; the tables behind them are the watch's own (feature.ts). */
import type { DeedTold, Feature } from "../web/feature.ts";
import { type WatchParts, watchRoutes } from "./routes.ts";
import { words } from "./words/index.ts";

function told(ar: string, fr: string, en: string): DeedTold {
  return { words: { ar, fr, en } };
}

export const feature: Feature<WatchParts> = {
  name: "watch",
  migrations: [],
  routes: watchRoutes,
  deeds: {
    "drill.start": told("بدأ تمرينا", "A lancé un exercice", "Started a drill"),
    "drill.stop": told("أوقف تمرينا", "A arrêté un exercice", "Stopped a drill"),
    "defence.freeze": told("جمّد الدفاع", "A figé la défense", "Froze the defence"),
    "defence.unfreeze": told("ألغى تجميد الدفاع", "N’a plus figé la défense", "Unfroze the defence"),
    "defence.undo": told(
      "تراجع عمّا فعله الدفاع",
      "A annulé ce que la défense avait fait",
      "Undid what the defence had done",
    ),
    "defence.siege": told(
      "أمر بالحصار لساعة",
      "A ordonné le siège pour une heure",
      "Ordered siege for an hour",
    ),
    "defence.calm": told(
      "أمر بالهدوء لساعة",
      "A ordonné le calme pour une heure",
      "Ordered calm for an hour",
    ),
    "defence.auto": told(
      "أعاد القرار إلى الدفاع",
      "A rendu la décision à la défense",
      "Let the defence decide again",
    ),
    "service.lite": told(
      "أمر بالنص أولا لساعة",
      "A ordonné le texte d’abord pour une heure",
      "Ordered text first for an hour",
    ),
    "service.normal": told(
      "أمر بتقديم كل شيء لساعة",
      "A ordonné de tout servir pendant une heure",
      "Ordered to serve everything for an hour",
    ),
    "service.auto": told(
      "أعاد القرار في ما يُقدَّم إلى القياس",
      "A rendu aux mesures la décision sur ce qui est servi",
      "Let the measures decide again how much is served",
    ),
    "rule.enable": told("أعاد تشغيل قاعدة", "A réactivé une règle", "Switched a rule on again"),
    "rule.disable": told("أوقف قاعدة", "A désactivé une règle", "Switched a rule off"),
  },
  menu: [
    { path: "/watch", act: "watch", words: { ar: words.ar.title, fr: words.fr.title, en: words.en.title } },
  ],
};
