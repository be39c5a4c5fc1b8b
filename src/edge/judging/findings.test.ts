// What is told of what was found: once, then while readers are shown it; and how often each answer was shown.
import { expect, test } from "bun:test";
import { sha256, utf8 } from "../../base/bytes.ts";
import { ManualClock } from "../../base/clock.ts";
import { type Finding, findingSchema } from "../../bus/origin-facts.ts";
import { Findings } from "./findings.ts";
import { answerKey, type Reading } from "./told.ts";

const reading = ({
  address = "/",
  sha256: hash = sha256("first"),
  ...more
}: Partial<Reading> = {}): Reading => ({
  seenAs: { scheme: "http", host: "localhost" },
  address,
  verdict: "uncertain",
  facts: [{ what: "media-hosts", value: "elsewhere.example", weight: "doubt" }],
  status: 200,
  type: "text/html",
  bytes: 5,
  sha256: hash,
  countedAs: answerKey(address, hash),
  isHeld: false,
  isKnown: true,
  isReread: false,
  sample: undefined,
  ...more,
});

function newFindings(): { findings: Findings; told: Finding[]; clock: ManualClock } {
  const clock = new ManualClock(1_000_000);
  const told: Finding[] = [];
  return {
    findings: new Findings({
      edge: "edge-1",
      clock,
      tell: (finding) => told.push(findingSchema.parse(finding)),
    }),
    told,
    clock,
  };
}

const shown = (
  one: Reading,
  counts: { judged?: number; uncertain?: number },
): Map<string, { judged: number; uncertain: number }> =>
  new Map([[one.countedAs, { judged: 0, uncertain: 0, ...counts }]]);

test("the same new facts at the same address are one finding, whatever the bytes; it is told again when it gets worse", () => {
  const { findings, told } = newFindings();
  for (const hash of ["first", "second", "third"]) findings.hear(reading({ sha256: sha256(hash) }));
  findings.hear(reading({ verdict: "vouched", facts: [] }));
  expect(told.map(({ verdict }) => verdict)).toEqual(["uncertain"]);
  findings.hear(reading({ verdict: "question", isHeld: true }));
  findings.hear(reading({ address: "/b" }));
  expect(told.map(({ verdict, held, address }) => [verdict, held, address])).toEqual([
    ["uncertain", false, "/"],
    ["question", true, "/"],
    ["uncertain", false, "/b"],
  ]);
  expect(new Set(told.map(({ id }) => id)).size).toBe(2);
});

test("while readers are shown it, it is told at most every second, with the sum over all its bodies, judged before or not", () => {
  const { findings, told, clock } = newFindings();
  const [first, second] = [reading(), reading({ sha256: sha256("second") })];
  findings.count(shown(second, { judged: 7 }));
  findings.hear(first);
  findings.hear(second);
  for (let at = 0; at < 10; at += 1) {
    clock.advance(100);
    findings.count(shown(first, { uncertain: 1 }));
    findings.tend();
  }
  findings.tend();
  expect(told.map((finding) => finding.shown)).toEqual([
    { judged: 0, uncertain: 0, first: null, last: null },
    { judged: 7, uncertain: 10, first: "1970-01-01T00:16:40.000Z", last: "1970-01-01T00:16:41.000Z" },
  ]);
});

test("what is confirmed is an alarm from then on, told once more with how often it was shown", () => {
  const { findings, told } = newFindings();
  findings.hear(reading());
  findings.count(shown(reading(), { uncertain: 3 }));
  findings.confirm([told[0]?.id ?? "", "unknown"]);
  expect(told.slice(1).map(({ verdict, shown: { uncertain } }) => [verdict, uncertain])).toEqual([
    ["alarm", 3],
  ]);
});

test("any amount of what is only uncertain drives out no alarm, nor its sample", () => {
  const { findings, told } = newFindings();
  const body = utf8("<h1>hacked</h1>");
  findings.hear(reading({ verdict: "alarm", sample: { status: 200, headers: [], body } }));
  for (let at = 0; at < 6_000; at += 1) {
    const sample = { status: 200, headers: [], body: new Uint8Array(16 * 1024) };
    findings.hear(reading({ address: `/?s=${at}`, sample }));
  }
  const id = told[0]?.id ?? "";
  findings.confirm([id]);
  expect(told.at(-1)?.id).toBe(id);
  expect(findings.samples.piece(id, 0)?.piece).toBe(Buffer.from(body).toString("base64"));
});

test("whatever stands there fits what the bus takes", () => {
  const { findings, told } = newFindings();
  const facts = Array.from({ length: 100 }, () => ({
    what: "x".repeat(99),
    value: "y".repeat(9_999),
    before: "z".repeat(9_999),
    weight: "note" as const,
  }));
  findings.hear(reading({ address: `/${"a".repeat(9_999)}`, facts, type: "t".repeat(999) }));
  expect(told).toHaveLength(1);
});
