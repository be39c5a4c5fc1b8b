/** Loads that don't belong to the others: a page that was defaced, or into which something was slipped, while it was being learned. */
import type { Facts, FactSet } from "../facts.ts";
import { runs } from "./known-code.ts";
import { hostsIn } from "./literals.ts";
import { wordsOf } from "./plain-text.ts";
import { formOf, withoutQuery } from "./references.ts";
import { resemblanceOf, sketchResemblance } from "./resemblance.ts";

/** Below this, two loads are not the same page. */
const alikeLeast = 0.4;
/** With three loads one, with six two can be told from the others. */
const poisonedShareMost = 1 / 3;

/** Sets of which a new member is dangerous: what one load in many has alone is taken for poison, not for change. */
const dangerous: readonly FactSet[] = [
  "scripts",
  "styles",
  "frames",
  "forms",
  "base",
  "refreshes",
  "hidden-link-hosts",
  "service-workers",
];

/** Their places, ascending. The same loads in another order have the same outliers. */
export function outliersOf(loads: readonly Facts[]): number[] {
  if (loads.length < 3) return [];
  const order = loads.map((_, at) => at).sort((left, right) => byHash(loads[left], loads[right]));
  const sorted = order.flatMap((at) => loads[at] ?? []);
  const unlike = new Set(unlikeMost(sorted));
  const rest = sorted.flatMap((_, at) => (unlike.has(at) ? [] : [at]));
  const all = new Set([...unlike, ...poisonedAmong(sorted, rest)]);
  return order.filter((_, at) => all.has(at)).sort((left, right) => left - right);
}

/** An order that loads have of themselves. */
export function byHash(left: Facts | undefined, right: Facts | undefined): number {
  const [one = "", other = ""] = [left?.sha256, right?.sha256];
  return one < other ? -1 : Number(one > other);
}

/** Those unlike the largest group of loads that are alike; none where no group has more than half of them. */
function unlikeMost(loads: readonly Facts[]): number[] {
  const groups = loads.map((load) =>
    loads.flatMap((other, at) => (likeness(load, other) < alikeLeast ? [at] : [])),
  );
  const fewest = Math.min(...groups.map((unlike) => unlike.length));
  if (fewest * 2 >= loads.length) return [];
  return groups.find((unlike) => unlike.length === fewest) ?? [];
}

/** Loads with a dangerous member of a form that nearly no other load has, while most loads have none such. */
function poisonedAmong(loads: readonly Facts[], places: readonly number[]): number[] {
  const most = Math.floor(places.length * poisonedShareMost);
  if (most === 0) return [];
  const sets = dangerous.map((set) => (load: Facts) => load.sets[set]);
  const poisoned = new Set(
    [...sets, hostsOfCode].flatMap((members) => rareAmong(loads, places, members, most)),
  );
  return poisoned.size <= most ? [...poisoned] : [];
}

function hostsOfCode({ inline }: Facts): readonly string[] {
  return inline.filter(runs).flatMap(({ literals }) => literals.flatMap(hostsIn));
}

function rareAmong(
  loads: readonly Facts[],
  places: readonly number[],
  membersOf: (load: Facts) => readonly string[],
  most: number,
): number[] {
  const seen = new Map<string, Set<number>>();
  for (const at of places) {
    const load = loads[at];
    for (const member of load === undefined ? [] : membersOf(load)) {
      const form = formOf(withoutQuery(member));
      seen.set(form, (seen.get(form) ?? new Set()).add(at));
    }
  }
  const few = [...seen.values()].filter((at) => at.size <= most);
  const rare = new Set(places.filter((at) => few.some((each) => each.has(at))));
  return rare.size <= most ? [...rare] : [];
}

/** 0..1 over all that both could have in common. */
function likeness(left: Facts, right: Facts): number {
  if (left === right) return 1;
  if (left.kind !== right.kind || left.status !== right.status) return 0;
  const references = (set: FactSet): number =>
    resemblanceOf(new Set(left.sets[set].map(withoutQuery)), new Set(right.sets[set].map(withoutQuery)));
  const parts = [
    references("scripts"),
    references("styles"),
    references("links"),
    sketchResemblance(left.structure.sketch, right.structure.sketch),
    sketchResemblance(left.text.sketch, right.text.sketch),
    resemblanceOf(wordsOf(left.title), wordsOf(right.title)),
  ];
  const said = [
    left.sets.scripts.length + right.sets.scripts.length,
    left.sets.styles.length + right.sets.styles.length,
    left.sets.links.length + right.sets.links.length,
    left.structure.count + right.structure.count,
    left.text.count + right.text.count,
    left.title.length + right.title.length,
  ];
  const compared = parts.filter((_, at) => (said[at] ?? 0) > 0);
  return compared.length === 0 ? 1 : compared.reduce((sum, part) => sum + part, 0) / compared.length;
}
