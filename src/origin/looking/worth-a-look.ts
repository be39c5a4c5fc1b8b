/** Which pages beside the front are worth a look in a browser: those on which something was found, then those that are read most. Bounded, in memory alone. */
import type { OriginAddress } from "../client/protected-site.ts";

/** Beyond them the oldest has to do without. */
const foundMax = 20;
/** Addresses whose requests are counted; the one that is read least makes room, so that made-up ones push out no page. */
const countedMax = 200;

export class WorthALook {
  readonly #found = new Set<OriginAddress>();
  #requests = new Map<OriginAddress, number>();

  found(address: OriginAddress): void {
    this.#found.add(address);
    const [oldest] = this.#found;
    if (this.#found.size > foundMax && oldest !== undefined) this.#found.delete(oldest);
  }

  read(address: OriginAddress, requests: number): void {
    const known = this.#requests.get(address) ?? 0;
    this.#requests.set(address, known + requests);
    if (this.#requests.size <= countedMax) return;
    const least = [...this.#requests].reduce((one, other) => (other[1] < one[1] ? other : one));
    this.#requests.delete(least[0]);
  }

  /** So many at most; their time comes again when the others had theirs. */
  take(most: number): OriginAddress[] {
    const busiest = [...this.#requests].toSorted(([, few], [, many]) => many - few);
    const taken = [...new Set([...this.#found, ...busiest.map(([address]) => address)])].slice(0, most);
    for (const address of taken) this.#found.delete(address);
    // What is no longer read makes room.
    const others = busiest.filter(([address]) => !taken.includes(address));
    this.#requests = new Map(
      others.flatMap(([address, requests]) => (requests > 1 ? [[address, requests / 2]] : [])),
    );
    return taken;
  }
}
