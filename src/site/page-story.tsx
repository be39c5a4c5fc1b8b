/** @jsxImportSource hono/jsx */
/** A text on a page of its own, with everything that a reader needs to judge it. */
import { differing } from "../language/direction.ts";
import { directionOf, nameOf } from "../language/tags.ts";
import { typeset } from "../language/typography.ts";
import { type BodyContext, BodyHtml } from "../pieces/body-html.tsx";
import { Eyebrow } from "./card.tsx";
import type { WholeText } from "./facts.ts";
import { type Alternate, type Desk, Frame, Name } from "./frame.tsx";
import { MaterialBlock } from "./material.tsx";
import { PagePicture } from "./picture.tsx";
import { listPath, textFormPath } from "./place.ts";
import { Signed } from "./signed.tsx";
import { When } from "./when.tsx";

export interface StoryProps {
  readonly desk: Desk;
  readonly text: WholeText;
}

export function StoryPage({ desk, text }: StoryProps) {
  const { language } = desk;
  const alternates = translationsOf(desk, text);
  return (
    <Frame
      desk={desk}
      title={text.title}
      description={text.standfirst}
      alternates={
        alternates.length === 0 ? [] : [{ language: text.language, href: text.path }, ...alternates]
      }
      canonical={text.path}
      section={isListed(text) ? text.section : null}
      textForm={textFormPath(text.path)}
    >
      <article class="story">
        <header class="story-head">
          <Eyebrow desk={desk} text={text} withSection={isListed(text)} />
          <h1 {...differing(text.language, language)}>{text.title}</h1>
          {text.standfirst !== "" && (
            <p class="standfirst" {...differing(text.language, language)}>
              {text.standfirst}
            </p>
          )}
          {isListed(text) && <Dateline desk={desk} text={text} />}
          <Translations desk={desk} alternates={alternates} />
        </header>
        <Notes desk={desk} text={text} />
        <div class="body" lang={text.language} dir={directionOf(text.language)}>
          <StoryBody
            desk={desk}
            text={text}
            picture={(attrs, attributes) => <PagePicture desk={desk} attrs={attrs} attributes={attributes} />}
          />
        </div>
        {isListed(text) && <Tags desk={desk} text={text} />}
      </article>
    </Frame>
  );
}

/** A page belongs to no day, section or tag: it stands in no list that could be linked to. */
export function isListed({ kind }: Pick<WholeText, "kind">): boolean {
  return kind !== "page";
}

export function StoryBody({ desk, text, picture }: StoryProps & Pick<BodyContext, "picture">) {
  return (
    <BodyHtml
      body={text.body}
      language={text.language}
      interface={desk.language}
      picture={picture}
      material={(id) => <MaterialBlock desk={desk} id={id} around={text.language} />}
    />
  );
}

/** The page of each translation that is out. */
export function translationsOf({ facts }: Desk, { translations }: WholeText): Alternate[] {
  return facts.summaries(translations).map(({ language, path }) => ({ language, href: path }));
}

export function Dateline({ desk, text: { bylines, publishedAt, revisedAt } }: StoryProps) {
  const { words } = desk;
  return (
    <p class="dateline">
      <Signed desk={desk} bylines={bylines} />{" "}
      <span class="dateline-date">
        {words.published} <When desk={desk} at={publishedAt} style="dateline" />
      </span>{" "}
      {revisedAt !== null && (
        <span class="dateline-date">
          {words.updated} <When desk={desk} at={revisedAt} style="dateline" />
        </span>
      )}
    </p>
  );
}

function Translations({
  desk,
  alternates,
}: {
  readonly desk: Desk;
  readonly alternates: readonly Alternate[];
}) {
  if (alternates.length === 0) return null;
  return (
    <p class="translations">
      {desk.words.otherLanguages}{" "}
      {alternates.map(({ language, href }) => (
        <>
          <a href={href} hreflang={language} {...differing(language, desk.language)}>
            {nameOf(language)}
          </a>{" "}
        </>
      ))}
    </p>
  );
}

/** Above the body: who has read the earlier version should see them first. */
export function Notes({ desk, text: { corrections, language } }: StoryProps) {
  if (corrections.length === 0) return null;
  return (
    <section class="notes" aria-labelledby="notes">
      <h2 id="notes">{desk.words.notes}</h2>
      <ul>
        {corrections.map(({ kind, at, note }) => (
          <li>
            <strong>{desk.words[kind]}</strong> <When desk={desk} at={at} />{" "}
            <span {...differing(language, desk.language)}>{typeset(note, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tags({ desk, text: { tags } }: StoryProps) {
  if (tags.length === 0) return null;
  return (
    <section class="tags" aria-labelledby="tags">
      <h2 id="tags">{desk.words.tags}</h2>
      <ul>
        {tags.map((slug) => (
          <li>
            <a href={listPath(desk.language, { of: "tag", slug })}>
              <Name desk={desk} names={desk.facts.tag(slug)} slug={slug} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
