/** What the editor says, in English. The other languages have the same form: the type leaves no gap. */
import { plural } from "../../language/messages/messages.ts";

const counted = plural("en-GB");

export const en = {
  body: "Text",
  toolbar: "Formatting (Alt+F10)",
  tools: {
    paragraph: "Paragraph",
    heading2: "Heading",
    heading3: "Smaller heading",
    heading4: "Smallest heading",
    bold: "Bold",
    italic: "Italic",
    underline: "Underline",
    strike: "Struck through",
    code: "Code",
    subscript: "Subscript",
    superscript: "Superscript",
    link: "Link",
    blockquote: "Quotation",
    bulletList: "List",
    orderedList: "Numbered list",
    codeBlock: "Block of code",
    picture: "Picture",
    table: "Table",
    rule: "Line across",
    auto: "Direction by the words",
    rtl: "Right to left",
    ltr: "Left to right",
    undo: "Undo",
    redo: "Redo",
    rowAfter: "Add a row",
    columnAfter: "Add a column",
    deleteRow: "Delete row",
    deleteColumn: "Delete column",
    deleteTable: "Delete table",
  },
  /** On buttons that have no sign which everybody knows. */
  short: { link: "Link", picture: "Picture", table: "Table", rule: "Line" },
  language: "Language of the marked words",
  ownLanguage: "As the text",
  words: (count: number) => counted(count, { one: "# word", other: "# words" }),
  link: {
    title: "Link",
    address: "Address",
    hint: "https://…, mailto:…, or /… for a page of this site",
    fault: "A link starts with https://, http://, mailto:, tel:, / or #, and has no spaces.",
    set: "Set link",
    remove: "Remove link",
    cancel: "Cancel",
  },
  picture: {
    loading: (name: string) => `${name} is on its way`,
    failed: (name: string, reason: string) => `${name} was not taken: ${reason}`,
    unreachable: "the newsroom can’t be reached. Try again.",
    alt: "What does the picture show?",
    altHint: "Read out to people who can’t see it.",
    decorates: "It only decorates",
    caption: "Caption, with who took it",
    remove: "Take the picture out",
    elsewhere: "A picture on another site. Readers get a link to it:",
    undescribed: (count: number) =>
      counted(count, {
        one: "One picture has no description yet.",
        other: "# pictures have no description yet.",
      }),
    dismiss: "All right",
  },
  material: {
    name: "Citizens’ material stands here, with what checking it came to.",
    remove: "Take it out of the text",
  },
  state: {
    unsaved: "Not saved yet",
    saving: "Saving…",
    saved: (time: string) => `Saved at ${time}`,
  },
  faults: {
    title: "Give the text a title first: at least one letter, at most 300.",
    signedOut: "Your session has ended. Nothing is lost: your text is still here. Sign in, then save again.",
    signIn: "Sign in (in a new tab)",
    unreachable: "The newsroom can’t be reached, so this is not saved. Your text is still here.",
    retry: "Save again",
    refused: (reason: string) => `Not saved. ${reason} Your text is still here.`,
    tooLong: "The text is too long: at most 4 megabytes. Split it in two.",
    notOurs: "This is not a text that we can keep: it has too many blocks, or they are nested too deeply.",
  },
  recovery: {
    found: (time: string) => `At ${time} you left without saving. What you had written is still here.`,
    restore: "Bring it back",
    discard: "Throw it away",
  },
  conflict: {
    title: "Two people changed this text",
    happened: (name: string, when: string) =>
      `${name} saved a version on ${when}, while you were writing. Both are kept; nothing is lost.`,
    somebody: "Somebody",
    theirs: "Their version",
    what: "Below, in the editor, is yours. You can copy from one to the other.",
    takeMine: "Go on with mine",
    takeTheirs: "Go on with theirs",
    merge: "I’ll bring them together",
    merging: "When the text below is as it should be, save it: it takes in both.",
  },
};

export type EditorWords = typeof en;
