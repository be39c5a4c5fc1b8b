/** @jsxImportSource hono/jsx */
/** Where people come in who have a passkey. */
import { Notice } from "../web/components.tsx";
import type { Visit } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { PasskeyForm } from "./passkey-form.tsx";
import { peopleWords } from "./words/index.ts";

export interface SignInPageProps {
  readonly visit: Visit;
  /** Address of the island. */
  readonly script: string;
  /** Where to go on; the studio's own. */
  readonly to: string;
  /** This browser's session was ended because it turned up in another. */
  readonly usedElsewhere: boolean;
}

export function SignInPage({ visit, script, to, usedElsewhere }: SignInPageProps) {
  const words = peopleWords(visit.language).signIn;
  const notice = usedElsewhere ? <Notice tone="bad">{words.usedElsewhere}</Notice> : undefined;
  return (
    <StudioFrame visit={visit} title={words.title} scripts={[script]} notice={notice}>
      <p>{words.explain}</p>
      <PasskeyForm action="/sign-in" what="show" button={words.button} language={visit.language}>
        <input type="hidden" name="to" value={to} />
      </PasskeyForm>
      <p class="hint">{words.lost}</p>
    </StudioFrame>
  );
}
