/** The studio's shared words in English. */
import { plural } from "../../language/messages/messages.ts";
import type { StudioWords } from "./studio-words.ts";

const counted = plural("en-GB");

export const en: StudioWords = {
  studio: "Studio",
  skip: "Skip to the content",
  menu: "Studio",
  languages: "Languages",
  you: "Your account:",
  signOut: "Sign out",
  state: {
    label: "How the site stands",
    nothingPublished: "Nothing is published yet.",
    edition: (version, at) => `Edition ${version} of ${at}.`,
    stale:
      "It wasn’t renewed in time: readers still get every page, but tell whoever looks after the server.",
    modes: { calm: "All calm.", guarded: "On guard: unusual requests.", siege: "Under attack." },
    silent: "The watch doesn’t answer: readers still get every page, but nobody would notice an attack.",
    incidents: (count) =>
      count === 0
        ? "No incident is going on."
        : counted(count, { one: "# incident is going on.", other: "# incidents are going on." }),
    protectedSite: {
      held: "The site is held: readers see approved copies only.",
      gone: "The server behind is away: readers see approved copies.",
      maintenance: "Readers see the maintenance page.",
    },
    services: {
      lite: "Pages reach readers as text first.",
      "read-only": "Pages reach readers as text first, and only reading goes on.",
    },
    look: "See what to do",
  },

  toStart: "To the first page",

  sites: { portal: "Main site", blog: "Blog" },
  roles: { contributor: "Contributor", editor: "Editor", moderator: "Moderator", steward: "Steward" },

  facts: {
    title: "title",
    headings: "headings",
    words: "words",
    text: "amount of text",
    structure: "structure",
    page: "the whole page",
    letters: "writing",
    language: "language",
    direction: "direction of writing",
    status: "status",
    kind: "kind of document",
    location: "redirect",
    limit: "too large to be judged",
    fault: "error page",
    scripts: "script",
    styles: "style sheet",
    preloads: "preloaded file",
    frames: "embedded page",
    forms: "form",
    base: "base address",
    refreshes: "redirect in the page",
    "link-hosts": "links to another site",
    "media-hosts": "pictures from another site",
    links: "link",
    images: "picture",
    "hidden-link-hosts": "hidden links to another site",
    manifests: "app manifest",
    "service-workers": "service worker",
    cookies: "cookie",
    policies: "security header",
    oddities: "unusual element",
    buried: "hidden markup",
    contacts: "whom it says to pay, call or write to",
    archives: "archive file",
    "stand-ins": "address that stands for this page",
    "hidden-links": "hidden links to its own pages",
    entries: "headline of another article, or leading nowhere",
    sections: "box laid on the page",
    "sheet-effects": "what a style sheet says or hides",
    data: "what search engines are told",
    design: "made in another way",
    frame: "page without the site’s own frame",
    inline: "code in the page",
    contents: "contents of a known file",
    bypass: "way around the edge",
    cloaking: "shown to some only",
    appearance: "appearance",
    dns: "where the name leads",
    certificate: "certificate",
    "sibling host": "other name of the site’s",
  },

  refusals: {
    400: {
      title: "We couldn’t read that",
      what: "What your browser sent was incomplete or damaged. Nothing was changed.",
      todo: "Go back, reload the page and try once more.",
    },
    401: {
      title: "You are signed out",
      what: "Nobody is signed in here any more. Nothing was changed.",
      todo: "Sign in again, in another tab if you have unsaved writing here.",
    },
    403: {
      title: "This isn’t open to you",
      what: "Your role doesn’t include this, or the request didn’t come from the studio. Nothing was changed.",
      todo: "If you need it for your work, ask an editor or a steward.",
    },
    404: {
      title: "There is nothing here",
      what: "The address may be mistyped, or what stood here was removed.",
      todo: "Look for it in the list of texts.",
    },
    408: {
      title: "That was too long on its way",
      what: "What you sent came too slowly, so we stopped. Nothing was changed.",
      todo: "Try again where the line is better.",
    },
    409: {
      title: "It changed in the meantime",
      what: "Somebody else, or you in another window, was here first. Nothing was overwritten.",
      todo: "Go back, reload the page to see how it stands now, then decide.",
    },
    413: {
      title: "That is too large",
      what: "What you sent is larger than this place accepts. Nothing was changed.",
      todo: "Make it smaller, or send it in parts.",
    },
    415: {
      title: "This kind isn’t accepted",
      what: "What you sent is of a kind that this place doesn’t take. Nothing was changed.",
      todo: "Choose another file, or go back and try once more.",
    },
    422: {
      title: "Something is missing or doesn’t fit",
      what: "A field was empty, too long or not as expected. Nothing was changed.",
      todo: "Go back, check what you filled in, and send it again.",
    },
    503: {
      title: "This doesn’t work right now",
      what: "Something failed on our side, and it was noted. Readers still get their pages.",
      todo: "Try again in a moment. If it stays like this, tell whoever looks after the server.",
    },
  },
};
