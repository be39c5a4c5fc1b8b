/** The protected site's pages in English. */
import { plural } from "../../language/messages/messages.ts";
import type { OriginWords } from "../words.ts";

const counted = plural("en-GB");

export const en: OriginWords = {
  title: "Protected site",
  now: {
    heading: "Now",
    states: {
      live: "The site is live: every page is checked before readers get it.",
      held: "The site is held: something on it is not yours.",
      gone: "The server behind doesn’t answer.",
      maintenance: "The site is in maintenance.",
    },
    working: (until) => `The site is being worked on until ${until}.`,
    noBaseline: "Nothing is approved yet, so nothing is checked.",
    silent: "Nobody says how the site stands.",
    silentNote: "The edge doesn’t answer the studio. Tell whoever looks after the server.",
    readers: {
      live: "Readers see the pages as the server behind makes them.",
      held: "Readers see approved copies only. The server behind is left alone.",
      gone: "Readers see the last approved copies, with a line that says since when.",
      maintenance: "Readers see a page that says so, and when to come back.",
    },
    unjudged: "Readers see whatever the server behind sends. Begin a snapshot below.",
    heldPages: (count) =>
      counted(count, {
        one: "Of # page they see the approved copy.",
        other: "Of # pages they see the approved copy.",
      }),
    since: (time) => `Since ${time}.`,
    by: { edge: "Kasbah did this by itself.", operator: "Somebody decided it." },
    because: "Reason:",
    until: (time) => `Until ${time}.`,
    untilEnded: "Until somebody ends it.",
    message: "Readers are told:",
    healths: {
      well: "The server behind answers well.",
      slow: "The server behind is slow.",
      failing: "The server behind answers with errors.",
      away: "The server behind doesn’t answer.",
    },
    took: (wait) => `It takes ${wait}.`,
    waiting: (count) => counted(count, { one: "# request waits for it.", other: "# requests wait for it." }),
  },
  questions: {
    heading: "To decide",
    none: "Nothing: there is no open question.",
    open: "Open",
    alarm: "Alarm",
    toOrigin: "To the protected site",
  },
  acts: {
    heading: "What you can do",
    quarantine: {
      label: "Hold the whole site",
      what: "From now on readers see approved copies only, on every page, until you release the site. Open questions are answered with “not ours”.",
    },
    release: {
      label: "Check, then show the site again",
      what: "Kasbah reads the pages again. If nothing on them is false, readers see the site as it is; otherwise it says what is still wrong.",
    },
    releaseAnyway: {
      label: "Show the site again unchecked",
      what: "Readers would see the site even if something false is still on it. Only for when you know better than the check.",
    },
    working: {
      label: "We are working on the site",
      what: "For a redesign or an update: what is new is shown at once, and nobody is asked. What nobody who runs a site would do is held all the same. For how long?",
    },
    endWorking: {
      label: "Work on the site is over",
      what: "From now on you are asked again about what is new.",
    },
    hours: (count) => counted(count, { one: "# hour", other: "# hours" }),
    maintenance: {
      label: "Put up the maintenance page",
      what: "Readers get a short page in their language instead of the site. Feeds and approved texts can still be read.",
    },
    endMaintenance: { label: "End maintenance", what: "Readers get the site again." },
    until: "For how long",
    untilEnded: "Until somebody ends it",
    message: "What readers are told besides (optional)",
    messageHint: "Plain text, in the language of your readers.",
    purge: {
      label: "Empty the cache",
      what: "Every page is asked of the server behind again. Useful when readers still see something old; the site is slower for a while.",
    },
  },
  baseline: {
    heading: "What is approved",
    none: "Nothing is approved yet.",
    approved: (time) => `Last approved ${time}.`,
    crawling: (done, known) => `A snapshot is being made: ${done} of ${known} visits so far known are done.`,
    crawlingNote:
      "Each page is loaded several times, slowly, to learn what changes on it by itself. You may leave this page.",
    lookAgain: "Look again",
    fault: "It stands still:",
    toApprove: "A snapshot is complete and waits for somebody to approve it.",
    pages: "Pages",
    assets: "Files that pages are made of",
    failed: "Addresses that could not be loaded",
    languages: "Pages by language",
    unnamed: "Without a language",
    volatile: "What changes by itself",
    volatileNote: "On so many pages. It is not taken for an attack.",
    nothingVolatile: "Nothing.",
    suspicious: "What you should look at",
    suspiciousNote:
      "These pages are unlike the others. Open them on the site. What has a box is approved only if you tick it.",
    nothingSuspicious: "Nothing looks suspicious.",
    begin: {
      label: "Begin a snapshot",
      what: "Kasbah visits every page of the site and learns what it looks like. Nothing is approved before you say so.",
    },
    beginAgain: {
      label: "Begin a new snapshot",
      what: "Only needed after the whole site has changed: single changes are learned by themselves.",
    },
    approve: {
      label: "Approve: this is our site",
      what: "From then on each page is compared with this snapshot. Approve only what you have looked at.",
    },
  },
  question: {
    title: "Is this yours?",
    alarmTitle: "Alarm: is this yours?",
    asked: (time) => `Asked ${time}.`,
    statuses: {
      open: "Not answered yet.",
      accepted: "Answered: it is ours.",
      refused: "Answered: it is not ours.",
      over: "Nothing to decide any more: it is gone from the site.",
    },
    alarm: "The site shows something that looks like an attack. Readers see the approved copy.",
    maybe: "The site shows something new that may be yours. Until you answer, readers see the approved copy.",
    newHeading: "What is new",
    notThere: "no trace of it in the approved copy",
    from: "from",
    before: "— before:",
    nothingNamed: "Nothing in particular is named.",
    moreFacts: (count) => counted(count, { one: "# more", other: "# more" }),
    addresses: (count) => counted(count, { one: "# page touched", other: "# pages touched" }),
    addressesMore: (count) => counted(count, { one: "and # more address.", other: "and # more addresses." }),
    shownHere: "compared below",
    decide: "Your decision",
    accept: {
      label: "It is ours: show it",
      what: "Somebody of yours did this. The pages are read again, and readers see them as they are now. It may take a minute.",
    },
    quarantine: {
      label: "It is not ours: keep the approved page",
      what: "Readers see approved copies only, on the whole site, until you release it. Nothing is lost. When in doubt, choose this.",
    },
    sibling: {
      alarm: (host) =>
        `${host} shows something that looks like an attack. Kasbah doesn’t stand in front of this name: its readers see it.`,
      accept: {
        label: "It is ours",
        what: "That front page is learned anew as it is now.",
      },
      quarantine: {
        label: "It is not ours",
        what: "Nobody is asked again, and the incident goes on until the page is right again. Call whoever looks after that server. The site behind Kasbah stays as it is.",
      },
    },
    mayNot: "An editor or steward of the whole site decides this. Show them this page.",
    compare: "Both side by side",
    compareNote:
      "Only the text, so that nothing on it can do harm. Crossed out: gone. Underlined: new. Some of it may change by itself.",
    approved: (time) => `Approved copy of ${time}`,
    noApproved: "Nothing is approved at this address",
    now: (time) => `On the server behind, ${time}`,
    asFound: "As it was met; the server behind doesn’t answer now",
    away: "The server behind doesn’t answer now",
    gone: "The server behind has nothing at this address any more",
    rightAgain: "Just now the page compared below was as approved.",
    noText: (size) => `Not a text, but a file of ${size}.`,
    unchanged: (count) => counted(count, { one: "# line unchanged", other: "# lines unchanged" }),
    cut: "The page goes on.",
    added: "New:",
    removed: "Gone:",
    picture: "What a browser showed",
    pictureNote: "A picture taken by Kasbah: nothing on it can be pressed.",
    pictureApproved: "The approved copy",
    pictureFound: "What was found on the server",
  },
  said: {
    "no answer": "The edge didn’t answer. Perhaps nothing was done: look at “Now”, then try again.",
    busy: "Another decision is being carried out. Wait until it is done, then decide again.",
    suspicious:
      "No snapshot while the site is held or an alarm is open: it would learn what is false. Clean the site, release it, then begin.",
    purged: "The cache is empty.",
  },
  running: {
    accept: "The pages are being read again and learned.",
    quarantine: "The site is being held.",
    release: "The site is being read again.",
    approve: "The snapshot is being signed.",
  },
  runningNote: (since) => `Since ${since}. You may leave this page.`,
  outcomes: {
    accepted: (pages) =>
      counted(pages, {
        one: "Done: # page was learned and is shown.",
        other: "Done: # pages were learned and are shown.",
      }),
    refused: "Done: readers see approved copies only.",
    released: "Done: the site is shown as it is again.",
    releasedPartly:
      "Done: the site is shown as it is again. Of these pages readers see the approved copy until you answer the questions about them:",
    stillHeld: "Still held. These pages are not what was approved:",
    approved: "Done: the snapshot is approved. Every page is checked from now on.",
    failed: "That came to nothing:",
  },
};
