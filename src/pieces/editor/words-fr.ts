/** Ce que dit l’éditeur, en français. */
import { plural } from "../../language/messages/messages.ts";
import type { EditorWords } from "./words-en.ts";

const counted = plural("fr-MA");

export const fr: EditorWords = {
  body: "Texte",
  toolbar: "Mise en forme (Alt+F10)",
  tools: {
    paragraph: "Paragraphe",
    heading2: "Intertitre",
    heading3: "Intertitre plus petit",
    heading4: "Le plus petit intertitre",
    bold: "Gras",
    italic: "Italique",
    underline: "Souligné",
    strike: "Barré",
    code: "Code",
    subscript: "Indice",
    superscript: "Exposant",
    link: "Lien",
    blockquote: "Citation",
    bulletList: "Liste",
    orderedList: "Liste numérotée",
    codeBlock: "Bloc de code",
    picture: "Image",
    table: "Tableau",
    rule: "Ligne de séparation",
    auto: "Sens d’après les mots",
    rtl: "De droite à gauche",
    ltr: "De gauche à droite",
    undo: "Annuler",
    redo: "Rétablir",
    rowAfter: "Ajouter une ligne",
    columnAfter: "Ajouter une colonne",
    deleteRow: "Supprimer la ligne",
    deleteColumn: "Supprimer la colonne",
    deleteTable: "Supprimer le tableau",
  },
  short: { link: "Lien", picture: "Image", table: "Tableau", rule: "Ligne" },
  language: "Langue des mots sélectionnés",
  ownLanguage: "Celle du texte",
  words: (count) => counted(count, { one: "# mot", other: "# mots" }),
  link: {
    title: "Lien",
    address: "Adresse",
    hint: "https://…, mailto:…, ou /… pour une page de ce site",
    fault: "Un lien commence par https://, http://, mailto:, tel:, / ou #, et ne contient pas d’espace.",
    set: "Poser le lien",
    remove: "Enlever le lien",
    cancel: "Annuler",
  },
  picture: {
    loading: (name) => `${name} est en route`,
    failed: (name, reason) => `${name} n’a pas été prise : ${reason}`,
    noted: (name, note) => `${name} : ${note}`,
    unreachable: "la rédaction est injoignable. Réessayez.",
    alt: "Que montre l’image ?",
    altHint: "Lu à voix haute à qui ne peut pas la voir.",
    decorates: "Elle ne fait que décorer",
    caption: "Légende, avec l’auteur de l’image",
    remove: "Retirer l’image",
    elsewhere: "Une image d’un autre site. Les lecteurs reçoivent un lien :",
    undescribed: (count) =>
      counted(count, {
        one: "# image n’est pas encore décrite.",
        other: "# images ne sont pas encore décrites.",
      }),
    dismiss: "D’accord",
  },
  material: {
    name: "Ici se trouve un document reçu de citoyens, avec le résultat de sa vérification.",
    remove: "Le retirer du texte",
  },
  state: {
    unsaved: "Pas encore enregistré",
    saving: "Enregistrement…",
    saved: (time) => `Enregistré à ${time}`,
  },
  faults: {
    title: "Donnez d’abord un titre au texte : au moins une lettre, 300 au plus.",
    signedOut:
      "Votre session est terminée. Rien n’est perdu : votre texte est toujours là. Connectez-vous, puis enregistrez de nouveau.",
    signIn: "Se connecter (dans un nouvel onglet)",
    unreachable: "La rédaction est injoignable : ce n’est pas enregistré. Votre texte est toujours là.",
    retry: "Enregistrer de nouveau",
    refused: (reason) => `Pas enregistré. ${reason} Votre texte est toujours là.`,
    tooLong: "Le texte est trop long : 4 mégaoctets au plus. Partagez-le en deux.",
    notOurs:
      "Nous ne pouvons pas garder ce texte : il a trop de blocs, ou ils sont imbriqués trop profondément.",
  },
  recovery: {
    found: (time) =>
      `À ${time}, vous avez quitté la page sans enregistrer. Ce que vous aviez écrit est encore là.`,
    restore: "Le reprendre",
    discard: "Le jeter",
  },
  conflict: {
    title: "Deux personnes ont modifié ce texte",
    happened: (name, when) =>
      `${name} a enregistré une version le ${when}, pendant que vous écriviez. Les deux sont gardées ; rien n’est perdu.`,
    somebody: "Quelqu’un",
    theirs: "L’autre version",
    what: "Plus bas, dans l’éditeur, se trouve la vôtre. Vous pouvez copier de l’une à l’autre.",
    takeMine: "Continuer avec la mienne",
    takeTheirs: "Continuer avec l’autre",
    merge: "Je vais les réunir",
    merging: "Quand le texte ci-dessous est comme il doit être, enregistrez-le : il réunit les deux.",
  },
};
