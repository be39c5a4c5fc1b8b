/** What edges and newsroom say of a protected site, as tests have them say it. */
import { rfc3339 } from "../src/base/clock.ts";
import type { Finding, OriginState, Question } from "../src/bus/origin-facts.ts";

/** A defaced front page, kept from readers at first sight. */
export function findingAt(atMs: number, fields: Partial<Finding> = {}): Finding {
  return {
    edge: "edge-1",
    id: "f-front",
    at: rfc3339(atMs),
    address: "/",
    verdict: "alarm",
    facts: [
      { what: "title", value: "Hacked by X", before: "CGEM", weight: "contradicts" },
      { what: "frames", value: "//evil.example/flag", weight: "contradicts" },
    ],
    status: 200,
    type: "text/html",
    bytes: 8_600,
    sha256: "ab".repeat(32),
    held: true,
    shown: { judged: 0, uncertain: 0, first: null, last: null },
    ...fields,
  };
}

/** A new third-party script, which may be theirs. */
export function doubtAt(atMs: number, fields: Partial<Finding> = {}): Finding {
  return findingAt(atMs, {
    id: "f-script",
    address: "/news",
    verdict: "uncertain",
    facts: [{ what: "scripts", value: "//new.example/widget.js", weight: "contradicts" }],
    held: false,
    ...fields,
  });
}

export function questionAbout(finding: Finding, fields: Partial<Question> = {}): Question {
  return {
    id: "q-1",
    asked_at: finding.at,
    alarm: finding.verdict === "alarm",
    status: "open",
    facts: finding.facts,
    addresses: [finding.address],
    addresses_more: 0,
    link: "https://studio.example.org/origin/questions/q-1",
    ...fields,
  };
}

export function stateAt(atMs: number, fields: Partial<OriginState> = {}): OriginState {
  return {
    edge: "edge-1",
    at: rfc3339(atMs),
    site: "live",
    since: rfc3339(atMs),
    by: "edge",
    reason: "",
    baseline: { approved_at: rfc3339(0), pages: 40 },
    held_pages: 0,
    working_until: null,
    maintenance: null,
    health: { state: "well", took_ms: 12, capacity: 32, waiting: 0 },
    shown: { judged: 0, uncertain: 0, copies: 0, cached: 0 },
    ...fields,
  };
}
