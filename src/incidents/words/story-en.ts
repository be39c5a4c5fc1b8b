/** The story of an incident at a protected site, in English. */
import { plural } from "../../language/messages/messages.ts";
import type { StoryWords } from "../story/words.ts";

const counted = plural("en-GB");

export const storyEn: StoryWords = {
  heading: "The story",
  chapters: {
    seen: "Seen",
    done: "Done by itself",
    decided: "Decided by somebody",
    gathered: "Kept as evidence",
    shown: "Shown to readers",
    over: "Over",
  },
  page: {
    held: "Something that nobody has approved stood at this address. It was kept from readers:",
    seen: "Something that nobody has approved stood at this address, and readers could see it:",
  },
  wayAround: "The server behind answered whoever asked it directly, so that there is a way around the edge:",
  more: "From here on further pages are only counted.",
  named: (fact) => `${fact}:`,
  insteadOf: "instead of",
  sites: {
    live: "The site is shown as it is again, checked page by page.",
    held: "Readers see approved copies only; the server behind is left alone.",
    gone: "The server behind is away: readers see the last approved copies.",
    maintenance: "Readers see the maintenance page.",
  },
  healths: {
    well: "The server behind answers well.",
    slow: "The server behind is slow.",
    failing: "The server behind answers with errors.",
    away: "The server behind doesn’t answer.",
  },
  reason: "Reason:",
  questions: {
    open: "Those who run the site were asked whether it is theirs.",
    accepted: "Somebody who runs the site said: it is ours.",
    refused: "Somebody who runs the site said: it is not ours.",
    over: "Nobody has to decide any more: it is gone from the site.",
  },
  shown: (count) =>
    counted(count, {
      one: "# answer with something false had gone out before it was known.",
      other: "# answers with something false had gone out before it was known.",
    }),
  endings: {
    live: "The site is shown as it is again, and nothing false came any more.",
    quiet: "Nothing more was seen of it.",
    "own change": "It was a change by those who run the site, not an attack.",
    well: "The server behind answers again.",
  },
  pages: (count) => counted(count, { one: "# page was touched.", other: "# pages were touched." }),
  copies: (count) =>
    counted(count, {
      one: "# answer was an approved copy.",
      other: "# answers were approved copies.",
    }),
  saw: "What was shown",
  elsewhere: (host) =>
    `Kasbah doesn’t stand in front of ${host}: whoever opened it saw what stands below, and nobody knows how many that were.`,
  sawNothingFalse: "Nothing false was shown, as far as is known.",
  falselyJudged: (count) =>
    counted(count, {
      one: "# false answer had been taken for right.",
      other: "# false answers had been taken for right.",
    }),
  falselyUncertain: (count) =>
    counted(count, {
      one: "# false answer went out as one that nobody vouches for.",
      other: "# false answers went out as ones that nobody vouches for.",
    }),
};
