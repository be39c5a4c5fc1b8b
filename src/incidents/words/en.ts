/** The watch's pages in English. */
import { plural } from "../../language/messages/messages.ts";
import type { WatchWords } from "../words.ts";
import { defenceEn } from "./defence-en.ts";
import { storyEn } from "./story-en.ts";

const counted = plural("en-GB");

export const en: WatchWords = {
  title: "The watch",
  now: {
    heading: "Now",
    readable: "The site is readable.",
    attacked: "The site is under attack.",
    guarded: "The site is on guard.",
    drilled: "A drill is going on.",
    waits: (wait) => `Readers get their pages, nearly all of them within ${wait}.`,
    stillWaits: (wait) => `Readers still get their pages, nearly all of them within ${wait}.`,
    alone: "Nobody has asked for a page in the last ten seconds.",
    losing: (lost) =>
      `Readers are losing pages: ${lost} of what they ask for doesn’t come, or comes too late.`,
    edgeSilent:
      "No word from the edge, the part that hands pages to readers. They may be getting nothing: open the site yourself and look.",
    watchSilent:
      "The watch doesn’t answer. The site may well be fine, the watch just can’t say. Writing and publishing go on as usual.",
    since: (time) => `Since ${time}.`,
    sinceAtLeast: (time) => `Since ${time} or earlier.`,
    lastWord: (time) => `Last word: ${time}.`,
  },
  defence: defenceEn,
  story: storyEn,
  chart: {
    heading: "The last ten minutes",
    requests: "Requests",
    refused: "Refused",
    failed: "Failed",
    wait: "Wait",
    waitMs: "How long readers wait, in milliseconds",
    perSecond: "Requests a second",
    caption: "Requests each second, on average, and how long 99 of 100 readers waited at most, over the last",
    windows: { "ten seconds": "10 seconds", minute: "1 minute", "ten minutes": "10 minutes" },
    estimate:
      "Who is a reader is estimated from what is usual on this site; nobody is followed and no address is kept.",
  },
  list: {
    heading: "Incidents",
    none: "Nothing has happened yet.",
    unknown:
      "The watch keeps the list, and it doesn’t answer. Nothing is lost: load the page again in a moment.",
    older: (count) =>
      counted(count, { one: "One older incident isn’t shown.", other: "# older incidents aren’t shown." }),
    drill: "drill",
    open: "going on",
    toWatch: "Back to the watch",
    toOrigin: "To the protected site",
    requests: (count) => counted(count, { one: "# request", other: "# requests" }),
  },
  incident: {
    kinds: {
      flood: {
        label: "Flood of requests",
        what: "Far more requests than usual came, and what they had in common is not what readers have in common.",
      },
      slow: {
        label: "Connections held open",
        what: "Many connections were opened and kept busy on purpose.",
      },
      bypass: { label: "Way around the edge", what: "The server behind answered who came around the edge." },
      login: { label: "Sign-in attempts", what: "Somebody tried to sign in again and again." },
      "comment-abuse": { label: "Abusive comments", what: "Comments came that are meant to harm." },
      scan: {
        label: "Search for weak spots",
        what: "Somebody looked for addresses that only intruders ask for.",
      },
      defacement: {
        label: "Defacement",
        what: "Somebody put something else in the place of the site’s own pages.",
      },
      tampering: {
        label: "Files tampered with",
        what: "Files on disk were not what the newsroom had signed. Such a file is never shown to readers.",
      },
      outage: { label: "Outage", what: "The site, or part of it, could not be reached." },
      claim: { label: "Claim of an attack", what: "Somebody says that there was an attack." },
    },
    isDrill: "This is a drill: it was started here, on purpose, and counts in no statistics.",
    when: "When",
    span: (span, lasted) => `${span} (${lasted}).`,
    fromOn: (from) => `Since ${from}; it is still going on.`,
    volume: "How much",
    requests: (count) => counted(count, { one: "# request", other: "# requests" }),
    sources: (count) => counted(count, { one: "from about # source", other: "from about # sources" }),
    sourcesNote: "A source is one address; many people can stand behind one, and one person behind many.",
    places: "Where from",
    placesUnknown: "Not known.",
    placesOf: "Of the busiest networks, the only ones that are looked up:",
    networks: "Networks",
    notWho: "Where traffic comes from says nothing about who is behind it.",
    answers: "What was answered",
    nothingRefused: "Nothing was refused: everybody got an answer.",
    refused: (count) => counted(count, { one: "# request was refused.", other: "# requests were refused." }),
    challenged: (count) =>
      counted(count, { one: "# had to prove itself first.", other: "# had to prove themselves first." }),
    signed: (count) =>
      counted(count, {
        one: "# answer was a page as it was signed.",
        other: "# answers were pages as they were signed.",
      }),
    judged: (count) =>
      counted(count, {
        one: "# answer was a page that was checked.",
        other: "# answers were pages that were checked.",
      }),
    uncertain: (count) =>
      counted(count, {
        one: "# answer was a page that nobody vouches for.",
        other: "# answers were pages that nobody vouches for.",
      }),
    dynamic: (count) =>
      counted(count, {
        one: "# answer was made for the moment.",
        other: "# answers were made for the moment.",
      }),
    readers: "What readers got",
    nobodyRead: "Nobody was reading at that time.",
    readersServed: (share, requests, wait) =>
      `${share} of what usual readers asked for (${requests} requests) came in time; 99 of 100 waited ${wait} at most.`,
    estimate: "Usual readers are estimated from what is usual on this site, refused ones included.",
    outcome: "How it ended",
    outcomes: {
      open: { label: "Still going on", what: "How it ends isn’t known yet." },
      neutralised: {
        label: "Neutralised",
        what: "Readers kept their pages: at least 99 of 100 of their requests were served in time, and nothing false was shown.",
      },
      degraded: {
        label: "Degraded",
        what: "Some readers went without: fewer than 99 of 100 of their requests were served in time.",
      },
      breached: { label: "Breached", what: "Something false was shown to readers." },
      "not observed": { label: "Not observed", what: "It was claimed; no trace of it was found here." },
      refuted: {
        label: "Refuted",
        what: "It was claimed, and an independent observer’s record says otherwise.",
      },
      "own change": {
        label: "Your own change",
        what: "Those who run the site said that it was theirs. It doesn’t count as an attack.",
      },
    },
    rules: "What was done about it",
    ruleUnknown: "A rule of which only its name is still known.",
    evidence: "What was seen",
    noEvidence: "Nothing is noted.",
  },
  evidence: {
    volume: (rate, usual, high) =>
      `${rate} requests a second; usual here: ${usual}, far too many from ${high} on.`,
    path: (share) => `${share} of the requests asked for this address:`,
    end: (lasted, peak) => `It was over after ${lasted}; ${peak} requests a second at most.`,
    restarted: "The watch was started again; what came meanwhile isn’t counted.",
    damaged: "This is not what was signed:",
    repaired: "This is right again:",
    slow: (ended, named) =>
      `Connections ended that took next to nothing of what they had asked for, or only held a place: ${ended}. Addresses kept out for a while: ${named}.`,
    silent: (perS) =>
      `Connections a second on which nothing was asked: ${perS}. Whoever goes on opening them is kept out.`,
    stays: (left) =>
      `Connections that take next to nothing and stay, because there is no right to end them: ${left}.`,
    repairedAll: "Over: everything is right again.",
    notSeenAgain: "Over: nobody has reported it again for minutes.",
    bare: (seen, usual) =>
      `${seen} of the requests came from clients that fetch neither style sheets nor images (usual: ${usual}).`,
    parts: (seen, usual) =>
      `${seen} of the requests came from clients that fetch style sheets or images (usual: ${usual}).`,
    browsers: (seen, usual) => `${seen} of the requests named a browser of today (usual: ${usual}).`,
    declaredRobots: (seen, usual) =>
      `${seen} of the requests named a feed reader, an archive or a search engine (usual: ${usual}).`,
    undeclaredRobots: (seen, usual) =>
      `${seen} of the requests named no program, a tool, or a browser from before 2015 (usual: ${usual}).`,
    noLanguage: (seen, usual) => `${seen} of the requests asked for no language (usual: ${usual}).`,
    language: (name, seen, usual) => `${seen} of the requests asked for ${name} first (usual: ${usual}).`,
    country: (name, seen, usual) =>
      `${seen} of the requests came through networks registered in ${name} (usual: ${usual}).`,
    network: (name, seen, usual) =>
      `${seen} of the requests came through the network ${name} (usual: ${usual}).`,
    pace: (seen, usual) => `Each source sent ${seen} requests a second (usual: ${usual}).`,
    firstRule: (wait) => `The first rule acted ${wait} after the requests rose.`,
  },
  drill: {
    heading: "Try it: a drill",
    asks: [
      "A drill attacks this site, from this machine and only this site, the way another one was once attacked. Meanwhile sixty made-up readers ask for pages; afterwards you see what they got.",
      "Real readers go on being served. The machine will be busy, and on this page it looks like an attack; it is marked as a drill and counts in no statistics.",
    ],
    profile: "Which attack",
    profiles: {
      "mamfakinch-2011": {
        label: "Mamfakinch, 31 July 2011",
        what: "A Sunday of marches: thousands of addresses send automated requests, and within hours the portal is gone until the evening.",
      },
    },
    sources: "Addresses that attack",
    seconds: "How many seconds",
    between: (least, most) => `From ${least} to ${most}.`,
    start: "Start the drill",
    stop: "Stop the drill",
    stopped: "The drill was stopped.",
    running: (from) => `A drill is going on since ${from}.`,
    runningNote: "It ends by itself. Its result will stand here.",
    last: "The last drill",
    readers: (reads, right, wait) =>
      `${counted(reads, { one: "Its readers asked for # page", other: "Its readers asked for # pages" })} and got ${right} of them right; 99 of 100 waited ${wait} at most.`,
    flood: (sent) =>
      counted(sent, { one: "The attack sent # request.", other: "The attack sent # requests." }),
    record: "What the watch recorded",
    noRecord:
      "The watch recorded no incident: it was too little, or too much like readers, to be called a flood.",
    refused: "The drill did not take place.",
    notLoopback:
      "A drill only goes to this machine itself, in clear (http://127.0.0.1). This site listens on another address, so it can’t be drilled from here.",
    tooLong: "The drill did not end in time and was ended.",
  },
};
