/** @jsxImportSource hono/jsx */
/** One person, for who may change what they may do. */
import { Actions, Button, Notice, PostButton, Section } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { GrantFields } from "./grant-fields.tsx";
import { grantInWords, placeValue } from "./grant-words.ts";
import type { PeopleParts } from "./parts.ts";
import { mayGive, type RoleAt } from "./permissions.ts";
import type { Account } from "./person.ts";
import { isManageable, type RosterFault } from "./roster.ts";
import { peopleWords } from "./words/index.ts";

export interface PersonPageProps {
  readonly visit: SignedIn;
  readonly parts: PeopleParts;
  readonly account: Account;
  readonly fault?: RosterFault | undefined;
}

export function PersonPage({ visit, parts, account, fault }: PersonPageProps) {
  const words = peopleWords(visit.language);
  const held = parts.membership.people.grantsOf(visit.person.id);
  const notice = fault !== undefined && (
    <Notice tone="bad" live>
      {words.faults[fault]}
    </Notice>
  );
  return (
    <StudioFrame visit={visit} title={account.name} notice={notice}>
      <Section title={words.person.grantsTitle}>
        <ul class="rows">
          {parts.membership.people.grantsOf(account.id).map((grant) => (
            <li>
              <p>{grantInWords(grant, parts, visit.language)}</p>
              {mayGive(held, grant) && (
                <TakeForm account={account.id} grant={grant} label={words.person.take} />
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={words.person.giveTitle}>
        <form method="post" action={`/people/${account.id}/grants`}>
          <GrantFields held={held} parts={parts} language={visit.language} />
          <Actions>
            <Button kind="main">{words.person.give}</Button>
          </Actions>
        </form>
      </Section>
      {isManageable(parts.membership, account.id, visit.person.id) ? (
        <Whole account={account} words={words} />
      ) : (
        <p class="hint">{words.person.notYours}</p>
      )}
    </StudioFrame>
  );
}

function TakeForm({
  account,
  grant,
  label,
}: {
  readonly account: string;
  readonly grant: RoleAt;
  readonly label: string;
}) {
  return (
    <form class="act" method="post" action={`/people/${account}/grants/take`}>
      <input type="hidden" name="role" value={grant.role} />
      <input type="hidden" name="place" value={placeValue(grant)} />
      <Button>{label}</Button>
    </form>
  );
}

/** What concerns all of somebody's account. */
function Whole({
  account,
  words: { person },
}: {
  readonly account: Account;
  readonly words: ReturnType<typeof peopleWords>;
}) {
  return (
    <>
      <Section title={person.againTitle}>
        <p>{person.againExplain}</p>
        <Actions>
          <PostButton to={`/people/${account.id}/invite-again`}>{person.again}</PostButton>
        </Actions>
      </Section>
      <Section title={person.revokeTitle}>
        <p>{person.revokeExplain}</p>
        <Actions>
          <PostButton to={`/people/${account.id}/revoke`} kind="danger">
            {person.revoke}
          </PostButton>
        </Actions>
      </Section>
    </>
  );
}
