/** @jsxImportSource hono/jsx */
/** The record of what was done, in words, newest first. */
import { writtenDate } from "../language/dates.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import { EmptyState, LinkButton } from "../web/components.tsx";
import type { DeedTold } from "../web/feature.ts";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import type { Entry } from "./audit.ts";
import type { People } from "./store.ts";
import { peopleWords } from "./words/index.ts";

export interface RecordPageProps {
  readonly visit: SignedIn;
  readonly people: People;
  readonly entries: readonly Entry[];
  /** Of all features, by act. */
  readonly deeds: Readonly<Record<string, DeedTold>>;
  /** Id of the last entry shown, where there are older ones. */
  readonly older: number | undefined;
}

export function RecordPage({ visit, people, entries, deeds, older }: RecordPageProps) {
  const { language, timeZone } = visit;
  const words = peopleWords(language).record;
  const nameOf = (account: string | null): string =>
    account === null ? words.machine : (people.account(account)?.name ?? words.machine);
  return (
    <StudioFrame visit={visit} title={words.title} wide>
      <p>{words.explain}</p>
      {entries.length === 0 ? (
        <EmptyState title={words.empty} />
      ) : (
        <div class="wide" tabindex={0} role="region" aria-label={words.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.when}</th>
                <th scope="col">{words.who}</th>
                <th scope="col">{words.what}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr>
                  <td>{writtenDate(entry.at, "brief", language, timeZone)}</td>
                  <td>
                    <bdi>{nameOf(entry.account)}</bdi>
                  </td>
                  <td>
                    <Deed entry={entry} told={deeds[entry.act]} language={language} />{" "}
                    <bdi>{people.account(entry.subject)?.name ?? ""}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {older !== undefined && <LinkButton to={`/record?before=${older}`}>{words.older}</LinkButton>}
    </StudioFrame>
  );
}

interface DeedProps {
  readonly entry: Entry;
  readonly told: DeedTold | undefined;
  readonly language: InterfaceLanguage;
}

function Deed({ entry, told, language }: DeedProps) {
  if (told === undefined) return <>{peopleWords(language).record.other}</>;
  const words = told.words[language];
  return told.path === undefined ? <>{words}</> : <a href={told.path(entry.subject)}>{words}</a>;
}
