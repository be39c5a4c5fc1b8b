/** @jsxImportSource hono/jsx */
/** One new fact of a page in words: "script from cdn.evil.example: /x.js — no trace of it in the approved copy". What the site says is apart from ours. */
import type { Question } from "../bus/origin-facts.ts";
import { inert } from "../language/inert.ts";
import { factNameOf } from "../web/words/fact-names.ts";
import { phraseInFact } from "../web/words/phrase-in.ts";
import type { Teller } from "./telling.ts";

interface FactProps {
  readonly teller: Teller;
  readonly fact: Question["facts"][number];
}

const valueLength = 200;
/** `//host/path?query`, as facts write what leads elsewhere. */
const foreign = /^(?:POST |GET )?\/\/([^/?#\s]+)(.*)$/s;

export function FactLine({ teller, fact: { what, value, before } }: FactProps) {
  const { question } = teller.words;
  const ours = phraseInFact(what, value, teller.language);
  const [, host, rest] = foreign.exec(value) ?? [];
  return (
    <>
      <b>
        <FactName teller={teller} what={what} />
      </b>{" "}
      {host === undefined ? (
        <Value text={value} ours={ours} />
      ) : (
        <>
          {question.from} <Value text={host} isStrong /> <Value text={rest ?? ""} />
        </>
      )}{" "}
      {before === undefined || before === "" ? (
        ours === undefined && <span class="remark">({question.notThere})</span>
      ) : (
        <>
          <span class="remark">{question.before}</span>{" "}
          <Value text={before} ours={phraseInFact(what, before, teller.language)} />
        </>
      )}
    </>
  );
}

function FactName({ teller, what }: { readonly teller: Teller; readonly what: string }) {
  const name = factNameOf(what);
  return name === undefined ? <code dir="ltr">{inert(what, 40)}</code> : <>{teller.factNames[name]}</>;
}

interface ValueProps {
  readonly text: string;
  /** In the visitor's language, where it is Kasbah that says it. */
  readonly ours?: string | undefined;
  readonly isStrong?: boolean;
}

function Value({ text, ours, isStrong = false }: ValueProps) {
  if (ours !== undefined) return <>{ours}</>;
  const said = inert(text, valueLength);
  if (said === "" || said === "/") return null;
  return <bdi class="foreign">{isStrong ? <strong>{said}</strong> : said}</bdi>;
}
