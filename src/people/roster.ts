/** Who belongs to the newsroom: inviting people, giving and taking what they may do, letting them go. */
import { siteNames } from "../config/site-names.ts";
import type { Membership } from "./membership.ts";
import type { Invitation, Invited } from "./invitations.ts";
import { mayGive, type RoleAt } from "./permissions.ts";
import type { Account } from "./person.ts";

/** Null: by a command on this machine, which may everything. */
export type Doer = string | null;

export type RosterFault =
  | "no such site"
  | "no such section"
  | "more than you hold"
  | "name taken"
  | "too many invitations"
  | "no such person"
  | "last steward";

export type Done<T> =
  | { readonly outcome: "done"; readonly value: T }
  | { readonly outcome: "refused"; readonly reason: RosterFault };

/** A one-time link, shown once. */
export interface Link extends Pick<Invited, "expiresAt"> {
  readonly url: string;
}

const done = <T>(value: T): Done<T> => ({ outcome: "done", value });
const refused = (reason: RosterFault): { outcome: "refused"; reason: RosterFault } => ({
  outcome: "refused",
  reason,
});

/** Somebody new, with one grant to begin with. */
export function invite(
  membership: Membership,
  { name, grant, by }: { name: string; grant: RoleAt; by: Doer },
): Done<Link> {
  const fault = faultOf(membership, grant, by);
  if (fault !== undefined) return refused(fault);
  const isTaken = [...active(membership), ...membership.invitations.open()].some(
    (other) => other.name === name,
  );
  if (isTaken) return refused("name taken");
  return invited(membership, { name, grants: [grant], by });
}

/** Somebody who lost their passkey: the link adds one. Wherever they are signed in, that ends. */
export function inviteAgain(membership: Membership, id: string, by: Doer): Done<Link> {
  const account = manageable(membership, id, by);
  if (account === undefined) return refused("no such person");
  membership.sessions.endAll(id);
  return invited(membership, { account: id, name: account.name, grants: [], by });
}

/** For whoever opens it first, while nobody has a passkey. Earlier ones are void. */
export function inviteFirst(membership: Membership): Done<Link> {
  const everywhere: RoleAt = { role: "steward", site: null, section: null };
  return invited(membership, { name: "", grants: [everywhere], by: null, isFirst: true });
}

function invited(
  membership: Membership,
  invitation: Parameters<Membership["invitations"]["invite"]>[0],
): Done<Link> {
  const made = membership.invitations.invite(invitation);
  if (made === undefined) return refused("too many invitations");
  const [grant] = invitation.grants;
  const act = invitation.account === undefined ? "person.invite" : "person.invite-again";
  membership.audit.note({
    account: invitation.by,
    act,
    subject: invitation.account ?? made.id,
    detail: grant?.role,
  });
  return done({ url: `${membership.linkOrigin()}/invitation/${made.token}`, expiresAt: made.expiresAt });
}

export function giveGrant(membership: Membership, id: string, grant: RoleAt, by: Doer): Done<void> {
  const fault = faultOf(membership, grant, by);
  if (fault !== undefined) return refused(fault);
  if (!active(membership).some((account) => account.id === id)) return refused("no such person");
  membership.people.grant({ account: id, ...grant });
  membership.audit.note({ account: by, act: "grant.give", subject: id, detail: grant.role });
  return done(undefined);
}

export function takeGrant(membership: Membership, id: string, grant: RoleAt, by: Doer): Done<void> {
  if (by !== null && !mayGive(membership.people.grantsOf(by), grant)) return refused("more than you hold");
  if (isSteward(grant) && isLastSteward(membership, id)) return refused("last steward");
  membership.people.revoke({ account: id, ...grant });
  membership.audit.note({ account: by, act: "grant.take", subject: id, detail: grant.role });
  return done(undefined);
}

/** Ends their sessions, passkeys, grants and invitations. The account stays, for the record. */
export function revoke(membership: Membership, id: string, by: Doer): Done<Account> {
  const account = manageable(membership, id, by);
  if (account === undefined) return refused("no such person");
  if (isLastSteward(membership, id)) return refused("last steward");
  membership.database.transaction(() => {
    membership.sessions.endAll(id);
    membership.passkeys.removeAll(id);
    membership.invitations.voidAllOf(id);
    membership.people.markRevoked(id);
    membership.audit.note({ account: by, act: "person.revoke", subject: id });
  })();
  return done(account);
}

/** Those whom somebody may see in the list: whoever may something where they are steward, and themselves. */
export function visibleTo(membership: Membership, by: string): Account[] {
  const held = membership.people.grantsOf(by);
  const isGlobal = held.some(isSteward);
  return active(membership).filter(
    ({ id }) => isGlobal || id === by || membership.people.grantsOf(id).some((grant) => mayGive(held, grant)),
  );
}

/** Those on their way in to where somebody is steward. */
export function visibleInvitations(membership: Membership, by: string): Invitation[] {
  const held = membership.people.grantsOf(by);
  return membership.invitations
    .open()
    .filter(({ account, grants }) =>
      account === null
        ? grants.every((grant) => mayGive(held, grant))
        : isManageable(membership, account, by),
    );
}

export function voidInvitation(membership: Membership, id: string, by: string): Done<void> {
  const isTheirs = visibleInvitations(membership, by).some((invitation) => invitation.id === id);
  if (!isTheirs || !membership.invitations.void(id)) return refused("no such person");
  membership.audit.note({ account: by, act: "invitation.void", subject: id });
  return done(undefined);
}

export function isManageable(membership: Membership, id: string, by: Doer): boolean {
  return manageable(membership, id, by) !== undefined;
}

/** Only by whoever could have given them all that they hold. */
function manageable(membership: Membership, id: string, by: Doer): Account | undefined {
  const account = active(membership).find((each) => each.id === id);
  if (account === undefined || by === null) return account;
  const held = membership.people.grantsOf(by);
  const theirs = membership.people.grantsOf(id);
  const isMine = theirs.length > 0 ? theirs.every((grant) => mayGive(held, grant)) : held.some(isSteward);
  return isMine ? account : undefined;
}

export function active({ people }: Membership): Account[] {
  return people.accounts().filter(({ revokedAt }) => revokedAt === null);
}

function faultOf({ people, sectionsOf }: Membership, grant: RoleAt, by: Doer): RosterFault | undefined {
  const { site, section } = grant;
  const known = siteNames.find((name) => name === site);
  if (site === null ? section !== null : known === undefined) return "no such site";
  if (known !== undefined && section !== null && !sectionsOf(known).includes(section))
    return "no such section";
  return by === null || mayGive(people.grantsOf(by), grant) ? undefined : "more than you hold";
}

function isLastSteward(membership: Membership, id: string): boolean {
  const stewards = active(membership).filter((account) =>
    membership.people.grantsOf(account.id).some(isSteward),
  );
  return stewards.length === 1 && stewards[0]?.id === id;
}

function isSteward({ role, site }: RoleAt): boolean {
  return role === "steward" && site === null;
}
