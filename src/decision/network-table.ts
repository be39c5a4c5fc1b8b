/** Networks with a value each, and the question which of them an address lies in: one map look-up for each prefix length in use. */
import { type IpAddress, type Network, networkKey } from "./address.ts";

export class NetworkTable<V> {
  readonly #v4 = new Map<number, Map<string, V>>();
  readonly #v6 = new Map<number, Map<string, V>>();

  set({ base, bits }: Network, value: V): void {
    const lengths = this.#lengths(base);
    const networks = lengths.get(bits) ?? new Map<string, V>();
    networks.set(networkKey(base, bits), value);
    lengths.set(bits, networks);
  }

  get isEmpty(): boolean {
    return this.#v4.size === 0 && this.#v6.size === 0;
  }

  /** Exactly this network. */
  get({ base, bits }: Network): V | undefined {
    return this.#lengths(base).get(bits)?.get(networkKey(base, bits));
  }

  /** A value of a network around the address that `wanted` is true of; undefined where there is none. */
  find(address: IpAddress, wanted: (value: V) => boolean = () => true): V | undefined {
    for (const [bits, networks] of this.#lengths(address)) {
      const value = networks.get(networkKey(address, bits));
      if (value !== undefined && wanted(value)) return value;
    }
    return undefined;
  }

  #lengths({ bytes }: IpAddress): Map<number, Map<string, V>> {
    return bytes.length === 4 ? this.#v4 : this.#v6;
  }
}
