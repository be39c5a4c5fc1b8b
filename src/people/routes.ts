/** The addresses of people's pages: who may use each, and what happens there. */
import type { OpenRoute, PersonRoute, Right, Route } from "../web/route.ts";
import {
  askForEnrolment,
  askForSignIn,
  enrolWith,
  showInvitation,
  showSignIn,
  signIn,
  signOut,
} from "./coming-in.ts";
import {
  giveRole,
  inviteBack,
  inviteSomebody,
  letGo,
  showPeople,
  showPerson,
  showRecord,
  takeInvitationBack,
  takeRole,
} from "./managing.ts";
import {
  addPasskey,
  askForPasskey,
  chooseLanguage,
  removePasskey,
  showMe,
  signOutEverywhere,
} from "./own-account.ts";
import type { PeopleParts } from "./parts.ts";

type Open = (
  parts: PeopleParts,
  visit: Parameters<OpenRoute["handle"]>[0],
) => ReturnType<OpenRoute["handle"]>;
type ForPerson = (
  parts: PeopleParts,
  visit: Parameters<PersonRoute["handle"]>[0],
) => ReturnType<PersonRoute["handle"]>;

/** Each of these then looks at whom it concerns: a steward of a section changes nobody beyond it. */
const steward: Right = { act: "manage people", at: "anywhere" };

const openRoutes: readonly (readonly [OpenRoute["method"], path: string, Open])[] = [
  ["GET", "/sign-in", showSignIn],
  ["POST", "/sign-in/challenge", askForSignIn],
  ["POST", "/sign-in", signIn],
  ["GET", "/invitation/:token", showInvitation],
  ["POST", "/invitation/:token/challenge", askForEnrolment],
  ["POST", "/invitation/:token", enrolWith],
  ["POST", "/language", chooseLanguage],
];

const personRoutes: readonly (readonly [
  PersonRoute["method"],
  path: string,
  PersonRoute["access"],
  ForPerson,
])[] = [
  ["POST", "/sign-out", "signed in", signOut],
  ["GET", "/me", "signed in", showMe],
  ["POST", "/me/passkeys/challenge", "signed in", askForPasskey],
  ["POST", "/me/passkeys", "signed in", addPasskey],
  ["POST", "/me/passkeys/:passkey/remove", "signed in", removePasskey],
  ["POST", "/me/sign-out-everywhere", "signed in", signOutEverywhere],

  ["GET", "/people", steward, showPeople],
  ["POST", "/people/invitations", steward, inviteSomebody],
  ["POST", "/people/invitations/:invitation/void", steward, takeInvitationBack],
  ["GET", "/people/:account", steward, showPerson],
  ["POST", "/people/:account/grants", steward, giveRole],
  ["POST", "/people/:account/grants/take", steward, takeRole],
  ["POST", "/people/:account/invite-again", steward, inviteBack],
  ["POST", "/people/:account/revoke", steward, letGo],
  ["GET", "/record", { act: "manage people", at: "everywhere" }, showRecord],
];

export function routes(parts: PeopleParts): readonly Route[] {
  return [
    ...openRoutes.map(([method, path, handle]): Route => ({
      method,
      path,
      access: "everyone",
      handle: (visit) => handle(parts, visit),
    })),
    ...personRoutes.map(([method, path, access, handle]): Route => ({
      method,
      path,
      access,
      handle: (visit) => handle(parts, visit),
    })),
  ];
}
