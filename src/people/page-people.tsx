/** @jsxImportSource hono/jsx */
/** Who belongs to the newsroom, who is on their way in, and how somebody is invited. */
import { writtenDate } from "../language/dates.ts";
import {
  Actions,
  Badge,
  Button,
  Field,
  LinkButton,
  Notice,
  PostButton,
  Section,
} from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { GrantFields } from "./grant-fields.tsx";
import { grantInWords } from "./grant-words.ts";
import type { Invitation } from "./invitations.ts";
import type { PeopleParts } from "./parts.ts";
import { type Account, accountNameLengthMax } from "./person.ts";
import { type Link, type RosterFault, visibleInvitations, visibleTo } from "./roster.ts";
import { peopleWords } from "./words/index.ts";

export interface PeoplePageProps {
  readonly visit: SignedIn;
  readonly parts: PeopleParts;
  readonly fault?: RosterFault | undefined;
  readonly isDone?: boolean;
}

export function PeoplePage({ visit, parts, fault, isDone = false }: PeoplePageProps) {
  const words = peopleWords(visit.language);
  const people = visibleTo(parts.membership, visit.person.id);
  const waiting = visibleInvitations(parts.membership, visit.person.id);
  const readsRecord = visit.person.may("manage people", "everywhere");
  const notice =
    fault === undefined ? (
      isDone && (
        <Notice tone="good" live>
          {words.people.done}
        </Notice>
      )
    ) : (
      <Notice tone="bad" live>
        {words.faults[fault]}
      </Notice>
    );
  return (
    <StudioFrame
      visit={visit}
      title={words.people.title}
      notice={notice}
      actions={readsRecord && <LinkButton to="/record">{words.people.record}</LinkButton>}
    >
      <ul class="rows">
        {people.map((account) => (
          <PersonRow account={account} visit={visit} parts={parts} />
        ))}
      </ul>
      {people.length === 1 && <p>{words.people.nobodyElse}</p>}
      {waiting.length > 0 && (
        <Section title={words.people.waitingTitle}>
          <ul class="rows">
            {waiting.map((invitation) => (
              <WaitingRow invitation={invitation} visit={visit} parts={parts} />
            ))}
          </ul>
        </Section>
      )}
      <InviteForm visit={visit} parts={parts} />
    </StudioFrame>
  );
}

type RowProps = Pick<PeoplePageProps, "visit" | "parts">;

function PersonRow({
  account: { id, name },
  visit: { language },
  parts,
}: RowProps & { readonly account: Account }) {
  const words = peopleWords(language).people;
  const { people, passkeys } = parts.membership;
  return (
    <li>
      <p>
        <a href={`/people/${id}`}>
          <bdi>{name}</bdi>
        </a>{" "}
        {passkeys.of(id).length === 0 && <Badge tone="warning">{words.noPasskey}</Badge>}
      </p>
      <ul>
        {people.grantsOf(id).map((grant) => (
          <li>{grantInWords(grant, parts, language)}</li>
        ))}
      </ul>
    </li>
  );
}

function WaitingRow({ invitation, visit, parts }: RowProps & { readonly invitation: Invitation }) {
  const { language, timeZone } = visit;
  const words = peopleWords(language).people;
  return (
    <li>
      <p>
        <bdi>{invitation.isFirst ? words.first : invitation.name}</bdi>,{" "}
        {words.waits(writtenDate(invitation.expiresAt, "moment", language, timeZone))}
      </p>
      <ul>
        {invitation.grants.map((grant) => (
          <li>{grantInWords(grant, parts, language)}</li>
        ))}
      </ul>
      <PostButton to={`/people/invitations/${invitation.id}/void`}>{words.void}</PostButton>
    </li>
  );
}

function InviteForm({ visit: { language, person }, parts }: RowProps) {
  const words = peopleWords(language).people;
  const held = parts.membership.people.grantsOf(person.id);
  return (
    <Section title={words.inviteTitle}>
      <form method="post" action="/people/invitations">
        <Field
          name="name"
          label={words.name}
          hint={words.nameHint}
          maxLength={accountNameLengthMax}
          required
        />
        <GrantFields held={held} parts={parts} language={language} />
        <Actions>
          <Button kind="main">{words.invite}</Button>
        </Actions>
      </form>
    </Section>
  );
}

/** The only time that a link is shown. */
export function LinkPage({
  visit,
  name,
  link,
}: {
  readonly visit: SignedIn;
  readonly name: string;
  readonly link: Link;
}) {
  const { people } = peopleWords(visit.language);
  const until = writtenDate(link.expiresAt, "moment", visit.language, visit.timeZone);
  return (
    <StudioFrame visit={visit} title={people.linkTitle(name)}>
      <p>{people.linkExplain(until)}</p>
      <p class="link" dir="ltr">
        <code>{link.url}</code>
      </p>
      <Actions>
        <LinkButton to="/people">{people.title}</LinkButton>
      </Actions>
    </StudioFrame>
  );
}
