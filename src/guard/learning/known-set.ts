/** Sets of facts over several loads: what all have, what comes and goes, and how they are renewed. */
import { factSets, type Facts, type FactSet } from "../facts.ts";
import { hashedSets, type KnownSet, pageLimits } from "./page-baseline.ts";
import { plain } from "./plain-text.ts";
import { formOf, shortHash } from "./references.ts";

/** As a member of the set is remembered. */
export function memberKey(set: FactSet, member: string): string {
  if (hashedSets.has(set)) return shortHash(member);
  const text = plain(member, Number.POSITIVE_INFINITY);
  if (text.length <= pageLimits.reference) return text;
  return `${plain(text, pageLimits.reference - 8)}…${shortHash(text)}`;
}

export function knownSets(loads: readonly Facts[]): Record<FactSet, KnownSet> {
  return Object.fromEntries(factSets.map((set) => [set, knownSet(set, loads)])) as Record<FactSet, KnownSet>;
}

function knownSet(set: FactSet, loads: readonly Facts[]): KnownSet {
  const keys = loads.map((load) => new Set(load.sets[set].map((member) => memberKey(set, member))));
  const all = new Set(keys.flatMap((each) => [...each]));
  const always = [...all].filter((key) => keys.every((each) => each.has(key)));
  const sometimes = [...all].filter((key) => !always.includes(key));
  const forms = hashedSets.has(set) ? [] : sometimes.map(formOf).filter((form) => form.includes("#"));
  return bounded(set, always, sometimes, forms);
}

/** Sorted, so that nothing depends on the order of loads. */
function bounded(
  set: FactSet,
  always: Iterable<string>,
  sometimes: Iterable<string>,
  forms: Iterable<string>,
): KnownSet {
  const most = hashedSets.has(set) ? pageLimits.hashedMembers : pageLimits.members;
  const kept = first(always, most);
  return {
    always: kept,
    sometimes: first(
      [...sometimes].filter((key) => !kept.has(key)),
      most - kept.size,
    ),
    forms: first(forms, pageLimits.forms),
  };
}

function first(texts: Iterable<string>, most: number): ReadonlySet<string> {
  return new Set([...new Set(texts)].sort().slice(0, Math.max(0, most)));
}

/** Nothing dangerous is forgotten at once that was there; content that is gone is. */
export function renewedSets(
  before: Readonly<Record<FactSet, KnownSet>>,
  now: Readonly<Record<FactSet, KnownSet>>,
): Record<FactSet, KnownSet> {
  return Object.fromEntries(factSets.map((set) => [set, renewedSet(set, before[set], now[set])])) as Record<
    FactSet,
    KnownSet
  >;
}

function renewedSet(set: FactSet, before: KnownSet, now: KnownSet): KnownSet {
  const known = (key: string): boolean => before.always.has(key) || before.sometimes.has(key);
  const always = [...now.always].filter((key) => before.always.has(key) || !known(key));
  const gone = [...before.always].filter((key) => !now.always.has(key) && !now.sometimes.has(key));
  const left = hashedSets.has(set) || set === "link-hosts" ? [] : gone;
  const faltering = [...before.always, ...now.always].filter(
    (key) => now.sometimes.has(key) || before.sometimes.has(key),
  );
  return bounded(
    set,
    always,
    [...now.sometimes, ...before.sometimes, ...faltering, ...left],
    [...before.forms, ...now.forms],
  );
}
