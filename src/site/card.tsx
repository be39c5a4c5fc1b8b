/** A text as front pages and lists show it. */
import { differing } from "../language/direction.ts";
import { wordsOf } from "../pieces/body.ts";
import type { Summary } from "./facts.ts";
import { type Desk, SectionName } from "./frame.tsx";
import { Verdict } from "./material.tsx";
import { listPath } from "./place.ts";
import { Signed } from "./signed.tsx";
import { When } from "./when.tsx";

export interface CardProps {
  readonly desk: Desk;
  readonly text: Summary;
  readonly level: 2 | 3;
  /** How much room it takes: the lead; one of few; one line of many; a post in a column of posts. */
  readonly size: "lead" | "story" | "line" | "post";
  /** Not in a list that is the section's own. */
  readonly withSection?: boolean;
}

/** Of an excerpt where there is no standfirst. */
const excerptLengthMax = 280;

export function Card({ desk, text, level, size, withSection = true }: CardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  const language = differing(text.language, desk.language);
  const standfirst = size === "line" ? "" : text.standfirst || excerpt(desk, text);
  return (
    <article class={`card card-${size}`}>
      <Eyebrow desk={desk} text={text} withSection={withSection && size !== "line"} />
      <Heading class="card-title" {...language}>
        <a href={text.path}>{text.title}</a>
      </Heading>
      {standfirst !== "" && (
        <p class="card-standfirst" {...language}>
          {standfirst}
        </p>
      )}
      <p class="card-meta">
        {size !== "line" && <Signed desk={desk} bylines={text.bylines} />}{" "}
        <When desk={desk} at={text.publishedAt} />
      </p>
    </article>
  );
}

/** Section, kind, and what checking the material came to: what a reader should know before the headline. */
function Eyebrow({ desk, text, withSection }: Pick<CardProps, "desk" | "text" | "withSection">) {
  const { section, kind, verification } = text;
  const state =
    verification.find((each) => each === "false") ?? verification.find((each) => each === "unverified");
  const label = kind === "brief" || kind === "dossier" ? desk.words[kind] : undefined;
  const hasSection = section !== null && withSection === true;
  if (!hasSection && label === undefined && state === undefined) return null;
  return (
    <p class="eyebrow">
      {hasSection && (
        <a href={listPath(desk.language, { of: "section", slug: section })}>
          <SectionName desk={desk} slug={section} />
        </a>
      )}
      {label !== undefined && <span>{label}</span>}
      {state !== undefined && <Verdict desk={desk} state={state} />}
    </p>
  );
}

function excerpt({ facts }: Desk, { id }: Summary): string {
  const text = facts.text(id);
  if (text === undefined) return "";
  const words = wordsOf(text.body).replace(/\s+/g, " ").trim();
  if (words.length <= excerptLengthMax) return words;
  const head = words.slice(0, excerptLengthMax);
  const end = head.lastIndexOf(" ");
  return `${head.slice(0, end === -1 ? excerptLengthMax : end).toWellFormed()} …`;
}
