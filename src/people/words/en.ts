/** The words of the pages about people in English. */
import { plural } from "../../language/messages/messages.ts";
import type { PeopleWords } from "./people-words.ts";

const counted = plural("en-GB");

export const en: PeopleWords = {
  passkey: {
    unsupported:
      "This browser can’t use passkeys, or scripts are off. Try a current Firefox, Chrome or Safari.",
    cancelled: "That was stopped, or it took too long. Nothing has changed; try again when you are ready.",
    known: "This device already holds a passkey for your account.",
    unreachable: "The studio doesn’t answer. Check your connection and try again.",
    waiting: "Your device is asking you now…",
    turn: "Many people are signing in at once. Your turn comes in a few seconds; this page tries again by itself.",
    refused: "That passkey isn’t known here. If yours is lost, ask a steward for a new link.",
    busy: (seconds) =>
      counted(seconds, {
        one: "Too many people are signing in at once. Try again in # second.",
        other: "Too many people are signing in at once. Try again in # seconds.",
      }),
  },
  signIn: {
    title: "Sign in",
    explain: "Your device asks for your finger, face or PIN. There is no password.",
    button: "Sign in with a passkey",
    lost: "Lost your passkey, or new here? A steward of this newsroom can give you a link.",
    usedElsewhere:
      "Your session turned up in another browser and was ended, in case somebody copied it. If you didn’t change browsers yourself, tell a steward.",
  },
  invitation: {
    title: "Welcome",
    welcome: "You have been invited to write here.",
    welcomeBack: (name) => `Welcome back, ${name}. This link gives your account a new passkey.`,
    welcomeFirst:
      "This newsroom has nobody yet. Whoever opens this link becomes its first steward: they invite the others and decide who may do what.",
    explain:
      "Your device will make a passkey and guard it with your finger, face or PIN. There is no password to remember or to lose.",
    name: "Your name here",
    nameHint:
      "Only colleagues see it; a pseudonym is fine. Readers see the byline that you choose for each text.",
    button: "Make a passkey and come in",
    void: {
      title: "This link lets nobody in",
      what: "Each link works once, and not for long. This one was used, has run out, or was never ours.",
      todo: "Ask whoever sent it for a new one. If you already have a passkey, sign in.",
    },
  },
  me: {
    title: "Your account",
    mayTitle: "What you may do",
    mayNothing: "Nothing at the moment. Ask a steward.",
    passkeysTitle: "Your passkeys",
    passkeysExplain: "Have two, on two devices: if one is lost, the other lets you in.",
    passkey: (day, host) => `Made on ${day}, for ${host}`,
    add: "Add a passkey",
    remove: "Remove",
    last: "Your only one; add another before you remove it.",
    sessionsTitle: "Where you are signed in",
    sessionsExplain: "If you used a device that isn’t yours, sign out everywhere.",
    signOut: "Sign out here",
    signOutEverywhere: "Sign out everywhere",
    added: "The passkey was added.",
    removed: "The passkey was removed.",
  },
  people: {
    title: "People",
    nobodyElse: "You are alone here so far. Invite somebody below.",
    noPasskey: "can’t sign in: no passkey",
    inviteTitle: "Invite somebody",
    name: "Name",
    nameHint: "As colleagues call them. They can change it when they come in.",
    role: "Role",
    place: "Where",
    invite: "Make a link",
    waitingTitle: "Invited, not here yet",
    waits: (until) => `until ${until}`,
    void: "Take back",
    first: "First steward",
    linkTitle: (name) => `A link for ${name}`,
    linkExplain: (until) =>
      `It works once, until ${until}, and is shown only now. Send it over a channel that you trust: whoever opens it first comes in.`,
    record: "Record",
    done: "Done.",
  },
  person: {
    grantsTitle: "May do",
    take: "Take back",
    giveTitle: "Give another role",
    give: "Give",
    againTitle: "Lost passkey",
    againExplain: "Makes a link that adds a passkey. They are signed out everywhere at once.",
    again: "Make a link",
    revokeTitle: "Let go",
    revokeExplain:
      "Ends their sessions, passkeys, roles and invitations, for good. What they wrote stays, and the record keeps their name.",
    revoke: "Let go",
    notYours: "Their roles reach further than yours; only a steward of all of that can change them.",
  },
  places: {
    everywhere: "everywhere",
    site: (site) => `all of: ${site}`,
    section: (section, site) => `${section} (${site})`,
  },
  roles: {
    contributor: "Reads what isn’t public yet, and writes their own texts.",
    editor:
      "Reads, writes and publishes everything, sees the watch, and can step in when the site is attacked.",
    moderator: "Reads what isn’t public yet, and sees the watch.",
    steward: "Everything, and decides who may do what.",
  },
  faults: {
    "no such site": "There is no such site.",
    "no such section": "There is no such section.",
    "more than you hold": "That is more than you may do yourself, so you can’t give or take it.",
    "name taken":
      "Somebody here, or invited, has that name. Choose another, so that nobody is mistaken for them.",
    "too many invitations": "Too many invitations wait to be used. Take some back first.",
    "no such person": "That person isn’t here, or isn’t yours to change.",
    "last steward": "This is the last steward. Make somebody else a steward everywhere first.",
  },
  record: {
    title: "Record",
    explain: "What was done, by whom and when. What people wrote or read isn’t in it, and nobody’s address.",
    empty: "Nothing yet.",
    when: "When",
    who: "Who",
    what: "What",
    machine: "Whoever runs the server",
    older: "Older",
    other: "Did something else",
  },
};
