/** Every screen of the studio, by name and address, for whoever looks at all of them: the test for faults, and the one for hostile words. */
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
];

/** To somebody who may see everything. */
export function screensOf({ draft, published, withdrawn, person }: Known): readonly Screen[] {
  return [
    ["the list", "/"],
    ["the list, searched in vain", "/?title=zzz"],
    ["a new text", "/texts/new"],
    ["the editor", `/texts/${draft}`],
    ["the editor after a deed", `/texts/${draft}?notice=saved`],
    ["a published text", `/texts/${published}`],
    ["a withdrawn text", `/texts/${withdrawn}`],
    ["the preview", `/texts/${draft}/preview`],
    ["the preview on a phone", `/texts/${published}/preview?form=text&width=phone`],
    ["all versions", `/texts/${draft}/history`],
    ["two versions beside each other", `/texts/${draft}/compare`],
    ["the question before withdrawing", `/texts/${published}/withdraw`],
    ["withdrawing what was never public", `/texts/${draft}/withdraw`],
    ["names of sections, tags, bylines", "/names"],
    ["the people", "/people"],
    ["somebody", `/people/${person}`],
    ["one's own account", "/me"],
    ["the record", "/record"],
    ["the watch", "/watch"],
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
