/** @jsxImportSource hono/jsx */
/** How the site stands, in one line of words; where somebody is needed, it leads to the watch. */
import { writtenDate } from "../language/dates.ts";
import type { Tone } from "./components.tsx";
import type { SiteState, Visit } from "./route.ts";
import { studioWords } from "./words/index.ts";

export function StateLine({ visit }: { readonly visit: Visit }) {
  const { state, language, person } = visit;
  const words = studioWords(language).state;
  const tone = toneOf(state);
  const isInvited = tone !== "good" && person?.may("watch", "anywhere") === true;
  return (
    <p id="state-line" class={`state ${tone}`} aria-label={words.label} role="note">
      {sentences(visit).join(" ")}
      {isInvited && (
        <>
          {" "}
          <a href={isElsewhere(state) ? "/origin" : "/watch"}>{words.look}</a>
        </>
      )}
    </p>
  );
}

function sentences({ state, language, timeZone }: Visit): string[] {
  const words = studioWords(language).state;
  const { edition, mode, incidentsOpen, protectedSite, service } = state;
  const said: string[] = [];
  if (protectedSite !== null && protectedSite !== "live") said.push(words.protectedSite[protectedSite]);
  if (edition === null) said.push(words.nothingPublished);
  else {
    said.push(words.edition(edition.version, writtenDate(edition.publishedAt, "brief", language, timeZone)));
    if (edition.stale) said.push(words.stale);
  }
  if (service !== undefined) said.push(words.services[service]);
  said.push(mode === null ? words.silent : words.modes[mode]);
  if (incidentsOpen !== null) said.push(words.incidents(incidentsOpen));
  return said;
}

/** Readers don't get the protected site as it is. */
function isElsewhere({ protectedSite }: SiteState): boolean {
  return protectedSite !== null && protectedSite !== "live";
}

function toneOf(state: SiteState): Tone {
  const { edition, mode, incidentsOpen } = state;
  if (mode === "siege" || (incidentsOpen ?? 0) > 0) return "bad";
  if (isElsewhere(state) || state.service !== undefined || mode !== "calm" || edition?.stale === true)
    return "warning";
  return "good";
}
