/** @jsxImportSource hono/jsx */
/** One new fact of a page in words: "script from cdn.evil.example: /x.js — no trace of it in the approved copy". What the site says is apart from ours. */
import { type Question, siblingFact } from "../bus/origin-facts.ts";
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

export function FactLine({ teller, fact }: FactProps) {
  const { what, value } = fact;
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
      <Before teller={teller} fact={fact} isOurs={ours !== undefined || what === siblingFact} />
    </>
  );
}

/** What was there instead. `isOurs`: the value is a sentence of ours, of which no copy has any trace. */
function Before({ teller, fact: { what, before = "" }, isOurs }: FactProps & { readonly isOurs: boolean }) {
  const { question } = teller.words;
  if (before === "") return isOurs ? null : <span class="remark">({question.notThere})</span>;
  const ours = phraseInFact(what, before, teller.language);
  // Of a whole page it is said how much is left.
  if (what === "page" && ours !== undefined) return <span class="remark">({ours})</span>;
  return (
    <>
      <span class="remark">{question.before}</span> <Value text={before} ours={ours} />
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
