/** @jsxImportSource hono/jsx */
/** A text as front pages and lists show it. */
import { differing } from "../language/direction.ts";
import { blockWords } from "../pieces/body.ts";
import type { Summary } from "./facts.ts";
import { type Desk, SectionName } from "./frame.tsx";
import { LeadPicture } from "./picture.tsx";
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
const excerptLengthMax = 220;

export function Card({ desk, text, level, size, withSection = true }: CardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  const language = differing(text.language, desk.language);
  const standfirst = size === "line" ? "" : text.standfirst || excerpt(desk, text);
  return (
    <article class={`card card-${size}`}>
      {size !== "line" && <Eyebrow desk={desk} text={text} withSection={withSection} />}
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
        <When desk={desk} at={text.publishedAt} style="moment" />
      </p>
      {size === "lead" && <LeadPicture desk={desk} id={text.id} />}
    </article>
  );
}

/** Section, kind, and whether it holds material that was checked, or not yet: what a reader should know before the headline. */
export function Eyebrow({ desk, text, withSection }: Pick<CardProps, "desk" | "text" | "withSection">) {
  const { section, kind, verification } = text;
  const { words } = desk;
  const label = kind === "brief" || kind === "dossier" ? words[kind] : undefined;
  const isOpen = verification.includes("unverified") || verification.includes("in progress");
  const isChecked = verification.length > 0 && !isOpen;
  const shownSection = withSection === true ? section : null;
  if (shownSection === null && label === undefined && verification.length === 0) return null;
  return (
    <p class="eyebrow">
      {shownSection !== null && (
        <a href={listPath(desk.language, { of: "section", slug: shownSection })}>
          <SectionName desk={desk} slug={shownSection} />
        </a>
      )}{" "}
      {label !== undefined && <span>{label}</span>}{" "}
      {isChecked && <span class="verdict verdict-verified">{words.withChecked}</span>}
      {isOpen && <span class="verdict verdict-unclear">{words.withUnverified}</span>}
    </p>
  );
}

/** The first paragraphs' words: headings, captions and lists make no sense on their own. */
function excerpt({ facts }: Desk, { id }: Summary): string {
  const text = facts.text(id);
  if (text === undefined) return "";
  const paragraphs = text.body.doc.content.filter(({ type }) => type === "paragraph");
  const words = paragraphs.map(blockWords).join(" ").replace(/\s+/g, " ").trim();
  if (words.length <= excerptLengthMax) return words;
  const head = words.slice(0, excerptLengthMax);
  const end = head.lastIndexOf(" ");
  return `${head.slice(0, end === -1 ? excerptLengthMax : end).toWellFormed()} …`;
}
