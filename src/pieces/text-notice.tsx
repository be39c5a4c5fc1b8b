/** @jsxImportSource hono/jsx */
/** Above the page of a text: what came of the last act, and whether readers have it. */
import type { Child } from "hono/jsx";
import { Actions, Button, Notice, type Tone } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { asksAgain, isFault, type Outcome, outcomeIn } from "./notices.ts";
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
    <OutcomeNotice visit={visit} outcome={outcome} isPublic={publication === "published"} address={address}>
      {asksAgain(notice) && view.may.publish && <AllTheSame visit={visit} view={view} at={outcome.at} />}
    </OutcomeNotice>
  );
}

/** For who was asked once more. `at`: of whoever wanted to schedule it. */
function AllTheSame({ visit, view: { text, working }, at }: ShownText & Pick<Outcome, "at">) {
  const { panel: said } = words[visit.language];
  return (
    <form method="post" action={`/texts/${text.id}/${at === undefined ? "publish" : "schedule"}`}>
      <input type="hidden" name="revision" value={working.id} />
      <input type="hidden" name="insists" value="yes" />
      {at !== undefined && <input type="hidden" name="at" value={at} />}
      <Actions>
        <Button>{at === undefined ? said.publishAllTheSame : said.scheduleAllTheSame}</Button>
      </Actions>
    </form>
  );
}

export interface OutcomeNoticeProps {
  readonly visit: SignedIn;
  readonly outcome: Outcome;
  /** Readers are to see more of it now, not less. */
  readonly isPublic: boolean;
  /** Where they do. */
  readonly address: string | null;
  /** What can be done about it. */
  readonly children?: Child;
}

export function OutcomeNotice({ visit, outcome, isPublic, address, children }: OutcomeNoticeProps) {
  const { notice, readers } = outcome;
  const said = words[visit.language];
  const tone: Tone = readers === "failed" ? "bad" : isFault(notice) ? "warning" : "good";
  return (
    <Notice tone={tone} live>
      <p>
        {isFault(notice) ? said.faults[notice] : said.successes[notice]}{" "}
        {readers !== undefined && said.readers[isPublic ? "public" : "hidden"][readers]}
      </p>
      {readers !== undefined && address !== null && (
        <p>
          <a href={address}>{said.panel.look}</a>
        </p>
      )}
      {children}
    </Notice>
  );
}
