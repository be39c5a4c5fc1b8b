/** What whoever runs the machine may do about people, who may everything: invite, list, let go. */
import { OperatorError } from "../base/errors.ts";
import type { Operations } from "../bus/role.ts";
import type { PersonFacts } from "../bus/people-subjects.ts";
import type { Answer } from "../bus/bus.ts";
import { siteNames } from "../config/site-names.ts";
import type { Membership } from "../people/membership.ts";
import { type Account, accountNameLengthMax, accountNameSchema } from "../people/person.ts";
import type { RoleAt } from "../people/permissions.ts";
import {
  active,
  type Done,
  invite,
  inviteAgain,
  type Link,
  revoke,
  type RosterFault,
} from "../people/roster.ts";

export function peopleOperations(membership: Membership): Operations {
  return {
    "newsroom.people.invite": ({ name, grant }) =>
      linkFacts(taken(invite(membership, { name: accountName(name), grant, by: null }), membership, grant)),
    "newsroom.people.invite-again": ({ who }) =>
      linkFacts(taken(inviteAgain(membership, named(membership, who).id, null), membership)),
    "newsroom.people.list": () => listOf(membership),
    "newsroom.people.revoke": ({ who }) => ({ person: revoked(membership, named(membership, who)) }),
  };
}

function accountName(name: string): string {
  const { success, data } = accountNameSchema.safeParse(name);
  if (!success)
    throw wrong(`"${name.slice(0, 100)}" is no name`, `write one of 1 to ${accountNameLengthMax} characters`);
  return data;
}

/** By id, else by name. */
function named(membership: Membership, who: string): Account {
  const people = active(membership);
  const found = people.filter(({ id, name }) => id === who || name === who);
  const [first, ...others] = found;
  if (first === undefined)
    throw wrong(`nobody here is called "${who.slice(0, 100)}"`, "`kasbah people list` shows who is");
  if (others.length > 0)
    throw wrong(
      `"${who.slice(0, 100)}" is the name of ${found.length} people`,
      `name one by id: ${found.map(({ id }) => id).join(", ")}`,
    );
  return first;
}

function listOf(membership: Membership): Answer<"newsroom.people.list"> {
  return {
    people: membership.people.accounts().map((account) => factsOf(membership, account)),
    invitations: membership.invitations.open().map(({ name, isFirst, grants, expiresAt }) => ({
      name: isFirst ? "(whoever comes first)" : name,
      grants: [...grants],
      expires_at: expiresAt,
    })),
  };
}

/** As they were until then, so that whoever reads it sees what was taken. */
function revoked(membership: Membership, account: Account): PersonFacts {
  const before = factsOf(membership, account);
  taken(revoke(membership, account.id, null), membership);
  return { ...before, revoked_at: membership.people.account(account.id)?.revokedAt ?? null };
}

function factsOf({ people, passkeys }: Membership, { id, name, createdAt, revokedAt }: Account): PersonFacts {
  const grants = people.grantsOf(id).map(({ role, site, section }) => ({ role, site, section }));
  return { id, name, created_at: createdAt, revoked_at: revokedAt, grants, passkeys: passkeys.of(id).length };
}

function linkFacts({ url, expiresAt }: Link): Answer<"newsroom.people.invite"> {
  return { url, expires_at: expiresAt };
}

function taken<T>(result: Done<T>, membership: Membership, grant?: RoleAt): T {
  if (result.outcome === "done") return result.value;
  throw faultInWords(result.reason, membership, grant);
}

function faultInWords(
  fault: RosterFault,
  { sectionsOf }: Membership,
  grant: RoleAt | undefined,
): OperatorError {
  const site = siteNames.find((name) => name === grant?.site);
  const sections = site === undefined ? [] : sectionsOf(site);
  switch (fault) {
    case "no such site":
      return wrong(
        `there is no site "${grant?.site ?? ""}"`,
        `there are ${siteNames.join(" and ")}; a section needs its site`,
      );
    case "no such section":
      return wrong(
        `there is no section "${grant?.section ?? ""}" on the ${site ?? "site"}`,
        `there are: ${sections.join(", ") || "none yet"}`,
      );
    case "name taken":
      return wrong(
        "somebody here, or invited, has that name",
        "choose another, or give `--again` to whoever lost their passkey",
      );
    case "too many invitations":
      return wrong(
        "too many invitations wait to be used",
        "take some back on the studio's page about people, or wait until they run out",
      );
    case "last steward":
      return wrong(
        "this is the last steward",
        "make somebody else a steward first, with `kasbah people invite NAME --role steward`",
      );
    case "no such person":
    case "more than you hold":
      return wrong("nobody here is that", "`kasbah people list` shows who is");
  }
}

function wrong(message: string, hint: string): OperatorError {
  return new OperatorError(message, { hint, exitCode: 2 });
}
