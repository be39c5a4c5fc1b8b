/**
 * What an incident of a protected site is told from: each piece of evidence is a step of its story, in English words and as data from which
 * it is told in other languages. Whatever comes from the site is somebody else's: inert text, bounded.
 */
import { z } from "zod";
import { rfc3339 } from "../../base/clock.ts";
import { figure } from "../../base/figures.ts";
import type { Evidence } from "../../bus/facts.ts";
import {
  type Finding,
  newFactSchema,
  originStateSchema,
  type OriginState,
  type Question,
} from "../../bus/origin-facts.ts";
import { inert } from "../../language/inert.ts";

const count = z.number().nonnegative();
const time = z.string().nullable();

/** False answers that readers got: how often, by what they were taken for, and from when to when. */
const falselyShown = z.object({ judged: count, uncertain: count, first: time, last: time });
export type FalselyShown = z.infer<typeof falselyShown>;

const steps = {
  /** An address answered with what its baseline contradicts. */
  page: z.object({
    step: z.literal("page"),
    finding: z.string(),
    address: z.string(),
    held: z.boolean(),
    facts: z.array(newFactSchema),
  }),
  /** Of the pages from here on only the number is kept. */
  more: z.object({ step: z.literal("more") }),
  /** How an edge treats the site from now on. */
  site: z.object({
    step: z.literal("site"),
    edge: z.string(),
    site: originStateSchema.shape.site,
    by: originStateSchema.shape.by,
    reason: z.string(),
  }),
  health: z.object({
    step: z.literal("health"),
    edge: z.string(),
    health: originStateSchema.shape.health.shape.state,
    reason: z.string(),
  }),
  question: z.object({
    step: z.literal("question"),
    question: z.string(),
    status: z.enum(["open", "accepted", "refused", "over"]),
  }),
  /** What newsroom or edge gathered about a finding. */
  gathered: z.object({ step: z.literal("gathered"), finding: z.string(), found: z.json() }),
  shown: falselyShown.extend({ step: z.literal("shown") }),
  over: z.object({
    step: z.literal("over"),
    why: z.enum(["live", "quiet", "own change", "well"]),
    pages: count,
    /** Approved copies that readers got meanwhile. */
    copies: count,
  }),
} as const;

export const stepSchema = z.discriminatedUnion("step", [
  steps.page,
  steps.more,
  steps.site,
  steps.health,
  steps.question,
  steps.gathered,
  steps.shown,
  steps.over,
]);
export type Step = z.infer<typeof stepSchema>;
type Of<S extends Step["step"]> = Omit<Extract<Step, { step: S }>, "step">;

type NewFact = z.infer<typeof newFactSchema>;

/** In characters: of a path, of one fact, of a reason. Beyond them nobody reads on. */
const longest = { address: 300, value: 160, reason: 300, what: 1_000 } as const;
/** Facts that a step names. */
const factsMax = 6;
/** Things in a tree of what was gathered, and how deep it goes. */
const gatheredMax = { things: 40, depth: 4, text: 300 } as const;

/** What an edge or the newsroom found to lead around the walls names nothing but that. */
export function leadsAround(facts: readonly Pick<NewFact, "what">[]): boolean {
  return facts.length > 0 && facts.every(({ what }) => what === "bypass");
}

export function pageStep({ id, address, facts, held }: Finding, atMs: number): Evidence {
  const page: Of<"page"> = {
    finding: inert(id),
    address: inert(address, longest.address),
    held,
    facts: facts.slice(0, factsMax).map(inertFact),
  };
  const seen = page.facts.map(factWords).join("; ");
  if (leadsAround(facts))
    return told("page", page, `the site behind can be had without Kasbah: ${seen}`, atMs);
  const kept = held ? "it was kept from readers" : "readers could see it";
  return told(
    "page",
    page,
    `${page.address} is not what was approved: ${seen || "nothing of it is known"}; ${kept}`,
    atMs,
  );
}

function inertFact({ what, value, before, weight }: NewFact): NewFact {
  const now = { what: inert(what), value: inert(value, longest.value), weight };
  return before === undefined ? now : { ...now, before: inert(before, longest.value) };
}

/** `title "Hacked" instead of "CGEM"`. */
export function factWords({ what, value, before }: NewFact): string {
  const shown = value === "" ? what : `${what} "${value}"`;
  return before === undefined || before === "" ? shown : `${shown} instead of "${before}"`;
}

export function morePages(atMs: number): Evidence {
  return told("more", {}, "further pages are only counted", atMs);
}

const sites: Readonly<Record<OriginState["site"], string>> = {
  live: "the site is shown again as it is, judged page by page",
  held: "readers see approved copies only; the site behind is left alone",
  gone: "the site behind is away: readers see the last approved copies",
  maintenance: "readers see the maintenance page",
};

export function siteStep(state: OriginState, atMs: number): Evidence {
  const { site } = state;
  const step = {
    edge: inert(state.edge),
    site,
    by: whoDid(state),
    reason: inert(state.reason, longest.reason),
  };
  const who = step.by === "operator" ? "somebody decided" : `${step.edge} by itself`;
  return told("site", step, `${who}: ${sites[site]}${because(step.reason)}`, atMs);
}

/** Who held or released the site says nothing of who found it gone, nor of who put up a maintenance page. */
function whoDid({ site, by }: OriginState): OriginState["by"] {
  if (site === "gone") return "edge";
  return site === "maintenance" ? "operator" : by;
}

const healths: Readonly<Record<OriginState["health"]["state"], string>> = {
  well: "the site behind answers well",
  slow: "the site behind is slow",
  failing: "the site behind answers with errors",
  away: "the site behind does not answer",
};

export function healthStep({ edge, health, reason }: OriginState, atMs: number): Evidence {
  const step = { edge: inert(edge), health: health.state, reason: inert(reason, longest.reason) };
  return told("health", step, `${healths[health.state]}${because(step.reason)}`, atMs);
}

const answers: Readonly<Record<Question["status"], string>> = {
  open: "somebody who runs the site is asked whether it is theirs",
  accepted: "somebody who runs the site decided: it is theirs",
  refused: "somebody who runs the site decided: it is not theirs",
  over: "nobody has to decide any more: it is gone from the site",
};

export function questionStep({ id, status }: Question, atMs: number): Evidence {
  return told("question", { question: inert(id), status }, answers[status], atMs);
}

/** As it was gathered, all of it inert. */
export function gatheredStep(finding: string, { at, what, data }: Evidence): Evidence {
  const found = inertTree(data ?? {});
  return told("gathered", { finding: inert(finding), found }, inert(what, gatheredMax.text), Date.parse(at));
}

export function shownStep(shown: FalselyShown, atMs: number): Evidence {
  const times = figure(shown.judged + shown.uncertain);
  const when = shown.first === null || shown.last === null ? "" : `, from ${shown.first} to ${shown.last}`;
  return told(
    "shown",
    shown,
    `false pages were shown ${times} times before they were known to be false${when}`,
    atMs,
  );
}

const endings: Readonly<Record<Of<"over">["why"], string>> = {
  live: "the site is shown again as it is and nothing false came any more",
  quiet: "nothing more was seen of it",
  "own change": "it was a change by those who run the site, not an attack",
  well: "the site behind answers again",
};

export function overStep(over: Of<"over">, atMs: number): Evidence {
  const pages =
    over.pages === 0 ? "" : `; ${figure(over.pages)} ${over.pages === 1 ? "page" : "pages"} touched`;
  const copies = over.copies === 0 ? "" : `; approved copies were shown ${figure(over.copies)} times`;
  return told("over", over, `over: ${endings[over.why]}${pages}${copies}`, atMs);
}

function told<S extends Step["step"]>(step: S, data: Of<S>, what: string, atMs: number): Evidence {
  return { at: rfc3339(atMs), what: what.slice(0, longest.what), data: { step, ...data } };
}

function because(reason: string): string {
  return reason === "" ? "" : ` (${reason})`;
}

type Json = z.infer<ReturnType<typeof z.json>>;

/** The same tree with inert texts and names, cut where it is too deep or too large. */
function inertTree(tree: Json): Json {
  let left: number = gatheredMax.things;
  const walk = (value: Json, depth: number): Json => {
    if (typeof value === "string") return inert(value, gatheredMax.text);
    if (typeof value !== "object" || value === null) return value;
    if (depth >= gatheredMax.depth) return "…";
    const isWanted = (): boolean => (left -= 1) >= 0;
    if (Array.isArray(value)) return value.filter(isWanted).map((each) => walk(each, depth + 1));
    const entries = Object.entries(value).filter(isWanted);
    return Object.fromEntries(entries.map(([name, each]) => [inert(name, 100), walk(each, depth + 1)]));
  };
  return walk(tree, 0);
}
