/** @jsxImportSource hono/jsx */
/** Lists: a section, a tag, a byline, a month; and the archive, which leads to the months. */
import { writtenDate } from "../language/dates.ts";
import { differing } from "../language/direction.ts";
import { nameIn, type Names } from "../language/names.ts";
import { Card } from "./card.tsx";
import type { Month, Summary } from "./facts.ts";
import { type Alternate, type Desk, Frame } from "./frame.tsx";
import { NothingYet } from "./page-front.tsx";
import type { ListPage } from "./pagination.ts";
import { archivePath, listPath, type ListSubject } from "./place.ts";

export interface ListProps {
  readonly desk: Desk;
  readonly subject: ListSubject;
  readonly page: number | null;
  readonly list: ListPage;
}

export function ListedPage({ desk, subject, page, list }: ListProps) {
  const { facts, language, words } = desk;
  const name = subjectName(desk, subject);
  const title = page === null ? name.name : `${name.name} · ${words.page(page)}`;
  return (
    <Frame
      desk={desk}
      title={title}
      alternates={alternatesOf(desk, subject)}
      canonical={listPath(language, subject, page)}
      section={subject.of === "section" ? subject.slug : null}
    >
      <header class="list-head">
        <p class="eyebrow">{name.kind}</p>
        <h1>
          <bdi {...name.attributes}>{name.name}</bdi>
        </h1>
        <p class="list-count">{list.total === null ? words.page(page ?? 0) : words.texts(list.total)}</p>
      </header>
      <div class="list">
        {facts.summaries(list.ids).map((text) => (
          <Card desk={desk} text={text} level={2} size="story" withSection={subject.of !== "section"} />
        ))}
      </div>
      <Pages desk={desk} subject={subject} list={list} />
    </Frame>
  );
}

interface SubjectName {
  /** What it is. */
  readonly kind: string;
  readonly name: string;
  readonly attributes: ReturnType<typeof differing>;
}

function subjectName({ facts, language, words }: Desk, subject: ListSubject): SubjectName {
  const named = (kind: string, names: Names | undefined, slug: string): SubjectName => {
    const { name, language: own } = nameIn(names ?? {}, language);
    return name === ""
      ? { kind, name: slug, attributes: {} }
      : { kind, name, attributes: differing(own, language) };
  };
  switch (subject.of) {
    case "section":
      return named(words.section, facts.section(subject.slug), subject.slug);
    case "tag":
      return named(words.tag, facts.tag(subject.slug), subject.slug);
    case "byline":
      return named(words.by, facts.byline(subject.id)?.names, subject.slug);
    case "month":
      return { kind: words.archive, name: monthName(subject, { language }), attributes: {} };
  }
}

/** In UTC: the year and month are what the address says already. */
function monthName(
  { year, month }: Month,
  { language }: Pick<Desk, "language">,
  style: "month" | "monthName" = "month",
) {
  return writtenDate(`${year}-${month}-15T12:00:00Z`, style, language, "UTC");
}

/** The same list in other languages, where it has something. */
function alternatesOf({ facts, site }: Desk, subject: ListSubject): Alternate[] {
  const found = site.languages.flatMap((language) => {
    const href = listPath(language, subject);
    return facts.place(href) === undefined ? [] : [{ language, href }];
  });
  return found.length < 2 ? [] : found;
}

function Pages({ desk, subject, list: { older, newer } }: Omit<ListProps, "page">) {
  const { language, words } = desk;
  if (older === null && newer === null) return null;
  return (
    <nav class="pages" aria-label={words.pages}>
      {newer !== null && (
        <a rel="prev" href={listPath(language, subject, newer === "first" ? null : newer)}>
          {words.newer}
        </a>
      )}{" "}
      {older !== null && (
        <a rel="next" href={listPath(language, subject, older)}>
          {words.older}
        </a>
      )}
    </nav>
  );
}

/** Everything, by month; and the pages, which belong to none. */
export function ArchivePage({ desk }: { readonly desk: Desk }) {
  const { facts, site, language, words } = desk;
  const years = Map.groupBy(facts.months(language), ({ year }) => year);
  const pages = facts.summaries(facts.pages(language));
  return (
    <Frame
      desk={desk}
      title={words.archive}
      alternates={site.languages.map((each) => ({ language: each, href: archivePath(each) }))}
      canonical={archivePath(language)}
    >
      <header class="list-head">
        <h1>{words.archive}</h1>
      </header>
      {years.size === 0 && pages.length === 0 && <NothingYet desk={desk} />}
      <div class="archive">
        {Array.from(years, ([year, months]) => (
          <Year desk={desk} year={year} months={months} />
        ))}
        {pages.length > 0 && <StandingPages desk={desk} pages={pages} />}
      </div>
    </Frame>
  );
}

function StandingPages({ desk, pages }: { readonly desk: Desk; readonly pages: readonly Summary[] }) {
  return (
    <section aria-labelledby="pages">
      <h2 id="pages">{desk.words.standingPages}</h2>
      <ul>
        {pages.map(({ path, title, language }) => (
          <li>
            <a href={path} {...differing(language, desk.language)}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Year({
  desk,
  year,
  months,
}: {
  readonly desk: Desk;
  readonly year: string;
  readonly months: readonly Month[];
}) {
  return (
    <section aria-labelledby={`year-${year}`}>
      <h2 id={`year-${year}`}>{year}</h2>
      <ul>
        {months.map((each) => (
          <li>
            <a href={listPath(desk.language, { of: "month", ...each })}>
              {monthName(each, desk, "monthName")}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
