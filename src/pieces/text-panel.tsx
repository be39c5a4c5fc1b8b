/** @jsxImportSource hono/jsx */
/**
 * What stands beside a text that somebody writes or reads: its state in words, the next steps as buttons, details, corrections,
 * translations. Forms carry the revision that was shown (`<input name="revision">`), so that nobody publishes what they haven't
 * seen: a script that saves has to put the new one's id into each of them, or to fetch the page and take its `#text-panel`.
 */
import { writtenDate } from "../language/dates.ts";
import { Badge, Button, Notice, Section } from "../web/components.tsx";
import { AddressForm, Corrections, DetailsForm, Translations } from "./panel-details.tsx";
import { ids } from "./editor/exchange.ts";
import { NextSteps } from "./panel-steps.tsx";
import { stateInWords, toneOf } from "./state-words.ts";
import type { ShownText, TextView } from "./text-view.ts";
import { words, type Words } from "./words/index.ts";

type Said = Words["panel"];

export function TextPanel({ visit, view }: ShownText) {
  const { panel: said } = words[visit.language];
  const { text, state, may } = view;
  const isOpen = state.publication !== "withdrawn";
  return (
    <aside id={ids.panel} class="text-panel" aria-label={said.label}>
      <Standing visit={visit} view={view} />
      {isOpen && (may.write || may.publish) && <NextSteps visit={visit} view={view} />}
      {isOpen && may.details && (
        <Section title={said.details}>
          <DetailsForm visit={visit} view={view} />
        </Section>
      )}
      {isOpen && (text.path === null ? may.write : may.publish) && (
        <Section title={said.address}>
          <AddressForm visit={visit} view={view} />
        </Section>
      )}
      {(view.corrections.length > 0 || state.publication === "published") && (
        <Section title={said.corrections}>
          <Corrections visit={visit} view={view} />
        </Section>
      )}
      <Section title={said.translations}>
        <Translations visit={visit} view={view} />
      </Section>
      <p>
        <a href={`/texts/${text.id}/history`}>{said.history}</a>
      </p>
    </aside>
  );
}

/** Where the text stands, and what speaks against going on. */
function Standing({ visit: { language, timeZone }, view }: ShownText) {
  const { panel: said } = words[language];
  const { state, sentBack, address } = view;
  return (
    <>
      <p>
        <Badge tone={toneOf(state)}>{stateInWords(state, language, timeZone)}</Badge>
      </p>
      {state.publication === "published" && address !== null && (
        <p>
          <a href={address}>{said.look}</a>
        </p>
      )}
      {sentBack !== undefined && (
        <Notice tone="warning">
          <p>
            {said.sentBack(writtenDate(sentBack.at, "moment", language, timeZone))} <bdi>{sentBack.by}</bdi>
          </p>
          <p dir="auto">{sentBack.reason}</p>
        </Notice>
      )}
      <NewerOriginal said={said} view={view} />
      <Against said={said} objections={view.objections} />
    </>
  );
}

function NewerOriginal({ said, view }: { readonly said: Said; readonly view: TextView }) {
  if (view.original?.newer === undefined) return null;
  const { text, revision, newer } = view.original;
  return (
    <Notice tone="warning">
      <p>{said.sourceNewer}</p>
      <p>
        <a href={`/texts/${text.id}/compare?from=${revision.id}&to=${newer}`}>{said.sourceChanges}</a>
      </p>
      {view.may.write && (
        <form method="post" action={`/texts/${view.text.id}/original`}>
          <input type="hidden" name="revision" value={view.working.id} />
          <input type="hidden" name="original" value={newer} />
          <Button>{said.sourceFollowed}</Button>
        </form>
      )}
    </Notice>
  );
}

function Against({ said, objections }: { readonly said: Said; readonly objections: TextView["objections"] }) {
  const { copied, undescribed } = objections;
  const sentences = [
    copied === undefined ? undefined : said.copied[copied],
    undescribed === 0 ? undefined : said.silentPictures(undescribed),
  ].filter((sentence) => sentence !== undefined);
  return (
    <>
      {sentences.map((sentence) => (
        <Notice tone="warning">
          <p>{sentence}</p>
        </Notice>
      ))}
    </>
  );
}
