/** Alerts in English. */
import { plural } from "../../language/messages/messages.ts";
import type { AlertWords } from "./words.ts";

const counted = plural("en-GB");

export const en: AlertWords = {
  subject: (site, what) => `${site}: ${what}`,
  breached: (kind) => `${kind}: something false was shown to readers`,
  closed: (kind, outcome) => `${kind}: over. ${outcome}`,
  since: (time) => `Since ${time}.`,
  readers: {
    defacement: "Readers see the approved copies.",
    outage:
      "Readers see the last approved copies, with a line that says since when. Search and forms don’t work.",
    tampering: "Readers see none of these files, and all other pages as they are.",
    bypass: "Readers see the site as ever.",
    flood: "Reading goes on; what doesn’t look like readers is slowed down or refused.",
  },
  todo: {
    defacement:
      "Open the incident, look at what is new, and decide whether it is yours. Then clean the server behind.",
    outage: "Look after the server behind. Once it is well the site comes back by itself.",
    tampering: "Find out who could write on the disk: kasbah editions verify",
    bypass: "Close the server behind to everybody but the edge: kasbah doctor says how.",
    flood: "Usually nothing. Open the watch if readers write that they are refused.",
  },
  shown: (count) =>
    `${counted(count, { one: "# answer with something false went out", other: "# answers with something false went out" })} before it was known.`,
  readersNow: "Readers see the approved copies now.",
  lookAtWhatWasShown: "Open the incident, see what was shown, and tell your readers.",
  lasted: (span) => `${span}.`,
  copies: (count) =>
    counted(count, {
      one: "One approved copy was shown meanwhile.",
      other: "# approved copies were shown meanwhile.",
    }),
  nothingToDo: "There is nothing to do now. The register keeps the whole story.",
  sibling: {
    subject: (host) => `${host} shows something false`,
    what: "Something else stands in the place of that front page.",
    readers: "Kasbah doesn’t stand in front of this name: its readers see it.",
    todo: "Call whoever looks after that server, and open the link for what was found there.",
  },
  question: {
    subject: "is this change yours?",
    what: (pages) =>
      counted(pages, {
        one: "Something on # page of the site is new, and nobody has approved it yet.",
        other: "The same new thing is on # pages of the site, and nobody has approved it yet.",
      }),
    readers: "Until you decide, readers see the approved copies.",
    todo: "Open the link, look at both, decide once.",
  },
  digest: {
    subject: (kind) => `${kind}: more than is told one by one`,
    what: "In the last ten minutes more has begun and ended than we send one by one.",
    questions: "In the last ten minutes more questions came up than we send one by one.",
    todo: "Open the studio for all of it.",
  },
};
