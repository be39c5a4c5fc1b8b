/** @jsxImportSource hono/jsx */
/** Before a text is taken away for good: what that means, in plain words, and one button. */
import { Actions, LinkButton, Notice, PostButton } from "../web/components.tsx";
import { StudioFrame } from "../web/studio-frame.tsx";
import type { ShownText } from "./text-view.ts";
import { words } from "./words/index.ts";

export function WithdrawPage({ visit, view }: ShownText) {
  const { withdraw: said } = words[visit.language];
  const { text, working, state } = view;
  const canBe = state.publication !== "none" && state.publication !== "withdrawn";
  return (
    <StudioFrame visit={visit} title={said.title}>
      <p>
        <bdi lang={text.language}>{working.title}</bdi>
      </p>
      {canBe ? (
        <>
          <Notice tone="bad">
            {said.meaning.map((sentence) => (
              <p>{sentence}</p>
            ))}
          </Notice>
          <Actions>
            <PostButton to={`/texts/${text.id}/withdraw`} kind="danger">
              {said.confirm}
            </PostButton>
            <LinkButton to={`/texts/${text.id}`}>{said.keep}</LinkButton>
          </Actions>
        </>
      ) : (
        <>
          <p>{state.publication === "none" ? said.neverPublic : said.already}</p>
          <LinkButton to={`/texts/${text.id}`}>{said.back}</LinkButton>
        </>
      )}
    </StudioFrame>
  );
}
