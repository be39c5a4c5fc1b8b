/** @jsxImportSource hono/jsx */
/** The story of an incident at a protected site: in its order, with what part each step plays. What the site said of itself is text, apart from ours. */
import { z } from "zod";
import type { Incident } from "../../bus/facts.ts";
import { Said } from "../../web/said.tsx";
import { factNameOf } from "../../web/words/fact-names.ts";
import { phraseInFact } from "../../web/words/phrase-in.ts";
import type { Teller } from "../telling.ts";
import type { Told } from "./chapters.ts";
import { leadsAround, type Step } from "./steps.ts";
import type { StoryWords } from "./words.ts";

interface StoryProps {
  readonly teller: Teller;
  readonly story: readonly Told[];
}

export function StoryPart({ teller, story }: StoryProps) {
  const { story: words } = teller.words;
  return (
    <section class="part" id="story">
      <h2>{words.heading}</h2>
      <ol class="evidence">
        {story.map(({ chapter, evidence: { at, what }, step }) => (
          <li>
            <p class="chapter">
              <b>{words.chapters[chapter]}</b>{" "}
              <time datetime={at}>{teller.quantities.second(Date.parse(at))}</time>
            </p>
            <StepWords teller={teller} step={step} what={what} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** `what`: in the watch's own English, for what has no words here. */
function StepWords({
  teller,
  step,
  what,
}: {
  readonly teller: Teller;
  readonly step: Step;
  readonly what: string;
}) {
  const { story: words } = teller.words;
  switch (step.step) {
    case "page":
      return <Page teller={teller} page={step} />;
    case "more":
      return <p>{words.more}</p>;
    case "site":
      return <WithReason teller={teller} text={words.sites[step.site]} reason={step.reason} />;
    case "health":
      return <WithReason teller={teller} text={words.healths[step.health]} reason={step.reason} />;
    case "question":
      return (
        <p>
          <a href={`/origin/questions/${encodeURIComponent(step.question)}`}>
            {words.questions[step.status]}
          </a>
        </p>
      );
    case "shown":
      return <Shown teller={teller} shown={step} />;
    case "gathered":
      return <Gathered teller={teller} what={what} found={step.found} />;
    case "over":
      return (
        <p>
          {words.endings[step.why]} {step.pages > 0 && words.pages(step.pages)}
        </p>
      );
  }
}

type Of<S extends Step["step"]> = Extract<Step, { step: S }>;

function Page({
  teller,
  page: { held, address, facts },
}: {
  readonly teller: Teller;
  readonly page: Of<"page">;
}) {
  const { story: words } = teller.words;
  return (
    <>
      {leadsAround(facts) ? (
        <p>{words.wayAround}</p>
      ) : (
        <p>
          {words.page[held ? "held" : "seen"]}
          <br />
          <code dir="ltr">{address}</code>
        </p>
      )}
      <ul class="new-facts">
        {facts.map(({ what, value, before }) => (
          <li>
            <FactName teller={teller} what={what} /> <Value teller={teller} what={what} text={value} />
            {before !== undefined && before !== "" && (
              <>
                {" "}
                {!isRest(what, before) && words.insteadOf} <Value teller={teller} what={what} text={before} />
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Of a whole page it is said how much is left of it. */
function isRest(what: string, before: string): boolean {
  return what === "page" && phraseInFact(what, before, "en") !== undefined;
}

function FactName({ teller, what }: { readonly teller: Teller; readonly what: string }) {
  const name = factNameOf(what);
  if (name === undefined) return <code dir="ltr">{what}</code>;
  return <>{teller.words.story.named(teller.factNames[name])}</>;
}

interface ValueProps {
  readonly teller: Teller;
  readonly what: string;
  readonly text: string;
}

function Value({ teller, what, text }: ValueProps) {
  const ours = phraseInFact(what, text, teller.language);
  return ours === undefined ? <bdi class="foreign">{text}</bdi> : <>{ours}</>;
}

const keptSchema = z.object({
  file: z.string().exactOptional(),
  sha256: z.string().exactOptional(),
  fault: z.string().exactOptional(),
});

interface GatheredProps {
  readonly teller: Teller;
  readonly what: string;
  readonly found: unknown;
}

/** What it is, under which name it lies, and its hash. */
function Gathered({ teller, what, found }: GatheredProps) {
  const { file, sha256, fault } = keptSchema.safeParse(found).data ?? {};
  return (
    <p>
      <Said text={what} language={teller.language} />
      {fault !== undefined && (
        <>
          {": "}
          <Said text={fault} language={teller.language} />
        </>
      )}
      {file !== undefined && (
        <>
          {" "}
          <code dir="ltr">{file}</code>
        </>
      )}
      {sha256 !== undefined && (
        <>
          <br />
          <code dir="ltr">{sha256}</code>
        </>
      )}
    </p>
  );
}

interface ReasonProps {
  readonly teller: Teller;
  readonly text: string;
  /** By the edge or by an operator. */
  readonly reason: string;
}

function WithReason({ teller, text, reason }: ReasonProps) {
  return (
    <p>
      {text}
      {reason !== "" && (
        <>
          {" "}
          {teller.words.story.reason} <Said text={reason} language={teller.language} />
        </>
      )}
    </p>
  );
}

function Shown({
  teller: { words, quantities },
  shown,
}: {
  readonly teller: Teller;
  readonly shown: Of<"shown">;
}) {
  const { judged, uncertain, first, last } = shown;
  return (
    <p>
      {words.story.shown(judged + uncertain)}{" "}
      {first !== null && last !== null && `${quantities.span(Date.parse(first), Date.parse(last))}.`}
    </p>
  );
}

/** What readers got of the site meanwhile; empty where that says nothing. */
export function sawLines(words: StoryWords, { kind, host, responses }: Incident): string[] {
  const { signed, judged, uncertain } = responses;
  const copies = signed > 0 ? [words.copies(signed)] : [];
  if (host !== undefined) return [words.elsewhere(host)];
  if (kind !== "defacement") return copies;
  if (judged + uncertain === 0) return [words.sawNothingFalse, ...copies];
  return [
    ...(judged > 0 ? [words.falselyJudged(judged)] : []),
    ...(uncertain > 0 ? [words.falselyUncertain(uncertain)] : []),
    ...copies,
  ];
}
