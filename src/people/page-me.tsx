/** @jsxImportSource hono/jsx */
/** One's own account: what one may do, one's passkeys, and the way out everywhere. */
import { writtenDate } from "../language/dates.ts";
import { Actions, Notice, PostButton, Section } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { grantInWords } from "./grant-words.ts";
import type { PeopleParts } from "./parts.ts";
import { PasskeyForm } from "./passkey-form.tsx";
import { peopleWords } from "./words/index.ts";

export interface MePageProps {
  readonly visit: SignedIn;
  readonly parts: PeopleParts;
  readonly script: string;
}

const notices = ["added", "removed"] as const;

export function MePage({ visit, parts, script }: MePageProps) {
  const { language, person, url } = visit;
  const words = peopleWords(language).me;
  const grants = parts.membership.people.grantsOf(person.id);
  const said = notices.find((each) => url.searchParams.has(each));
  const notice = said !== undefined && (
    <Notice tone="good" live>
      {words[said]}
    </Notice>
  );
  return (
    <StudioFrame visit={visit} title={words.title} scripts={[script]} notice={notice}>
      <Section title={words.mayTitle}>
        {grants.length === 0 ? (
          <p>{words.mayNothing}</p>
        ) : (
          <ul>
            {grants.map((grant) => (
              <li>{grantInWords(grant, parts, language)}</li>
            ))}
          </ul>
        )}
      </Section>
      <PasskeyList visit={visit} parts={parts} />
      <Section title={words.sessionsTitle}>
        <p>{words.sessionsExplain}</p>
        <Actions>
          <PostButton to="/sign-out">{words.signOut}</PostButton>
          <PostButton to="/me/sign-out-everywhere" kind="danger">
            {words.signOutEverywhere}
          </PostButton>
        </Actions>
      </Section>
    </StudioFrame>
  );
}

function PasskeyList({ visit, parts }: Pick<MePageProps, "visit" | "parts">) {
  const { language, person, timeZone } = visit;
  const words = peopleWords(language).me;
  const passkeys = parts.membership.passkeys.of(person.id);
  return (
    <Section title={words.passkeysTitle}>
      <p>{words.passkeysExplain}</p>
      <ul class="rows">
        {passkeys.map(({ id, createdAt, rpId }) => (
          <li>
            <p>{words.passkey(writtenDate(createdAt, "moment", language, timeZone), rpId)}</p>
            {passkeys.length === 1 ? (
              <p class="hint">{words.last}</p>
            ) : (
              <PostButton to={`/me/passkeys/${id}/remove`}>{words.remove}</PostButton>
            )}
          </li>
        ))}
      </ul>
      <PasskeyForm action="/me/passkeys" what="make" button={words.add} language={language} />
    </Section>
  );
}
