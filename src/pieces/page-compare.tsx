/** @jsxImportSource hono/jsx */
/** What changed between two versions of a text: taken out struck through, put in underlined, in the text's own direction. */
import type { Child } from "hono/jsx";
import { writtenDate } from "../language/dates.ts";
import { directionOf } from "../language/tags.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import type { BlockChange, Comparison, Run } from "./compare.ts";
import type { Revision } from "./piece.ts";
import type { ShownText } from "./text-view.ts";
import { words, type Words } from "./words/index.ts";

export interface ComparePageProps extends ShownText {
  readonly from: Version;
  readonly to: Version;
  readonly comparison: Comparison;
}

export type Version = Pick<Revision, "id" | "createdAt"> & { readonly by: string | null };

export function ComparePage({ visit, view, from, to, comparison }: ComparePageProps) {
  const { compare: said, nobody } = words[visit.language];
  const { text } = view;
  const named = ({ createdAt, by }: Version) => (
    <>
      {writtenDate(createdAt, "moment", visit.language, visit.timeZone)} · <bdi>{by ?? nobody}</bdi>
    </>
  );
  return (
    <StudioFrame visit={visit} title={said.title}>
      <dl class="compared">
        <dt>{said.from}</dt>
        <dd>{named(from)}</dd>
        <dt>{said.to}</dt>
        <dd>{named(to)}</dd>
      </dl>
      <p>
        {said.legend} <del>{said.removed}</del> <ins>{said.added}</ins>
      </p>
      <article class="comparison" lang={text.language} dir={directionOf(text.language)}>
        <h2>
          <Runs runs={comparison.title} said={said} />
        </h2>
        <p class="standfirst">
          <Runs runs={comparison.standfirst} said={said} />
        </p>
        {comparison.blocks.map((change) => (
          <Change change={change} visit={visit} said={said} />
        ))}
      </article>
      <p>
        <a href={`/texts/${text.id}/history`}>{said.back}</a>
      </p>
    </StudioFrame>
  );
}

type Said = Words["compare"];

function Change({
  change,
  visit,
  said,
}: Pick<ShownText, "visit"> & { readonly change: BlockChange; readonly said: Said }) {
  const remark = (children: Child) => (
    <p class="remark" lang={visit.language} dir={directionOf(visit.language)}>
      {children}
    </p>
  );
  switch (change.kind) {
    case "same":
      return remark(said.unchanged(change.count));
    case "changed":
      return (
        <p>
          <Runs runs={change.runs} said={said} />
        </p>
      );
    case "form":
      return (
        <>
          {remark(said.form)}
          <p>{change.text}</p>
        </>
      );
    case "added":
    case "removed":
      return (
        <p>
          <Runs runs={[{ kind: change.kind, text: change.text || said.noWords }]} said={said} />
        </p>
      );
  }
}

/** Screen readers seldom say what is struck through: a hidden word does. */
function Runs({ runs, said }: { readonly runs: readonly Run[]; readonly said: Said }) {
  return (
    <>
      {runs.map(({ kind, text }) => {
        if (kind === "same") return text;
        const Tag = kind === "added" ? "ins" : "del";
        return (
          <Tag>
            <span class="unseen">{kind === "added" ? said.added : said.removed} </span>
            {text}
          </Tag>
        );
      })}
    </>
  );
}
