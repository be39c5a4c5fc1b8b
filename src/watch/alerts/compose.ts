/** From facts to a letter in one language: what happened, what readers see now, what to do next, where to look. Nobody else's words are in it. */
import { words as registerWords } from "../../incidents/words/index.ts";
import { quantitiesIn } from "../../incidents/quantities.ts";
import { unreachable } from "../../base/errors.ts";
import type { InterfaceLanguage } from "../../language/tags.ts";
import { type Alert, keyOf } from "./alert.ts";
import type { Letter } from "./letter.ts";
import { alertWords } from "./languages.ts";

export interface LetterContext {
  readonly language: InterfaceLanguage;
  readonly siteName: string;
  readonly timeZone: string;
  /** Where the studio is reached: `https://studio.example.org`. */
  readonly studio: string;
}

type About<A extends Alert["about"]> = Extract<Alert, { about: A }>;
type Said = Pick<Letter, "type" | "urgency" | "subject" | "link" | "facts"> & {
  /** Empty ones are left out. */
  readonly lines: readonly string[];
};

export function letterOf(alert: Alert, context: LetterContext): Letter {
  const said = saidOf(alert, context);
  return {
    ...said,
    id: keyOf(alert).replaceAll(" ", "_"),
    at: alert.at,
    subject: alertWords[context.language].subject(context.siteName, said.subject),
    lines: said.lines.filter((line) => line !== ""),
  };
}

function saidOf(alert: Alert, context: LetterContext): Said {
  switch (alert.about) {
    case "incident":
      return incidentSaid(alert, context);
    case "question":
      return questionSaid(alert, context);
    case "digest":
      return digestSaid(alert, context);
  }
}

function incidentSaid({ change, incident }: About<"incident">, context: LetterContext): Said {
  const known = {
    type: `incident.${change}`,
    link: `${context.studio}/watch/incidents/${incident.id}`,
    facts: incident,
  };
  switch (change) {
    case "opened":
      return { ...known, ...opened(incident, context) };
    case "breached":
      return { ...known, ...breached(incident, context) };
    case "closed":
      return { ...known, ...closed(incident, context) };
    default:
      return unreachable(change);
  }
}

type Brief = About<"incident">["incident"];
type Sentences = Pick<Said, "urgency" | "subject" | "lines">;

function opened({ kind, started_at }: Brief, { language, timeZone }: LetterContext): Sentences {
  const words = alertWords[language];
  const { label, what } = registerWords[language].incident.kinds[kind];
  const since = words.since(quantitiesIn(language, timeZone).moment(Date.parse(started_at)));
  const urgency = kind === "flood" || kind === "bypass" ? "usual" : "high";
  return { urgency, subject: label, lines: [`${what} ${since}`, words.readers[kind], words.todo[kind]] };
}

function breached(brief: Brief, { language, timeZone }: LetterContext): Sentences {
  const { kind, host, started_at, responses } = brief;
  const words = alertWords[language];
  const since = words.since(quantitiesIn(language, timeZone).moment(Date.parse(started_at)));
  if (host !== undefined)
    return {
      urgency: "high",
      subject: words.sibling.subject(host),
      lines: [`${words.sibling.what} ${since}`, words.sibling.readers, words.sibling.todo],
    };
  const shown = words.shown(responses.judged + responses.uncertain);
  return {
    urgency: "high",
    subject: words.breached(registerWords[language].incident.kinds[kind].label),
    lines: [`${shown} ${since}`, words.readersNow, words.lookAtWhatWasShown],
  };
}

function closed(
  { kind, host, outcome, started_at, ended_at, responses }: Brief,
  { language, timeZone }: LetterContext,
): Sentences {
  const words = alertWords[language];
  const { kinds, outcomes } = registerWords[language].incident;
  const { label, what } = outcomes[outcome ?? "open"];
  const span = quantitiesIn(language, timeZone).span(
    Date.parse(started_at),
    Date.parse(ended_at ?? started_at),
  );
  return {
    urgency: "low",
    subject: words.closed(host ?? kinds[kind].label, label),
    lines: [
      what,
      words.lasted(span),
      responses.signed > 0 && kind !== "flood" ? words.copies(responses.signed) : "",
      outcome === "breached" && host === undefined ? words.lookAtWhatWasShown : words.nothingToDo,
    ],
  };
}

function questionSaid({ question }: About<"question">, { language, studio }: LetterContext): Said {
  const words = alertWords[language].question;
  return {
    type: "question.asked",
    urgency: "usual",
    subject: words.subject,
    lines: [words.what(question.pages), words.readers, words.todo],
    link: question.link === "" ? `${studio}/watch` : question.link,
    facts: question,
  };
}

function digestSaid({ of }: About<"digest">, { language, studio }: LetterContext): Said {
  const words = alertWords[language].digest;
  const isQuestions = of === "question";
  const kind = isQuestions
    ? alertWords[language].question.subject
    : registerWords[language].incident.kinds[of].label;
  return {
    type: "digest",
    urgency: "usual",
    subject: words.subject(kind),
    lines: [isQuestions ? words.questions : words.what, words.todo],
    link: `${studio}/watch`,
    facts: { of },
  };
}
