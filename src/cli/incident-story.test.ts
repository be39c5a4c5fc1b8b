// `kasbah incidents show` of a defacement: the story in order, in plain words, harmless to a terminal.
import { expect, test } from "bun:test";
import { defacement, openDefacement } from "../../test/origin-incidents.ts";
import { flood } from "../../test/studio/fake-watch.ts";
import { storyLines } from "./incident-story.ts";

test("tells what was seen, done, decided and shown, and how it ended", () => {
  expect(storyLines(defacement)).toEqual([
    '2021-11-22 11:03:00  seen            / is not what was approved: title "\\u{202e}Hacked by \\u{3c}b>X\\u{3c}/b>" instead of "CGEM | الاتحاد العام لمقاولات المغرب"; headings "الصحراء ليست للبيع" instead of "Actualités"; inline script "document.body.innerHTML="; something new "x"; it was kept from readers',
    "2021-11-22 11:03:01  done by itself  edge-1 by itself: readers see approved copies only; the site behind is left alone (2 readings contradict the approved pages, the last one at /)",
    `2021-11-22 11:03:02  kept            what the edge met: f-front/edge.body ${"ab".repeat(32)}`,
    '2021-11-22 11:03:03  seen            /wp-content/themes/cgem/main.js?ver=1.2 is not what was approved: script contents "5f3a0c9e1b2d4f68"; readers could see it',
    "2021-11-22 11:03:04  seen            further pages are only counted",
    "2021-11-22 11:03:05  done by itself  somebody who runs the site is asked whether it is theirs",
    "2021-11-22 11:07:00  decided         somebody who runs the site decided: it is not theirs",
    "2021-11-22 11:07:00  shown           false pages were shown 33 times before they were known to be false, from 2021-11-22T10:59:00.000Z to 2021-11-22T11:02:55.000Z",
    "2021-11-22 12:02:00  decided         somebody decided: the site is shown again as it is, judged page by page (cleaned)",
    "2021-11-22 12:03:00  over            over: the site is shown again as it is and nothing false came any more; 60 pages touched; approved copies were shown 4,120 times",
    "",
    "false answers that readers got: 2 taken for right, 31 that nobody vouched for",
    "approved copies that readers got: 4,120",
    "readers: 99.9 % of 4,200 requests served in time",
    "breached: Something false was shown to readers.",
  ]);
});

test("says of one that goes on that it does, and that nothing false was shown", () => {
  const lines = storyLines(openDefacement) ?? [];
  expect(lines).toContain("false answers that readers got: none");
  expect(lines.at(-1)).toBe("it is still going on");
});

test("leaves floods to be told by their requests", () => {
  expect(storyLines(flood)).toBeUndefined();
});
