/** @jsxImportSource hono/jsx */
/** The watch page's part on how much is served: what readers get, why, and a button for who may decide otherwise. */
import type { ServiceFacts } from "../../bus/service-facts.ts";
import { formatOf, type InterfaceLanguage } from "../../language/tags.ts";
import { PostButton } from "../../web/components.tsx";
import type { Quantities } from "../quantities.ts";
import type { ServiceOrderName } from "./feed.ts";
import { serviceWords } from "./service-words.ts";

export interface ServicePartProps {
  readonly language: InterfaceLanguage;
  readonly quantities: Quantities;
  /** Undefined where the edge is silent. */
  readonly facts: ServiceFacts | undefined;
  /** Whoever looks may also act. */
  readonly mayAct: boolean;
}

export function ServicePart({ language, quantities, facts, mayAct }: ServicePartProps) {
  const words = serviceWords[language];
  const isOrdered = facts !== undefined && facts.ordered_until !== null;
  return (
    <section class="part" id="service" data-state={`${facts?.level} ${facts?.ordered_until}`}>
      <h2>{words.heading}</h2>
      <p data-told="service">{tellService(facts, language, quantities)}</p>
      {mayAct && isOrdered && <Act language={language} name="auto" />}
      {mayAct && facts?.level !== "lite" && <Act language={language} name="lite" />}
      {mayAct && facts !== undefined && facts.level !== "normal" && <Act language={language} name="normal" />}
    </section>
  );
}

function Act({ language, name }: { readonly language: InterfaceLanguage; readonly name: ServiceOrderName }) {
  const { label, what } = serviceWords[language].acts[name];
  return (
    <details class="order">
      <summary>{label}</summary>
      <p>{what}</p>
      <PostButton to={`/watch/service/${name}`} kind={name === "auto" ? "main" : "danger"}>
        {label}
      </PostButton>
    </details>
  );
}

/** In sentences; the page's script keeps them up to date. */
export function tellService(
  facts: ServiceFacts | undefined,
  language: InterfaceLanguage,
  { time, number }: Quantities,
): string {
  const words = serviceWords[language];
  if (facts === undefined) return words.silent;
  const { level, since, causes, ordered_until: until, texts, work_refused: work } = facts;
  const sinceMs = since === null ? undefined : Date.parse(since);
  const named = new Intl.ListFormat(formatOf(language)).format(causes.map((cause) => words.causes[cause]));
  const said = [
    level === "normal" || sinceMs === undefined
      ? words.normal
      : words[level === "lite" ? "lite" : "readOnly"](time(sinceMs)),
    ...(causes.length === 0 ? [] : [words.because(named)]),
    ...(until === null ? [] : [words.ordered(time(Date.parse(until)))]),
    ...(texts + work === 0 ? [] : [words.done(number(texts), number(work))]),
  ];
  return said.join(" ");
}
