/** What the pages about texts say, in English. The other languages have the same form: the type leaves no gap. */
import { plural } from "../../language/messages/messages.ts";

const counted = plural("en-GB");

export const en = {
  kinds: { story: "Story", post: "Blog post", brief: "Brief", dossier: "Dossier", page: "Page" },
  kindHints: {
    story: "news, a report, an interview",
    post: "an opinion, a note",
    brief: "a few lines",
    dossier: "several texts on one matter",
    page: "about us, contact",
  },
  sites: { portal: "Main site", blog: "Blog" },
  workflow: { idea: "Idea", draft: "Draft", "in review": "In review", ready: "Ready to publish" },
  publication: {
    none: "Not public",
    scheduled: "Scheduled",
    private: "Kept private",
    published: "Published",
    withdrawn: "Withdrawn",
  },
  newer: {
    idea: "Published · a newer version is an idea",
    draft: "Published · a newer version is a draft",
    "in review": "Published · a newer version is in review",
    ready: "Published · a newer version is ready",
  },
  scheduledFor: (when: string) => `Goes public on ${when}`,
  scheduledUnready: (when: string) => `Planned for ${when}, but not ready`,
  nobody: "Imported",

  list: {
    title: "Texts",
    write: "Write something new",
    search: "Words in the title",
    show: "Show",
    allStates: "Everything",
    mine: "Mine",
    language: "Language",
    section: "Section",
    all: "All",
    states: "State",
    changed: (when: string) => `${when}, by`,
    found: (count: number) => counted(count, { one: "# text", other: "# texts" }),
    newer: "Newer",
    older: "Older",
    page: (number: number, of: number) => `Page ${number} of ${of}`,
    pages: "Pages of the list",
    filters: "Search the list",
    empty: "Nothing is written yet",
    emptyMore:
      "Start with the first story: a title is enough, and nobody outside sees it before you publish.",
    emptyReading: "There is nothing here for you to read yet.",
    first: "Write the first story",
    nothing: "No text fits that",
    showAll: "Show all texts",
  },

  new: {
    title: "Write something new",
    heading: "Title",
    headingHint: "You can change it until you publish, and after that too.",
    kind: "What is it?",
    site: "Where does it go?",
    language: "Language",
    start: "Start writing",
    faults: {
      title: "A title is needed: at least one letter, at most 300.",
      place: "You can’t write in that section. Choose another one.",
    },
  },

  deeds: {
    "handed in": "Handed in. An editor reads it now.",
    "taken back": "It is a draft again.",
    "sent back": "Sent back. Whoever wrote it sees your words above the text.",
    ready: "Ready to publish.",
    published: "Published.",
    scheduled: "It goes public at that time by itself.",
    unscheduled: "Off the plan; nothing goes public by itself.",
    private: "Kept for the team.",
    moved: "The address is changed.",
    corrected: "The note stands under the text.",
    withdrawn: "Withdrawn for good.",
    saved: "Saved.",
    restored: "That version is the working one again, as a new draft.",
  },
  faults: {
    "already so": "That was done already; nothing happened twice.",
    "changed meanwhile":
      "Somebody changed the text after this page was opened. Look at it first: this is how it stands now.",
    "not ready": "It isn’t ready yet: somebody has to read it first.",
    "no such step":
      "That can’t be done in its present state. Somebody may have been faster: this is how it stands now.",
    "in the past": "That time is over. Choose a later one, or publish now.",
    "no free address": "That address belongs to another page. Choose another one.",
    "no address": "An address needs at least one letter or digit.",
    "no time": "That is no time. It needs a day and an hour.",
    "unknown names": "Saved, but without the names that don’t exist yet: ask an editor to add them.",
    "not public": "Notes are for texts that readers have.",
    "too many": "That is too many; nothing was changed.",
  },
  readers: {
    public: {
      now: "Readers have it now.",
      late: "It is on its way to readers: the public site hasn’t answered yet.",
      failed:
        "But the public site couldn’t be made anew. Nothing is lost: press Publish again, and tell whoever looks after the machine.",
    },
    hidden: {
      now: "Readers don’t find it any more.",
      late: "The public site hasn’t answered yet; it disappears as soon as it does.",
      failed:
        "But the public site couldn’t be made anew: readers may still find it. Tell whoever looks after the machine, at once.",
    },
  },

  panel: {
    label: "About this text",
    next: "Next",
    look: "See it as readers do",
    publish: "Publish now",
    publishNewer: "Publish this version",
    toDraft: "Make it a draft",
    handIn: "Hand in for review",
    takeBack: "Take back to go on writing",
    toReady: "Mark as ready",
    reopen: "Make it a draft again",
    sendBack: "Send back",
    reason: "What is missing?",
    reasonHint: "Whoever wrote it reads this above the text. Readers never do.",
    sentBack: (when: string) => `Sent back on ${when} by`,
    schedule: "Publish later",
    scheduleAt: "Day and hour",
    scheduleHint: (zone: string) => `By the newsroom’s clock (${zone}). Nobody outside sees it before.`,
    unschedule: "Don’t publish by itself",
    private: "Keep for the team",
    privatePublished: "Take off the site, keep for the team",
    notPrivate: "No longer only for the team",
    withdraw: "Withdraw for good…",
    sourceNewer: "The text that this one translates has changed since.",
    silentPictures: (count: number) =>
      counted(count, {
        one: "One picture has no description. Leave it so only if it merely decorates: who can’t see it learns nothing of it.",
        other:
          "# pictures have no description. Leave it so only where they merely decorate: who can’t see them learns nothing of them.",
      }),
    details: "Details",
    section: "Section",
    noSection: "No section",
    tags: "Tags",
    bylines: "Signed by",
    bylinesHint: "The names that readers see; nothing leads from them to you.",
    namesHint: "With commas between them. New names are added.",
    namesHintKnown: "With commas between them. Only names that exist already.",
    save: "Save the details",
    address: "Address",
    slug: "Last part of the address",
    slugHint: "Fixed when it is first published.",
    slugHintPublic: "The old address will lead to the new one, for good.",
    move: "Change the address",
    corrections: "Corrections and updates",
    kinds: { correction: "Correction", update: "Update" },
    note: "What was wrong, or what is known now?",
    noteHint: "Stands under the text with today’s date, at once.",
    addNote: "Add the note and publish it",
    translations: "Other languages",
    translateInto: "Translate into",
    translateHint: "Starts with the words of this text, for you to replace.",
    translate: "Start the translation",
    history: "All versions of this text",
  },

  withdraw: {
    title: "Withdraw this text for good?",
    meaning: [
      "It disappears everywhere at once: the page, its text form, every list, every feed, every earlier edition.",
      "Its address then says that something was withdrawn, and nothing of what it said.",
      "Nothing brings it back: no earlier edition, no backup, no export. That is meant for texts that put somebody in danger.",
    ],
    confirm: "Withdraw for good",
    keep: "Keep it",
    neverPublic: "Nobody outside has seen this text: there is nothing to withdraw.",
    already: "This text is withdrawn already.",
    back: "Back to the text",
  },

  history: {
    title: "All versions",
    pages: "Pages of the history",
    working: "The present version",
    readersHave: "Readers have this one",
    branch: "Saved beside a newer version; nobody has taken it in yet",
    size: (added: number, removed: number) =>
      added + removed === 0
        ? "no word changed"
        : `${counted(added, { one: "# word more", other: "# words more" })}, ${counted(removed, { one: "# word less", other: "# words less" })}`,
    whatChanged: "What it changed",
    sinceThen: "What has changed since",
    restore: "Go back to this version",
  },

  compare: {
    title: "What changed",
    from: "Before",
    to: "After",
    legend: "How to read this:",
    added: "put in",
    removed: "taken out",
    unchanged: (count: number) =>
      counted(count, { one: "One paragraph is unchanged.", other: "# paragraphs are unchanged." }),
    form: "The words are the same, their form is another: a heading, a link, emphasis, a picture.",
    noWords: "(a part without words)",
    back: "All versions",
  },
};

export type Words = typeof en;
