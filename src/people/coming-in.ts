/** Signing in and out, and following an invitation. */
import { z } from "zod";
import { page, readJson, Refusal, secretPage, seeOther } from "../web/answers.ts";
import { formBytesMax, type SignedIn, type Visit } from "../web/route.ts";
import { browserKind } from "./browser-kind.ts";
import {
  askToMake,
  askToShow,
  cameIn,
  made,
  originOfVisit,
  shown,
  passkeyRefused,
  tooMany,
  wentOut,
} from "./ceremony.ts";
import { cookieOf } from "./cookies.ts";
import { type Membership, newUserHandle, wasUsedElsewhere } from "./membership.ts";
import { enrol, invitationAt } from "./enrolment.ts";
import { ownPath } from "./own-path.ts";
import { InvitationPage, VoidInvitationPage } from "./page-invitation.tsx";
import { SignInPage } from "./page-sign-in.tsx";
import { type PeopleParts, passkeyScript } from "./parts.ts";
import { accountNameSchema } from "./person.ts";
import { tokenDigest } from "./token.ts";
import { assertionSchema, registrationSchema } from "./webauthn.ts";

const signInSchema = z.object({ to: z.string().max(2_000), answer: assertionSchema });
const enrolSchema = z.object({ name: accountNameSchema, answer: registrationSchema });
const nameSchema = z.object({ name: accountNameSchema });

export async function showSignIn(parts: PeopleParts, visit: Visit): Promise<Response> {
  const to = ownPath(visit.url.searchParams.get("to") ?? "/");
  if (visit.person !== undefined) return seeOther(to);
  const usedElsewhere = wasUsedElsewhere(parts.membership, visit.request, originOfVisit(visit, parts));
  const script = await parts.scripts.address(passkeyScript);
  return page(SignInPage({ visit, script, to, usedElsewhere }));
}

export async function askForSignIn(parts: PeopleParts, visit: Visit): Promise<Response> {
  return tooMany(parts.membership.attempts, visit) ?? (await askToShow(parts, visit));
}

/** Costs no second attempt: each challenge is good for one answer, and was let in already. */
export async function signIn(parts: PeopleParts, visit: Visit): Promise<Response> {
  const { to, answer } = await readJson(visit, signInSchema, formBytesMax);
  const account = await shown(parts, visit, answer);
  if (account === undefined) return passkeyRefused(visit);
  endSession(parts, visit);
  const session = parts.membership.sessions.begin(account, browserKind(visit.request));
  return cameIn(parts, visit, session, ownPath(to));
}

export function signOut(parts: PeopleParts, visit: SignedIn): Response {
  endSession(parts, visit);
  return wentOut(parts, visit);
}

function endSession({ membership, origins }: PeopleParts, visit: Visit): void {
  const token = cookieOf(visit.request, originOfVisit(visit, { origins }), "session");
  if (token !== undefined) membership.sessions.end(token);
}

export async function showInvitation(parts: PeopleParts, visit: Visit): Promise<Response> {
  const { membership, scripts } = parts;
  const invitation = invitationAt(membership, visit.params["token"] ?? "");
  if (invitation === undefined)
    return tooMany(membership.guesses, visit) ?? page(VoidInvitationPage({ visit }), 404);
  const script = await scripts.address(passkeyScript);
  return secretPage(InvitationPage({ visit, script, invitation }));
}

/** Who has a true invitation is asked for no attempt: nobody else's can keep them out. */
export async function askForEnrolment(parts: PeopleParts, visit: Visit): Promise<Response> {
  const { membership } = parts;
  const { name } = await readJson(visit, nameSchema, formBytesMax);
  const token = visit.params["token"] ?? "";
  const invitation = invitationAt(membership, token);
  if (invitation === undefined) return guessed(membership, visit);
  const { account } = invitation;
  const userHandle =
    (account === null ? undefined : membership.people.userHandleOf(account)) ?? newUserHandle(membership);
  const known = account === null ? [] : membership.passkeys.of(account).map(({ id }) => id);
  const purpose = { kind: "enrol" as const, digest: tokenDigest(token), userHandle };
  return await askToMake(parts, visit, { purpose, name: account === null ? name : invitation.name, known });
}

/** The link is looked up first, whoever asks and however often: a true one opens. A false one costs no more than that, and soon not even a page. */
function guessed({ guesses }: Membership, visit: Visit): Response {
  const busy = tooMany(guesses, visit);
  if (busy === undefined) throw new Refusal(404);
  return busy;
}

export async function enrolWith(parts: PeopleParts, visit: Visit): Promise<Response> {
  const { name, answer } = await readJson(visit, enrolSchema, formBytesMax);
  const token = visit.params["token"] ?? "";
  const result = await made(parts, visit, "enrol", answer);
  if (result === undefined || result.purpose.digest !== tokenDigest(token)) return passkeyRefused(visit);
  const { passkey, purpose } = result;
  const browser = browserKind(visit.request);
  const session = enrol(parts.membership, { token, name, passkey, userHandle: purpose.userHandle, browser });
  return session === undefined ? passkeyRefused(visit) : cameIn(parts, visit, session, "/");
}
