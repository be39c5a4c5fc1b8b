/** The protected site in plain words. What was found on it is somebody else's text, and inert here. */
import { figure } from "../base/figures.ts";
import type { OriginState, Question, SnapshotFacts } from "../bus/origin-facts.ts";
import { inert } from "../language/inert.ts";
import { counted, moment, readable } from "./format.ts";

export interface OriginFacts {
  /** Null where no edge runs. */
  readonly state: OriginState | null;
  readonly snapshot: SnapshotFacts;
  /** Open ones. */
  readonly questions: readonly Question[];
}

const addressesShown = 5;
const factsShown = 5;

export function describeOrigin({ state, snapshot, questions }: OriginFacts): string[] {
  return [
    ...(state === null ? ["no edge runs, or none protects a site"] : describeState(state)),
    describeBaseline(snapshot),
    ...(questions.length === 0 ? ["nothing is asked"] : describeQuestions(questions)),
  ];
}

const sites: Readonly<Record<OriginState["site"], string>> = {
  live: "the site is live: every answer is judged",
  held: "the site is held: only approved copies are shown",
  gone: "the site does not answer: approved copies are shown",
  maintenance: "readers are told that the site is being worked on",
};

function describeState({
  site,
  since,
  by,
  reason,
  held_pages: held,
  working_until: working,
  ...state
}: OriginState): string[] {
  const { health, shown } = state;
  const took = health.took_ms === null ? "" : `, ${figure(health.took_ms)} ms until it answers`;
  return [
    `${sites[site]} (since ${moment(since)}, by ${by === "edge" ? "the edge itself" : "an operator"}${reason === "" ? "" : `: ${inert(reason)}`})`,
    ...(held > 0 ? [`${counted(held, "page")} shown as approved copies meanwhile`] : []),
    ...(working === null ? [] : [`somebody works on the site until ${moment(working)}`]),
    `it is ${health.state}${took}; ${figure(shown.judged)} answers judged, ${figure(shown.uncertain)} uncertain, ${figure(shown.copies)} copies`,
  ];
}

function describeBaseline({ state, approved_at: at, pages, assets }: SnapshotFacts): string {
  const baseline = at === null ? "there is no baseline yet" : `the baseline is of ${moment(at)}`;
  if (state === "approved")
    return `${baseline}: ${counted(pages, "page")}, ${figure(assets)} scripts, styles, pictures and files`;
  if (state === "none") return `${baseline}; \`kasbah snapshot\` makes one`;
  return `${baseline}; a snapshot ${state === "crawling" ? "is being made" : "waits to be approved"}`;
}

export function describeQuestions(questions: readonly Question[]): string[] {
  if (questions.length === 0) return ["nothing is asked"];
  return questions.flatMap((question) => [...describeQuestion(question), ""]).slice(0, -1);
}

function describeQuestion(question: Question): string[] {
  const { id, asked_at: at, alarm, status, facts, addresses, addresses_more: more, link } = question;
  const pages = addresses.slice(0, addressesShown).map((address) => inert(readable(address)));
  const hidden = addresses.length - pages.length + more;
  return [
    `${id}  ${alarm ? "ALARM" : "is this yours?"}  ${status}, asked ${moment(at)}`,
    ...facts.slice(0, factsShown).map(describeFact),
    `  on ${pages.join(", ")}${hidden > 0 ? ` and ${figure(hidden)} more` : ""}`,
    ...(status === "open" && link !== "" ? [`  ${link}`] : []),
  ];
}

function describeFact({ what, value, before }: Question["facts"][number]): string {
  return `  ${inert(what)}: ${inert(value)}${before === undefined ? "" : ` (was: ${inert(before)})`}`;
}

/** More are no help to who has to clean the site. */
const contradictionsShown = 12;

export function describeContradictions(
  contradictions: readonly { readonly address: string; readonly why: string }[],
): string[] {
  const shown = contradictions.slice(0, contradictionsShown);
  const more = contradictions.length - shown.length;
  return [
    ...shown.map(({ address, why }) => `  ${inert(readable(address))}  ${inert(why)}`),
    ...(more === 0 ? [] : [`  and ${more} more`]),
  ];
}
