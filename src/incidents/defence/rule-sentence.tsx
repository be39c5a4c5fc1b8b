/** @jsxImportSource hono/jsx */
/** A rule's words on a page: what was sent stands apart from what is ours, whichever way the page runs. */
import { endingOf } from "./endings.ts";
import type { Part } from "./rule-words.ts";
import type { DefenceWords } from "./words.ts";

export function RuleSentence({ parts }: { readonly parts: readonly Part[] }) {
  return (
    <>
      {parts.map((part) => (
        <Piece part={part} />
      ))}
    </>
  );
}

export interface RuleEndProps {
  readonly words: DefenceWords;
  /** As the edge says it. */
  readonly ended: string;
}

export function RuleEnd({ words: { rule }, ended }: RuleEndProps) {
  const ending = endingOf(ended);
  if (ending !== undefined) return <p>{rule.endings[ending]}</p>;
  return (
    <p>
      {rule.ended}{" "}
      <bdi lang="en" dir="ltr">
        {ended}
      </bdi>
    </p>
  );
}

function Piece({ part }: { readonly part: Part }) {
  if (typeof part === "string") return <>{part}</>;
  return part.isCode ? <code dir="ltr">{part.value}</code> : <bdi>{part.value}</bdi>;
}
