/** The defence on the watch page, in English. */
import { plural } from "../../language/messages/messages.ts";
import type { DefenceWords } from "../defence/words.ts";
import { ruleEn } from "./rule-en.ts";

const counted = plural("en-GB");

export const defenceEn: DefenceWords = {
  heading: "What is done about it",
  silent:
    "The edge isn’t saying how it defends itself. It does so all the same, also without the studio; load the page again in a moment.",
  dryRun: "Dry run: nothing is refused. What stands here is what would have been.",
  modes: {
    calm: "All calm: nothing has to be done.",
    guarded: "On guard: what no reader does is slowed down or refused.",
    siege: "Siege: what no reader does is refused, and what looks suspicious has to wait.",
  },
  because: (signs) => `Why: ${signs}.`,
  signs: {
    volume: (rate, usual) =>
      `far more comes than usual (${rate} requests a second; usual at this hour: ${usual})`,
    composition: "many requests have something in common that readers don’t",
    health: "the machine has trouble keeping up",
  },
  rate: (rate, usual) => `${rate} requests a second; usual at this hour: ${usual}.`,
  quieter: "It has become quieter; calm returns by itself.",
  forced: {
    calm: (until) =>
      `Somebody ordered calm: until ${until} everybody is served, except networks that one of us keeps out. Then it decides by itself again.`,
    guarded: (until) => `Somebody ordered to be on guard until ${until}. Then it decides by itself again.`,
    siege: (until) => `Somebody ordered siege until ${until}. Then it decides by itself again.`,
  },
  frozen: "Frozen: rules neither come nor go by themselves. One that harms readers is still withdrawn.",
  known: (requests, served) =>
    `${counted(requests, { one: "In the last second, readers it knows made # request", other: "In the last second, readers it knows made # requests" })}; ${served} were served.`,
  knownNone: "In the last second, none of the readers it knows asked for anything.",
  rules: "Rules",
  noRules: "There are no rules now.",
  past: (count) => counted(count, { one: "# rule is over", other: "# rules are over" }),
  rule: {
    acting: {
      slow: "slowed down",
      challenge: "challenged",
      deny: "refused",
      drop: "refused and shut out",
    },
    wouldAct: {
      slow: "would be slowed down",
      challenge: "would be challenged",
      deny: "would be refused",
      drop: "would be refused and shut out",
    },
    tried: "being tried, does nothing",
    over: "over",
    by: {
      edge: "Made by the edge itself.",
      watch: "Made by the watch.",
      operator: "Made by one of us.",
    },
    covers: (share) => `It covers ${share} of what comes beyond the usual.`,
    harm: (share, group) => `Of usual readers it would hit ${share} at most (worst for: ${group}).`,
    harmless: "It would hit none of the usual readers.",
    seen: (share, group) => `Of the readers who came meanwhile it hit ${share} (worst for: ${group}).`,
    seenNone: "It has hit none of the readers who came meanwhile.",
    unseen: "No reader has met it yet.",
    refused: (count) => counted(count, { one: "It refused # request.", other: "It refused # requests." }),
    until: (time) => `It ends at ${time} at the latest.`,
    endings: {
      unused: "It ended because nothing matched it any more.",
      time: "It ended because its time was over.",
      siege: "It ended with the siege.",
      outdone: "It gave way to one that covers more.",
      undone: "One of us took it back.",
      off: "One of us switched it off.",
      harm: "It was withdrawn because it hit readers.",
      risk: "It was withdrawn because it might have hit readers.",
    },
    ended: "Why it ended:",
    incident: "The incident that it belongs to",
    disable: "Switch off",
    enable: "Switch on again",
  },
  ladder: (slow, refuse, close) =>
    `Addresses that have to wait: ${slow}; that are refused: ${refuse}; that are refused and hung up on: ${close}.`,
  held: (count) => `Refusals held back at this moment: ${count}.`,
  connections: (ended, named) =>
    `Connections ended so far because they took next to nothing or only held a place: ${ended}; addresses kept out for their connections: ${named}.`,
  kernel: {
    off: "Kernel bans are switched off; everything else works without them.",
    "no right": "Kernel bans: not allowed on this machine; everything else works without them.",
    failed: "Kernel bans: they failed, see the log; everything else works without them.",
  },
  kernelOn: (banned) =>
    counted(banned, { one: "Kernel bans: # address.", other: "Kernel bans: # addresses." }),
  acts: {
    heading: "What you can do",
    hint: "Usually nothing: it decides by itself, and every refusal ends by itself. Each of these is noted in the record.",
    freeze: {
      label: "Freeze",
      what: "Everything stays as it is now: no new rules, and none go, except one that harms readers.",
    },
    unfreeze: { label: "Unfreeze", what: "Rules come and go by themselves again." },
    undo: {
      label: "Undo",
      what: "Takes back everything it did by itself: rules, slowed and refused addresses, kernel bans. Press this if readers write that they are shut out. If there is an attack, it comes through until something else is found; the same rules don’t come back for ten minutes.",
    },
    siege: {
      label: "Siege for one hour",
      what: "What looks suspicious has to wait, even if that meets a few readers: they get their pages later, and are not refused for it. Press this if the site is slow for readers and nothing else has helped. After an hour it decides by itself again.",
    },
    calm: {
      label: "Calm for one hour",
      what: "It serves everybody. Press this if it mistakes a crowd of readers for an attack. If it is an attack, the site may become slow for everybody. After an hour it decides by itself again.",
    },
    auto: { label: "Back to automatic", what: "It decides by itself again, from this moment on." },
    noAnswer: "The edge didn’t answer in time. Look below whether it was done; if not, try again.",
    noRule: "There is no such rule any more, or it harmed readers lately: nothing was changed.",
  },
  origin: {
    heading: "Where requests come from",
    caption: "The larger a circle, the more requests come from there. The same in figures:",
    notWho:
      "Where traffic comes from says nothing about who is behind it. The map draws coasts and no borders; places and names come from public databases, not from us.",
    none: "Nothing has come in the last seconds, or the edge knows no countries.",
    country: "Country",
    requests: "Requests",
    refused: "Of these refused",
    unknown: "Not known",
    others: "Elsewhere",
  },
  terms: ruleEn,
};
