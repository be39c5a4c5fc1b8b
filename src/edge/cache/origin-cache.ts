/**
 * What a worker keeps of the origin's answers: those that it gives out now. What all workers keep lies with the main thread. An address names what
 * is asked for (addresses.ts); where answers depend on fields of the request too, each has a key of its own below it.
 */
import { type Purge, purges } from "./purge.ts";
import { KeptAnswer } from "./kept.ts";
import { KeptByTarget } from "./kept-by-target.ts";
import { type Stored, type StoredAnswer, weightOf } from "./stored.ts";

export type Mark = Exclude<Stored, { readonly kind: "answer" }>;
export type Kept = KeptAnswer | Mark;

/** The engine lets bodies that were forgotten grow before it collects them. */
const collectEveryBytes = 16 * 1024 * 1024;

export class OriginCache {
  readonly #kept: KeptByTarget<Kept>;
  #forgottenBytes = 0;

  constructor(bytesMax: number) {
    this.#kept = new KeptByTarget(bytesMax);
  }

  get bytes(): number {
    return this.#kept.weight;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** What is kept for this request. */
  find(address: string, headers: Headers): Kept | undefined {
    const found = this.#kept.get(address);
    return found?.kind === "varies" ? this.#kept.get(variantKey(address, found.names, headers)) : found;
  }

  /** Fields of requests on which answers at this address are known to depend. */
  namesAt(address: string): readonly string[] {
    const found = this.#kept.get(address);
    return found?.kind === "varies" ? found.names : [];
  }

  /** Under which an answer to this request would be kept, as far as is known. */
  keyFor(address: string, headers: Headers): string {
    const found = this.#kept.get(address);
    return found?.kind === "varies" ? variantKey(address, found.names, headers) : address;
  }

  keep(key: string, stored: StoredAnswer): KeptAnswer {
    const kept = new KeptAnswer(key, stored);
    const before = this.#kept.weight;
    this.#kept.set(key, kept, kept.weight);
    this.#forgot(before + kept.weight - this.#kept.weight);
    return kept;
  }

  mark(key: string, mark: Mark): void {
    this.#kept.set(key, mark, weightOf(undefined));
  }

  /** It has got another form. */
  weigh(kept: KeptAnswer): void {
    if (this.#kept.get(kept.key) === kept) this.#kept.set(kept.key, kept, kept.weight);
  }

  /** Returns how many answers are gone. */
  purge(what: Purge): number {
    let purged = 0;
    for (const [key, kept] of this.#kept.meantBy(what)) {
      if (!purges(what, key, kept.kind === "answer" ? kept.about : undefined)) continue;
      this.#kept.delete(key);
      if (kept.kind === "answer") purged += 1;
    }
    return purged;
  }

  #forgot(bytes: number): void {
    this.#forgottenBytes += bytes;
    if (this.#forgottenBytes < collectEveryBytes) return;
    this.#forgottenBytes = 0;
    Bun.gc(true);
  }
}

/** Values are compared as they came (RFC 9111, section 4.1). */
export function variantKey(address: string, names: readonly string[], headers: Headers): string {
  return `${address}\n${names.map((name) => `${name}: ${headers.get(name) ?? ""}`).join("\n")}`;
}
