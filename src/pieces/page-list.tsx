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
  Select,
} from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { type ListFilter, type ListRow, type ListState, listStates, type TextList } from "./list.ts";
import { stateInWords, toneOf } from "./state-words.ts";
import { words, type Words } from "./words/index.ts";

export interface ListPageProps {
  readonly visit: SignedIn;
  readonly list: TextList;
  readonly filter: ListFilter;
  /** `portal/rif` with its name. */
  readonly sections: readonly { readonly value: string; readonly label: string }[];
  readonly timeZone: string;
}

export function ListPage({ visit, list, filter, sections, timeZone }: ListPageProps) {
  const { list: said } = words[visit.language];
  const writes = visit.person.may("write", "anywhere");
  const isEmpty = list.counts.size === 0;
  return (
    <StudioFrame visit={visit} title={said.title}>
      {isEmpty ? (
        <Nothing said={said} writes={writes} />
      ) : (
        <>
          {writes && (
            <Actions>
              <LinkButton to="/texts/new" kind="main">
                {said.write}
              </LinkButton>
            </Actions>
          )}
          <Filters {...{ visit, list, filter, sections }} />
          <p class="found">{said.found(list.found)}</p>
          {list.rows.length === 0 ? <NothingFits said={said} /> : <Rows {...{ visit, list, timeZone }} />}
          <Pages {...{ visit, list, filter }} />
        </>
      )}
    </StudioFrame>
  );
}

function Nothing({ said, writes }: { readonly said: Words["list"]; readonly writes: boolean }) {
  return (
    <EmptyState title={said.empty}>
      <p>{writes ? said.emptyMore : said.emptyReading}</p>
      {writes && (
        <LinkButton to="/texts/new" kind="main">
          {said.first}
        </LinkButton>
      )}
    </EmptyState>
  );
}

function NothingFits({ said }: { readonly said: Words["list"] }) {
  return (
    <EmptyState title={said.nothing}>
      <LinkButton to="/">{said.showAll}</LinkButton>
    </EmptyState>
  );
}

function Filters({ visit, list, filter, sections }: Omit<ListPageProps, "timeZone">) {
  const { list: said } = words[visit.language];
  return (
    <form class="filters" method="get" action="/" aria-label={said.filters}>
      <Select
        name="state"
        label={said.columns.state}
        value={filter.state ?? ""}
        options={stateOptions(list, visit.language)}
      />
      <Select
        name="language"
        label={said.language}
        value={filter.language ?? ""}
        options={[
          { value: "", label: said.all },
          ...languageTags.map((tag) => ({ value: tag, label: nameOf(tag) })),
        ]}
      />
      <Select
        name="section"
        label={said.section}
        value={filter.section ?? ""}
        options={[{ value: "", label: said.all }, ...sections]}
      />
      <Field name="title" type="search" label={said.search} value={filter.title} maxLength={200} />
      <Checkbox name="mine" value="yes" label={said.mine} checked={filter.mine === true} />
      <Actions>
        <Button>{said.show}</Button>
      </Actions>
    </form>
  );
}

/** With how many there are of each, so that one sees at a glance what waits. */
function stateOptions({ counts }: TextList, language: InterfaceLanguage) {
  const number = new Intl.NumberFormat(language);
  const { list: said } = words[language];
  const present = listStates.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined
      ? []
      : [{ value: state, label: `${nameOfState(state, language)} (${number.format(count)})` }];
  });
  return [{ value: "", label: said.allStates }, ...present];
}

function nameOfState(state: ListState, language: InterfaceLanguage): string {
  const { workflow, publication } = words[language];
  return state in workflow
    ? workflow[state as keyof typeof workflow]
    : publication[state as keyof typeof publication];
}

function Rows({ visit, list, timeZone }: Pick<ListPageProps, "visit" | "list" | "timeZone">) {
  const { columns } = words[visit.language].list;
  return (
    <table class="texts">
      <thead>
        <tr>
          <th scope="col">{columns.title}</th>
          <th scope="col">{columns.language}</th>
          <th scope="col">{columns.state}</th>
          <th scope="col">{columns.changed}</th>
        </tr>
      </thead>
      <tbody>
        {list.rows.map((row) => (
          <Row row={row} language={visit.language} timeZone={timeZone} />
        ))}
      </tbody>
    </table>
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
  const changed = writtenDate(row.changedAt, "moment", language, timeZone);
  return (
    <tr>
      <th scope="row">
        <a href={`/texts/${row.id}`} lang={row.language} dir={directionOf(row.language)}>
          {row.title}
        </a>
      </th>
      <td lang={row.language}>
        <bdi>{nameOf(row.language)}</bdi>
      </td>
      <td>
        <Badge tone={toneOf(state)}>{stateInWords(state, language, timeZone)}</Badge>
      </td>
      <td>
        {row.changedBy === null ? (
          `${changed} · ${said.nobody}`
        ) : (
          <>
            {said.list.changed(changed)} <bdi>{row.changedBy}</bdi>
          </>
        )}
      </td>
    </tr>
  );
}

function Pages({ visit, list, filter }: Pick<ListPageProps, "visit" | "list" | "filter">) {
  const { list: said } = words[visit.language];
  const page = Math.min(filter.page ?? 1, list.pages);
  if (list.pages === 1) return null;
  return (
    <nav class="pages" aria-label={said.pages}>
      {page > 1 && (
        <a rel="prev" href={addressOfPage(visit.url, page - 1)}>
          {said.newer}
        </a>
      )}
      <span>{said.page(page, list.pages)}</span>
      {page < list.pages && (
        <a rel="next" href={addressOfPage(visit.url, page + 1)}>
          {said.older}
        </a>
      )}
    </nav>
  );
}

function addressOfPage(url: URL, page: number): string {
  const query = new URLSearchParams(url.search);
  query.set("page", String(page));
  return `/?${query}`;
}
