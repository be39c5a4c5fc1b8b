/** Which answers the next edition has: what was rendered, or what an earlier edition had, and never what was withdrawn. */
import type { Withdrawal } from "../edition/edition.ts";
import type { Area, Target } from "../edition/target.ts";
import { Withdrawn } from "../edition/withdrawals.ts";
import { type AddressKey, addressKey } from "./records.ts";

export interface Composition {
  readonly targets: readonly Target[];
  /** Pages left out although their address is not withdrawn, because they show what is. */
  readonly withheld: readonly Target[];
}

/** What a rollback doesn't take back: the baseline of a protected site is not what this newsroom publishes. */
const presentAreas: readonly Area[] = ["origin"];

/** The answers of an edition that was rolled back to; undefined where one is no longer to be had: today's takes its place. */
export type Basis = ReadonlyMap<AddressKey, Target | undefined>;

/**
 * `basis`: where a rollback holds; undefined: what was rendered. Where the basis shows something withdrawn, what was rendered takes
 * its place. A withdrawn address has the renderer's 410 page or none: the list itself makes edges answer 410 there.
 */
export function compose(
  rendered: ReadonlyMap<AddressKey, Target>,
  basis: Basis | undefined,
  withdrawals: readonly Withdrawal[],
): Composition {
  const withdrawn = new Withdrawn(withdrawals);
  const targets: Target[] = [];
  const withheld: Target[] = [];
  for (const [key, target] of basis === undefined ? rendered : withPresent(basis, rendered)) {
    const candidates = [target, rendered.get(key)].filter((each) => each !== undefined);
    const shown = candidates.find((each) => !withdrawn.forbids(each));
    if (shown !== undefined) targets.push(shown);
    else withheld.push(...candidates.slice(0, 1).filter((each) => !withdrawn.coversAddress(each)));
  }
  return { targets, withheld };
}

function* withPresent(
  basis: Basis,
  rendered: ReadonlyMap<AddressKey, Target>,
): Generator<readonly [AddressKey, Target | undefined]> {
  const isPresent = (target: Target | undefined): boolean =>
    target !== undefined && presentAreas.includes(target.area);
  for (const entry of basis) if (!isPresent(entry[1]) && !isPresent(rendered.get(entry[0]))) yield entry;
  for (const entry of rendered) if (isPresent(entry[1])) yield entry;
}

export function byAddress(targets: Iterable<Target>): ReadonlyMap<AddressKey, Target> {
  return new Map(Array.from(targets, (target) => [addressKey(target), target]));
}
