/** Ce que disent les pages sur les textes, en français. */
import { plural } from "../../language/messages/messages.ts";
import type { Words } from "./en.ts";

const counted = plural("fr-MA");

export const fr: Words = {
  kinds: { story: "Article", post: "Billet de blog", brief: "Brève", dossier: "Dossier", page: "Page" },
  kindHints: {
    story: "une nouvelle, un reportage, un entretien",
    post: "une opinion, une note",
    brief: "quelques lignes",
    dossier: "plusieurs textes sur un même sujet",
    page: "qui sommes-nous, contact",
  },
  workflow: { idea: "Idée", draft: "Brouillon", "in review": "En relecture", ready: "Prêt à publier" },
  publication: {
    none: "Non public",
    scheduled: "Programmé",
    private: "Gardé privé",
    published: "Publié",
    withdrawn: "Retiré",
  },
  newer: {
    idea: "Publié · une version plus récente est une idée",
    draft: "Publié · une version plus récente est en brouillon",
    "in review": "Publié · une version plus récente est en relecture",
    ready: "Publié · une version plus récente est prête",
  },
  scheduledFor: (when) => `Sera public le ${when}`,
  scheduledUnready: (when) => `Prévu pour le ${when}, mais pas prêt`,
  nobody: "Importé",

  list: {
    title: "Textes",
    write: "Écrire un nouveau texte",
    search: "Mots du titre",
    show: "Afficher",
    allStates: "Tout",
    mine: "Les miens",
    language: "Langue",
    section: "Rubrique",
    all: "Toutes",
    states: "État",
    changed: (when) => `${when}, par`,
    found: (count) => counted(count, { one: "# texte", other: "# textes" }),
    newer: "Plus récents",
    older: "Plus anciens",
    page: (number, of) => `Page ${number} sur ${of}`,
    pages: "Pages de la liste",
    filters: "Chercher dans la liste",
    empty: "Rien n’est encore écrit",
    emptyMore:
      "Commencez par le premier article : un titre suffit, et personne au-dehors ne le voit avant que vous ne publiiez.",
    emptyReading: "Il n’y a encore rien à lire pour vous ici.",
    first: "Écrire le premier article",
    nothing: "Aucun texte ne correspond",
    showAll: "Afficher tous les textes",
  },

  new: {
    title: "Écrire un nouveau texte",
    heading: "Titre",
    headingHint: "Vous pourrez le changer avant de publier, et après aussi.",
    kind: "Qu’est-ce que c’est ?",
    site: "Où paraîtra-t-il ?",
    language: "Langue",
    start: "Commencer à écrire",
    faults: {
      title: "Il faut un titre : une lettre au moins, 300 au plus.",
      place: "Vous ne pouvez pas écrire dans cette rubrique. Choisissez-en une autre.",
    },
  },

  successes: {
    "handed in": "Remis. La rédaction va le lire.",
    "taken back": "C’est de nouveau un brouillon.",
    "sent back": "Renvoyé. La personne qui l’a écrit lira vos mots au-dessus du texte.",
    ready: "Prêt à publier.",
    published: "Publié.",
    scheduled: "Il deviendra public à cette heure, sans que personne n’ait rien à faire.",
    unscheduled: "Plus rien ne deviendra public tout seul.",
    private: "Gardé pour l’équipe.",
    moved: "L’adresse est changée.",
    corrected: "La note figure sous le texte.",
    withdrawn: "Retiré pour de bon.",
    saved: "Enregistré.",
    added: "Ajouté.",
    restored: "Cette version est de nouveau celle sur laquelle on travaille, comme nouveau brouillon.",
  },
  faults: {
    "already so": "C’était déjà fait ; rien n’a été fait deux fois.",
    "changed meanwhile":
      "Quelqu’un a changé le texte après l’ouverture de cette page. Relisez-le d’abord : le voici tel qu’il est maintenant.",
    "not ready": "Il n’est pas encore prêt : quelqu’un doit d’abord le lire.",
    untranslated:
      "Il dit encore mot pour mot ce que dit l’original. Traduisez d’abord le titre et le texte ; il pourra alors être publié.",
    "half translated": "Le titre ou le texte est encore celui de l’original. Publier tout de même ?",
    undescribed:
      "Une image n’a pas de description, et personne n’a dit qu’elle ne fait que décorer : qui ne la voit pas n’en saura rien. Publier tout de même ?",
    "no such step":
      "Ce n’est pas possible dans son état actuel. Quelqu’un a peut-être été plus rapide : le voici tel qu’il est maintenant.",
    "in the past": "Cette heure est passée. Choisissez-en une autre, ou publiez tout de suite.",
    "no free address": "Cette adresse est celle d’une autre page. Choisissez-en une autre.",
    "no address": "Il faut au moins une lettre ou un chiffre dans une adresse.",
    "no name": "Il faut un nom d’au moins une lettre, dans une langue au moins.",
    "no time": "Ce n’est pas une date. Il faut un jour et une heure.",
    "unknown names":
      "Enregistré, mais sans les noms qui n’existent pas encore : demandez à la rédaction de les ajouter.",
    "not public": "Les notes sont pour les textes que les lecteurs voient.",
    "too many": "C’est trop ; rien n’a été changé.",
  },
  readers: {
    public: {
      now: "Les lecteurs l’ont maintenant.",
      late: "Il est en route vers les lecteurs : le site public n’a pas encore répondu.",
      failed:
        "Mais le site public n’a pas pu être refait. Rien n’est perdu : publiez de nouveau, et prévenez la personne qui s’occupe de la machine.",
    },
    hidden: {
      now: "Les lecteurs ne le trouvent plus.",
      late: "Le site public n’a pas encore répondu ; il disparaîtra dès qu’il répondra.",
      failed:
        "Mais le site public n’a pas pu être refait : les lecteurs le trouvent peut-être encore. Prévenez tout de suite la personne qui s’occupe de la machine.",
    },
  },

  panel: {
    label: "À propos de ce texte",
    next: "Et maintenant",
    look: "Le voir comme les lecteurs",
    publish: "Publier maintenant",
    publishNewer: "Publier cette version",
    toDraft: "En faire un brouillon",
    handIn: "Remettre pour relecture",
    takeBack: "Reprendre pour continuer à écrire",
    toReady: "Marquer comme prêt",
    reopen: "En refaire un brouillon",
    sendBack: "Renvoyer",
    reason: "Que manque-t-il ?",
    reasonHint: "La personne qui l’a écrit le lira au-dessus du texte. Les lecteurs, jamais.",
    sentBack: (when) => `Renvoyé le ${when} par`,
    schedule: "Publier plus tard",
    scheduleAt: "Jour et heure",
    scheduleHint: (zone) => `À l’heure de la rédaction (${zone}). Personne au-dehors ne le voit avant.`,
    unschedule: "Ne pas publier automatiquement",
    private: "Garder pour l’équipe",
    privatePublished: "Ôter du site, garder pour l’équipe",
    notPrivate: "Ne plus garder pour l’équipe seule",
    withdraw: "Retirer pour de bon…",
    publishAllTheSame: "Publier tout de même",
    scheduleAllTheSame: "Programmer tout de même",
    sourceNewer: "Le texte que celui-ci traduit a changé depuis.",
    sourceChanges: "Voir ce qui y a changé",
    sourceFollowed: "Cette traduction le suit maintenant",
    copied: {
      all: "C’est encore une copie de l’original : ni le titre ni le texte ne sont traduits. On ne peut pas le publier ainsi.",
      part: "Le titre ou le texte est encore mot pour mot celui de l’original.",
    },
    silentPictures: (count) =>
      counted(count, {
        one: "Une image n’a pas de description. Décrivez-la, ou dites qu’elle ne fait que décorer : qui ne la voit pas n’en saura rien.",
        other:
          "# images n’ont pas de description. Décrivez-les, ou dites qu’elles ne font que décorer : qui ne les voit pas n’en saura rien.",
      }),
    details: "Détails",
    section: "Rubrique",
    noSection: "Sans rubrique",
    tags: "Mots-clés",
    bylines: "Signé par",
    bylinesHint: "Les noms que voient les lecteurs ; rien ne mène d’eux à vous.",
    namesHint: "Séparés par des virgules. Les nouveaux noms sont ajoutés.",
    namesHintKnown: "Séparés par des virgules. Seulement des noms qui existent déjà.",
    save: "Enregistrer les détails",
    address: "Adresse",
    slug: "Dernière partie de l’adresse",
    slugHint: "Fixée à la première publication.",
    slugHintPublic: "L’ancienne adresse mènera à la nouvelle, pour toujours.",
    move: "Changer l’adresse",
    corrections: "Corrections et mises à jour",
    kinds: { correction: "Correction", update: "Mise à jour" },
    note: "Qu’est-ce qui était faux, ou que sait-on maintenant ?",
    noteHint: "Figure aussitôt sous le texte, à la date d’aujourd’hui.",
    addNote: "Ajouter la note et la publier",
    translations: "Autres langues",
    translateInto: "Traduire en",
    translateHint: "Commence avec les mots de ce texte, à remplacer.",
    translate: "Commencer la traduction",
    history: "Toutes les versions de ce texte",
  },

  withdraw: {
    title: "Retirer ce texte pour de bon ?",
    meaning: [
      "Il disparaît partout à la fois : la page, sa version texte, toutes les listes, tous les flux, toutes les éditions passées.",
      "Son adresse dit ensuite que quelque chose a été retiré, et rien de ce qui s’y trouvait.",
      "Rien ne le ramène : ni édition passée, ni sauvegarde, ni export. C’est fait pour les textes qui mettent quelqu’un en danger.",
    ],
    confirm: "Retirer pour de bon",
    keep: "Le garder",
    neverPublic: "Personne au-dehors n’a vu ce texte : il n’y a rien à retirer.",
    already: "Ce texte est déjà retiré.",
    back: "Retour au texte",
  },

  history: {
    title: "Toutes les versions",
    pages: "Pages de l’historique",
    working: "La version actuelle",
    readersHave: "Celle que les lecteurs ont",
    branch: "Enregistrée à côté d’une version plus récente ; personne ne l’a encore reprise",
    size: (added, removed) =>
      added + removed === 0
        ? "aucun mot changé"
        : `${counted(added, { one: "# mot de plus", other: "# mots de plus" })}, ${counted(removed, { one: "# mot de moins", other: "# mots de moins" })}`,
    step: (from, to) => `de « ${from} » à « ${to} »`,
    whatChanged: "Ce qu’elle a changé",
    sinceThen: "Ce qui a changé depuis",
    restore: "Revenir à cette version",
  },

  compare: {
    title: "Ce qui a changé",
    from: "Avant",
    to: "Après",
    legend: "Comment lire :",
    added: "ajouté",
    removed: "supprimé",
    unchanged: (count) =>
      counted(count, { one: "Un paragraphe est inchangé.", other: "# paragraphes sont inchangés." }),
    form: "Les mots sont les mêmes, leur forme est autre : un intertitre, un lien, une mise en valeur, une image.",
    noWords: "(une partie sans mots)",
    back: "Toutes les versions",
  },

  names: {
    menu: "Noms",
    title: "Noms",
    intro:
      "Comment s’appellent rubriques, mots-clés et signatures dans chaque langue. Les lecteurs voient aussitôt un changement.",
    kinds: { sections: "Rubriques", tags: "Mots-clés", bylines: "Signatures" },
    kindHints: {
      sections: "Le menu du site, dans cet ordre.",
      tags: "Ce dont parle un texte.",
      bylines:
        "Les noms sous lesquels paraissent les textes : des pseudonymes, en général. Rien ne mène de l’un d’eux à un compte.",
    },
    none: "Aucun pour l’instant.",
    kind: "Qu’est-ce que c’est ?",
    one: { sections: "Une rubrique", tags: "Un mot-clé", bylines: "Une signature" },
    add: "Ajouter un nom",
    siteHint: "Une signature est la même sur les deux.",
    name: "Nom",
    language: "Sa langue",
    site: "Site",
    up: "Monter",
    nameIn: (language) => `Nom en ${language}`,
    save: "Enregistrer les noms",
    hint: "Ce qui reste vide est montré dans une autre langue. L’adresse ne change pas.",
    back: "Tous les noms",
  },
};
