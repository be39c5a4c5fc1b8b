/** @jsxImportSource hono/jsx */
/** The story of an incident at a protected site: in its order, with what part each step plays. What the site said of itself is text, apart from ours. */
import type { Incident } from "../../bus/facts.ts";
import { factNameOf } from "../../web/words/fact-names.ts";
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
      return <WithReason words={words} text={words.sites[step.site]} reason={step.reason} />;
    case "health":
      return <WithReason words={words} text={words.healths[step.health]} reason={step.reason} />;
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
      return (
        <p lang="en" dir="ltr">
          {what}
        </p>
      );
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
          {words.page[held ? "held" : "seen"]} <code dir="ltr">{address}</code>
        </p>
      )}
      <ul class="new-facts">
        {facts.map(({ what, value, before }) => (
          <li>
            <FactName teller={teller} what={what} /> <bdi class="foreign">{value}</bdi>
            {before !== undefined && before !== "" && (
              <>
                {" "}
                {words.insteadOf} <bdi class="foreign">{before}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function FactName({ teller, what }: { readonly teller: Teller; readonly what: string }) {
  const name = factNameOf(what);
  if (name === undefined) return <code dir="ltr">{what}</code>;
  return <>{teller.words.story.named(teller.factNames[name])}</>;
}

interface ReasonProps {
  readonly words: StoryWords;
  readonly text: string;
  /** In English, by the edge or by an operator. */
  readonly reason: string;
}

function WithReason({ words, text, reason }: ReasonProps) {
  return (
    <p>
      {text}
      {reason !== "" && (
        <>
          {" "}
          {words.reason}{" "}
          <bdi lang="en" dir="ltr">
            {reason}
          </bdi>
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
