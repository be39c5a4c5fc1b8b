/** @jsxImportSource hono/jsx */
/** Every version of a text: who saved it and when, what it changed, and the way back to it. */
import { writtenDate } from "../language/dates.ts";
import { Badge, Button } from "../web/components.tsx";
import { StudioFrame } from "../web/studio-frame.tsx";
import type { WorkflowStep } from "./desk.ts";
import type { History, HistoryEntry } from "./history.ts";
import { PagesNav } from "./pages-nav.tsx";
import type { ShownText } from "./text-view.ts";
import { words } from "./words/index.ts";

export interface HistoryPageProps extends ShownText {
  readonly history: History;
  /** Of the workflow, newest first. */
  readonly steps: readonly WorkflowStep[];
  readonly page: number;
}

export function HistoryPage({ visit, view, history, steps, page }: HistoryPageProps) {
  const { history: said } = words[visit.language];
  const { text, working } = view;
  return (
    <StudioFrame visit={visit} title={said.title} wide>
      <p>
        <a href={`/texts/${text.id}`}>
          <bdi lang={text.language}>{working.title}</bdi>
        </a>
      </p>
      <ol class="versions">
        {history.entries.map((entry) => (
          <Version
            visit={visit}
            view={view}
            entry={entry}
            steps={steps.filter(({ revision }) => revision === entry.id)}
          />
        ))}
      </ol>
      <PagesNav
        label={said.pages}
        page={page}
        pages={history.pages}
        addressOf={(other) => `/texts/${text.id}/history?page=${other}`}
        language={visit.language}
      />
    </StudioFrame>
  );
}

interface VersionProps extends ShownText {
  readonly entry: HistoryEntry;
  readonly steps: readonly WorkflowStep[];
}

function Version({ visit, view, entry, steps }: VersionProps) {
  const { language, timeZone } = visit;
  const { history: said, workflow, nobody } = words[language];
  const when = (at: string): string => writtenDate(at, "moment", language, timeZone);
  return (
    <li class="version">
      <h2>
        {when(entry.createdAt)} · <bdi>{entry.by ?? nobody}</bdi>
      </h2>
      <p>
        <bdi lang={view.text.language}>{entry.title}</bdi>
      </p>
      <p class="actions">
        <Badge>{workflow[entry.workflow]}</Badge>
        {entry.id === view.text.publishedRevision && <Badge tone="good">{said.readersHave}</Badge>}
        {entry.id === view.text.workingRevision && <Badge tone="good">{said.working}</Badge>}
        {entry.isBranch && <Badge tone="warning">{said.branch}</Badge>}
        {entry.size !== undefined && <span>{said.size(entry.size.added, entry.size.removed)}</span>}
      </p>
      {steps.length > 0 && (
        <ul>
          {steps.map((step) => (
            <li>
              {when(step.at)} · <bdi>{step.by}</bdi> · {said.step(workflow[step.from], workflow[step.to])}
              {step.reason !== "" && <p dir="auto">{step.reason}</p>}
            </li>
          ))}
        </ul>
      )}
      <Ways visit={visit} view={view} entry={entry} />
    </li>
  );
}

function Ways({ visit, view, entry }: Omit<VersionProps, "steps">) {
  const { history: said } = words[visit.language];
  const { text, may, state } = view;
  const compare = `/texts/${text.id}/compare`;
  const isPresent = entry.id === text.workingRevision;
  return (
    <div class="actions">
      {entry.parent !== null && (
        <a href={`${compare}?from=${entry.parent}&to=${entry.id}`}>{said.whatChanged}</a>
      )}
      {!isPresent && <a href={`${compare}?from=${entry.id}&to=${text.workingRevision}`}>{said.sinceThen}</a>}
      {!isPresent && may.write && state.publication !== "withdrawn" && (
        <form class="act" method="post" action={`/texts/${text.id}/restore`}>
          <input type="hidden" name="revision" value={text.workingRevision} />
          <input type="hidden" name="version" value={entry.id} />
          <Button>{said.restore}</Button>
        </form>
      )}
    </div>
  );
}
