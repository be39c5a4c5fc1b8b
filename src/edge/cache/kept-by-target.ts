/** What is kept, with an index of its keys by what they name: a change of one address costs what is kept of that address, however much else is. */
import { RecentMap } from "../../base/recent-map.ts";
import { pathOf, type Purge, targetOfKey } from "./purge.ts";

export class KeptByTarget<V> extends RecentMap<string, V> {
  /** Path, then path and query, then keys. */
  readonly #paths = new Map<string, Map<string, Set<string>>>();

  override set(key: string, value: V, weight?: number): boolean {
    const isKept = super.set(key, value, weight);
    if (isKept) this.#note(key);
    return isKept;
  }

  override delete(key: string): boolean {
    const isGone = super.delete(key);
    if (isGone) this.#forget(key);
    return isGone;
  }

  /** All that `what` may mean; all there is where no address tells. May be deleted meanwhile. */
  *meantBy(what: Purge): IterableIterator<[key: string, value: V]> {
    const keys = this.#keysAt(what);
    if (keys === undefined) return yield* this.entries();
    for (const key of keys) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  #keysAt(what: Purge): Iterable<string> | undefined {
    if (what.kind === "target") return this.#keysOf(what.target);
    if (what.kind !== "address") return undefined;
    if (what.address.includes("?")) return this.#keysOf(what.address);
    const targets = this.#paths.get(what.address) ?? new Map<string, Set<string>>();
    return Array.from(targets.values(), (keys) => Array.from(keys)).flat();
  }

  #keysOf(target: string): Iterable<string> {
    return this.#paths.get(pathOf(target))?.get(target) ?? [];
  }

  #note(key: string): void {
    const target = targetOfKey(key);
    const path = pathOf(target);
    const targets = this.#paths.get(path) ?? new Map<string, Set<string>>();
    const keys = targets.get(target) ?? new Set<string>();
    keys.add(key);
    targets.set(target, keys);
    this.#paths.set(path, targets);
  }

  #forget(key: string): void {
    const target = targetOfKey(key);
    const path = pathOf(target);
    const targets = this.#paths.get(path);
    const keys = targets?.get(target);
    if (targets === undefined || keys?.delete(key) !== true) return;
    if (keys.size === 0) targets.delete(target);
    if (targets.size === 0) this.#paths.delete(path);
  }
}
