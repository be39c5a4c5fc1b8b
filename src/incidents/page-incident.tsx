/** @jsxImportSource hono/jsx */
/** One incident with its facts in words: only what was observed, and nothing about who is behind it. */
import type { Child } from "hono/jsx";
import type { Evidence, Incident, RuleFacts } from "../bus/facts.ts";
import { Badge, Notice } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { otherEvidence } from "./acted-rules.ts";
import { ActedRulesPart } from "./acted-rules-part.tsx";
import { evidenceWords } from "./evidence-words.ts";
import { storyOf } from "./story/chapters.ts";
import { sawLines, StoryPart } from "./story/story-part.tsx";
import type { Teller } from "./telling.ts";

interface Props {
  readonly teller: Teller;
  readonly incident: Incident;
}

export interface IncidentPageProps extends Props {
  readonly visit: SignedIn;
  /** Rules that the edge knows at this moment. */
  readonly rules: readonly RuleFacts[];
}

export function IncidentPage({ visit, teller, incident, rules }: IncidentPageProps) {
  const { words } = teller;
  const { kind, drill, host } = incident;
  const story = storyOf(incident);
  const saw = sawLines(words.story, incident);
  return (
    <StudioFrame visit={visit} title={words.incident.kinds[kind].label}>
      {host !== undefined && (
        <p>
          <code dir="ltr">{host}</code>
        </p>
      )}
      {drill && <Notice>{words.incident.isDrill}</Notice>}
      <p>{words.incident.kinds[kind].what}</p>
      <dl class="facts">
        <Outcome teller={teller} incident={incident} />
        <When teller={teller} incident={incident} />
        {incident.requests > 0 && <Volume teller={teller} incident={incident} />}
        {incident.requests > 0 && <Places teller={teller} incident={incident} />}
        {incident.requests > 0 && <Answers teller={teller} incident={incident} />}
        {story !== undefined && saw.length > 0 && (
          <Fact name={words.story.saw}>
            {saw.map((line) => (
              <p>{line}</p>
            ))}
          </Fact>
        )}
        {host === undefined && <Readers teller={teller} incident={incident} />}
      </dl>
      <ActedRulesPart teller={teller} incident={incident} known={rules} />
      {story === undefined ? (
        <EvidenceList teller={teller} evidence={otherEvidence(incident.evidence).ofAttack} />
      ) : (
        <StoryPart teller={teller} story={story} />
      )}
      {story !== undefined && (
        <p>
          <a href="/origin">{words.list.toOrigin}</a>
        </p>
      )}
      <p>
        <a href="/watch">{words.list.toWatch}</a>
      </p>
    </StudioFrame>
  );
}

/** In the place of an incident that only the watch knows. */
export function NoAnswerPage({
  visit,
  teller: { words },
}: {
  readonly visit: SignedIn;
  readonly teller: Teller;
}) {
  return (
    <StudioFrame visit={visit} title={words.list.heading}>
      <p>{words.list.unknown}</p>
      <p>
        <a href="/watch">{words.list.toWatch}</a>
      </p>
    </StudioFrame>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children?: Child }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What is known of the end before there is one (a breach stays one) stands beside that it goes on. */
function Outcome({ teller: { words }, incident }: Props) {
  const { outcomes, outcome: name } = words.incident;
  const { outcome, status } = incident;
  const said =
    status === "open" && outcome !== null
      ? [outcomes.open, outcomes[outcome]]
      : [outcomes[outcome ?? "open"]];
  return (
    <Fact name={name}>
      <p>
        {said.map(({ label }) => (
          <>
            <Badge tone={toneOf(incident)}>{label}</Badge>{" "}
          </>
        ))}
      </p>
      {said.map(({ what }) => (
        <p>{what}</p>
      ))}
    </Fact>
  );
}

function toneOf({ outcome, drill }: Incident) {
  if (outcome === "neutralised" || outcome === "refuted") return "good";
  if (outcome === "not observed" || outcome === "own change") return "plain";
  return outcome === "degraded" || drill ? "warning" : "bad";
}

function When({ teller: { words, quantities }, incident: { started_at, ended_at } }: Props) {
  const startedMs = Date.parse(started_at);
  if (ended_at === null)
    return <Fact name={words.incident.when}>{words.incident.fromOn(quantities.moment(startedMs))}</Fact>;
  const endedMs = Date.parse(ended_at);
  const lasted = quantities.duration(endedMs - startedMs);
  return (
    <Fact name={words.incident.when}>{words.incident.span(quantities.span(startedMs, endedMs), lasted)}</Fact>
  );
}

function Volume({ teller: { words }, incident: { requests, sources } }: Props) {
  return (
    <Fact name={words.incident.volume}>
      <p>
        {words.incident.requests(requests)} {sources > 0 && words.incident.sources(sources)}
      </p>
      <p class="hint">{words.incident.sourcesNote}</p>
    </Fact>
  );
}

function Places({ teller: { words, quantities }, incident: { countries, networks } }: Props) {
  const said = words.incident;
  return (
    <Fact name={said.places}>
      {countries.length === 0 ? (
        <p>{said.placesUnknown}</p>
      ) : (
        <>
          <p class="hint">{said.placesOf}</p>
          <ShareList
            shares={countries.map(({ code, share }) => [quantities.country(code), quantities.share(share)])}
          />
        </>
      )}
      {networks.length > 0 && (
        <>
          <p class="hint">{said.networks}</p>
          <ShareList
            shares={networks.map(({ asn, name, share }) => [`${name} (AS${asn})`, quantities.share(share)])}
          />
        </>
      )}
      <p>{said.notWho}</p>
    </Fact>
  );
}

function ShareList({ shares }: { readonly shares: readonly (readonly [name: string, share: string])[] }) {
  return (
    <ul class="shares">
      {shares.map(([name, share]) => (
        <li>
          <bdi>{name}</bdi> <bdi>{share}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Answers({ teller: { words }, incident: { refused, challenged, responses } }: Props) {
  const said = words.incident;
  const lines = [
    refused === 0 ? said.nothingRefused : said.refused(refused),
    challenged > 0 && said.challenged(challenged),
    responses.signed > 0 && said.signed(responses.signed),
    responses.judged > 0 && said.judged(responses.judged),
    responses.uncertain > 0 && said.uncertain(responses.uncertain),
    responses.dynamic > 0 && said.dynamic(responses.dynamic),
  ];
  return <Fact name={said.answers}>{lines.map((line) => line !== false && <p>{line}</p>)}</Fact>;
}

function Readers({ teller: { words, quantities }, incident: { readers } }: Props) {
  const said = words.incident;
  const { requests, served, p99_ms } = readers;
  return (
    <Fact name={said.readers}>
      {requests === 0 ? (
        <p>{said.nobodyRead}</p>
      ) : (
        <>
          <p>
            {said.readersServed(
              quantities.share(served / requests),
              quantities.number(requests),
              quantities.wait(p99_ms),
            )}
          </p>
          <p class="hint">{said.estimate}</p>
        </>
      )}
    </Fact>
  );
}

function EvidenceList({
  teller: { words, quantities },
  evidence,
}: Pick<Props, "teller"> & { readonly evidence: readonly Evidence[] }) {
  return (
    <section class="part">
      <h2>{words.incident.evidence}</h2>
      {evidence.length === 0 && <p>{words.incident.noEvidence}</p>}
      <ol class="evidence">
        {evidence.map((each) => {
          const { text, code, isOriginal } = evidenceWords(each, words, quantities);
          return (
            <li>
              <time datetime={each.at}>{quantities.second(Date.parse(each.at))}</time>
              <p {...(isOriginal === true ? { lang: "en", dir: "ltr" } : {})}>
                {text}
                {code !== undefined && (
                  <>
                    {" "}
                    <code dir="ltr">{code}</code>
                  </>
                )}
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
