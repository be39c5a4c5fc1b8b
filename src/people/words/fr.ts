/** The words of the pages about people in French. */
import { plural } from "../../language/messages/messages.ts";
import type { PeopleWords } from "./people-words.ts";

const counted = plural("fr-MA");

export const fr: PeopleWords = {
  passkey: {
    unsupported:
      "Ce navigateur ne sait pas utiliser les clés d’accès, ou les scripts sont désactivés. Essayez avec un Firefox, Chrome ou Safari récent.",
    cancelled:
      "L’opération a été interrompue, ou elle a pris trop de temps. Rien n’a changé ; réessayez quand vous serez prêt.",
    known: "Cet appareil garde déjà une clé d’accès pour votre compte.",
    unreachable: "Le studio ne répond pas. Vérifiez votre connexion, puis réessayez.",
    waiting: "Votre appareil vous interroge…",
    turn: "Beaucoup de personnes se connectent en même temps. Votre tour vient dans quelques secondes ; cette page réessaie d’elle-même.",
    refused:
      "Cette clé d’accès n’est pas connue ici. Si vous avez perdu la vôtre, demandez un nouveau lien à un responsable.",
    busy: (seconds) =>
      counted(seconds, {
        one: "Trop de personnes se connectent en même temps. Réessayez dans # seconde.",
        other: "Trop de personnes se connectent en même temps. Réessayez dans # secondes.",
      }),
  },
  signIn: {
    title: "Se connecter",
    explain:
      "Votre appareil vous demande votre doigt, votre visage ou votre code. Il n’y a pas de mot de passe.",
    button: "Se connecter avec une clé d’accès",
    lost: "Clé perdue, ou première visite ? Un responsable de la rédaction peut vous donner un lien.",
    usedElsewhere:
      "Votre session est apparue dans un autre navigateur et a été fermée, au cas où quelqu’un l’aurait copiée. Si vous n’avez pas changé de navigateur vous-même, prévenez un responsable.",
  },
  invitation: {
    title: "Bienvenue",
    welcome: "Vous êtes invité à écrire ici.",
    welcomeBack: (name) =>
      `Heureux de vous revoir, ${name}. Ce lien donne une nouvelle clé d’accès à votre compte.`,
    welcomeFirst:
      "Cette rédaction est encore vide. Qui ouvre ce lien en devient le premier responsable : il invite les autres et décide de ce que chacun peut faire.",
    explain:
      "Votre appareil va créer une clé d’accès, gardée par votre doigt, votre visage ou votre code. Aucun mot de passe à retenir ni à perdre.",
    name: "Votre nom ici",
    nameHint:
      "Seuls vos collègues le voient ; un pseudonyme convient. Les lecteurs voient la signature que vous choisissez pour chaque texte.",
    button: "Créer une clé d’accès et entrer",
    void: {
      title: "Ce lien n’ouvre plus rien",
      what: "Chaque lien sert une seule fois, et pas longtemps. Celui-ci a servi, a expiré, ou n’a jamais été le nôtre.",
      todo: "Demandez-en un nouveau à la personne qui vous l’a envoyé. Si vous avez déjà une clé d’accès, connectez-vous.",
    },
  },
  me: {
    title: "Votre compte",
    mayTitle: "Ce que vous pouvez faire",
    mayNothing: "Rien pour le moment. Adressez-vous à un responsable.",
    passkeysTitle: "Vos clés d’accès",
    passkeysExplain: "Ayez-en deux, sur deux appareils : si l’une se perd, l’autre vous laisse entrer.",
    passkey: (day, host) => `Créée le ${day}, pour ${host}`,
    add: "Ajouter une clé d’accès",
    remove: "Retirer",
    last: "C’est la seule ; ajoutez-en une autre avant de la retirer.",
    sessionsTitle: "Où vous êtes connecté",
    sessionsExplain: "Si vous avez utilisé un appareil qui n’est pas le vôtre, déconnectez-vous partout.",
    signOut: "Se déconnecter ici",
    signOutEverywhere: "Se déconnecter partout",
    added: "La clé d’accès a été ajoutée.",
    removed: "La clé d’accès a été retirée.",
  },
  people: {
    title: "Équipe",
    nobodyElse: "Vous êtes seul ici pour l’instant. Invitez quelqu’un ci-dessous.",
    noPasskey: "ne peut pas se connecter : aucune clé d’accès",
    inviteTitle: "Inviter quelqu’un",
    name: "Nom",
    nameHint: "Celui que ses collègues utilisent. La personne pourra le changer en arrivant.",
    role: "Rôle",
    place: "Où",
    invite: "Créer un lien",
    waitingTitle: "Invités, pas encore arrivés",
    waits: (until) => `jusqu’au ${until}`,
    void: "Reprendre",
    first: "Premier responsable",
    linkTitle: (name) => `Un lien pour ${name}`,
    linkExplain: (until) =>
      `Il sert une seule fois, jusqu’au ${until}, et n’est affiché que maintenant. Envoyez-le par un canal sûr : la première personne qui l’ouvre entre.`,
    record: "Registre",
    done: "C’est fait.",
  },
  person: {
    grantsTitle: "Peut faire",
    take: "Reprendre",
    giveTitle: "Donner un autre rôle",
    give: "Donner",
    againTitle: "Clé perdue",
    againExplain: "Crée un lien qui ajoute une clé d’accès. La personne est aussitôt déconnectée partout.",
    again: "Créer un lien",
    revokeTitle: "Retirer de l’équipe",
    revokeExplain:
      "Met fin à ses sessions, clés d’accès, rôles et invitations, pour de bon. Ses textes restent, et le registre garde son nom.",
    revoke: "Retirer de l’équipe",
    notYours: "Ses rôles vont plus loin que les vôtres ; seul un responsable de tout cela peut les changer.",
  },
  places: {
    everywhere: "partout",
    site: (site) => `tout le site : ${site}`,
    section: (section, site) => `${section} (${site})`,
  },
  roles: {
    contributor: "Lit ce qui n’est pas encore public, et écrit ses propres textes.",
    editor: "Lit, écrit et publie tout, voit la veille, et peut intervenir quand le site est attaqué.",
    moderator: "Lit ce qui n’est pas encore public, et voit la veille.",
    steward: "Tout, et décide de ce que chacun peut faire.",
  },
  faults: {
    "no such site": "Ce site n’existe pas.",
    "no such section": "Cette rubrique n’existe pas.",
    "more than you hold":
      "C’est plus que ce que vous pouvez faire vous-même : vous ne pouvez ni le donner ni le reprendre.",
    "name taken":
      "Quelqu’un de l’équipe, ou une personne invitée, porte déjà ce nom. Choisissez-en un autre, pour éviter toute confusion.",
    "too many invitations": "Trop d’invitations sont en attente. Reprenez-en d’abord quelques-unes.",
    "no such person": "Cette personne n’est pas ici, ou ne dépend pas de vous.",
    "last steward": "C’est le dernier responsable. Nommez d’abord un autre responsable pour tout.",
  },
  record: {
    title: "Registre",
    explain:
      "Ce qui a été fait, par qui et quand. Ce que les gens ont écrit ou lu n’y figure pas, ni l’adresse de personne.",
    empty: "Rien pour l’instant.",
    when: "Quand",
    who: "Qui",
    what: "Quoi",
    machine: "La personne qui gère le serveur",
    older: "Plus ancien",
    other: "A fait autre chose",
  },
};
