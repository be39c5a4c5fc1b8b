/**
 * A defacement as one incident, however many pages show it: from the first alarm until every edge shows the site as it is again, or until those
 * who run the site say that it was their own change. False answers that readers got before it was known make it a breach.
 */
import { z } from "zod";
import type { Evidence, Incident } from "../../bus/facts.ts";
import type { Finding, OriginState, Question } from "../../bus/origin-facts.ts";
import { signatureOf } from "../../guard/judging/judge.ts";
import type { ReadersFare } from "../../decision/usual-readers.ts";
import {
  gatheredStep,
  morePages,
  overStep,
  pageStep,
  questionStep,
  shownStep,
  siteStep,
} from "../../incidents/story/steps.ts";
import {
  beginCase,
  believedMs,
  caseSchema,
  hasStep,
  incidentOf,
  withAnswers,
  withEvidence,
  withReaders,
} from "./case.ts";
import { addressName, asks, type Doubt, nameOf } from "./doubts.ts";
import { falselyShown, grown, shownSchema } from "./shown.ts";

/** One finding of one edge. */
const pageSchema = z.object({
  /** A short name (doubts.ts). */
  address: z.string(),
  signature: z.string(),
  shown: shownSchema,
  /** Those who run the site say that it is their own change. */
  isOwn: z.boolean(),
});
type Page = z.infer<typeof pageSchema>;

const defacementSchema = caseSchema.extend({
  /** By edge and finding. */
  pages: z.record(z.string(), pageSchema),
  /** Findings for which there was no room. */
  more: z.number(),
  /** By edge: how it treats the site. */
  sites: z.record(z.string(), z.string()),
  /** By question: how it was answered. */
  questions: z.record(z.string(), z.string()),
});
type Defacement = z.infer<typeof defacementSchema>;

export const defacementMemorySchema = defacementSchema.nullable();

const most = { pages: 1_000, questions: 50, sites: 64 } as const;
/** Shown as it is everywhere, and quiet for so long: it is over. */
const settledMs = 60_000;

export class DefacementWatch {
  readonly #newId: () => string;
  #case: Defacement | null;

  constructor(memory: Defacement | null, newId: () => string) {
    this.#case = memory;
    this.#newId = newId;
  }

  get memory(): Defacement | null {
    return this.#case;
  }

  /** As it stands. */
  get incident(): Incident | undefined {
    return this.#case === null ? undefined : told(this.#case, null);
  }

  /** An alarm. `doubt`: what was known of it until now. */
  find(finding: Finding, doubt: Doubt | undefined, nowMs: number): void {
    const known = this.#begun(believedMs(finding.shown.first ?? finding.at, nowMs), nowMs);
    const name = nameOf(finding);
    const page: Page = {
      address: addressName(finding.address),
      signature: signatureOf(finding.facts),
      shown: grown(known.pages[name]?.shown ?? doubt?.shown, finding.shown),
      isOwn: false,
    };
    const isToldOf = name in known.pages || Object.values(known.pages).some((other) => isAlike(other, page));
    const steps = isToldOf ? [] : [pageStep(finding, nowMs)];
    this.#case = withShown(withEvidence(withPage(known, name, page), steps, morePages(nowMs)), nowMs);
  }

  /** Somebody said that what the question is about is not theirs. `doubts`: what it is about. */
  confirm(question: Question, doubts: readonly Doubt[], nowMs: number): void {
    const firsts = doubts.flatMap(({ shown }) => shown.first ?? []).map((first) => believedMs(first, nowMs));
    const known = doubts.reduce(
      (sum, { edge, finding, address, signature, shown }) =>
        withPage(sum, nameOf({ edge, id: finding }), { address, signature, shown, isOwn: false }),
      this.#begun(Math.min(nowMs, ...firsts), nowMs),
    );
    const steps = doubts.map(({ step }) => step);
    this.#case = withQuestion(withEvidence(known, steps, morePages(nowMs)), question, nowMs);
    this.#case = withShown(this.#case, nowMs);
  }

  /** A question was asked or answered; one about other pages is none of this attack's. */
  ask(question: Question, nowMs: number): void {
    const known = this.#case;
    if (known === null || !Object.values(known.pages).some(asks(question))) return;
    const next = withQuestion(known, question, nowMs);
    this.#case = question.status === "accepted" ? withOwn(next, question) : next;
  }

  /** `copies`: approved ones that this edge showed since it said so last. */
  hear(state: OriginState, copies: number, nowMs: number): void {
    if (this.#case === null) return;
    const known = withAnswers(this.#case, { signed: copies });
    const isNews = (known.sites[state.edge] ?? "live") !== state.site;
    this.#case = isNews ? withSite(known, state, nowMs) : known;
  }

  gather(finding: string, evidence: readonly Evidence[]): void {
    const isMine = (name: string): boolean => name.endsWith(` ${finding}`);
    if (this.#case === null || !Object.keys(this.#case.pages).some(isMine)) return;
    const steps = evidence.map((each) => gatheredStep(finding, each));
    this.#case = withEvidence(this.#case, steps);
  }

  /** Once a second; gives the incident back once it is over. `states`: of the edges that said something lately. */
  look(fare: ReadersFare | undefined, states: readonly OriginState[], nowMs: number): Incident | undefined {
    if (this.#case === null) return undefined;
    const known = fare === undefined ? this.#case : withReaders(this.#case, fare);
    const why = endOf(known, states, nowMs);
    this.#case = why === undefined ? known : null;
    return why === undefined ? undefined : closed(known, why, nowMs);
  }

  #begun(startedMs: number, nowMs: number): Defacement {
    const known = this.#case;
    if (known !== null)
      return { ...known, started_ms: Math.min(known.started_ms, startedMs), seen_ms: nowMs };
    const empty = { pages: {}, more: 0, sites: {}, questions: {} };
    return { ...beginCase(this.#newId(), startedMs, nowMs), ...empty };
  }
}

function isAlike(left: Page, right: Page): boolean {
  return left.address === right.address && left.signature === right.signature;
}

function withPage(known: Defacement, name: string, page: Page): Defacement {
  const isFull = !(name in known.pages) && Object.keys(known.pages).length >= most.pages;
  return isFull ? { ...known, more: known.more + 1 } : { ...known, pages: { ...known.pages, [name]: page } };
}

/** That something false was shown is said once; how often in the end stands in the incident's answers. */
function withShown(known: Defacement, nowMs: number): Defacement {
  const shown = shownBy(known);
  if (shown.judged + shown.uncertain === 0 || hasStep(known, "shown")) return known;
  return withEvidence(known, [shownStep(shown, nowMs)]);
}

function withQuestion(known: Defacement, question: Question, nowMs: number): Defacement {
  const isNews = known.questions[question.id] !== question.status;
  const isFull = !(question.id in known.questions) && Object.keys(known.questions).length >= most.questions;
  if (!isNews || isFull) return known;
  const questions = { ...known.questions, [question.id]: question.status };
  return withEvidence({ ...known, questions }, [questionStep(question, nowMs)]);
}

function withOwn(known: Defacement, question: Question): Defacement {
  const isAsked = asks(question);
  const pages = Object.entries(known.pages).map(
    ([name, page]) => [name, isAsked(page) ? { ...page, isOwn: true } : page] as const,
  );
  return { ...known, pages: Object.fromEntries(pages) };
}

function withSite(known: Defacement, state: OriginState, nowMs: number): Defacement {
  const { edge, site } = state;
  if (!(edge in known.sites) && Object.keys(known.sites).length >= most.sites) return known;
  const next = { ...known, sites: { ...known.sites, [edge]: site }, seen_ms: nowMs };
  return withEvidence(next, [siteStep(state, nowMs)]);
}

type Ending = "own change" | "live";

/** Undefined while it goes on: also where a page alone is kept from readers, and where no edge says anything. */
function endOf(known: Defacement, states: readonly OriginState[], nowMs: number): Ending | undefined {
  const pages = Object.values(known.pages);
  if (known.more === 0 && pages.length > 0 && pages.every(({ isOwn }) => isOwn)) return "own change";
  const isLive =
    states.length > 0 && states.every(({ site, held_pages: held }) => site === "live" && held === 0);
  return isLive && nowMs - known.seen_ms >= settledMs ? "live" : undefined;
}

function closed(known: Defacement, why: Ending, nowMs: number): Incident {
  const touched = new Set(Object.values(known.pages).map(({ address }) => address)).size + known.more;
  const end = overStep({ why, pages: touched, copies: Math.round(known.sums.responses.signed) }, nowMs);
  const isOwn = why === "own change";
  const incident = told(withEvidence(known, [end]), isOwn ? nowMs : known.seen_ms);
  return isOwn ? { ...incident, outcome: "own change" } : incident;
}

/** A breach is known before the end, and nothing mends it any more. */
function told(known: Defacement, endedMs: number | null): Incident {
  const { judged, uncertain } = shownBy(known);
  const isBreach = judged + uncertain > 0;
  const incident = incidentOf(known, {
    kind: "defacement",
    endedMs,
    ...(isBreach && { outcome: "breached" }),
  });
  return { ...incident, responses: { ...incident.responses, judged, uncertain } };
}

function shownBy({ pages }: Defacement) {
  return falselyShown(Object.values(pages).flatMap(({ shown, isOwn }) => (isOwn ? [] : [shown])));
}
