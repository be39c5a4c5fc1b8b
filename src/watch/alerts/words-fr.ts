/** Alerts in French. */
import { plural } from "../../language/messages/messages.ts";
import type { AlertWords } from "./words.ts";

const counted = plural("fr-MA");

export const fr: AlertWords = {
  subject: (site, what) => `${site} : ${what}`,
  breached: (kind) => `${kind} : quelque chose de faux a été montré aux lecteurs`,
  closed: (kind, outcome) => `${kind} : terminé. ${outcome}`,
  since: (time) => `Depuis le ${time}.`,
  readers: {
    defacement: "Les lecteurs voient les copies approuvées.",
    outage:
      "Les lecteurs voient les dernières copies approuvées, avec une ligne qui dit depuis quand. La recherche et les formulaires ne marchent pas.",
    tampering: "Les lecteurs ne voient aucun de ces fichiers, et toutes les autres pages telles quelles.",
    bypass: "Les lecteurs voient le site comme d’habitude.",
    flood: "La lecture continue ; ce qui ne ressemble pas à des lecteurs est ralenti ou refusé.",
  },
  todo: {
    defacement:
      "Ouvrez l’incident, regardez ce qui est nouveau et décidez si cela vient de vous. Puis nettoyez le serveur qui est derrière.",
    outage: "Occupez-vous du serveur qui est derrière. Dès qu’il va bien, le site revient de lui-même.",
    tampering: "Cherchez qui a pu écrire sur le disque : kasbah editions verify",
    bypass: "Fermez le serveur qui est derrière à tous sauf à la façade : kasbah doctor dit comment.",
    flood: "D’ordinaire, rien. Ouvrez la veille si des lecteurs écrivent qu’on les refuse.",
  },
  shown: (count) =>
    `${counted(count, { one: "# réponse contenant quelque chose de faux est partie", many: "# de réponses contenant quelque chose de faux sont parties", other: "# réponses contenant quelque chose de faux sont parties" })} avant qu’on le sache.`,
  readersNow: "Les lecteurs voient maintenant les copies approuvées.",
  lookAtWhatWasShown: "Ouvrez l’incident, voyez ce qui a été montré et dites-le à vos lecteurs.",
  lasted: (span) => `${span}.`,
  copies: (count) =>
    counted(count, {
      one: "# copie approuvée a été montrée entre-temps.",
      many: "# de copies approuvées ont été montrées entre-temps.",
      other: "# copies approuvées ont été montrées entre-temps.",
    }),
  nothingToDo: "Il n’y a rien à faire. Toute l’histoire est dans le registre des incidents.",
  sibling: {
    subject: (host) => `${host} montre quelque chose de faux`,
    what: "Autre chose se trouve à la place de cette page d’accueil.",
    readers: "Kasbah n’est pas devant ce nom : ses lecteurs la voient.",
    todo: "Appelez qui s’occupe de ce serveur, et ouvrez le lien pour voir ce qu’on y a trouvé.",
  },
  question: {
    subject: "ce changement vient-il de vous ?",
    what: (pages) =>
      counted(pages, {
        one: "Il y a du nouveau sur # page du site, et personne ne l’a encore approuvé.",
        many: "La même nouveauté est sur # de pages du site, et personne ne l’a encore approuvée.",
        other: "La même nouveauté est sur # pages du site, et personne ne l’a encore approuvée.",
      }),
    readers: "Tant que vous n’avez pas décidé, les lecteurs voient les copies approuvées.",
    todo: "Ouvrez le lien, comparez les deux, décidez une fois.",
  },
  digest: {
    subject: (kind) => `${kind} : plus que ce qui est dit un par un`,
    what: "Ces dix dernières minutes, il a commencé et fini plus de choses que nous n’en envoyons une par une.",
    questions:
      "Ces dix dernières minutes, il s’est posé plus de questions que nous n’en envoyons une par une.",
    todo: "Tout se trouve dans le studio.",
  },
};
