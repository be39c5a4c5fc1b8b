/** What the main thread learns of parameters from answers that workers saw. Bounded; survives a restart. */
import { z } from "zod";
import { RecentMap } from "../../base/recent-map.ts";
import { type Parameter, type ParameterRules, parametersOf, type Seen } from "./parameters.ts";

/** Different values that made no difference, over so long: what is idle is so every day. */
const idleValuesMin = 5;
const idleMsMin = 10 * 60_000;
/** Pages are changed by people, too: what is said so soon after is another page for another reason, but for one in ten. */
const stillMs = 60_000;
const chanceMax = 0.1;
/** On so many paths, of whatever is not known otherwise. */
const anywherePathsMin = 3;
const pathsMax = 1_024;
const namesMax = 16;
const groupsMax = 8;
const nameLengthMax = 100;
const pathLengthMax = 500;

interface Learned {
  /** Hashes of values that made no difference. */
  values: string[];
  firstMs: number;
  lastMs: number;
  /** How often another value said the same, and how often something else. */
  same: number;
  other: number;
}

/** What was said last by all parameters but one. */
interface Said {
  readonly fingerprint: string;
  readonly value: string;
  readonly atMs: number;
}

interface PathFacts {
  readonly names: Map<string, Learned>;
  readonly groups: RecentMap<string, Said>;
}

const keptSchema = z
  .array(
    z.object({
      path: z.string().max(pathLengthMax),
      names: z
        .array(
          z.object({
            name: z.string().max(nameLengthMax),
            values: z.array(z.string().max(20)).max(idleValuesMin),
            first_ms: z.number(),
            last_ms: z.number(),
            same: z.int().nonnegative(),
            other: z.int().nonnegative(),
          }),
        )
        .max(namesMax),
    }),
  )
  .max(pathsMax);

export class ParameterLearning {
  readonly #paths = new RecentMap<string, PathFacts>(pathsMax);

  /** `saved`: what `save` gave; what can't be read of it is as if nothing had been learned. */
  constructor(saved?: string) {
    const parsed = saved === undefined ? undefined : keptSchema.safeParse(parseJson(saved));
    for (const { path, names } of parsed?.data ?? []) {
      const learned = names.map(({ name, first_ms: firstMs, last_ms: lastMs, ...counts }) => {
        return [name, { ...counts, firstMs, lastMs }] as const;
      });
      this.#paths.set(path, { names: new Map(learned), groups: new RecentMap(groupsMax) });
    }
  }

  /** `atMs`: since 1970. */
  see({ path, query, fingerprint }: Seen, atMs: number): void {
    if (path.length > pathLengthMax) return;
    const facts = this.#paths.get(path) ?? { names: new Map(), groups: new RecentMap(groupsMax) };
    this.#paths.set(path, facts);
    const parameters = parametersOf(query).slice(0, namesMax);
    for (const parameter of parameters) this.#compare(facts, parameter, { parameters, fingerprint, atMs });
  }

  get rules(): ParameterRules {
    const kept = new Map<string, readonly string[]>();
    const paths = new Map<string, number>();
    const picking = new Set<string>();
    for (const [path, { names }] of this.#paths.entries()) {
      const used = [...names].filter(([, learned]) => !isIdle(learned)).map(([name]) => name);
      kept.set(path, used);
      for (const name of used) paths.set(name, (paths.get(name) ?? 0) + 1);
      for (const [name, learned] of names) if (picks(learned)) picking.add(name);
    }
    const usual = [...paths].filter(([, many]) => many >= anywherePathsMin).map(([name]) => name);
    return { kept, keptAnywhere: [...new Set([...usual, ...picking])] };
  }

  save(): string {
    const paths = [...this.#paths.entries()].map(([path, { names }]) => ({
      path,
      names: Array.from(names, ([name, { firstMs, lastMs, ...counts }]) => {
        return { name, ...counts, first_ms: firstMs, last_ms: lastMs };
      }),
    }));
    return JSON.stringify(paths);
  }

  #compare(
    { names, groups }: PathFacts,
    { name, value }: Parameter,
    seen: { readonly parameters: readonly Parameter[]; readonly fingerprint: string; readonly atMs: number },
  ): void {
    if (name.length > nameLengthMax || (!names.has(name) && names.size >= namesMax)) return;
    const { fingerprint, atMs } = seen;
    const learned = names.get(name) ?? { values: [], firstMs: atMs, lastMs: atMs, same: 0, other: 0 };
    names.set(name, learned);
    const others = seen.parameters.filter((other) => other.name !== name).map(({ text }) => text);
    const group = Bun.hash([name, ...others.toSorted()].join("&")).toString(36);
    const before = groups.get(group);
    groups.set(group, { fingerprint, value, atMs });
    learned.lastMs = atMs;
    if (before === undefined || before.value === value) return;
    if (before.fingerprint === fingerprint) {
      learned.same += 1;
      noteValue(learned.values, value);
    } else if (atMs - before.atMs <= stillMs) learned.other += 1;
  }
}

function noteValue(values: string[], value: string): void {
  const hashed = Bun.hash(value).toString(36);
  if (values.length < idleValuesMin && !values.includes(hashed)) values.push(hashed);
}

function picks({ same, other }: Learned): boolean {
  return other > same * chanceMax;
}

function isIdle(learned: Learned): boolean {
  const { values, firstMs, lastMs } = learned;
  return !picks(learned) && values.length >= idleValuesMin && lastMs - firstMs >= idleMsMin;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
