/** @jsxImportSource hono/jsx */
/** The studio's first page: every text that a person may read, newest changes first. */
import { writtenDate } from "../language/dates.ts";
import { directionOf, type InterfaceLanguage, languageTags, nameOf } from "../language/tags.ts";
import {
  Actions,
  Badge,
  Button,
  Checkbox,
  EmptyState,
  Field,
  LinkButton,
  type Option,
  Select,
} from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { type ListFilter, type ListRow, type ListState, listStates, type TextList } from "./list.ts";
import { PagesNav } from "./pages-nav.tsx";
import { stateInWords, toneOf } from "./state-words.ts";
import { words, type Words } from "./words/index.ts";

export interface ListPageProps {
  readonly visit: SignedIn;
  readonly list: TextList;
  readonly filter: ListFilter;
  /** `portal/rif` with its name. */
  readonly sections: readonly Option[];
}

export function ListPage({ visit, list, filter, sections }: ListPageProps) {
  const { list: said } = words[visit.language];
  const writes = visit.person.may("write", "anywhere");
  const isEmpty = list.counts.size === 0;
  return (
    <StudioFrame
      visit={visit}
      title={said.title}
      actions={writes && !isEmpty && <WriteButton said={said} />}
      wide
    >
      {isEmpty ? (
        <Nothing said={said} writes={writes} />
      ) : (
        <>
          <States {...{ visit, list, filter }} />
          <Filters {...{ visit, filter, sections }} />
          {list.rows.length === 0 ? <NothingFits said={said} /> : <Rows {...{ visit, list, filter }} />}
          <PagesNav
            label={said.pages}
            page={Math.min(filter.page ?? 1, list.pages)}
            pages={list.pages}
            addressOf={(page) => addressOf(visit.url, { page })}
            language={visit.language}
          />
        </>
      )}
    </StudioFrame>
  );
}

function WriteButton({ said }: { readonly said: Words["list"] }) {
  return (
    <LinkButton to="/texts/new" kind="main">
      {said.write}
    </LinkButton>
  );
}

function Nothing({ said, writes }: { readonly said: Words["list"]; readonly writes: boolean }) {
  return (
    <EmptyState title={said.empty}>
      <p>{writes ? said.emptyMore : said.emptyReading}</p>
      {writes && (
        <Actions>
          <LinkButton to="/texts/new" kind="main">
            {said.first}
          </LinkButton>
        </Actions>
      )}
    </EmptyState>
  );
}

function NothingFits({ said }: { readonly said: Words["list"] }) {
  return (
    <EmptyState title={said.nothing}>
      <Actions>
        <LinkButton to="/">{said.showAll}</LinkButton>
      </Actions>
    </EmptyState>
  );
}

/** By more than a state, whose count already stands in sight. */
function isNarrowed({ language, section, title, mine }: ListFilter): boolean {
  return [language, section, title, mine].some((each) => each !== undefined);
}

/** With how many there are of each, so that one sees at a glance what waits. */
function States({ visit, list, filter }: Pick<ListPageProps, "visit" | "list" | "filter">) {
  const { list: said } = words[visit.language];
  const present = listStates.flatMap((state) => {
    const count = list.counts.get(state);
    return count === undefined ? [] : [{ state, name: nameOfState(state, visit.language), count }];
  });
  const all = present.reduce((sum, { count }) => sum + count, 0);
  const number = new Intl.NumberFormat(visit.language);
  return (
    <nav class="states" aria-label={said.states}>
      <ul>
        {[{ state: undefined, name: said.allStates, count: all }, ...present].map(
          ({ state, name, count }) => (
            <li>
              <a
                href={addressOf(visit.url, { state, page: undefined })}
                aria-current={state === filter.state ? "true" : undefined}
              >
                {`${name} (${number.format(count)})`}
              </a>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}

function Filters({ visit, filter, sections }: Pick<ListPageProps, "visit" | "filter" | "sections">) {
  const { list: said } = words[visit.language];
  const { state, language, section, title, mine } = filter;
  return (
    <details class="filters" open={isNarrowed(filter)}>
      <summary>{said.filters}</summary>
      <form method="get" action="/">
        {state !== undefined && <input type="hidden" name="state" value={state} />}
        <Field name="title" type="search" label={said.search} value={title} maxLength={200} />
        <Select
          name="language"
          label={said.language}
          value={language ?? ""}
          options={[
            { value: "", label: said.all },
            ...languageTags.map((tag) => ({ value: tag, label: nameOf(tag) })),
          ]}
        />
        <Select
          name="section"
          label={said.section}
          value={section ?? ""}
          options={[{ value: "", label: said.all }, ...sections]}
        />
        <Checkbox name="mine" value="yes" label={said.mine} checked={mine === true} />
        <Actions>
          <Button>{said.show}</Button>
        </Actions>
      </form>
    </details>
  );
}

function nameOfState(state: ListState, language: InterfaceLanguage): string {
  const { workflow, publication } = words[language];
  return state in workflow
    ? workflow[state as keyof typeof workflow]
    : publication[state as keyof typeof publication];
}

function Rows({ visit, list, filter }: Omit<ListPageProps, "sections">) {
  const { language, timeZone } = visit;
  return (
    <>
      {isNarrowed(filter) && <p class="found">{words[language].list.found(list.found)}</p>}
      <ol class="texts">
        {list.rows.map((row) => (
          <Row row={row} language={language} timeZone={timeZone} />
        ))}
      </ol>
    </>
  );
}

interface RowProps {
  readonly row: ListRow;
  readonly language: InterfaceLanguage;
  readonly timeZone: string;
}

function Row({ row, language, timeZone }: RowProps) {
  const said = words[language];
  const state = { ...row, isNewer: row.newer === 1 };
  const changed = writtenDate(row.changedAt, "brief", language, timeZone);
  return (
    <li>
      <h2>
        <a href={`/texts/${row.id}`} lang={row.language} dir={directionOf(row.language)}>
          {row.title}
        </a>
      </h2>
      <p class="text-state">
        <Badge tone={toneOf(state)}>{stateInWords(state, language, timeZone)}</Badge>
      </p>
      <p class="text-facts">
        <bdi lang={row.language}>{nameOf(row.language)}</bdi>
        <span>
          {row.changedBy === null ? (
            `${changed} · ${said.nobody}`
          ) : (
            <>
              {said.list.changed(changed)} <bdi>{row.changedBy}</bdi>
            </>
          )}
        </span>
      </p>
    </li>
  );
}

/** The same list with something of its address changed. */
function addressOf(url: URL, changes: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name);
    else query.set(name, String(value));
  }
  return query.size === 0 ? "/" : `/?${query}`;
}
