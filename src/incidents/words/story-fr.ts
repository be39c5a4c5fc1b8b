/** The story of an incident at a protected site, in French. */
import { plural } from "../../language/messages/messages.ts";
import type { StoryWords } from "../story/words.ts";

const counted = plural("fr-MA");

export const storyFr: StoryWords = {
  heading: "L’histoire",
  chapters: {
    seen: "Vu",
    done: "Fait automatiquement",
    decided: "Décidé par quelqu’un",
    gathered: "Gardé comme preuve",
    shown: "Montré aux lecteurs",
    over: "Terminé",
  },
  page: {
    held: "À cette adresse se trouvait quelque chose que personne n’a approuvé. Les lecteurs ne l’ont pas vu :",
    seen: "À cette adresse se trouvait quelque chose que personne n’a approuvé, et les lecteurs pouvaient le voir :",
  },
  wayAround:
    "Le serveur qui est derrière a répondu à qui l’interroge directement ; on peut donc contourner la façade :",
  more: "À partir d’ici, les autres pages sont seulement comptées.",
  named: (fact) => `${fact} :`,
  insteadOf: "au lieu de",
  sites: {
    live: "Le site est de nouveau montré tel quel, contrôlé page par page.",
    held: "Les lecteurs ne voient que les copies approuvées ; le serveur qui est derrière est laissé tranquille.",
    gone: "Le serveur qui est derrière ne répond plus : les lecteurs voient les dernières copies approuvées.",
    maintenance: "Les lecteurs voient la page de maintenance.",
  },
  healths: {
    well: "Le serveur qui est derrière répond bien.",
    slow: "Le serveur qui est derrière est lent.",
    failing: "Le serveur qui est derrière répond par des erreurs.",
    away: "Le serveur qui est derrière ne répond pas.",
  },
  reason: "Raison :",
  questions: {
    open: "On a demandé aux responsables du site si cela vient d’eux.",
    accepted: "Quelqu’un qui s’occupe du site a dit : c’est de nous.",
    refused: "Quelqu’un qui s’occupe du site a dit : ce n’est pas de nous.",
    over: "Il n’y a plus rien à décider : ce n’est plus sur le site.",
  },
  shown: (count) =>
    counted(count, {
      one: "# réponse contenant quelque chose de faux était partie avant qu’on le sache.",
      many: "# de réponses contenant quelque chose de faux étaient parties avant qu’on le sache.",
      other: "# réponses contenant quelque chose de faux étaient parties avant qu’on le sache.",
    }),
  endings: {
    live: "Le site est de nouveau montré tel quel, et rien de faux n’est plus venu.",
    quiet: "On n’en a plus rien vu.",
    "own change": "C’était un changement des responsables du site, pas une attaque.",
    well: "Le serveur qui est derrière répond de nouveau.",
  },
  pages: (count) =>
    counted(count, {
      one: "# page a été touchée.",
      many: "# de pages ont été touchées.",
      other: "# pages ont été touchées.",
    }),
  copies: (count) =>
    counted(count, {
      one: "# réponse était une copie approuvée.",
      many: "# de réponses étaient des copies approuvées.",
      other: "# réponses étaient des copies approuvées.",
    }),
  elsewhere: (host) =>
    `Kasbah n’est pas devant ${host} : ceux qui l’ont ouvert ont vu ce qui est décrit plus bas, et personne ne sait combien ils étaient.`,
  saw: "Ce qui a été montré",
  sawNothingFalse: "Rien de faux n’a été montré, autant qu’on le sache.",
  falselyJudged: (count) =>
    counted(count, {
      one: "# réponse fausse avait été prise pour juste.",
      many: "# de réponses fausses avaient été prises pour justes.",
      other: "# réponses fausses avaient été prises pour justes.",
    }),
  falselyUncertain: (count) =>
    counted(count, {
      one: "# réponse fausse est partie sans que personne n’en réponde.",
      many: "# de réponses fausses sont parties sans que personne n’en réponde.",
      other: "# réponses fausses sont parties sans que personne n’en réponde.",
    }),
};
