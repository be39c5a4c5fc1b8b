/** The interface in French. Before « : », « ; », « ! » and « ? » stands a narrow no-break space (U+202F), as French print has it. */
import { type Messages, plural } from "./messages.ts";

const counted = plural("fr-MA");

export const fr: Messages = {
  blog: "Le blog",
  skip: "Aller au contenu",
  home: "À la une",
  toHome: "Retour à la une",
  sections: "Rubriques",
  languages: "Langues",
  archive: "Archives",
  standingPages: "Pages",
  textVersion: "Version texte",
  fullVersion: "Version complète",
  feed: "Flux RSS",
  promise: "Cette page fonctionne sans script et ne dépose aucun traceur dans votre navigateur.",

  topStories: "À la une",
  latest: "Dernières publications",
  briefs: "En bref",
  brief: "Brève",
  dossier: "Dossier",
  checked: "Nous avons vérifié",
  withChecked: "Éléments vérifiés",
  withUnverified: "Éléments encore à vérifier",
  nothingYet: "Rien n’est encore publié ici.",
  nothingYetMore: "Les articles apparaîtront sur cette page dès leur publication.",

  by: "Par",
  published: "Publié le",
  updated: "Mis à jour le",
  lastUpdate: "Dernière mise à jour :",
  notes: "Corrections et mises à jour",
  correction: "Correction",
  update: "Mise à jour",
  otherLanguages: "Dans d’autres langues",
  tags: "Mots-clés",
  tag: "Mot-clé",
  section: "Rubrique",

  newer: "Plus récents",
  older: "Plus anciens",
  pages: "Pages de la liste",
  page: (number) => `Page ${number}`,
  texts: (count) => counted(count, { one: "# article", many: "# d’articles", other: "# articles" }),

  material: {
    video: "Vidéo",
    photograph: "Photographie",
    audio: "Enregistrement sonore",
    document: "Document",
    testimony: "Témoignage",
  },
  states: {
    unverified: {
      label: "Non vérifié",
      meaning: "Nous ne savons pas encore si cela montre ce qu’on en dit.",
    },
    "in progress": {
      label: "Vérification en cours",
      meaning: "Nous vérifions ce qu’on en dit et n’avons pas encore de conclusion.",
    },
    verified: { label: "Vérifié", meaning: "Nous avons établi que cela montre bien ce qu’on en dit." },
    false: { label: "Faux", meaning: "Nous avons établi que cela ne montre pas ce qu’on en dit." },
    "can't be verified": {
      label: "Invérifiable",
      meaning: "Nous avons cherché, sans pouvoir confirmer ni démentir ce qu’on en dit.",
    },
  },
  claim: "Ce qu’on en dit",
  findings: "Comment nous avons vérifié",
  source: "Source",
  materialMissing: "Ce document n’est plus disponible.",
  picture: "Image :",
  pictureUndescribed: "Image sans description",
  imageAtSource: "Voir l’image à sa source",
  table: "Tableau",

  errors: {
    400: {
      title: "Demande incompréhensible",
      what: "Votre navigateur a envoyé une demande que nous n’avons pas pu comprendre.",
      todo: "Vérifiez l’adresse, ou repartez de la une.",
    },
    403: {
      title: "Demande refusée",
      what: "Votre demande correspond à une règle qui protège le site contre les attaques. Toute règle de ce genre expire d’elle-même.",
      todo: "Réessayez plus tard. Si vous ne faites que lire, l’erreur vient de nous.",
    },
    404: {
      title: "Aucune page à cette adresse",
      what: "L’adresse comporte peut-être une erreur, ou la page n’existe plus.",
      todo: "Cherchez-la dans les archives, ou repartez de la une.",
    },
    405: {
      title: "Cette adresse ne fait que donner à lire",
      what: "Elle ne reçoit pas ce qui lui a été envoyé.",
      todo: "Revenez à la page précédente, ou repartez de la une.",
    },
    410: {
      title: "Cette page a été retirée",
      what: "Une page se trouvait ici. La rédaction l’a retirée et elle ne reviendra pas.",
      todo: "Vous pouvez poursuivre votre lecture depuis la une.",
    },
    413: {
      title: "Envoi trop volumineux",
      what: "Ce que vous avez envoyé dépasse la taille acceptée ici.",
      todo: "Envoyez-en moins, ou en plusieurs fois.",
    },
    414: {
      title: "Adresse trop longue",
      what: "L’adresse demandée est plus longue que ce que nous acceptons.",
      todo: "Vérifiez le lien que vous avez suivi, ou repartez de la une.",
    },
    421: {
      title: "Cette adresse n’est pas la nôtre",
      what: "Vous avez joint ce serveur sous un nom de site qui n’est pas le sien.",
      todo: "Vérifiez le nom du site dans la barre d’adresse.",
    },
    429: {
      title: "Trop de demandes en peu de temps",
      what: "Beaucoup de demandes sont venues de votre réseau en peu de temps. Une même adresse peut être partagée par de nombreuses personnes : vous n’y êtes pas forcément pour quelque chose.",
      todo: "Attendez quelques secondes, puis rechargez la page.",
    },
    500: {
      title: "Une erreur s’est produite chez nous",
      what: "L’erreur vient de nous ; elle a été enregistrée.",
      todo: "Réessayez dans un moment. Les autres pages fonctionnent.",
    },
    502: {
      title: "Le serveur de cette page a un problème",
      what: "Un autre serveur prépare cette page, et il n’a pas répondu comme il faut. Votre demande nous est bien parvenue.",
      todo: "Réessayez dans un moment. Si vous envoyiez quelque chose, vérifiez d’abord si c’est arrivé.",
    },
    503: {
      title: "Page momentanément indisponible",
      what: "Nous ne pouvons pas donner cette page telle qu’elle a été publiée, et nous n’en montrons aucune version dont nous ne soyons pas sûrs.",
      todo: "Réessayez dans un moment. Les autres pages fonctionnent.",
    },
    504: {
      title: "Cette page se fait trop attendre",
      what: "Un autre serveur prépare cette page, et il n’a pas répondu à temps.",
      todo: "Réessayez dans un moment. Si vous envoyiez quelque chose, vérifiez d’abord si c’est arrivé.",
    },
  },
  maintenance: {
    title: "Site en maintenance",
    what: "Le site est arrêté le temps d’une intervention.",
    todo: "Nous revenons bientôt. Rechargez la page dans un moment.",
  },
};
