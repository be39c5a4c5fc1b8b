/** @jsxImportSource hono/jsx */
/** The page of one text: to write it, where one may; to read it, where one may only that or has no script; with its panel beside. */
import { writtenDate } from "../language/dates.ts";
import { directionOf, nameOf } from "../language/tags.ts";
import { Actions, Button, Field, LinkButton, Notice, TextArea } from "../web/components.tsx";
import { StudioFrame } from "../web/studio-frame.tsx";
import { ids, type Opened } from "./editor/exchange.ts";
import { type Content, lengthMax, type Revision } from "./piece.ts";
import { StudioBody } from "./studio-body.tsx";
import { TextPanel } from "./text-panel.tsx";
import { TextNotice } from "./text-notice.tsx";
import type { Original, ShownText, TextView } from "./text-view.ts";
import { type EditingWords, editingWords } from "./words/editing.ts";
import { words as pieceWords } from "./words/index.ts";

export interface Writing {
  /** Address of the editor. */
  readonly script: string;
  readonly opened: Opened;
  /** Left beside the text by conflicts, with the name of whoever saved each. */
  readonly branches: readonly (Pick<Revision, "id" | "createdAt"> & { readonly by: string | null })[];
}

export interface TextPageProps extends ShownText {
  /** Absent: whoever visits may only read. */
  readonly writing?: Writing;
}

export function TextPage({ visit, view, writing }: TextPageProps) {
  const words = editingWords[visit.language];
  const { working, text } = view;
  return (
    <StudioFrame
      visit={visit}
      title={working.title}
      titleLanguage={text.language}
      notice={<TextNotice visit={visit} view={view} />}
      wide
      scripts={writing === undefined ? [] : [writing.script]}
      actions={
        <Actions>
          <LinkButton to={`/texts/${text.id}/preview`}>{words.preview}</LinkButton>
          {writing !== undefined && (
            <a class="button plain to-panel" href={`#${ids.panel}`}>
              {pieceWords[visit.language].panel.next}
            </a>
          )}
        </Actions>
      }
    >
      <div class="writing-page">
        <div class="writing-column">
          {writing !== undefined && view.original !== undefined && (
            <OriginalBeside visit={visit} view={view} original={view.original} />
          )}
          {writing !== undefined && <WritingForm visit={visit} view={view} writing={writing} />}
          <ReadOnly visit={visit} view={view} content={writing?.opened.mine ?? working} />
        </div>
        <TextPanel visit={visit} view={view} />
      </div>
    </StudioFrame>
  );
}

function WritingForm({ visit, view, writing }: ShownText & { readonly writing: Writing }) {
  const words = editingWords[visit.language];
  const { language } = view.text;
  const { title, standfirst } = writing.opened.mine;
  return (
    <>
      <noscript>
        <Notice tone="warning">{words.needsScript}</Notice>
      </noscript>
      <BeforeSaving words={words} view={view} />
      <Branches visit={visit} view={view} branches={writing.branches} />
      <form id={ids.form} class="writing" hidden>
        <Field
          name="title"
          label={words.title}
          value={title}
          maxLength={lengthMax.title}
          lang={language}
          required
        />
        <TextArea
          name="standfirst"
          label={words.standfirst}
          hint={words.standfirstHint}
          value={standfirst}
          maxLength={lengthMax.standfirst}
          lang={language}
        />
        <div id={ids.body} class="writing-body" />
        <Actions>
          <Button kind="main">{words.save}</Button>
        </Actions>
      </form>
      <script
        type="application/json"
        id={ids.opened}
        dangerouslySetInnerHTML={{ __html: inert(writing.opened) }}
      />
    </>
  );
}

/** Nothing in it can end the element that it stands in (HTML, section 4.12.1.3). */
function inert(opened: Opened): string {
  return JSON.stringify(opened).replaceAll("<", "\\u003c");
}

function BeforeSaving({ words, view }: { readonly words: EditingWords; readonly view: TextView }) {
  const { publication, workflow, isNewer } = view.state;
  const isJudged = workflow === "in review" || workflow === "ready";
  const isWhatReadersSee = publication === "published" && !isNewer;
  const sentences = [
    isJudged && !isWhatReadersSee ? words.backToDraft[workflow] : undefined,
    publication === "scheduled" ? words.scheduled : undefined,
    publication === "published" ? words.published : undefined,
  ].filter((sentence) => sentence !== undefined);
  return (
    <div id={ids.before}>
      {sentences.length > 0 && (
        <Notice>
          {sentences.map((sentence) => (
            <p>{sentence}</p>
          ))}
        </Notice>
      )}
    </div>
  );
}

function Branches({ visit, view, branches }: ShownText & Pick<Writing, "branches">) {
  const words = editingWords[visit.language];
  return (
    <>
      {branches.map(({ id, createdAt, by }) => (
        <Notice tone="warning">
          <p>
            {words.kept(
              by ?? words.somebody,
              writtenDate(createdAt, "moment", visit.language, visit.timeZone),
            )}{" "}
            <a href={`/texts/${view.text.id}?version=${id}`}>{words.open}</a>
          </p>
        </Notice>
      ))}
    </>
  );
}

function ReadOnly({ visit, view, content }: ShownText & { readonly content: Content }) {
  const { language } = view.text;
  return (
    <article id={ids.view} class="words" lang={language} dir={directionOf(language)}>
      <StudioBody content={content} language={language} interface={visit.language} material={view.material} />
    </article>
  );
}

/** For who translates: what they translate, in its own direction, to be folded away. It scrolls by itself, also by keyboard. */
function OriginalBeside({ visit, original, view }: ShownText & { readonly original: Original }) {
  const words = editingWords[visit.language];
  const { text, revision } = original;
  return (
    <details class="original" open>
      <summary>{words.original(nameOf(text.language))}</summary>
      <article
        class="words"
        lang={text.language}
        dir={directionOf(text.language)}
        tabindex={0}
        aria-label={words.original(nameOf(text.language))}
      >
        <p class="original-title">{revision.title}</p>
        <StudioBody
          content={revision}
          language={text.language}
          interface={visit.language}
          material={view.material}
        />
      </article>
    </details>
  );
}
