/** The gates in French. */
import type { Wait } from "./wait.ts";
import type { GateWords } from "./words.ts";

export const fr: GateWords = {
  heading: "Un instant, s’il vous plaît",
  title: "Attente : {wait}",
  why: "De nombreuses demandes arrivent en même temps sur ce site, qui y répond à tour de rôle. Vous n’avez rien fait de mal.",
  timed: "Votre place dans la file est gardée. Cette page s’ouvrira d’elle-même dans {wait}.",
  rest: "Vous n’avez rien à faire et rien ne sera perdu. Si l’attente se prolonge, cette page le dira, et votre place restera la vôtre.",
  stuck: "La page ne s’ouvre pas d’elle-même ?",
  tryNow: "Essayer maintenant",

  kept: "Ce que vous avez écrit est conservé dans cette page. L’envoi n’a pas encore eu lieu.",
  sealedByHand: "Vous pourrez l’envoyer dans {wait}.",
  sealedByItself: "L’envoi se fera de lui-même dans {wait}.",
  leaveOpen: "Laissez cette page ouverte jusqu’à l’envoi.",
  early: "Si vous appuyez plus tôt sur le bouton, cette page revient et rien n’est perdu.",
  sendNow: "Envoyer maintenant",

  solving: "Votre appareil fait un petit calcul pour que cela aille plus vite.",
  opening: "C’est fait. La page s’ouvre.",
  sending: "C’est fait. L’envoi est en cours.",

  refused: "Impossible pour l’instant",
  reasons: {
    "queue-full":
      "Les demandes sont si nombreuses qu’il ne reste plus de place dans la file. Vous n’avez rien fait de mal.",
    "network-share":
      "Votre réseau a demandé plus que sa part. Un réseau est souvent partagé par beaucoup de gens : ce n’est pas forcément vous.",
    "ticket-invalid":
      "Plusieurs fois de suite, votre navigateur a montré une place dans la file qui n’est pas valable. Rouvrez la page plus tard.",
    "form-too-large":
      "Ce que vous avez envoyé est trop volumineux pour être conservé dans cette page pendant l’attente.",
    "form-too-old": "Cette page est restée ouverte trop longtemps pour envoyer ce qu’elle conservait.",
  },
  unsent:
    "Rien n’est parti. Revenez à la page précédente : votre navigateur a peut-être gardé ce que vous avez écrit. Envoyez-le de nouveau de là.",
  again: "Vous pourrez réessayer dans {wait}.",
  appeal:
    "Si vous pensez que c’est une erreur, envoyez ce code à l’équipe du site. Il ne dit pas qui vous êtes.",
  front: "Aller à la page d’accueil",

  about,
};

function about({ unit, count }: Wait): string {
  const one = { second: "seconde", minute: "minute", hour: "heure" }[unit];
  return count === 1 ? `environ une ${one}` : `environ ${count} ${one}s`;
}
