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
      place: "You can't write in that section. Choose another one.",
    },
  },
};

export type Words = typeof en;
