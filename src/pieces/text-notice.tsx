/** @jsxImportSource hono/jsx */
/** Above the page of a text: what came of the last act, and whether readers have it. */
import { Notice, type Tone } from "../web/components.tsx";
import { isFault, outcomeIn } from "./notices.ts";
import type { ShownText } from "./text-view.ts";
import { words } from "./words/index.ts";

/** For `<StudioFrame notice={…}>`. Says nothing that the text's present state contradicts, whatever the address claims. */
export function TextNotice({ visit, view }: ShownText) {
  const outcome = outcomeIn(visit.url);
  if (outcome === undefined) return null;
  const { notice, readers } = outcome;
  const isPublic = view.state.publication === "published";
  if ((notice === "published") !== isPublic && (notice === "published" || notice === "withdrawn"))
    return null;
  const said = words[visit.language];
  const reach = readers === undefined ? undefined : said.readers[isPublic ? "public" : "hidden"][readers];
  const tone: Tone = readers === "failed" ? "bad" : isFault(notice) ? "warning" : "good";
  return (
    <Notice tone={tone} live>
      <p>
        {isFault(notice) ? said.faults[notice] : said.deeds[notice]} {reach}
      </p>
      {isPublic && readers !== undefined && view.address !== null && (
        <p>
          <a href={view.address}>{said.panel.look}</a>
        </p>
      )}
    </Notice>
  );
}
