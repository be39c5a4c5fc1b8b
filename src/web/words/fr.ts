/** The studio's shared words in French. Before « : », « ; », « ! » and « ? » stands a narrow no-break space (U+202F). */
import { plural } from "../../language/messages/messages.ts";
import type { StudioWords } from "./studio-words.ts";

const counted = plural("fr-MA");

export const fr: StudioWords = {
  studio: "Studio",
  skip: "Aller au contenu",
  menu: "Studio",
  languages: "Langues",
  you: "Votre compte :",
  signOut: "Quitter",
  state: {
    label: "L’état du site",
    nothingPublished: "Rien n’est encore publié.",
    edition: (version, at) => `Édition ${version} du ${at}.`,
    stale:
      "Elle n’a pas été renouvelée à temps : les pages restent lisibles, mais prévenez la personne qui s’occupe du serveur.",
    modes: {
      calm: "Tout est calme.",
      guarded: "En alerte : des requêtes inhabituelles.",
      siege: "Site attaqué.",
    },
    silent:
      "La veille ne répond pas : les pages restent lisibles, mais personne ne verrait venir une attaque.",
    incidents: (count) =>
      count === 0
        ? "Aucun incident en cours."
        : counted(count, { one: "# incident en cours.", other: "# incidents en cours." }),
    protectedSite: {
      held: "Site retenu : les lecteurs ne voient que les copies approuvées.",
      gone: "Le serveur qui est derrière ne répond plus : les lecteurs voient les copies approuvées.",
      maintenance: "Les lecteurs voient la page de maintenance.",
    },
    services: {
      lite: "Les pages arrivent d’abord en texte.",
      "read-only": "Les pages arrivent d’abord en texte, et l’on ne peut que lire.",
    },
    look: "Voir quoi faire",
  },

  toStart: "À la première page",

  sites: { portal: "Site principal", blog: "Blog" },
  roles: {
    contributor: "Contributeur",
    editor: "Éditeur",
    moderator: "Modérateur",
    steward: "Responsable",
  },

  facts: {
    title: "titre",
    headings: "intertitres",
    words: "mots",
    text: "quantité de texte",
    structure: "structure",
    page: "toute la page",
    letters: "écriture",
    language: "langue",
    direction: "sens de l’écriture",
    status: "statut",
    kind: "type de document",
    location: "redirection",
    limit: "trop grand pour être contrôlé",
    fault: "page d’erreur",
    scripts: "script",
    styles: "feuille de style",
    preloads: "fichier préchargé",
    frames: "page incorporée",
    forms: "formulaire",
    base: "adresse de base",
    refreshes: "redirection dans la page",
    "link-hosts": "liens vers un autre site",
    "media-hosts": "images d’un autre site",
    links: "lien",
    images: "image",
    "hidden-link-hosts": "liens cachés vers un autre site",
    manifests: "manifeste d’application",
    "service-workers": "service worker",
    cookies: "cookie",
    policies: "en-tête de sécurité",
    oddities: "élément inhabituel",
    buried: "code caché",
    contacts: "à qui payer, téléphoner ou écrire",
    archives: "fichier à décompresser",
    "stand-ins": "adresse donnée pour celle de cette page",
    "hidden-links": "liens cachés vers ses propres pages",
    entries: "titre d’un autre article, ou sans article",
    sections: "bloc ajouté par-dessus la page",
    "sheet-effects": "ce qu’une feuille de style ajoute ou cache",
    data: "ce qui est dit aux moteurs de recherche",
    design: "page faite autrement",
    frame: "page sans l’habillage du site",
    inline: "code dans la page",
    contents: "contenu d’un fichier connu",
    bypass: "contournement de la façade",
    cloaking: "montré à certains seulement",
    appearance: "apparence",
    dns: "où mène le nom",
    certificate: "certificat",
    "sibling host": "autre nom du site",
  },

  refusals: {
    400: {
      title: "Envoi illisible",
      what: "Ce que votre navigateur a envoyé était incomplet ou abîmé. Rien n’a été modifié.",
      todo: "Revenez en arrière, rechargez la page et réessayez.",
    },
    401: {
      title: "Votre session est terminée",
      what: "Plus personne n’est connecté ici. Rien n’a été modifié.",
      todo: "Reconnectez-vous, dans un autre onglet si vous avez ici un texte non enregistré.",
    },
    403: {
      title: "Cela ne vous est pas ouvert",
      what: "Votre rôle ne le permet pas, ou la demande ne venait pas du studio. Rien n’a été modifié.",
      todo: "Si votre travail le demande, adressez-vous à un éditeur ou à un responsable.",
    },
    404: {
      title: "Il n’y a rien ici",
      what: "L’adresse comporte peut-être une erreur, ou ce qui se trouvait ici a été supprimé.",
      todo: "Cherchez dans la liste des textes.",
    },
    408: {
      title: "L’envoi était trop lent",
      what: "Votre envoi arrivait trop lentement et a été interrompu. Rien n’a été modifié.",
      todo: "Réessayez avec une meilleure connexion.",
    },
    409: {
      title: "Cela a changé entre-temps",
      what: "Quelqu’un d’autre, ou vous dans une autre fenêtre, est passé avant. Rien n’a été écrasé.",
      todo: "Revenez en arrière, rechargez la page pour voir où on en est, puis décidez.",
    },
    413: {
      title: "C’est trop volumineux",
      what: "Votre envoi dépasse la taille acceptée ici. Rien n’a été modifié.",
      todo: "Réduisez-le, ou envoyez-le en plusieurs fois.",
    },
    415: {
      title: "Ce type d’envoi n’est pas accepté",
      what: "Ce que vous avez envoyé n’est pas d’un type admis ici. Rien n’a été modifié.",
      todo: "Choisissez un autre fichier, ou revenez en arrière et réessayez.",
    },
    422: {
      title: "Il manque quelque chose",
      what: "Un champ est vide, trop long ou ne convient pas. Rien n’a été modifié.",
      todo: "Revenez en arrière, vérifiez ce que vous avez rempli et renvoyez.",
    },
    503: {
      title: "Cela ne fonctionne pas pour le moment",
      what: "Quelque chose a échoué de notre côté ; c’est noté. Les pages publiques restent lisibles.",
      todo: "Réessayez dans un moment. Si cela dure, prévenez la personne qui s’occupe du serveur.",
    },
  },
};
