/** Screens of the studio, by name and address, for tests that look at them one after another. */
import { flood } from "../studio/fake-watch.ts";

/** What the addresses name. */
export interface Known {
  /** Ids of texts: one that is being written, one that is public, one that is withdrawn. */
  readonly draft: string;
  readonly published: string;
  readonly withdrawn: string;
  /** Of an account. */
  readonly person: string;
}

export type Screen = readonly [name: string, path: string];

/** Of a newsroom in which nobody has done anything yet. */
export const emptyScreens: readonly Screen[] = [
  ["the list, empty", "/"],
  ["the people, one alone", "/people"],
  ["names, none yet", "/names"],
  ["the record, short", "/record"],
  ["the watch, nothing seen", "/watch"],
];

/** Each address once, as somebody who may see everything finds it. */
export function pagesOf({ draft, published, person }: Known): readonly Screen[] {
  return [
    ["the list", "/"],
    ["a new text", "/texts/new"],
    ["a published text", `/texts/${published}`],
    ["the preview", `/texts/${draft}/preview`],
    ["all versions", `/texts/${draft}/history`],
    ["the question before withdrawing", `/texts/${published}/withdraw`],
    ["names of sections, tags, bylines", "/names"],
    ["the people", "/people"],
    ["somebody", `/people/${person}`],
    ["one's own account", "/me"],
    ["the record", "/record"],
    ["the watch", "/watch"],
  ];
}

/** The same addresses in other states. */
export function statesOf({ draft, published, withdrawn }: Known): readonly Screen[] {
  return [
    ["the list, searched in vain", "/?title=zzz"],
    ["a text in review", `/texts/${draft}`],
    ["a text after an act", `/texts/${draft}?notice=saved`],
    ["a text with a note", `/texts/${published}`],
    ["a withdrawn text", `/texts/${withdrawn}`],
    ["the preview on a phone", `/texts/${published}/preview?form=text&width=phone`],
    ["two versions beside each other", `/texts/${draft}/compare`],
    ["withdrawing what was never public", `/texts/${draft}/withdraw`],
    ["an incident", `/watch/incidents/${flood.id}`],
  ];
}

/** To somebody who isn't signed in. */
export const openScreens: readonly Screen[] = [
  ["signing in", "/sign-in"],
  ["signing in, to go on to a text", "/sign-in?to=%2Ftexts%2F1"],
];

/** With a status that says so. */
export const refusals: readonly Screen[] = [
  ["an invitation that lets nobody in", "/invitation/used"],
  ["an incident that isn't there", "/watch/incidents/01K0N0NE000000000000000000"],
  ["nothing here", "/nothing"],
];
