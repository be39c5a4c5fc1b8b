/** The interface in English. */
import { type Messages, plural } from "./messages.ts";

const counted = plural("en-GB");

export const en: Messages = {
  blog: "The blog",
  skip: "Skip to the content",
  home: "Front page",
  toHome: "To the front page",
  sections: "Sections",
  languages: "Languages",
  archive: "Archive",
  standingPages: "Pages",
  textVersion: "Text version",
  fullVersion: "Full version",
  feed: "RSS feed",
  promise: "This page works without scripts and leaves no tracker in your browser.",

  topStories: "Top stories",
  latest: "Latest",
  briefs: "In brief",
  brief: "Brief",
  dossier: "Dossier",
  checked: "We checked",
  withChecked: "Material checked",
  withUnverified: "Material not yet verified",
  nothingYet: "Nothing has been published here yet.",
  nothingYetMore: "Stories will appear on this page as soon as they are out.",

  by: "By",
  published: "Published",
  updated: "Updated",
  lastUpdate: "Last update:",
  notes: "Corrections and updates",
  correction: "Correction",
  update: "Update",
  otherLanguages: "In other languages",
  tags: "Tags",
  tag: "Tag",
  section: "Section",

  newer: "Newer",
  older: "Older",
  pages: "Pages of this list",
  page: (number) => `Page ${number}`,
  texts: (count) => counted(count, { one: "# story", other: "# stories" }),

  material: {
    video: "Video",
    photograph: "Photograph",
    audio: "Sound recording",
    document: "Document",
    testimony: "Testimony",
  },
  states: {
    unverified: { label: "Not verified", meaning: "We don’t know yet whether it shows what is said of it." },
    "in progress": {
      label: "Being verified",
      meaning: "We are checking what is said of it and have no conclusion yet.",
    },
    verified: { label: "Verified", meaning: "We have established that it shows what is said of it." },
    false: { label: "False", meaning: "We have established that it does not show what is said of it." },
    "can't be verified": {
      label: "Can’t be verified",
      meaning: "We tried, and could neither confirm nor refute what is said of it.",
    },
  },
  claim: "What is said of it",
  findings: "How we checked",
  source: "Source",
  materialMissing: "This item is no longer available.",
  picture: "Picture:",
  pictureUndescribed: "Picture without a description",
  imageAtSource: "See the image at its source",
  table: "Table",

  errors: {
    400: {
      title: "We could not understand that",
      what: "Your browser sent a request that made no sense to us.",
      todo: "Check the address, or start from the front page.",
    },
    403: {
      title: "This request was refused",
      what: "It matched a rule that protects the site from attacks. Every such rule expires by itself.",
      todo: "Try again later. If you are only reading, the mistake is ours.",
    },
    404: {
      title: "There is no page at this address",
      what: "The address may be mistyped, or the page may be gone.",
      todo: "Look for it in the archive, or start from the front page.",
    },
    405: {
      title: "This address is for reading only",
      what: "It does not take what was sent to it.",
      todo: "Go back to the page before, or start from the front page.",
    },
    410: {
      title: "This page was withdrawn",
      what: "There was a page here. The newsroom withdrew it, and it will not come back.",
      todo: "You can read on from the front page.",
    },
    413: {
      title: "That was too large",
      what: "What you sent is larger than we accept here.",
      todo: "Send less, or send it in parts.",
    },
    414: {
      title: "The address is too long",
      what: "The address you asked for is longer than we accept.",
      todo: "Check the link that you followed, or start from the front page.",
    },
    421: {
      title: "That name is not ours",
      what: "You reached this server under the name of a site that it does not serve.",
      todo: "Check the name of the site in the address bar.",
    },
    429: {
      title: "Too many requests",
      what: "Many requests came from your network in a short time. Many people may share one address, so it need not have been you.",
      todo: "Wait a few seconds, then load the page again.",
    },
    500: {
      title: "Something went wrong here",
      what: "The mistake is ours, and it has been recorded.",
      todo: "Try again in a moment. The other pages work.",
    },
    502: {
      title: "The server behind this page is not well",
      what: "Another server makes this page, and it did not answer as it should. Your request reached us.",
      todo: "Try again in a moment. If you were sending something, check first whether it arrived.",
    },
    503: {
      title: "This page is unavailable for now",
      what: "We can’t give you this page as it was published, and we don’t show a version that we are not sure of.",
      todo: "Try again in a moment. The other pages work.",
    },
    504: {
      title: "This page is taking too long",
      what: "Another server makes this page, and it did not answer in time.",
      todo: "Try again in a moment. If you were sending something, check first whether it arrived.",
    },
  },
  maintenance: {
    title: "Under maintenance",
    what: "The site is stopped while we work on it.",
    todo: "We will be back soon. Load the page again in a moment.",
  },
};
