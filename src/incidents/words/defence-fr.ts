/** The defence on the watch page, in French. */
import { plural } from "../../language/messages/messages.ts";
import type { DefenceWords } from "../defence/words.ts";
import { ruleFr } from "./rule-fr.ts";

const counted = plural("fr-MA");

export const defenceFr: DefenceWords = {
  heading: "Ce qui est fait",
  silent:
    "Le serveur de façade ne dit pas comment il se défend. Il le fait quand même, aussi sans le studio ; rechargez la page dans un instant.",
  dryRun: "Marche à blanc : rien n’est refusé. Ce qui est écrit ici est ce qui l’aurait été.",
  modes: {
    calm: "Tout est calme : il n’y a rien à faire.",
    guarded: "En alerte : ce qu’aucun lecteur ne fait est ralenti ou refusé.",
    siege: "Siège : ce qu’aucun lecteur ne fait est refusé, et ce qui paraît suspect doit attendre.",
  },
  because: (signs) => `Pourquoi : ${signs}.`,
  signs: {
    volume: (rate, usual) =>
      `il arrive beaucoup plus que d’habitude (${rate} requêtes par seconde ; d’habitude à cette heure : ${usual})`,
    composition: "beaucoup de requêtes ont en commun ce que n’ont pas celles des lecteurs",
    health: "la machine peine à suivre",
  },
  rate: (rate, usual) => `${rate} requêtes par seconde ; d’habitude à cette heure : ${usual}.`,
  quieter: "C’est devenu plus tranquille ; le calme reviendra tout seul.",
  forced: {
    calm: (until) =>
      `Quelqu’un a ordonné le calme : jusqu’à ${until}, tout le monde est servi, sauf les réseaux que l’un de nous tient dehors. Ensuite, la défense décide de nouveau seule.`,
    guarded: (until) =>
      `Quelqu’un a ordonné l’alerte jusqu’à ${until}. Ensuite, la défense décide de nouveau seule.`,
    siege: (until) =>
      `Quelqu’un a ordonné le siège jusqu’à ${until}. Ensuite, la défense décide de nouveau seule.`,
  },
  frozen:
    "Figée : aucune règle ne vient ni ne part toute seule. Celle qui nuit à des lecteurs est quand même retirée.",
  known: (requests, served) =>
    `${counted(requests, { one: "Dans la dernière seconde, des lecteurs connus ont fait # requête", other: "Dans la dernière seconde, des lecteurs connus ont fait # requêtes" })} ; servies : ${served}.`,
  knownNone: "Dans la dernière seconde, aucun lecteur connu n’a rien demandé.",
  rules: "Règles",
  noRules: "Il n’y a pas de règle en ce moment.",
  past: (count) => counted(count, { one: "# règle terminée", other: "# règles terminées" }),
  rule: {
    acting: {
      slow: "ralenties",
      challenge: "mises à l’épreuve",
      deny: "refusées",
      drop: "refusées et tenues dehors",
    },
    wouldAct: {
      slow: "seraient ralenties",
      challenge: "seraient mises à l’épreuve",
      deny: "seraient refusées",
      drop: "seraient refusées et tenues dehors",
    },
    tried: "à l’essai, sans effet",
    over: "terminée",
    by: {
      edge: "Faite par la façade elle-même.",
      watch: "Faite par la veille.",
      operator: "Faite par l’un de nous.",
    },
    covers: (share) => `Elle couvre ${share} de ce qui dépasse l’habitude.`,
    harm: (share, group) =>
      `Parmi les lecteurs habituels, elle en toucherait ${share} au plus (les plus touchés : ${group}).`,
    harmless: "Elle ne toucherait aucun lecteur habituel.",
    seen: (share, group) =>
      `Parmi les lecteurs venus depuis, elle en a touché ${share} (les plus touchés : ${group}).`,
    seenNone: "Elle n’a touché aucun des lecteurs venus depuis.",
    unseen: "Aucun lecteur ne l’a encore rencontrée.",
    refused: (count) =>
      counted(count, { one: "Elle a refusé # requête.", other: "Elle a refusé # requêtes." }),
    until: (time) => `Elle prend fin à ${time} au plus tard.`,
    endings: {
      unused: "Elle a pris fin parce que plus rien n’y répondait.",
      time: "Elle a pris fin parce que son temps était écoulé.",
      siege: "Elle a pris fin avec le siège.",
      outdone: "Elle a fait place à une règle qui couvre davantage.",
      undone: "L’un de nous l’a annulée.",
      off: "L’un de nous l’a désactivée.",
      harm: "Elle a été retirée parce qu’elle touchait des lecteurs.",
      risk: "Elle a été retirée parce qu’elle aurait pu toucher des lecteurs.",
    },
    ended: "Pourquoi elle a pris fin :",
    incident: "L’incident auquel elle se rapporte",
    disable: "Désactiver",
    enable: "Réactiver",
  },
  ladder: (slow, refuse, close) =>
    `Adresses qui doivent attendre : ${slow} ; refusées : ${refuse} ; refusées et déconnectées : ${close}.`,
  held: (count) => `Refus retenus en ce moment : ${count}.`,
  connections: (ended, named) =>
    `Connexions coupées jusqu’ici, qui ne prenaient presque rien ou ne faisaient qu’occuper une place : ${ended} ; adresses tenues dehors pour leurs connexions : ${named}.`,
  kernel: {
    off: "Blocage par le noyau : désactivé ; tout le reste marche sans lui.",
    "no right": "Blocage par le noyau : pas permis sur cette machine ; tout le reste marche sans lui.",
    failed: "Blocage par le noyau : en échec, voyez le journal ; tout le reste marche sans lui.",
  },
  kernelOn: (banned) =>
    counted(banned, {
      one: "Blocage par le noyau : # adresse.",
      other: "Blocage par le noyau : # adresses.",
    }),
  acts: {
    heading: "Ce que vous pouvez faire",
    hint: "D’ordinaire, rien : la défense décide seule, et chaque refus prend fin tout seul. Chacun de ces gestes est noté dans le registre.",
    freeze: {
      label: "Figer",
      what: "Tout reste comme à cet instant : aucune règle nouvelle, aucune ne part, sauf celle qui nuit à des lecteurs.",
    },
    unfreeze: { label: "Ne plus figer", what: "Les règles viennent et partent de nouveau toutes seules." },
    undo: {
      label: "Annuler",
      what: "Reprend tout ce que la défense a fait seule : règles, adresses ralenties et refusées, blocages par le noyau. À faire si des lecteurs écrivent qu’ils n’ont plus accès. S’il y a une attaque, elle passe tant que rien d’autre n’est trouvé ; les mêmes règles ne reviennent pas avant dix minutes.",
    },
    siege: {
      label: "Siège pendant une heure",
      what: "Ce qui paraît suspect doit attendre, même si cela touche quelques lecteurs : leurs pages arrivent plus tard, sans refus. À faire si le site est lent pour les lecteurs et que rien d’autre n’a servi. Au bout d’une heure, elle décide de nouveau seule.",
    },
    calm: {
      label: "Calme pendant une heure",
      what: "La défense sert tout le monde. À faire si elle prend une foule de lecteurs pour une attaque. Si c’en est une, le site peut devenir lent pour tous. Au bout d’une heure, elle décide de nouveau seule.",
    },
    auto: {
      label: "Revenir à l’automatique",
      what: "La défense décide de nouveau seule, dès maintenant.",
    },
    noAnswer:
      "Le serveur de façade n’a pas répondu à temps. Voyez plus bas si c’est fait ; sinon, recommencez.",
    noRule: "Cette règle n’existe plus, ou elle a nui à des lecteurs il y a peu : rien n’a été changé.",
  },
  origin: {
    heading: "D’où viennent les requêtes",
    caption: "Plus un cercle est grand, plus il vient de requêtes de là. La même chose en chiffres :",
    notWho:
      "L’origine du trafic ne dit pas qui est derrière. La carte dessine les côtes et aucune frontière ; les lieux et les noms viennent de bases publiques, pas de nous.",
    none: "Rien n’est arrivé ces dernières secondes, ou la façade ne connaît pas les pays.",
    country: "Pays",
    requests: "Requêtes",
    refused: "Dont refusées",
    unknown: "Inconnu",
    others: "Ailleurs",
  },
  terms: ruleFr,
};
