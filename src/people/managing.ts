/** What stewards do: inviting, giving and taking, letting go; and the record of what was done. */
import { z } from "zod";
import { page, readForm, Refusal, secretPage, seeOther } from "../web/answers.ts";
import { formBytesMax, type SignedIn } from "../web/route.ts";
import { placeFrom } from "./grant-words.ts";
import { LinkPage, PeoplePage } from "./page-people.tsx";
import { PersonPage } from "./page-person.tsx";
import { RecordPage } from "./page-record.tsx";
import type { PeopleParts } from "./parts.ts";
import type { RoleAt } from "./permissions.ts";
import { type Account, accountNameSchema, roles } from "./person.ts";
import {
  type Done,
  giveGrant,
  invite,
  inviteAgain,
  revoke,
  type RosterFault,
  takeGrant,
  visibleTo,
  voidInvitation,
} from "./roster.ts";

const grantFields = { role: z.enum(roles), place: z.string().max(200) };
const inviteSchema = z.object({ name: accountNameSchema, ...grantFields });
const grantSchema = z.object(grantFields);

const entriesOnPage = 100;

export function showPeople(parts: PeopleParts, visit: SignedIn): Response {
  return page(PeoplePage({ visit, parts, isDone: visit.url.searchParams.has("done") }));
}

export async function inviteSomebody(parts: PeopleParts, visit: SignedIn): Promise<Response> {
  const { name, role, place } = await readForm(visit, inviteSchema, formBytesMax);
  const asked = { name, grant: { role, ...placeFrom(place) }, by: visit.person.id };
  const invited = invite(parts.membership, asked);
  if (invited.outcome === "refused")
    return page(PeoplePage({ visit, parts, fault: invited.reason }), statusOf(invited.reason));
  return secretPage(LinkPage({ visit, name, link: invited.value }));
}

export function takeInvitationBack(parts: PeopleParts, visit: SignedIn): Response {
  const { outcome } = voidInvitation(parts.membership, visit.params["invitation"] ?? "", visit.person.id);
  if (outcome === "refused") throw new Refusal(404);
  return seeOther("/people?done");
}

export function showPerson(parts: PeopleParts, visit: SignedIn): Response {
  return page(PersonPage({ visit, parts, account: accountAt(parts, visit) }));
}

export async function giveRole(parts: PeopleParts, visit: SignedIn): Promise<Response> {
  return await changeGrant(parts, visit, giveGrant);
}

export async function takeRole(parts: PeopleParts, visit: SignedIn): Promise<Response> {
  return await changeGrant(parts, visit, takeGrant);
}

async function changeGrant(parts: PeopleParts, visit: SignedIn, change: typeof giveGrant): Promise<Response> {
  const account = accountAt(parts, visit);
  const { role, place } = await readForm(visit, grantSchema, formBytesMax);
  const grant: RoleAt = { role, ...placeFrom(place) };
  return afterwards(parts, visit, account, change(parts.membership, account.id, grant, visit.person.id));
}

export function inviteBack(parts: PeopleParts, visit: SignedIn): Response {
  const account = accountAt(parts, visit);
  const invited = inviteAgain(parts.membership, account.id, visit.person.id);
  if (invited.outcome === "refused") return afterwards(parts, visit, account, invited);
  return secretPage(LinkPage({ visit, name: account.name, link: invited.value }));
}

export function letGo(parts: PeopleParts, visit: SignedIn): Response {
  const account = accountAt(parts, visit);
  return afterwards(parts, visit, account, revoke(parts.membership, account.id, visit.person.id));
}

/** Throws 404 also for those whom the visitor is not to know of. */
function accountAt({ membership }: PeopleParts, { params, person }: SignedIn): Account {
  const account = visibleTo(membership, person.id).find(({ id }) => id === params["account"]);
  if (account === undefined) throw new Refusal(404);
  return account;
}

function afterwards(parts: PeopleParts, visit: SignedIn, account: Account, result: Done<unknown>): Response {
  if (result.outcome === "done") return seeOther("/people?done");
  const { reason: fault } = result;
  return page(PersonPage({ visit, parts, account, fault }), statusOf(fault));
}

function statusOf(fault: RosterFault): 403 | 409 | 422 {
  if (fault === "more than you hold" || fault === "no such person") return 403;
  return fault === "no such site" || fault === "no such section" ? 422 : 409;
}

export function showRecord({ membership, deeds }: PeopleParts, visit: SignedIn): Response {
  const before = Number(visit.url.searchParams.get("before") ?? Number.NaN);
  const found = membership.audit.entries({
    before: Number.isSafeInteger(before) ? before : undefined,
    limit: entriesOnPage + 1,
  });
  const entries = found.slice(0, entriesOnPage);
  const older = found.length > entriesOnPage ? entries.at(-1)?.id : undefined;
  return page(RecordPage({ visit, people: membership.people, entries, deeds, older }));
}
