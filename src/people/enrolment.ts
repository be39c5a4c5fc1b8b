/** Coming in: by an invitation with a new passkey, or with a passkey that one has. */
import { mayGive } from "./permissions.ts";
import type { Invitation } from "./invitations.ts";
import type { NewPasskey } from "./passkeys.ts";
import { isManageable } from "./roster.ts";
import type { Membership } from "./membership.ts";

export interface Enrolment {
  /** Of the invitation. */
  readonly token: string;
  /** For a new account. */
  readonly name: string;
  readonly passkey: NewPasskey;
  /** base64url. */
  readonly userHandle: string;
  /** Kind of browser (browser-kind.ts). */
  readonly browser: string;
}

/** Undefined for an invitation that lets nobody in (any more); whether by time, use, or what became of who made it. */
export function invitationAt(membership: Membership, token: string): Invitation | undefined {
  const invitation = membership.invitations.find(token);
  return invitation !== undefined && stillHolds(membership, invitation) ? invitation : undefined;
}

/** Nobody gives more than they hold, also not by a link that they made when they held more. */
function stillHolds(membership: Membership, { isFirst, createdBy, account, grants }: Invitation): boolean {
  if (isFirst && membership.passkeys.areThere()) return false;
  if (createdBy === null) return true;
  const held = membership.people.grantsOf(createdBy);
  return account === null
    ? grants.every((grant) => mayGive(held, grant))
    : isManageable(membership, account, createdBy);
}

/**
 * Account, grants, passkey and session in one step that uses the invitation up: all of it happens or nothing. Returns the
 * session's token; undefined where the invitation or the passkey is not taken.
 */
export function enrol(membership: Membership, enrolment: Enrolment): string | undefined {
  try {
    return membership.database.transaction(() => enrolled(membership, enrolment)).immediate();
  } catch (thrown) {
    if (thrown instanceof NotTaken) return undefined;
    throw thrown;
  }
}

/** Ends the transaction. */
class NotTaken extends Error {}

function enrolled(membership: Membership, { token, name, passkey, userHandle, browser }: Enrolment): string {
  const { people, passkeys, invitations, sessions, audit } = membership;
  if (invitationAt(membership, token) === undefined) throw new NotTaken();
  const invitation = invitations.use(token);
  if (invitation === undefined) throw new NotTaken();
  const account = invitation.account ?? people.addAccount(name).id;
  for (const grant of invitation.grants) people.grant({ account, ...grant });
  if (people.userHandleOf(account) === undefined) people.setUserHandle(account, userHandle);
  if (!passkeys.add(account, passkey)) throw new NotTaken();
  audit.note({
    account,
    act: invitation.account === null ? "person.join" : "person.return",
    subject: account,
  });
  return sessions.begin(account, browser);
}
