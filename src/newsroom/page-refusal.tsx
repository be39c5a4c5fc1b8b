/** @jsxImportSource hono/jsx */
/** What somebody sees who can't have what they asked the studio for: what happened, and what they can do. */
import type { InterfaceLanguage } from "../language/tags.ts";
import type { Refusal } from "../web/answers.ts";
import { Actions, LinkButton } from "../web/components.tsx";
import type { Visit } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { studioWords } from "../web/words/index.ts";

export function RefusalPage({ visit, refusal }: { readonly visit: Visit; readonly refusal: Refusal }) {
  const words = studioWords(visit.language);
  const { title, what, todo } = words.refusals[refusal.status];
  return (
    <StudioFrame visit={visit} title={title}>
      <p>{what}</p>
      <p>{todo}</p>
      <Actions>
        <LinkButton to="/">{words.toStart}</LinkButton>
      </Actions>
    </StudioFrame>
  );
}

/** The same for a script that shows it to somebody. */
export function refusalSentence(status: Refusal["status"], language: InterfaceLanguage): string {
  const { what, todo } = studioWords(language).refusals[status];
  return `${what} ${todo}`;
}
