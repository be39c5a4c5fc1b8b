/**
 * What a worker notes down for the main thread between two reports, besides its counts and its sample: what rules did, how readers in good
 * standing fare, whom the kernel might take. Bounded; handed over ten times a second.
 */
import type { RequestTraits } from "../decision/requests/request-traits.ts";
import { groupTraits } from "../decision/requests/trait.ts";

/**
 * What the kernel may do about an address: drop it; drop it briefly at first, because more than the flood's program was seen there; let
 * it in again, because somebody reads there; never drop it.
 */
export type KernelWish = "ban" | "banBriefly" | "unban" | "spare";

/** Requests by group of readers: `phone`, `MA`, `ar-MA`, `64500`. */
export type ByGroup = ReadonlyMap<string, number>;

export interface RuleNote {
  readonly matched: number;
  readonly refused: number;
  /** Of readers in good standing, what it matched (and, for that, did not refuse), by group. */
  readonly known: ByGroup;
}

export interface Notes {
  readonly rules: ReadonlyMap<string, RuleNote>;
  /** What readers in good standing asked for while there were rules, by group. */
  readonly known: ByGroup;
  /** Everything that they asked for, and what of it was served. */
  readonly knownRequests: number;
  readonly knownServed: number;
  /** Addresses of connections, never of a header. */
  readonly forKernel: Readonly<Record<KernelWish, readonly string[]>>;
}

/** Groups counted between two reports; readers in good standing are few in so short a time. */
const groupsMax = 512;
/** Addresses of a kind between two reports: a flood of thousands is told within a second. */
const forKernelMax = 2_048;

interface RuleSums {
  matched: number;
  refused: number;
  readonly known: Map<string, number>;
}

export class WorkerNotes {
  #rules = new Map<string, RuleSums>();
  #known = new Map<string, number>();
  #knownRequests = 0;
  #knownServed = 0;
  #forKernel = noWishes();

  /** Once for a request that a rule matches, active or only tried; it may stand for several that were not looked at. */
  matched(rule: string, refused: boolean, requests: number): void {
    const sums = this.#sumsOf(rule);
    sums.matched += requests;
    if (refused) sums.refused += requests;
  }

  /** Once for a request of a source in good standing. */
  known(served: boolean): void {
    this.#knownRequests += 1;
    if (served) this.#knownServed += 1;
  }

  /** And, while rules are in force or tried, of which groups it is. `rule`: the one that it matched, if any. */
  knownGroups(traits: RequestTraits, rule: string | undefined): void {
    const matched = rule === undefined ? undefined : this.#sumsOf(rule).known;
    for (const trait of groupTraits) {
      const group = traits.text(trait);
      addTo(this.#known, group);
      if (matched !== undefined) addTo(matched, group);
    }
  }

  /** `address`: of a connection. Told once between two reports. */
  wish(what: KernelWish, address: string): void {
    const addresses = this.#forKernel[what];
    if (addresses.size < forKernelMax) addresses.add(address);
  }

  /** What was noted since the last time. */
  take(): Notes {
    const notes: Notes = {
      rules: this.#rules,
      known: this.#known,
      knownRequests: this.#knownRequests,
      knownServed: this.#knownServed,
      forKernel: {
        ban: [...this.#forKernel.ban],
        banBriefly: [...this.#forKernel.banBriefly],
        unban: [...this.#forKernel.unban],
        spare: [...this.#forKernel.spare],
      },
    };
    this.#rules = new Map();
    this.#known = new Map();
    this.#knownRequests = this.#knownServed = 0;
    this.#forKernel = noWishes();
    return notes;
  }

  #sumsOf(rule: string): RuleSums {
    const known = this.#rules.get(rule);
    if (known !== undefined) return known;
    const sums: RuleSums = { matched: 0, refused: 0, known: new Map() };
    this.#rules.set(rule, sums);
    return sums;
  }
}

function addTo(sums: Map<string, number>, group: string): void {
  const before = sums.get(group);
  if (before !== undefined || sums.size < groupsMax) sums.set(group, (before ?? 0) + 1);
}

function noWishes(): Record<KernelWish, Set<string>> {
  return { ban: new Set(), banBriefly: new Set(), unban: new Set(), spare: new Set() };
}
