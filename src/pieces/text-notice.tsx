/** @jsxImportSource hono/jsx */
/** Above the page of a text: what came of the last act, and whether readers have it. */
import { Notice, type Tone } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { isFault, type Outcome, outcomeIn } from "./notices.ts";
import type { ShownText } from "./text-view.ts";
import { words } from "./words/index.ts";

/** For `<StudioFrame notice={…}>`. Says nothing that the text's present state contradicts, whatever the address claims. */
export function TextNotice({ visit, view }: ShownText) {
  const outcome = outcomeIn(visit.url);
  if (outcome === undefined) return null;
  const { notice } = outcome;
  const { publication } = view.state;
  if ((notice === "published" || notice === "withdrawn") && notice !== publication) return null;
  const address = publication === "published" ? view.address : null;
  return (
    <OutcomeNotice visit={visit} outcome={outcome} isPublic={publication === "published"} address={address} />
  );
}

export interface OutcomeNoticeProps {
  readonly visit: SignedIn;
  readonly outcome: Outcome;
  /** Readers are to see more of it now, not less. */
  readonly isPublic: boolean;
  /** Where they do. */
  readonly address: string | null;
}

export function OutcomeNotice({ visit, outcome, isPublic, address }: OutcomeNoticeProps) {
  const { notice, readers } = outcome;
  const said = words[visit.language];
  const tone: Tone = readers === "failed" ? "bad" : isFault(notice) ? "warning" : "good";
  return (
    <Notice tone={tone} live>
      <p>
        {isFault(notice) ? said.faults[notice] : said.deeds[notice]}{" "}
        {readers !== undefined && said.readers[isPublic ? "public" : "hidden"][readers]}
      </p>
      {readers !== undefined && address !== null && (
        <p>
          <a href={address}>{said.panel.look}</a>
        </p>
      )}
    </Notice>
  );
}
