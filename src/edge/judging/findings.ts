/**
 * What the origin said that its baseline does not vouch for: each address with the same new facts once, told at once and again while readers are shown
 * it; and how often each of its answers was shown.
 */
import { type Clock, rfc3339 } from "../../base/clock.ts";
import { RecentMap } from "../../base/recent-map.ts";
import type { Finding } from "../../bus/origin-facts.ts";
import type { NewFact } from "../../guard/verdict.ts";
import { findingId } from "../../guard/finding-id.ts";
import { Samples } from "./samples.ts";
import type { Reading, ShownCounts } from "./told.ts";

export interface FindingsOptions {
  readonly edge: string;
  readonly clock: Clock;
  readonly tell: (finding: Finding) => void;
}

/** One that is found again keeps its id; among so many of its kind the least recent is forgotten. What is only uncertain drives out only itself. */
const findingsMax = { kept: 5_000, uncertain: 2_000 } as const;
/** Answers that are counted; a page that changes with each load has many. */
const answersMax = 50_000;
const answersEachMax = 64;
const tellAgainMs = 1_000;
/** As the bus takes them. */
const limits = { facts: 40, what: 40, value: 500, address: 3_100, type: 200 } as const;

interface ShownSum {
  readonly judged: number;
  readonly uncertain: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

interface Found {
  reading: Reading;
  readonly atMs: number;
  /** What it said, by `answerKey`. */
  readonly answers: Set<string>;
  verdict: Finding["verdict"];
  toldMs: number;
  /** Times it was shown when it was last told. */
  toldShown: number;
}

export class Findings {
  readonly samples = new Samples();
  readonly #options: FindingsOptions;
  readonly #kept = new RecentMap<string, Found>(findingsMax.kept);
  readonly #uncertain = new RecentMap<string, Found>(findingsMax.uncertain);
  readonly #shown = new RecentMap<string, ShownSum>(answersMax);
  /** Findings whose answers readers were shown since they were told. */
  readonly #grown = new Set<string>();
  readonly #byAnswer = new RecentMap<string, string>(answersMax);

  constructor(options: FindingsOptions) {
    this.#options = options;
  }

  /** A reading that is not vouched for. */
  hear(reading: Reading): void {
    if (reading.verdict === "vouched") return;
    const id = findingId(reading);
    if (reading.sample !== undefined) this.samples.keep(id, reading, reading.sample);
    const known = this.#find(id);
    if (known === undefined) this.#begin(id, reading);
    else this.#goOn(id, known, reading);
  }

  count(answers: ShownCounts): void {
    const nowMs = this.#options.clock.nowMs();
    for (const [key, { judged, uncertain }] of answers) {
      const before = this.#shown.get(key) ?? { judged: 0, uncertain: 0, firstMs: nowMs };
      const sum = { judged: before.judged + judged, uncertain: before.uncertain + uncertain };
      this.#shown.set(key, { ...sum, firstMs: before.firstMs, lastMs: nowMs });
      const id = this.#byAnswer.get(key);
      if (id !== undefined) this.#grown.add(id);
    }
  }

  /** Somebody has confirmed that they are false: they are told so, with how often they were shown. Unknown ids are left out. */
  confirm(ids: readonly string[]): void {
    for (const id of ids) {
      const found = this.#find(id);
      if (found === undefined) continue;
      found.verdict = "alarm";
      this.#keep(id, found);
      this.#tell(id, found);
    }
  }

  /** To be called about every 100 ms. */
  tend(): void {
    const nowMs = this.#options.clock.nowMs();
    for (const id of this.#grown) {
      const found = this.#find(id);
      if (found !== undefined && nowMs - found.toldMs < tellAgainMs) continue;
      this.#grown.delete(id);
      if (found !== undefined && timesShown(this.#sumOf(found)) > found.toldShown) this.#tell(id, found);
    }
  }

  #find(id: string): Found | undefined {
    return this.#kept.get(id) ?? this.#uncertain.get(id);
  }

  #keep(id: string, found: Found): void {
    (found.verdict === "uncertain" ? this.#uncertain : this.#kept).set(id, found);
  }

  #begin(id: string, reading: Reading): void {
    const nowMs = this.#options.clock.nowMs();
    const verdict = reading.verdict === "vouched" ? "uncertain" : reading.verdict;
    const found: Found = { reading, atMs: nowMs, answers: new Set(), verdict, toldMs: nowMs, toldShown: 0 };
    this.#keep(id, found);
    this.#link(id, found, reading);
    this.#tell(id, found);
  }

  #goOn(id: string, found: Found, reading: Reading): void {
    this.#link(id, found, reading);
    const isWorse = rank[reading.verdict] > rank[found.verdict];
    if (isWorse && reading.verdict !== "vouched") {
      found.verdict = reading.verdict;
      this.#keep(id, found);
    }
    const isHeldNow = reading.isHeld && !found.reading.isHeld;
    found.reading = { ...reading, sample: undefined };
    if (isWorse || isHeldNow) this.#tell(id, found);
  }

  #link(id: string, { answers }: Found, { countedAs }: Reading): void {
    if (countedAs === "" || answers.has(countedAs) || answers.size >= answersEachMax) return;
    answers.add(countedAs);
    this.#byAnswer.set(countedAs, id);
  }

  #tell(id: string, found: Found): void {
    const { edge, clock, tell } = this.#options;
    const sum = this.#sumOf(found);
    found.toldMs = clock.nowMs();
    found.toldShown = timesShown(sum);
    const { address, facts, status, type, bytes, sha256: hash, isHeld } = found.reading;
    const isShown = found.toldShown > 0;
    tell({
      edge,
      id,
      at: rfc3339(found.atMs),
      address: address.slice(0, limits.address),
      verdict: found.verdict,
      facts: facts.slice(0, limits.facts).map(shortened),
      status,
      type: type.slice(0, limits.type),
      bytes,
      sha256: hash,
      held: isHeld,
      shown: {
        judged: sum.judged,
        uncertain: sum.uncertain,
        first: isShown ? rfc3339(sum.firstMs) : null,
        last: isShown ? rfc3339(sum.lastMs) : null,
      },
    });
  }

  #sumOf({ answers }: Found): ShownSum {
    const sums = [...answers].flatMap((answer) => this.#shown.get(answer) ?? []);
    return {
      judged: sums.reduce((sum, { judged }) => sum + judged, 0),
      uncertain: sums.reduce((sum, { uncertain }) => sum + uncertain, 0),
      firstMs: Math.min(...sums.map(({ firstMs }) => firstMs)),
      lastMs: Math.max(...sums.map(({ lastMs }) => lastMs)),
    };
  }
}

const rank: Readonly<Record<Reading["verdict"], number>> = {
  vouched: 0,
  uncertain: 1,
  question: 2,
  alarm: 3,
};

function timesShown({ judged, uncertain }: ShownSum): number {
  return judged + uncertain;
}

function shortened({ what, value, before, weight }: NewFact): NewFact {
  const short = { what: what.slice(0, limits.what), value: value.slice(0, limits.value), weight };
  return before === undefined ? short : { ...short, before: before.slice(0, limits.value) };
}
