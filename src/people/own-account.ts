/** What everybody may do with their own account: passkeys, signing out everywhere, the language. */
import { z } from "zod";
import { interfaceLanguages } from "../language/tags.ts";
import { json, page, readForm, readJson, Refusal, seeOther } from "../web/answers.ts";
import { formBytesMax, type SignedIn, type Visit } from "../web/route.ts";
import { askToMake, made, originOfVisit, passkeyRefused, wentOut, withCookies } from "./ceremony.ts";
import { setCookie } from "./cookies.ts";
import { newUserHandle } from "./membership.ts";
import { ownPath } from "./own-path.ts";
import { MePage } from "./page-me.tsx";
import { type PeopleParts, passkeyScript } from "./parts.ts";
import { registrationSchema } from "./webauthn.ts";

const languageSchema = z.object({ language: z.enum(interfaceLanguages), to: z.string().max(2_000) });
const answerSchema = z.object({ answer: registrationSchema });

const yearS = 365 * 24 * 60 * 60;

export async function showMe(parts: PeopleParts, visit: SignedIn): Promise<Response> {
  return page(MePage({ visit, parts, script: await parts.scripts.address(passkeyScript) }));
}

/** Not limited by what strangers do: whoever is signed in has one challenge at a time. */
export async function askForPasskey(parts: PeopleParts, visit: SignedIn): Promise<Response> {
  const { membership } = parts;
  const { id, name } = visit.person;
  const userHandle = membership.people.userHandleOf(id) ?? newUserHandle(membership);
  const known = membership.passkeys.of(id).map((passkey) => passkey.id);
  const purpose = { kind: "add a passkey" as const, account: id, userHandle };
  return await askToMake(parts, visit, { purpose, name, known });
}

export async function addPasskey(parts: PeopleParts, visit: SignedIn): Promise<Response> {
  const { membership } = parts;
  const { id } = visit.person;
  const { answer } = await readJson(visit, answerSchema, formBytesMax);
  const result = await made(parts, visit, "add a passkey", answer);
  if (result === undefined || result.purpose.account !== id) return passkeyRefused(visit);
  if (!membership.passkeys.add(id, result.passkey)) return passkeyRefused(visit);
  membership.audit.note({ account: id, act: "passkey.add", subject: id });
  return json({ to: "/me?added" });
}

export function removePasskey({ membership }: PeopleParts, { person: { id }, params }: SignedIn): Response {
  if (!membership.passkeys.remove(id, params["passkey"] ?? "")) throw new Refusal(409);
  membership.audit.note({ account: id, act: "passkey.remove", subject: id });
  return seeOther("/me?removed");
}

export function signOutEverywhere(parts: PeopleParts, visit: SignedIn): Response {
  const { id } = visit.person;
  parts.membership.sessions.endAll(id);
  parts.membership.audit.note({ account: id, act: "session.end-all", subject: id });
  return wentOut(parts, visit);
}

export async function chooseLanguage(parts: PeopleParts, visit: Visit): Promise<Response> {
  const { language, to } = await readForm(visit, languageSchema, formBytesMax);
  if (visit.person !== undefined) parts.membership.people.setLanguage(visit.person.id, language);
  return withCookies(
    seeOther(ownPath(to)),
    setCookie(originOfVisit(visit, parts), "language", language, yearS),
  );
}
