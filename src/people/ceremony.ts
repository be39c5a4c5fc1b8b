/** One passkey's way from a challenge to an answer that holds: the steps that signing in, enrolling and adding share. */
import { sessionHeader, signedIn, signedOut } from "../bus/session-header.ts";
import { Refusal, seeOther } from "../web/answers.ts";
import type { Visit } from "../web/route.ts";
import type { Attempts } from "./attempts.ts";
import { type Challenge, challengeMs, type Purpose } from "./challenges.ts";
import { cookieOf, dropCookie, setCookie } from "./cookies.ts";
import { originOf, rpIdOf } from "./origins.ts";
import type { PeopleParts } from "./parts.ts";
import type { NewPasskey } from "./passkeys.ts";
import {
  type Assertion,
  creationOptions,
  nobodysPasskey,
  type Registration,
  requestOptions,
  verifyAssertion,
  verifyRegistration,
} from "./webauthn.ts";
import { peopleWords } from "./words/index.ts";

/** The origin under which the visit came; the front door has refused all others. */
export function originOfVisit({ request }: Visit, { origins }: Pick<PeopleParts, "origins">): string {
  const origin = originOf(request, origins());
  if (origin === undefined) throw new Refusal(403, "not our name");
  return origin;
}

export function withCookies(response: Response, ...cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/** For a script: why it goes no further, in words. */
export function answerNo(error: string, status: 403 | 429, headers: Record<string, string> = {}): Response {
  return Response.json({ error }, { status, headers });
}

/** The answer to one attempt too many by people who aren't signed in; undefined as long as there is room. */
export function tooMany(attempts: Attempts, { request, language }: Visit): Response | undefined {
  const waitS = attempts.waitS(request);
  if (waitS === undefined) return undefined;
  return answerNo(peopleWords(language).passkey.busy(waitS), 429, { "retry-after": String(waitS) });
}

export function passkeyRefused({ language }: Visit): Response {
  return answerNo(peopleWords(language).passkey.refused, 403);
}

/** Asks for a passkey that is there. */
export async function askToShow(parts: PeopleParts, visit: Visit): Promise<Response> {
  const origin = originOfVisit(visit, parts);
  const { challenge, token } = parts.membership.challenges.open({ kind: "sign in" }, origin);
  const options = await requestOptions({ rpId: rpIdOf(origin), challenge });
  return withCookies(Response.json(options), challengeCookie(origin, token));
}

/** Asks for a new one. */
export async function askToMake(
  parts: PeopleParts,
  visit: Visit,
  {
    purpose,
    name,
    known,
  }: {
    readonly purpose: Extract<Purpose, { readonly userHandle: string }>;
    readonly name: string;
    /** Ids of the passkeys that the account has. */
    readonly known: readonly string[];
  },
): Promise<Response> {
  const origin = originOfVisit(visit, parts);
  const { challenge, token } = parts.membership.challenges.open(purpose, origin);
  const { userHandle } = purpose;
  const options = await creationOptions({
    rpId: rpIdOf(origin),
    challenge,
    userHandle,
    name,
    known,
    siteName: visit.siteName,
  });
  return withCookies(Response.json(options), challengeCookie(origin, token));
}

function challengeCookie(origin: string, token: string): string {
  return setCookie(origin, "challenge", token, challengeMs / 1_000);
}

export interface Made<K extends Purpose["kind"]> {
  readonly passkey: NewPasskey;
  readonly purpose: Extract<Purpose, { kind: K }>;
}

/** The new passkey and what its challenge was for; undefined where anything about it doesn't hold. */
export async function made<K extends "enrol" | "add a passkey">(
  parts: PeopleParts,
  visit: Visit,
  kind: K,
  answer: Registration,
): Promise<Made<K> | undefined> {
  const taken = takeChallenge(parts, visit, kind);
  if (taken === undefined) return undefined;
  const { challenge, origin, purpose } = taken;
  const result = await verifyRegistration(answer, { challenge, origin, rpId: rpIdOf(origin) });
  if (result.outcome === "verified") return { passkey: result.value, purpose };
  parts.membership.log.info("a new passkey was refused", { reason: result.reason });
  return undefined;
}

/** No account's id. */
const nobody = "";

/**
 * The account whose passkey was shown; undefined where anything about it doesn't hold. An unknown passkey costs what a known one does: how long
 * an answer takes tells nobody whether there is one.
 */
export async function shown(
  parts: PeopleParts,
  visit: Visit,
  answer: Assertion,
): Promise<string | undefined> {
  const taken = takeChallenge(parts, visit, "sign in");
  if (taken === undefined) return undefined;
  const { passkeys, people, log } = parts.membership;
  const passkey = passkeys.find(answer.id);
  const userHandle = people.userHandleOf(passkey?.account ?? nobody) ?? "";
  const { challenge, origin } = taken;
  const expected = { challenge, origin, rpId: rpIdOf(origin), userHandle };
  const result = await verifyAssertion(answer, passkey ?? nobodysPasskey, expected);
  if (passkey === undefined || result.outcome === "refused") {
    log.info("a passkey was refused", { reason: result.outcome === "refused" ? result.reason : "unknown" });
    return undefined;
  }
  passkeys.counted(passkey.id, result.value);
  return passkey.account;
}

/** Once, in the browser and under the origin that asked for it. */
function takeChallenge<K extends Purpose["kind"]>(
  parts: PeopleParts,
  visit: Visit,
  kind: K,
): (Challenge & { readonly purpose: Extract<Purpose, { kind: K }> }) | undefined {
  const origin = originOfVisit(visit, parts);
  const token = cookieOf(visit.request, origin, "challenge");
  const taken = token === undefined ? undefined : parts.membership.challenges.take(token, kind);
  return taken?.origin === origin ? taken : undefined;
}

/** For the script: come in, and go on there. */
export function cameIn(parts: PeopleParts, visit: Visit, session: string, to: string): Response {
  const origin = originOfVisit(visit, parts);
  const maxAgeS = parts.membership.config.studio.session_hours * 60 * 60;
  const headers = { [sessionHeader]: signedIn };
  return withCookies(
    Response.json({ to }, { headers }),
    setCookie(origin, "session", session, maxAgeS),
    dropCookie(origin, "challenge"),
  );
}

/** To the page on which one comes in. */
export function wentOut(parts: Pick<PeopleParts, "origins">, visit: Visit): Response {
  const answer = withCookies(seeOther("/sign-in"), dropCookie(originOfVisit(visit, parts), "session"));
  answer.headers.set(sessionHeader, signedOut);
  return answer;
}
