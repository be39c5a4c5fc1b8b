/** The watch's pages as a feature of the newsroom; the tables behind them are the watch's own (feature.ts). */
import type { Feature } from "../web/feature.ts";
import { type WatchParts, watchRoutes } from "./routes.ts";
import { words } from "./words/index.ts";

export const feature: Feature<WatchParts> = {
  name: "watch",
  migrations: [],
  routes: watchRoutes,
  deeds: {
    "drill.start": { words: { ar: "بدأ تمرينا", fr: "A lancé un exercice", en: "Started a drill" } },
    "drill.stop": { words: { ar: "أوقف تمرينا", fr: "A arrêté un exercice", en: "Stopped a drill" } },
  },
  menu: [
    { path: "/watch", act: "watch", words: { ar: words.ar.title, fr: words.fr.title, en: words.en.title } },
  ],
};
