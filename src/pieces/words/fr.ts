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
  sites: { portal: "Site principal", blog: "Blog" },
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
      "Commencez par le premier article : un titre suffit, et personne au-dehors ne le voit avant que vous ne publiiez.",
    emptyReading: "Il n’y a encore rien à lire pour vous ici.",
    first: "Écrire le premier article",
    nothing: "Aucun texte ne correspond",
    showAll: "Afficher tous les textes",
  },

  new: {
    title: "Écrire un nouveau texte",
    heading: "Titre",
    headingHint: "Vous pourrez le changer avant de publier, et après aussi.",
    kind: "Qu’est-ce que c’est ?",
    site: "Où paraîtra-t-il ?",
    language: "Langue",
    start: "Commencer à écrire",
    faults: {
      title: "Il faut un titre : une lettre au moins, 300 au plus.",
      place: "Vous ne pouvez pas écrire dans cette rubrique. Choisissez-en une autre.",
    },
  },
};
