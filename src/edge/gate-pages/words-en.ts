/** The gates in English. */
import type { Wait } from "./wait.ts";
import type { GateWords } from "./words.ts";

export const en: GateWords = {
  heading: "One moment, please",
  title: "Please wait {wait}",
  why: "Many requests are reaching this site at once, so it answers them in turn. You have done nothing wrong.",
  timed: "Your place in the queue is kept. This page opens by itself in {wait}.",
  rest: "You need not do anything, and nothing is lost. If it takes longer, this page says so, and your place stays yours.",
  stuck: "Does the page not open by itself?",
  tryNow: "Try now",

  kept: "What you wrote is kept in this page. It has not been sent yet.",
  sealedByHand: "You can send it in {wait}.",
  sealedByItself: "It is sent by itself in {wait}.",
  leaveOpen: "Please leave this page open until it is sent.",
  early: "If you press the button sooner, this page comes back, and nothing is lost.",
  sendNow: "Send now",

  solving: "Your device is doing a short calculation, so that it goes faster.",
  opening: "Done. The page is opening.",
  sending: "Done. What you wrote is being sent.",

  refused: "Not possible right now",
  reasons: {
    "queue-full":
      "So many requests are reaching this site that there is no place left in the queue. You have done nothing wrong.",
    "network-share":
      "Your network has asked for more than its share. Many people often share one network: it need not be you.",
    "ticket-invalid":
      "Several times in a row, your browser has shown a place in the queue that is not valid. Please open the page anew later.",
    "form-too-large": "What you sent is too large to be kept in this page while you wait.",
    "form-too-old": "This page has been open for too long to send what is kept in it.",
  },
  unsent:
    "Nothing was sent. Please go back: your browser may still have what you wrote. Send it again from there.",
  again: "You can try again in {wait}.",
  appeal:
    "If you think that this is a mistake, send this code to the people who run this site. It does not say who you are.",
  front: "To the front page",

  about,
};

function about({ unit, count }: Wait): string {
  if (count === 1) return { second: "about a second", minute: "about a minute", hour: "about an hour" }[unit];
  return `about ${count} ${unit}s`;
}
