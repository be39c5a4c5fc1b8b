/** @jsxImportSource hono/jsx */
/** An incident's part on the rules that acted: each in words, what was foretold of it, and what came of it. */
import type { Incident, RuleFacts } from "../bus/facts.ts";
import { type ActedRule, actedRules, otherEvidence } from "./acted-rules.ts";
import { foretoldHarm, seenHarm } from "./defence/harm-words.ts";
import { RuleEnd, RuleSentence } from "./defence/rule-sentence.tsx";
import { evidenceWords } from "./evidence-words.ts";
import type { Teller } from "./telling.ts";

export interface ActedRulesPartProps {
  readonly teller: Teller;
  readonly incident: Incident;
  /** Those that the edge knows at this moment. */
  readonly known: readonly RuleFacts[];
}

export function ActedRulesPart({ teller, incident, known }: ActedRulesPartProps) {
  const rules = actedRules(incident, known);
  const { words, quantities } = teller;
  const sums = otherEvidence(incident.evidence).ofDefence;
  if (rules.length === 0 && sums.length === 0) return <></>;
  return (
    <section class="part" id="rules">
      <h2>{words.incident.rules}</h2>
      {sums.map((each) => (
        <p>{evidenceWords(each, words, quantities).text}</p>
      ))}
      <ul class="rules">
        {rules.map((rule) => (
          <Rule teller={teller} rule={rule} />
        ))}
      </ul>
    </section>
  );
}

interface RuleProps {
  readonly teller: Teller;
  readonly rule: ActedRule;
}

function Rule({ teller, rule }: RuleProps) {
  const { words, quantities } = teller;
  const { id, from, ended } = rule;
  const lines = [foretold(rule, teller), cameOf(rule, teller)].filter((line) => line !== undefined);
  return (
    <li id={`rule-${id}`}>
      <RuleName teller={teller} rule={rule} />
      {lines.map((line) => (
        <p>{line}</p>
      ))}
      {ended !== undefined && ended !== null && <RuleEnd words={words.defence} ended={ended} />}
      <p>
        {from !== undefined && (
          <>
            <time datetime={from}>{quantities.second(Date.parse(from))}</time>
            {" · "}
          </>
        )}
        <code dir="ltr">{id}</code>
      </p>
    </li>
  );
}

function RuleName({ teller, rule: { terms, when } }: RuleProps) {
  if (terms !== undefined)
    return (
      <p class="rule-words">
        <RuleSentence parts={teller.defence.rule(terms)} />
      </p>
    );
  if (when === undefined) return <p class="rule-words">{teller.words.incident.ruleUnknown}</p>;
  return (
    <p class="rule-words" lang="en" dir="ltr">
      {when}
    </p>
  );
}

function foretold({ foretold: harm }: ActedRule, { words: { defence }, quantities }: Teller) {
  if (harm === undefined) return undefined;
  const { coverage, worst, group } = harm;
  const covers = defence.rule.covers(quantities.share(coverage));
  return `${covers} ${foretoldHarm(worst, group, defence, quantities)}`;
}

function cameOf({ cameOf: harm }: ActedRule, { words: { defence }, quantities }: Teller) {
  if (harm === undefined) return undefined;
  const { refused, worst, group } = harm;
  return `${defence.rule.refused(refused)} ${seenHarm(worst, group, defence, quantities)}`;
}
