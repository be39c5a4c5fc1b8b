/** @jsxImportSource hono/jsx */
/** `/origin`: how the protected site stands, what somebody is asked about it, what can be ordered, what is approved. Whole without a script. */
import type { OriginState, Question, SnapshotFacts } from "../bus/origin-facts.ts";
import { inert } from "../language/inert.ts";
import { Badge, Notice, type Tone } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { Said } from "../web/said.tsx";
import { StudioFrame } from "../web/studio-frame.tsx";
import { ActsPart } from "./acts-part.tsx";
import { BaselinePart } from "./baseline-part.tsx";
import type { Errand, Outcome } from "./errands.ts";
import { FactLine } from "./fact-line.tsx";
import type { Said as Order } from "./orders.ts";
import { Teller } from "./telling.ts";

export interface OriginPageProps {
  readonly visit: SignedIn;
  /** Undefined where no edge answers. */
  readonly state: OriginState | undefined;
  readonly snapshot: SnapshotFacts;
  readonly progress: { readonly done: number; readonly known: number };
  /** Open ones, the newest first. */
  readonly questions: readonly Question[];
  readonly errand: Errand;
  readonly said: Order | undefined;
  readonly mayDecide: boolean;
}

export function OriginPage(props: OriginPageProps) {
  const { visit, state, snapshot, progress, questions, errand, said, mayDecide } = props;
  const teller = new Teller(visit);
  return (
    <StudioFrame
      visit={visit}
      title={teller.words.title}
      notice={
        <>
          {said !== undefined && (
            <Notice tone={said === "purged" ? "good" : "warning"} live>
              {teller.words.said[said]}
            </Notice>
          )}
          <ErrandNotice teller={teller} errand={errand} />
        </>
      }
    >
      <NowPart teller={teller} state={state} snapshot={snapshot} />
      <QuestionsPart teller={teller} questions={questions} />
      {mayDecide && <ActsPart teller={teller} state={state} />}
      <BaselinePart teller={teller} snapshot={snapshot} progress={progress} mayDecide={mayDecide} />
    </StudioFrame>
  );
}

const tones: Readonly<Record<OriginState["site"], Tone>> = {
  live: "good",
  held: "bad",
  gone: "bad",
  maintenance: "warning",
};

interface NowProps {
  readonly teller: Teller;
  readonly state: OriginState | undefined;
  readonly snapshot: SnapshotFacts;
}

function NowPart({ teller, state, snapshot }: NowProps) {
  const { now } = teller.words;
  if (state === undefined)
    return (
      <Now teller={teller} tone="warning" sentence={now.silent}>
        <p>{now.silentNote}</p>
      </Now>
    );
  const isUnjudged = snapshot.approved_at === null && state.site === "live";
  const isWorking = state.site === "live" && state.working_until !== null;
  const sentence = isUnjudged
    ? now.noBaseline
    : isWorking
      ? now.working(teller.time(state.working_until))
      : now.states[state.site];
  const tone = isUnjudged || isWorking ? "warning" : tones[state.site];
  return (
    <Now teller={teller} tone={tone} sentence={sentence}>
      <p>
        {isUnjudged ? now.unjudged : now.readers[state.site]}
        {state.held_pages > 0 && state.site === "live" && ` ${now.heldPages(state.held_pages)}`}
      </p>
      <Circumstances teller={teller} state={state} />
      <Health teller={teller} state={state} />
    </Now>
  );
}

function Now({
  teller,
  tone,
  sentence,
  children,
}: {
  readonly teller: Teller;
  readonly tone: Tone;
  readonly sentence: string;
  readonly children?: unknown;
}) {
  return (
    <section class={`now ${tone}`} id="now" aria-labelledby="now-heading">
      <h2 id="now-heading">{teller.words.now.heading}</h2>
      <p class="now-sentence">{sentence}</p>
      {children}
    </section>
  );
}

/** Since when, by whom and why; until when, and what readers are told. */
function Circumstances({ teller, state }: Pick<NowProps, "teller"> & { readonly state: OriginState }) {
  const { now } = teller.words;
  const { site, since, by, reason, maintenance } = state;
  return (
    <p class="now-since">
      {now.since(teller.time(since))}{" "}
      {site === "held" && (
        <>
          {now.by[by]}{" "}
          {reason !== "" && (
            <>
              {now.because} <Said text={reason} language={teller.language} />
            </>
          )}
        </>
      )}
      {site === "maintenance" && maintenance !== null && (
        <>
          {maintenance.until === null ? now.untilEnded : now.until(teller.time(maintenance.until))}{" "}
          {maintenance.message !== "" && (
            <>
              {now.message} <bdi class="foreign">{inert(maintenance.message, 300)}</bdi>
            </>
          )}
        </>
      )}
    </p>
  );
}

function Health({ teller, state: { health } }: Pick<NowProps, "teller"> & { readonly state: OriginState }) {
  const { now } = teller.words;
  return (
    <p class="now-since">
      {now.healths[health.state]} {health.took_ms !== null && now.took(teller.wait(health.took_ms))}{" "}
      {health.waiting > 0 && now.waiting(health.waiting)}
    </p>
  );
}

function QuestionsPart({
  teller,
  questions,
}: {
  readonly teller: Teller;
  readonly questions: readonly Question[];
}) {
  const { words } = teller;
  return (
    <section class="part" id="questions">
      <h2>{words.questions.heading}</h2>
      {questions.length === 0 && <p>{words.questions.none}</p>}
      <ul class="incidents">
        {questions.map((question) => (
          <li>
            <a href={`/origin/questions/${question.id}`}>
              {question.alarm ? words.question.alarmTitle : words.question.title}
            </a>{" "}
            <Badge tone={question.alarm ? "bad" : "warning"}>
              {question.alarm ? words.questions.alarm : words.questions.open}
            </Badge>
            {question.facts.slice(0, 1).map((fact) => (
              <p>
                <FactLine teller={teller} fact={fact} />
              </p>
            ))}
            <p class="hint">
              <time datetime={question.asked_at}>{teller.time(question.asked_at)}</time>
              {" · "}
              {words.question.addresses(question.addresses.length + question.addresses_more)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ErrandNotice({ teller, errand }: { readonly teller: Teller; readonly errand: Errand }) {
  const { words } = teller;
  if (errand.kind === "none") return null;
  if (errand.kind === "running")
    return (
      <Notice tone="warning" live>
        {words.running[errand.act]} {words.runningNote(teller.moment(errand.sinceMs))}{" "}
        <a href="/origin">{words.baseline.lookAgain}</a>
      </Notice>
    );
  return (
    <Notice tone={isGood(errand.outcome) ? "good" : "warning"}>
      <OutcomeWords teller={teller} outcome={errand.outcome} />
    </Notice>
  );
}

function isGood(outcome: Outcome): boolean {
  if (outcome.kind === "released") return outcome.contradictions.length === 0;
  return outcome.kind !== "failed" && outcome.kind !== "still held";
}

/** Of what still contradicts, as many as somebody reads. */
const contradictionsShown = 10;

function OutcomeWords({ teller, outcome }: { readonly teller: Teller; readonly outcome: Outcome }) {
  const { outcomes } = teller.words;
  switch (outcome.kind) {
    case "accepted":
      return <>{outcomes.accepted(outcome.pages)}</>;
    case "refused":
    case "approved":
      return <>{outcomes[outcome.kind]}</>;
    case "failed":
      return (
        <>
          {outcomes.failed} <Said text={outcome.reason} language={teller.language} />
        </>
      );
    case "released":
    case "still held": {
      const { contradictions } = outcome;
      const partly = contradictions.length > 0 ? outcomes.releasedPartly : outcomes.released;
      return (
        <>
          <p>{outcome.kind === "released" ? partly : outcomes.stillHeld}</p>
          <ul class="new-facts">
            {contradictions.slice(0, contradictionsShown).map(({ address, why }) => (
              <li>
                <code dir="ltr">{inert(address, 200)}</code> <Said text={why} language={teller.language} />
              </li>
            ))}
          </ul>
        </>
      );
    }
  }
}
