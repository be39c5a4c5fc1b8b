/** @jsxImportSource hono/jsx */
/** Text forms: the same words in one file of a few kilobytes, without style sheet; what is served first when service is short. */
import { differing } from "../language/direction.ts";
import { directionOf } from "../language/tags.ts";
import { Document } from "../web/document.tsx";
import type { Summary } from "./facts.ts";
import { type Desk, siteTitle } from "./frame.tsx";
import { NothingYet } from "./page-front.tsx";
import { Dateline, isListed, Notes, StoryBody, type StoryProps } from "./page-story.tsx";
import { PictureInWords } from "./picture.tsx";
import { archivePath, frontPath, frontTextPath, textFormPath } from "./place.ts";
import { When } from "./when.tsx";

export function StoryTextForm({ desk, text }: StoryProps) {
  const { language, words } = desk;
  return (
    <Document
      language={language}
      title={`${text.title} · ${siteTitle(desk)}`}
      canonical={text.path}
      plain
      unlisted
    >
      <header>
        <a href={frontTextPath(language)}>{siteTitle(desk)}</a> · <a href={text.path}>{words.fullVersion}</a>
      </header>
      <main>
        <h1 {...differing(text.language, language)}>{text.title}</h1>
        {text.standfirst !== "" && (
          <p {...differing(text.language, language)}>
            <strong>{text.standfirst}</strong>
          </p>
        )}
        {isListed(text) && <Dateline desk={desk} text={text} />}
        <Notes desk={desk} text={text} />
        <div lang={text.language} dir={directionOf(text.language)}>
          <StoryBody
            desk={desk}
            text={text}
            picture={(attrs, attributes) => (
              <PictureInWords desk={desk} attrs={attrs} attributes={attributes} />
            )}
          />
        </div>
      </main>
    </Document>
  );
}

export function FrontTextForm({ desk }: { readonly desk: Desk }) {
  const { facts, language, words } = desk;
  const { lead, secondary, latest, briefs, sections } = facts.front(language);
  const ids = [
    ...(lead === null ? [] : [lead]),
    ...secondary,
    ...latest,
    ...briefs,
    ...sections.flatMap(({ texts }) => texts),
  ];
  const texts = facts
    .summaries(ids)
    .toSorted((left, right) => right.publishedAt.localeCompare(left.publishedAt));
  return (
    <Document language={language} title={siteTitle(desk)} canonical={frontPath(language)} plain unlisted>
      <header>
        <h1>{siteTitle(desk)}</h1>
        <a href={frontPath(language)}>{words.fullVersion}</a> ·{" "}
        <a href={archivePath(language)}>{words.archive}</a>
      </header>
      <main>
        {texts.length === 0 && <NothingYet desk={desk} />}
        <ul>
          {texts.map((text) => (
            <TextLine desk={desk} text={text} />
          ))}
        </ul>
      </main>
    </Document>
  );
}

function TextLine({ desk, text }: { readonly desk: Desk; readonly text: Summary }) {
  return (
    <li>
      <a href={textFormPath(text.path)} {...differing(text.language, desk.language)}>
        {text.title}
      </a>{" "}
      <When desk={desk} at={text.publishedAt} />
    </li>
  );
}
