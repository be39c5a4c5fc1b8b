/** A defacement from its first page to its end, as the watch keeps it: with a breach, a question, a decision and what was gathered. */
import { rfc3339 } from "../src/base/clock.ts";
import type { Incident } from "../src/bus/facts.ts";
import {
  gatheredStep,
  morePages,
  overStep,
  pageStep,
  questionStep,
  shownStep,
  siteStep,
} from "../src/incidents/story/steps.ts";
import { findingAt, questionAbout, stateAt } from "./origin-facts.ts";
import { flood } from "./studio/fake-watch.ts";

const startMs = Date.parse("2021-11-22T11:03:00Z");
const after = (seconds: number): number => startMs + seconds * 1_000;
const shown = { judged: 2, uncertain: 31, first: rfc3339(after(-240)), last: rfc3339(after(-5)) };
const front = findingAt(startMs, {
  facts: [
    {
      what: "title",
      value: "\u202eHacked by <b>X</b>",
      before: "CGEM | الاتحاد العام لمقاولات المغرب",
      weight: "contradicts",
    },
    { what: "headings", value: "الصحراء ليست للبيع", before: "Actualités", weight: "contradicts" },
    { what: "inline script", value: "document.body.innerHTML=", weight: "contradicts" },
    { what: "something new", value: "x", weight: "note" },
  ],
});
const script = findingAt(after(3), {
  id: "f-script",
  address: "/wp-content/themes/cgem/main.js?ver=1.2",
  held: false,
  facts: [{ what: "script contents", value: "5f3a0c9e1b2d4f68", weight: "contradicts" }],
});

export const defacement: Incident = {
  ...flood,
  id: "01FN4DEFACED00000000000000",
  kind: "defacement",
  started_at: rfc3339(after(-240)),
  ended_at: rfc3339(after(3_600)),
  requests: 0,
  sources: 0,
  networks: [],
  countries: [],
  responses: { signed: 4_120, judged: 2, uncertain: 31, dynamic: 0 },
  readers: { requests: 4_200, served: 4_196, p99_ms: 31 },
  outcome: "breached",
  evidence: [
    pageStep(front, startMs),
    siteStep(
      stateAt(after(1), {
        site: "held",
        reason: "2 readings contradict the approved pages, the last one at /",
      }),
      after(1),
    ),
    pageStep(script, after(3)),
    morePages(after(4)),
    gatheredStep("f-front", {
      at: rfc3339(after(2)),
      what: "what the edge met",
      data: { status: 200, file: "edge.body", bytes: 8_600, sha256: "ab".repeat(32) },
    }),
    questionStep(questionAbout(front), after(5)),
    questionStep(questionAbout(front, { status: "refused" }), after(240)),
    shownStep(shown, after(240)),
    siteStep(stateAt(after(3_540), { by: "operator", reason: "cleaned" }), after(3_540)),
    overStep({ why: "live", pages: 60, copies: 4_120 }, after(3_600)),
  ],
};

/** The same while it goes on, before anything false is known to have been shown. */
export const openDefacement: Incident = {
  ...defacement,
  id: "01FN4OPENDEFACED0000000000",
  status: "open",
  ended_at: null,
  outcome: null,
  responses: { signed: 120, judged: 0, uncertain: 0, dynamic: 0 },
  evidence: defacement.evidence.slice(0, 4),
};
