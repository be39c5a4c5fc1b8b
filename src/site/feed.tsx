/** @jsxImportSource hono/jsx */
/** Feeds with whole texts, for readers who come by feed because they can't come otherwise. RSS 2.0 and JSON Feed 1.1. */
import { generateJsonFeed, generateRssFeed } from "feedsmith";
import { nameIn } from "../language/names.ts";
import { directionOf, type LanguageTag } from "../language/tags.ts";
import { fragmentOf } from "../web/document.tsx";
import type { WholeText } from "./facts.ts";
import { type Desk, siteTitle } from "./frame.tsx";
import { StoryBody } from "./page-story.tsx";
import { FeedPicture } from "./picture.tsx";
import { feedPath, frontPath } from "./place.ts";

export const feedTypes = {
  rss: "application/rss+xml; charset=utf-8",
  json: "application/feed+json; charset=utf-8",
} as const;

interface FeedProps {
  readonly desk: Desk;
  /** Null: of all languages. */
  readonly language: LanguageTag | null;
}

export function rssFeed({ desk, language }: FeedProps): string {
  const texts = textsOf(desk, language);
  return generateRssFeed({
    title: siteTitle(desk),
    link: whole(desk, language === null ? "/" : frontPath(language)),
    description: siteTitle(desk),
    language: desk.language,
    ...(texts[0] === undefined ? {} : { pubDate: new Date(texts[0].publishedAt) }),
    items: texts.map((text) => rssItem(desk, text)),
  });
}

function rssItem(desk: Desk, text: WholeText) {
  return {
    title: text.title,
    link: whole(desk, text.path),
    guid: { value: guidOf(text), isPermaLink: false },
    pubDate: new Date(text.publishedAt),
    ...(text.standfirst === "" ? {} : { description: fragmentOf(<>{text.standfirst}</>) }),
    dc: { creators: namesOf(desk, text) },
    content: { encoded: contentOf(desk, text) },
  };
}

export function jsonFeed({ desk, language }: FeedProps): string {
  const feed = generateJsonFeed({
    title: siteTitle(desk),
    home_page_url: whole(desk, language === null ? "/" : frontPath(language)),
    feed_url: whole(desk, feedPath("json", language)),
    language: desk.language,
    items: textsOf(desk, language).map((text) => jsonItem(desk, text)),
  });
  // JSON Feed 1.1 requires the array also where it is empty; the library leaves it out then.
  return `${JSON.stringify(Object.assign({ items: [] }, feed))}\n`;
}

function jsonItem(desk: Desk, text: WholeText) {
  return {
    id: guidOf(text),
    url: whole(desk, text.path),
    title: text.title,
    ...(text.standfirst === "" ? {} : { summary: text.standfirst }),
    content_html: contentOf(desk, text),
    date_published: new Date(text.publishedAt),
    ...(text.revisedAt === null ? {} : { date_modified: new Date(text.revisedAt) }),
    authors: namesOf(desk, text).map((name) => ({ name })),
    language: text.language,
  };
}

function textsOf({ facts }: Desk, language: LanguageTag | null): WholeText[] {
  return facts.feed(language).flatMap((id) => facts.text(id) ?? []);
}

/** Stays with the text when its address changes, and is the same on every mirror. */
function guidOf({ id }: WholeText): string {
  return `urn:kasbah:${id.toLowerCase()}`;
}

/** Relative where the operator named no main address: readers of feeds resolve it against where they fetched the feed. */
function whole({ site }: Desk, path: string): string {
  return site.address + path;
}

function namesOf({ facts, language }: Desk, { bylines }: WholeText): string[] {
  return bylines.flatMap((id) => {
    const byline = facts.byline(id);
    return byline === undefined ? [] : [nameIn(byline.names, language).name];
  });
}

function contentOf(desk: Desk, text: WholeText): string {
  const { language } = text;
  return fragmentOf(
    <div lang={language} dir={directionOf(language)}>
      <StoryBody
        desk={desk}
        text={text}
        picture={(attrs, attributes) => <FeedPicture desk={desk} attrs={attrs} attributes={attributes} />}
      />
    </div>,
  );
}
