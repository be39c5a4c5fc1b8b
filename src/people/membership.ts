/** Who belongs to the newsroom, and how the studio knows them again: invitations, passkeys, sessions. Never a password. */
import type { Database } from "bun:sqlite";
import { base64Url } from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import type { Config } from "../config/settings.ts";
import type { SiteName } from "../config/site-names.ts";
import type { Person } from "../web/route.ts";
import { Attempts, guessLimits, signInLimits } from "./attempts.ts";
import type { Audit } from "./audit.ts";
import { browserKind } from "./browser-kind.ts";
import { Challenges } from "./challenges.ts";
import { cookieOf } from "./cookies.ts";
import { Invitations } from "./invitations.ts";
import { createPasskeys, type Passkeys } from "./passkeys.ts";
import { mayWith } from "./permissions.ts";
import { createSessions, type SessionFound, type Sessions } from "./sessions.ts";
import type { People } from "./store.ts";

export interface MembershipOptions {
  readonly database: Database;
  readonly people: People;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly config: Config;
  /** Where links lead that people are sent: `http://localhost:8090`. */
  readonly linkOrigin: () => string;
  /** Slugs. */
  readonly sectionsOf: (site: SiteName) => readonly string[];
}

export interface Membership extends MembershipOptions {
  readonly invitations: Invitations;
  readonly sessions: Sessions;
  readonly passkeys: Passkeys;
  readonly challenges: Challenges;
  /** Of people who aren't signed in. */
  readonly attempts: Attempts;
  /** Of invitations. */
  readonly guesses: Attempts;
}

export function createMembership(options: MembershipOptions): Membership {
  const { database, clock, random } = options;
  const { session_hours: sessionHours, invitation_hours: invitationHours } = options.config.studio;
  return {
    ...options,
    invitations: new Invitations(database, { clock, random, hours: invitationHours }),
    sessions: createSessions(database, { clock, random, hours: sessionHours }),
    passkeys: createPasskeys(database, { clock }),
    challenges: new Challenges({ clock, random }),
    attempts: new Attempts(signInLimits, clock),
    guesses: new Attempts(guessLimits, clock),
  };
}

/** Undefined for nobody: no session, an ended one, or one from another browser, which this ends. */
export function personAt(
  membership: Membership,
  request: Request,
  origin: string | undefined,
): Person | undefined {
  const found = origin === undefined ? undefined : sessionAt(membership, request, origin);
  if (found?.state === "noticed") {
    membership.audit.note({ account: found.account, act: "session.refuse", subject: found.account });
    membership.log.warn("a session was used in another browser and has been ended", {
      account: found.account,
    });
  }
  return found?.state === "signed in" ? personOf(membership, found.account) : undefined;
}

/** Whether this browser holds a session that was ended because it turned up in another one. */
export function wasUsedElsewhere(membership: Membership, request: Request, origin: string): boolean {
  return sessionAt(membership, request, origin)?.state === "ended";
}

function sessionAt(membership: Membership, request: Request, origin: string): SessionFound | undefined {
  const token = cookieOf(request, origin, "session");
  return token === undefined ? undefined : membership.sessions.find(token, browserKind(request));
}

function personOf({ people }: Membership, id: string): Person | undefined {
  const account = people.account(id);
  if (account === undefined || account.revokedAt !== null) return undefined;
  // Asked each time: what was taken away while a body came doesn't count any more.
  return { id, name: account.name, may: (act, where) => mayWith(id, people.grantsOf(id))(act, where) };
}

/** Random, since authenticators keep it and hand it out. */
export function newUserHandle({ random }: Membership): string {
  return base64Url(random.bytes(32));
}
