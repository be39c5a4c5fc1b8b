/** @jsxImportSource hono/jsx */
/** Where an invitation's link leads: to a name and a passkey, or to one friendly page for all that don't work. */
import { Actions, Field, LinkButton } from "../web/components.tsx";
import type { Visit } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import type { Invitation } from "./invitations.ts";
import { accountNameLengthMax } from "./person.ts";
import { PasskeyForm } from "./passkey-form.tsx";
import { peopleWords } from "./words/index.ts";

export interface InvitationPageProps {
  readonly visit: Visit;
  readonly script: string;
  readonly invitation: Invitation;
}

export function InvitationPage({ visit, script, invitation }: InvitationPageProps) {
  const { language, url } = visit;
  const words = peopleWords(language).invitation;
  return (
    <StudioFrame visit={visit} title={words.title} scripts={[script]}>
      <p>{welcome(invitation, words)}</p>
      <p>{words.explain}</p>
      <PasskeyForm action={url.pathname} what="make" button={words.button} language={language}>
        {invitation.account === null ? (
          <Field
            name="name"
            label={words.name}
            hint={words.nameHint}
            value={invitation.name}
            maxLength={accountNameLengthMax}
            required
          />
        ) : (
          <input type="hidden" name="name" value={invitation.name} />
        )}
      </PasskeyForm>
    </StudioFrame>
  );
}

function welcome(
  { isFirst, account, name }: Invitation,
  words: ReturnType<typeof peopleWords>["invitation"],
): string {
  if (isFirst) return words.welcomeFirst;
  return account === null ? words.welcome : words.welcomeBack(name);
}

/** For all: used, run out, unknown. */
export function VoidInvitationPage({ visit }: { readonly visit: Visit }) {
  const { invitation, signIn } = peopleWords(visit.language);
  return (
    <StudioFrame visit={visit} title={invitation.void.title}>
      <p>{invitation.void.what}</p>
      <p>{invitation.void.todo}</p>
      <Actions>
        <LinkButton to="/sign-in">{signIn.title}</LinkButton>
      </Actions>
    </StudioFrame>
  );
}
