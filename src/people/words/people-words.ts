/** What the pages about people say: coming in, who belongs here, one's own account, the record. */
import type { Role } from "../person.ts";
import type { RosterFault } from "../roster.ts";

/** What stands on a page that asks for a passkey, for when it doesn't come. */
export interface PasskeyWords {
  /** The browser has none of it, or scripts are off. */
  readonly unsupported: string;
  /** Whoever sat there stopped, or waited too long. */
  readonly cancelled: string;
  /** The device has a passkey for this account already. */
  readonly known: string;
  /** The studio doesn't answer. */
  readonly unreachable: string;
  readonly waiting: string;
  /** Many come at once; the page tries again by itself. */
  readonly turn: string;
  /** What was shown isn't known here. */
  readonly refused: string;
  /** After too many attempts by everybody together. */
  busy(seconds: number): string;
}

export interface PeopleWords {
  readonly passkey: PasskeyWords;
  readonly signIn: {
    readonly title: string;
    readonly explain: string;
    readonly button: string;
    readonly lost: string;
    readonly usedElsewhere: string;
  };
  readonly invitation: {
    readonly title: string;
    readonly welcome: string;
    readonly welcomeBack: (name: string) => string;
    readonly welcomeFirst: string;
    readonly explain: string;
    readonly name: string;
    readonly nameHint: string;
    readonly button: string;
    readonly void: { readonly title: string; readonly what: string; readonly todo: string };
  };
  readonly me: {
    readonly title: string;
    readonly mayTitle: string;
    readonly mayNothing: string;
    readonly passkeysTitle: string;
    readonly passkeysExplain: string;
    readonly passkey: (day: string, host: string) => string;
    readonly add: string;
    readonly remove: string;
    readonly last: string;
    readonly sessionsTitle: string;
    readonly sessionsExplain: string;
    readonly signOut: string;
    readonly signOutEverywhere: string;
    readonly added: string;
    readonly removed: string;
  };
  readonly people: {
    readonly title: string;
    readonly nobodyElse: string;
    readonly noPasskey: string;
    readonly inviteTitle: string;
    readonly name: string;
    readonly nameHint: string;
    readonly role: string;
    readonly place: string;
    readonly invite: string;
    readonly waitingTitle: string;
    readonly waits: (until: string) => string;
    readonly void: string;
    readonly first: string;
    readonly linkTitle: (name: string) => string;
    readonly linkExplain: (until: string) => string;
    readonly record: string;
    readonly done: string;
  };
  readonly person: {
    readonly grantsTitle: string;
    readonly take: string;
    readonly giveTitle: string;
    readonly give: string;
    readonly againTitle: string;
    readonly againExplain: string;
    readonly again: string;
    readonly revokeTitle: string;
    readonly revokeExplain: string;
    readonly revoke: string;
    readonly notYours: string;
  };
  readonly places: {
    readonly everywhere: string;
    readonly site: (site: string) => string;
    readonly section: (section: string, site: string) => string;
  };
  /** What each role may do, one sentence. */
  readonly roles: Readonly<Record<Role, string>>;
  readonly faults: Readonly<Record<RosterFault, string>>;
  readonly record: {
    readonly title: string;
    readonly explain: string;
    readonly empty: string;
    readonly when: string;
    readonly who: string;
    readonly what: string;
    readonly machine: string;
    readonly older: string;
    readonly other: string;
  };
}
