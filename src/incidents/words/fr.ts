/** The watch's pages in French. */
import { plural } from "../../language/messages/messages.ts";
import type { WatchWords } from "../words.ts";
import { defenceFr } from "./defence-fr.ts";
import { storyFr } from "./story-fr.ts";

const counted = plural("fr-MA");

export const fr: WatchWords = {
  title: "La veille",
  now: {
    heading: "Maintenant",
    readable: "Le site est lisible.",
    attacked: "Le site est attaqué.",
    guarded: "Le site est en alerte.",
    drilled: "Un exercice est en cours.",
    waits: (wait) => `Les lecteurs reçoivent leurs pages, presque toutes en moins de ${wait}.`,
    stillWaits: (wait) => `Les lecteurs reçoivent toujours leurs pages, presque toutes en moins de ${wait}.`,
    alone: "Personne n’a demandé de page ces dix dernières secondes.",
    losing: (lost) =>
      `Les lecteurs perdent des pages : ${lost} de ce qu’ils demandent n’arrive pas, ou arrive trop tard.`,
    edgeSilent:
      "Aucun signe du serveur de façade, celui qui donne les pages aux lecteurs. Peut-être ne reçoivent-ils plus rien : ouvrez le site vous-même pour voir.",
    watchSilent:
      "La veille ne répond pas. Le site va peut-être très bien, mais elle ne peut pas le dire. On écrit et on publie comme d’habitude.",
    since: (time) => `Depuis ${time}.`,
    sinceAtLeast: (time) => `Depuis ${time} ou plus tôt.`,
    lastWord: (time) => `Dernier signe : ${time}.`,
  },
  defence: defenceFr,
  story: storyFr,
  chart: {
    heading: "Les dix dernières minutes",
    requests: "Requêtes",
    refused: "Refusées",
    failed: "En échec",
    wait: "Attente",
    waitMs: "Attente des lecteurs, en millisecondes",
    perSecond: "Requêtes par seconde",
    caption:
      "Requêtes par seconde, en moyenne, et attente maximale de 99 lecteurs sur 100, sur la durée indiquée",
    windows: {
      "ten seconds": "10 secondes",
      minute: "1 minute",
      "ten minutes": "10 minutes",
    },
    estimate:
      "Qui est lecteur est estimé d’après ce qui est habituel sur ce site ; personne n’est suivi, aucune adresse n’est gardée.",
  },
  list: {
    heading: "Incidents",
    none: "Il ne s’est encore rien passé.",
    unknown:
      "C’est la veille qui tient la liste, et elle ne répond pas. Rien n’est perdu : rechargez la page dans un instant.",
    older: (count) =>
      counted(count, {
        one: "Un incident plus ancien n’est pas affiché.",
        other: "# incidents plus anciens ne sont pas affichés.",
      }),
    drill: "exercice",
    open: "en cours",
    toWatch: "Retour à la veille",
    toOrigin: "Au site protégé",
    requests: (count) => counted(count, { one: "# requête", other: "# requêtes" }),
  },
  incident: {
    kinds: {
      flood: {
        label: "Déluge de requêtes",
        what: "Il est arrivé beaucoup plus de requêtes que d’habitude, et ce qu’elles ont en commun n’est pas ce qu’ont en commun des lecteurs.",
      },
      slow: {
        label: "Connexions maintenues ouvertes",
        what: "Beaucoup de connexions ont été ouvertes et occupées exprès.",
      },
      bypass: {
        label: "Contournement de la façade",
        what: "Le serveur qui est derrière a répondu sans passer par la façade.",
      },
      login: { label: "Tentatives de connexion", what: "On a tenté, encore et encore, de se connecter." },
      "comment-abuse": {
        label: "Commentaires abusifs",
        what: "Des commentaires faits pour nuire sont arrivés.",
      },
      scan: {
        label: "Recherche de failles",
        what: "On a cherché des adresses que seuls des intrus demandent.",
      },
      defacement: {
        label: "Défiguration",
        what: "Quelqu’un a mis autre chose à la place des pages du site.",
      },
      tampering: {
        label: "Fichiers altérés",
        what: "Des fichiers sur le disque n’étaient pas ceux que la rédaction avait signés. Un tel fichier n’est jamais montré aux lecteurs.",
      },
      outage: { label: "Panne", what: "Le site, ou une partie du site, n’était pas accessible." },
      claim: { label: "Attaque revendiquée", what: "Quelqu’un affirme qu’il y a eu une attaque." },
    },
    isDrill: "Ceci est un exercice : il a été lancé ici, exprès, et ne compte dans aucune statistique.",
    when: "Quand",
    span: (span, lasted) => `${span} (${lasted}).`,
    fromOn: (from) => `Depuis le ${from} ; c’est toujours en cours.`,
    volume: "Combien",
    requests: (count) => counted(count, { one: "# requête", other: "# requêtes" }),
    sources: (count) => counted(count, { one: "depuis environ # source", other: "depuis environ # sources" }),
    sourcesNote:
      "Une source est une adresse ; plusieurs personnes peuvent se trouver derrière une seule, et une seule derrière plusieurs.",
    places: "D’où",
    placesUnknown: "On ne le sait pas.",
    placesOf: "Parmi les réseaux les plus actifs, les seuls dont on cherche le pays :",
    networks: "Réseaux",
    notWho: "L’origine du trafic ne dit pas qui est derrière.",
    answers: "Ce qui a été répondu",
    nothingRefused: "Rien n’a été refusé : chacun a eu une réponse.",
    refused: (count) =>
      counted(count, { one: "# requête a été refusée.", other: "# requêtes ont été refusées." }),
    challenged: (count) =>
      counted(count, {
        one: "# a d’abord dû faire ses preuves.",
        other: "# ont d’abord dû faire leurs preuves.",
      }),
    signed: (count) =>
      counted(count, {
        one: "# réponse était une page telle qu’elle a été signée.",
        other: "# réponses étaient des pages telles qu’elles ont été signées.",
      }),
    judged: (count) =>
      counted(count, {
        one: "# réponse était une page vérifiée.",
        other: "# réponses étaient des pages vérifiées.",
      }),
    uncertain: (count) =>
      counted(count, {
        one: "# réponse était une page dont personne ne se porte garant.",
        other: "# réponses étaient des pages dont personne ne se porte garant.",
      }),
    dynamic: (count) =>
      counted(count, {
        one: "# réponse a été faite sur le moment.",
        other: "# réponses ont été faites sur le moment.",
      }),
    readers: "Ce que les lecteurs ont reçu",
    nobodyRead: "Personne ne lisait à ce moment-là.",
    readersServed: (share, requests, wait) =>
      `${share} de ce que les lecteurs habituels ont demandé (${requests} requêtes) est arrivé à temps ; 99 sur 100 ont attendu ${wait} au plus.`,
    estimate:
      "Les lecteurs habituels sont estimés d’après ce qui est habituel sur ce site, y compris ceux qui ont été refusés.",
    outcome: "Comment cela s’est terminé",
    outcomes: {
      open: { label: "Toujours en cours", what: "On ne sait pas encore comment cela se terminera." },
      neutralised: {
        label: "Neutralisé",
        what: "Les lecteurs ont gardé leurs pages : au moins 99 de leurs requêtes sur 100 ont été servies à temps, et rien de faux n’a été montré.",
      },
      degraded: {
        label: "Dégradé",
        what: "Des lecteurs sont restés sans page : moins de 99 de leurs requêtes sur 100 ont été servies à temps.",
      },
      breached: { label: "Percé", what: "Quelque chose de faux a été montré aux lecteurs." },
      "not observed": { label: "Non observé", what: "On l’a affirmé ; ici, il n’y en a aucune trace." },
      refuted: {
        label: "Réfuté",
        what: "On l’a affirmé, et ce qu’a noté un observateur indépendant dit le contraire.",
      },
      "own change": {
        label: "Votre propre changement",
        what: "Les responsables du site ont dit que cela venait d’eux. Cela ne compte pas comme une attaque.",
      },
    },
    rules: "Ce qui a été fait",
    ruleUnknown: "Une règle dont on ne connaît plus que le nom.",
    evidence: "Ce qui a été vu",
    noEvidence: "Rien n’est noté.",
  },
  evidence: {
    volume: (rate, usual, high) =>
      `${rate} requêtes par seconde ; d’habitude ${usual} ici, et beaucoup trop à partir de ${high}.`,
    path: (share) => `${share} des requêtes ont demandé cette adresse :`,
    end: (lasted, peak) => `C’était fini au bout de ${lasted} ; ${peak} requêtes par seconde au plus.`,
    restarted: "La veille a été relancée ; ce qui est arrivé entre-temps n’est pas compté.",
    damaged: "Ceci n’est pas ce qui a été signé :",
    repaired: "Ceci est de nouveau juste :",
    slow: (ended, named) =>
      `Connexions coupées, qui ne prenaient presque rien de ce qu’elles avaient demandé ou ne faisaient qu’occuper une place : ${ended}. Adresses tenues dehors pour un temps : ${named}.`,
    silent: (perS) =>
      `Connexions par seconde sur lesquelles rien n’était demandé : ${perS}. Qui continue d’en ouvrir est tenu dehors.`,
    stays: (left) =>
      `Connexions qui ne prennent presque rien et qui restent, faute du droit de les couper : ${left}.`,
    repairedAll: "Fini : tout est de nouveau juste.",
    notSeenAgain: "Fini : plus personne ne l’a signalé depuis des minutes.",
    bare: (seen, usual) =>
      `${seen} des requêtes viennent de clients qui ne chargent ni feuille de style ni image (d’habitude : ${usual}).`,
    parts: (seen, usual) =>
      `${seen} des requêtes viennent de clients qui chargent des feuilles de style ou des images (d’habitude : ${usual}).`,
    browsers: (seen, usual) =>
      `${seen} des requêtes nomment un navigateur d’aujourd’hui (d’habitude : ${usual}).`,
    declaredRobots: (seen, usual) =>
      `${seen} des requêtes nomment un lecteur de flux, une archive ou un moteur de recherche (d’habitude : ${usual}).`,
    undeclaredRobots: (seen, usual) =>
      `${seen} des requêtes ne nomment aucun programme, ou un outil, ou un navigateur d’avant 2015 (d’habitude : ${usual}).`,
    noLanguage: (seen, usual) => `${seen} des requêtes ne demandent aucune langue (d’habitude : ${usual}).`,
    language: (name, seen, usual) =>
      `${seen} des requêtes demandent d’abord cette langue : ${name} (d’habitude : ${usual}).`,
    country: (name, seen, usual) =>
      `${seen} des requêtes passent par des réseaux enregistrés dans ce pays : ${name} (d’habitude : ${usual}).`,
    network: (name, seen, usual) =>
      `${seen} des requêtes passent par le réseau ${name} (d’habitude : ${usual}).`,
    pace: (seen, usual) => `Chaque source envoie ${seen} requêtes par seconde (d’habitude : ${usual}).`,
    firstRule: (wait) => `La première règle a agi ${wait} après la montée des requêtes.`,
  },
  drill: {
    heading: "Essayer : un exercice",
    asks: [
      "Un exercice attaque ce site, depuis cette machine et ce site seulement, comme un autre fut attaqué un jour. Pendant ce temps, soixante lecteurs inventés demandent des pages ; vous voyez ensuite ce qu’ils ont reçu.",
      "Les vrais lecteurs continuent d’être servis. La machine sera occupée, et sur cette page cela ressemble à une attaque ; c’est marqué comme exercice et ne compte dans aucune statistique.",
    ],
    profile: "Quelle attaque",
    profiles: {
      "mamfakinch-2011": {
        label: "Mamfakinch, 31 juillet 2011",
        what: "Un dimanche de marches : des milliers d’adresses envoient des requêtes automatiques, et en quelques heures le portail disparaît jusqu’au soir.",
      },
    },
    sources: "Adresses qui attaquent",
    seconds: "Combien de secondes",
    between: (least, most) => `De ${least} à ${most}.`,
    start: "Lancer l’exercice",
    stop: "Arrêter l’exercice",
    stopped: "L’exercice a été arrêté.",
    running: (from) => `Un exercice est en cours depuis ${from}.`,
    runningNote: "Il se termine tout seul. Son résultat s’affichera ici.",
    last: "Le dernier exercice",
    readers: (reads, right, wait) =>
      `${counted(reads, { one: "Ses lecteurs ont demandé # page", other: "Ses lecteurs ont demandé # pages" })} et en ont reçu ${right} de justes ; 99 sur 100 ont attendu ${wait} au plus.`,
    flood: (sent) =>
      counted(sent, { one: "L’attaque a envoyé # requête.", other: "L’attaque a envoyé # requêtes." }),
    record: "Ce que la veille a noté",
    noRecord:
      "La veille n’a noté aucun incident : c’était trop peu, ou trop semblable à des lecteurs, pour être appelé un déluge.",
    refused: "L’exercice n’a pas eu lieu.",
    notLoopback:
      "Un exercice ne va que vers cette machine elle-même, en clair (http://127.0.0.1). Ce site écoute à une autre adresse : on ne peut pas l’exercer d’ici.",
    tooLong: "L’exercice ne s’est pas terminé à temps et a été arrêté.",
  },
};
