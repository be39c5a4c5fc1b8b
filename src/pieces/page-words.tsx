/** @jsxImportSource hono/jsx */
/** A text for whoever reads it: its words as they stand now, and what there is to do about it. */
import { directionOf } from "../language/tags.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { blockWords } from "./body.ts";
import { TextNotice } from "./text-notice.tsx";
import { TextPanel } from "./text-panel.tsx";
import type { ShownText } from "./text-view.ts";

export function WordsPage({ visit, view }: ShownText) {
  const { text, working } = view;
  return (
    <StudioFrame visit={visit} title={working.title} notice={<TextNotice visit={visit} view={view} />} wide>
      <article class="words" lang={text.language} dir={directionOf(text.language)}>
        {working.standfirst !== "" && <p class="standfirst">{working.standfirst}</p>}
        {working.body.doc.content.map((block) => (
          <p>{blockWords(block)}</p>
        ))}
      </article>
      <TextPanel visit={visit} view={view} />
    </StudioFrame>
  );
}
