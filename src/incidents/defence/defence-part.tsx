/** @jsxImportSource hono/jsx */
/** The watch page's part on the defence: what it does and why, and each rule in words, with a button of its own. */
import type { DefenceFacts, RuleFacts } from "../../bus/facts.ts";
import { Badge, Notice, PostButton, type Tone } from "../../web/components.tsx";
import { RuleEnd, RuleSentence } from "./rule-sentence.tsx";
import { type DefenceTeller, placeOf, type Sentences } from "./telling.ts";

export interface DefencePartProps {
  readonly teller: DefenceTeller;
  /** Undefined where the edge is silent. */
  readonly facts: DefenceFacts | undefined;
  /** Whoever looks may also act. */
  readonly mayAct: boolean;
}

export function DefencePart({ teller, facts, mayAct }: DefencePartProps) {
  const told = teller.tell(facts);
  return (
    <section class="part" id="defence">
      <h2>{teller.words.heading}</h2>
      {facts?.dry_run === true && <Notice tone="warning">{teller.words.dryRun}</Notice>}
      <Line told={told} place="mode" />
      {facts !== undefined && <Doing teller={teller} facts={facts} told={told} mayAct={mayAct} />}
    </section>
  );
}

function Doing({
  teller,
  facts,
  told,
  mayAct,
}: DefencePartProps & { readonly facts: DefenceFacts; readonly told: Sentences }) {
  const { words } = teller;
  const forced = teller.forced(facts);
  const isIdle = facts.dry_run || facts.forced?.mode === "calm";
  const past = facts.rules.filter(({ state }) => state === "expired");
  const present = facts.rules.filter(({ state }) => state !== "expired");
  const list = (rules: readonly RuleFacts[]) => (
    <ul class="rules">
      {rules.map((rule) => (
        <Rule teller={teller} rule={rule} isIdle={isIdle} told={told} mayAct={mayAct} />
      ))}
    </ul>
  );
  return (
    <>
      {forced !== undefined && <Notice tone="warning">{forced}</Notice>}
      {facts.frozen && <Notice tone="warning">{words.frozen}</Notice>}
      <Line told={told} place="known" />
      <h3>{words.rules}</h3>
      {present.length === 0 ? <p>{words.noRules}</p> : list(present)}
      {past.length > 0 && (
        <details>
          <summary>{words.past(past.length)}</summary>
          {list(past)}
        </details>
      )}
      <Line told={told} place="ladder" />
    </>
  );
}

/** A sentence that the page's script keeps up to date. */
function Line({ told, place }: { readonly told: Sentences; readonly place: string }) {
  return <p data-told={place}>{told[place]}</p>;
}

interface RuleProps extends Pick<DefencePartProps, "teller" | "mayAct"> {
  readonly rule: RuleFacts;
  /** Rules are worked out, and nothing is done to requests that match. */
  readonly isIdle: boolean;
  readonly told: Sentences;
}

function Rule({ teller, rule, isIdle, told, mayAct }: RuleProps) {
  const { rule: said } = teller.words;
  const isOver = rule.state === "expired";
  return (
    <li id={`rule-${rule.id}`}>
      <p class="rule-words">
        <Badge tone={toneOf(rule, isIdle)}>{stateOf(rule, isIdle, teller)}</Badge>{" "}
        <RuleSentence parts={teller.rule(rule.terms)} />
      </p>
      <Line told={told} place={placeOf(rule)} />
      {rule.ended !== null && <RuleEnd words={teller.words} ended={rule.ended} />}
      {rule.incident !== null && (
        <p>
          <a href={`/watch/incidents/${encodeURIComponent(rule.incident)}`}>{said.incident}</a>
        </p>
      )}
      {mayAct && (
        <PostButton to={`/watch/rules/${encodeURIComponent(rule.id)}/${isOver ? "enable" : "disable"}`}>
          {isOver ? said.enable : said.disable}
        </PostButton>
      )}
    </li>
  );
}

function toneOf({ state }: RuleFacts, isIdle: boolean): Tone {
  if (state !== "active") return "plain";
  return isIdle ? "warning" : "bad";
}

function stateOf({ state, action }: RuleFacts, isIdle: boolean, { words: { rule } }: DefenceTeller): string {
  if (state === "shadow") return rule.tried;
  if (state === "expired") return rule.over;
  return isIdle ? rule.wouldAct[action] : rule.acting[action];
}
