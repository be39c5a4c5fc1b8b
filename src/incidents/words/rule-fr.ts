/** What a rule's requests have in common, in French. */
import type { RuleWords } from "../defence/rule-words.ts";

export const ruleFr: RuleWords = {
  requests: "Requêtes",
  terms: {
    method: {
      of: {
        GET: "qui ne font que lire (GET)",
        HEAD: "qui ne demandent que les en-têtes d’une page (HEAD)",
        POST: "qui envoient quelque chose (POST)",
        other: "par une méthode que les lecteurs n’emploient pas",
      },
      else: "par la méthode {}",
    },
    host: {
      of: {
        portal: "pour le site principal",
        blog: "pour le blog",
        studio: "pour le studio",
        unknown: "pour un site qui n’est pas ici",
        address: "pour une adresse nue au lieu d’un nom",
      },
      else: "pour le site {}",
    },
    place: {
      of: {
        front: "pour une page d’accueil",
        page: "pour un texte ou une page",
        list: "pour une liste de textes",
        feed: "pour un flux",
        text: "pour une version texte",
        part: "pour une partie de page (feuille de style, image)",
        reserved: "pour des adresses propres à Kasbah",
        "passed-on": "pour ce que produit un autre serveur",
        missing: "pour des pages qui n’existent pas",
        moved: "pour des pages qui ont changé d’adresse",
        malformed: "pour des adresses mal formées",
      },
      else: "pour {}",
    },
    path: { of: {}, else: "pour l’adresse {}" },
    query: {
      of: { none: "sans paramètre", tracking: "avec des marques de suivi pour seuls paramètres" },
      else: "avec les paramètres {}",
    },
    agent: { of: { none: "qui ne nomment aucun programme" }, else: "qui appellent leur programme {}" },
    program: {
      of: {
        none: "qui ne nomment aucun programme",
        chrome: "qui nomment Chrome",
        safari: "qui nomment Safari",
        firefox: "qui nomment Firefox",
        edge: "qui nomment Edge",
        opera: "qui nomment Opera",
        samsung: "qui nomment le navigateur de Samsung",
        "in-app": "faites depuis une autre application",
        "text-browser": "qui nomment un navigateur en mode texte",
        "feed-reader": "qui nomment un lecteur de flux",
        archive: "qui nomment une archive",
        crawler: "qui nomment un moteur de recherche ou un autre robot",
        tool: "qui nomment un outil de programmeur (curl, Python…)",
        outdated: "qui nomment un navigateur d’avant 2015",
        mozilla: "qui nomment un navigateur d’un genre inconnu",
        other: "qui nomment un programme inconnu",
      },
      else: "qui nomment le programme {}",
    },
    client: {
      of: {
        phone: "venues de téléphones",
        desktop: "venues d’ordinateurs",
        "text-browser": "venues de navigateurs en mode texte",
        tor: "venues du navigateur Tor",
        "feed-reader": "venues de lecteurs de flux",
        archive: "venues d’archives",
        crawler: "venues de moteurs de recherche ou d’autres robots",
        tool: "venues d’outils de programmeur",
        none: "venues de programmes qui ne disent pas ce qu’ils sont",
      },
      else: "venues de {}",
    },
    language: {
      of: { none: "qui ne demandent aucune langue" },
      else: "qui demandent d’abord cette langue : {}",
    },
    headers: {
      of: { none: "sans aucun des en-têtes qu’envoient les navigateurs" },
      else: "avec ces en-têtes et aucun autre : {}",
    },
    accept: {
      of: {
        none: "qui ne disent pas ce qu’elles acceptent",
        any: "qui acceptent n’importe quoi",
        page: "qui veulent une page web",
        feed: "qui veulent un flux",
        part: "qui veulent une partie de page",
        other: "qui veulent un autre type de fichier",
      },
      else: "qui acceptent {}",
    },
    encoding: {
      of: {
        none: "qui ne disent rien de la compression",
        identity: "qui ne veulent pas de compression",
        gzip: "qui ne connaissent que l’ancienne compression (gzip)",
        modern: "qui connaissent la compression moderne",
        other: "avec un souhait de compression inhabituel",
      },
      else: "avec la compression {}",
    },
    referrer: {
      of: {
        none: "qui ne viennent d’aucune page",
        self: "qui viennent d’une page de ce site",
        other: "qui disent venir de ce qui n’est pas une adresse",
      },
      else: "qui viennent de {}",
    },
    cookies: { of: { yes: "avec des cookies", no: "sans cookies" }, else: "avec des cookies : {}" },
    conditional: {
      of: {
        yes: "qui demandent si une page a changé",
        no: "qui ne demandent pas si une page a changé",
      },
      else: "avec des conditions : {}",
    },
    parts: {
      of: {
        yes: "venues de clients qui chargent aussi des feuilles de style ou des images",
        no: "venues de clients qui ne chargent ni feuille de style ni image",
      },
      else: "venues de clients qui chargent des parties de page : {}",
    },
    pace: { of: {}, else: "venues de sources qui demandent au moins {} pages par seconde" },
    queries: { of: {}, else: "venues de sources qui ont essayé au moins {} paramètres différents" },
    shared: {
      of: {
        one: "venues de sources derrière lesquelles il n’y a qu’un programme",
        few: "venues de sources derrière lesquelles il y a quelques programmes",
        many: "venues d’adresses partagées par beaucoup de monde",
      },
      else: "venues d’adresses partagées par tant de programmes : {}",
    },
    misses: {
      of: {},
      else: "venues de sources qui ont demandé au moins {} fois ce qu’elles ne peuvent pas avoir",
    },
    claim: {
      of: {
        verified: "venues d’un moteur de recherche qui a prouvé qu’il en est un",
        false: "qui prétendent venir d’un moteur de recherche",
        unknown: "qui disent venir d’un moteur de recherche, pas encore vérifié",
        none: "qui ne disent pas venir d’un moteur de recherche",
      },
      else: "qui disent d’elles-mêmes : {}",
    },
    cost: {
      of: {
        memory: "qui ne coûtent presque rien",
        disk: "qu’il faut lire sur le disque",
        error: "qui finissent par une erreur",
        "passed-on": "auxquelles un autre serveur doit répondre",
      },
      else: "qui coûtent {}",
    },
    pass: { of: { none: "sans laissez-passer" }, else: "avec le laissez-passer {}" },
    country: {
      of: { ZZ: "venues d’un pays inconnu" },
      else: "passées par des réseaux enregistrés dans ce pays : {}",
    },
    network: { of: { "0": "passées par des réseaux inconnus" }, else: "passées par le réseau {}" },
    block: { of: {}, else: "venues du bloc d’adresses {}" },
    prefix: { of: {}, else: "venues du bloc d’adresses {}" },
  },
  unknown: "avec {} = {}",
  groups: {
    phone: "téléphones",
    desktop: "ordinateurs",
    "text-browser": "navigateurs en mode texte",
    tor: "navigateur Tor",
    "feed-reader": "lecteurs de flux",
    archive: "archives",
    crawler: "moteurs de recherche",
    tool: "outils de programmeur",
  },
  newcomers: "personnes jamais venues",
  unknownNetwork: "réseaux inconnus",
  noLanguage: "personnes qui ne demandent aucune langue",
};
