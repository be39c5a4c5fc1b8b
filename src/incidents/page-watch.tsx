/** @jsxImportSource hono/jsx */
/** `/watch`: is the site readable, what came in the last ten minutes, what has happened. Whole without a script; one adds life. */
import type { DefenceFacts, Incident } from "../bus/facts.ts";
import type { ServiceFacts } from "../bus/service-facts.ts";
import { offsetS } from "../language/dates.ts";
import { formatOf } from "../language/tags.ts";
import { Badge, Notice } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { ActsPart } from "./defence/acts-part.tsx";
import { DefencePart } from "./defence/defence-part.tsx";
import type { SaidOfOrder } from "./defence/orders.ts";
import { DrillPart, type DrillPartProps } from "./drill-part.tsx";
import { windowNames } from "./now.ts";
import { OriginPart } from "./origin/origin-part.tsx";
import { ServicePart } from "./service/service-part.tsx";
import type { Told, Teller } from "./telling.ts";

export interface WatchPageProps {
  readonly visit: SignedIn;
  readonly teller: Teller;
  readonly told: Told;
  /** Of an order that didn't bring what was ordered. */
  readonly said: SaidOfOrder | undefined;
  /** Undefined where the edge is silent. */
  readonly defence: DefenceFacts | undefined;
  /** Undefined where the edge is silent. */
  readonly service: ServiceFacts | undefined;
  readonly mayDefend: boolean;
  /** Undefined where the watch doesn't answer. */
  readonly list: Listed | undefined;
  /** For who may start one. */
  readonly drill: Omit<DrillPartProps, "teller"> | undefined;
  /** Address of the island. */
  readonly script: string;
}

export interface Listed {
  /** The newest first. */
  readonly incidents: readonly Incident[];
  /** How many there are, with those that aren't among them. */
  readonly total: number;
}

/** The watch is asked for no more. */
export const shownMax = 50;

export function WatchPage(props: WatchPageProps) {
  const { visit, teller, told, said, defence: facts, service, mayDefend, list, drill, script } = props;
  const { words, quantities } = teller;
  const { acts, origin } = words.defence;
  return (
    <StudioFrame
      visit={visit}
      title={words.title}
      scripts={[script]}
      notice={
        said !== undefined && (
          <Notice tone="warning" live>
            {said === "no answer" ? acts.noAnswer : acts.noRule}
          </Notice>
        )
      }
    >
      <NowPart teller={teller} told={told} />
      {visit.state.protectedSite !== null && (
        <p>
          <a href="/origin">{words.list.toOrigin}</a>
        </p>
      )}
      <DefencePart teller={teller.defence} facts={facts} mayAct={mayDefend} />
      <ServicePart language={teller.language} quantities={quantities} facts={service} mayAct={mayDefend} />
      {mayDefend && <ActsPart words={words.defence} facts={facts} />}
      <ChartPart visit={visit} teller={teller} told={told} />
      <OriginPart words={origin} quantities={quantities} facts={facts} />
      <section class="part" id="incidents">
        <h2>{teller.words.list.heading}</h2>
        <IncidentList teller={teller} list={list} />
      </section>
      {drill !== undefined && <DrillPart teller={teller} {...drill} />}
    </StudioFrame>
  );
}

function NowPart({ teller, told }: Pick<WatchPageProps, "teller" | "told">) {
  return (
    <section class={`now ${told.tone}`} id="now" aria-labelledby="now-heading">
      <h2 id="now-heading">{teller.words.now.heading}</h2>
      <p class="now-sentence">{told.sentence}</p>
      <p class="now-since">{told.since}</p>
      <p class="unseen" role="status" id="announcement" />
    </section>
  );
}

function ChartPart({
  visit: { language, timeZone },
  teller,
  told,
}: Pick<WatchPageProps, "visit" | "teller" | "told">) {
  const { chart } = teller.words;
  return (
    <section class="part">
      <h2>{chart.heading}</h2>
      <div
        class="charts"
        id="charts"
        data-events="/watch/events"
        data-locale={formatOf(language)}
        data-offset={offsetS(told.at, timeZone)}
        aria-hidden="true"
      >
        <p class="chart-key">
          <span>{chart.perSecond}</span> <span class="key requests">{chart.requests}</span>{" "}
          <span class="key refused">{chart.refused}</span>
        </p>
        <div class="chart" dir="ltr" />
        <p class="chart-key">
          <span class="key wait">{chart.waitMs}</span>
        </p>
        <div class="chart" dir="ltr" />
      </div>
      <FiguresTable teller={teller} told={told} />
      <p class="hint">{chart.estimate}</p>
    </section>
  );
}

function FiguresTable({ teller, told }: Pick<WatchPageProps, "teller" | "told">) {
  const { chart } = teller.words;
  return (
    <div class="wide" role="region" aria-label={chart.heading} tabindex={0}>
      <table class="figures">
        <caption>{chart.caption}</caption>
        <thead>
          <tr>
            <td />
            {[chart.requests, chart.refused, chart.failed, chart.wait].map((heading) => (
              <th scope="col">{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {windowNames.map((window) => (
            <tr data-window={window}>
              <th scope="row">{chart.windows[window]}</th>
              {told.figures[window].map((figure) => (
                <td>{figure}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function IncidentList({ teller, list: listed }: Pick<WatchPageProps, "teller" | "list">) {
  const { list } = teller.words;
  if (listed === undefined) return <p>{list.unknown}</p>;
  const { incidents, total } = listed;
  if (incidents.length === 0) return <p>{list.none}</p>;
  const open = incidents.filter(({ status }) => status === "open");
  const sorted = [...open, ...incidents.filter(({ status }) => status === "closed")];
  const hidden = total - Math.min(sorted.length, shownMax);
  return (
    <>
      <ul class="incidents">
        {sorted.slice(0, shownMax).map((incident) => (
          <IncidentRow teller={teller} incident={incident} />
        ))}
      </ul>
      {hidden > 0 && <p class="hint">{list.older(hidden)}</p>}
    </>
  );
}

function IncidentRow({ teller, incident }: { readonly teller: Teller; readonly incident: Incident }) {
  const { words, quantities } = teller;
  const { id, kind, drill, status, started_at, requests, outcome } = incident;
  return (
    <li>
      <a href={`/watch/incidents/${id}`}>{words.incident.kinds[kind].label}</a>{" "}
      {status === "open" && <Badge tone={drill ? "warning" : "bad"}>{words.list.open}</Badge>}{" "}
      {drill && <Badge>{words.list.drill}</Badge>}
      <p class="hint">
        <time datetime={started_at}>{quantities.moment(Date.parse(started_at))}</time>
        {requests > 0 && ` · ${words.list.requests(requests)}`}
        {outcome !== null && ` · ${words.incident.outcomes[outcome].label}`}
      </p>
    </li>
  );
}
