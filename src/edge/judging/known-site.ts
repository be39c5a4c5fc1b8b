/** The baseline as a worker asks it: what is known of an address, and which approved copy stands for it. */
import type { Sha256 } from "../../base/bytes.ts";
import type { BaselineEntry } from "../../guard/manifest.ts";
import type { SignedBlob } from "../blob-fault.ts";
import { canonicalSpelling, parameterNames } from "../paths.ts";
import { addressOf, type Place } from "./addresses.ts";
import type { BaselineChange, PublishedBaseline } from "./told.ts";

/** Parameters that ask for something, on whatever site: the path's own copy is no answer to them. */
const asking =
  /^(s|q|p|search|query|keys|recherche|cat|tag|id|page|page_id|paged|post_type|feed|preview|action)$/i;

export class KnownSite {
  readonly sha256: Sha256;
  readonly approvedAt: string;
  readonly site: SignedBlob;
  readonly #entries: ReadonlyMap<string, BaselineEntry>;
  /** Names of parameters that make another page of a path, by path. */
  readonly #picking = new Map<string, Set<string>>();

  constructor({ sha256, approvedAt, site, entries }: PublishedBaseline) {
    this.sha256 = sha256;
    this.approvedAt = approvedAt;
    this.site = site;
    this.#entries = new Map(entries.map((entry) => [addressOf(entry), entry]));
    for (const { path, query } of entries) if (query !== undefined) this.#notePicking(path, query);
  }

  /** `before`: undefined where there was none. */
  static after(before: KnownSite | undefined, { removed, added, ...site }: BaselineChange): KnownSite {
    const entries = new Map(before === undefined ? [] : before.#entries);
    for (const address of removed) entries.delete(address);
    for (const entry of added) entries.set(addressOf(entry), entry);
    return new KnownSite({ ...site, entries: [...entries.values()] });
  }

  get size(): number {
    return this.#entries.size;
  }

  /** At just this address. */
  find(place: Place): BaselineEntry | undefined {
    return this.#entries.get(addressOf(place));
  }

  /** Also where the query says nothing that would make another page of the path. */
  copyFor(place: Place): BaselineEntry | undefined {
    const exact = this.find(place);
    if (exact !== undefined || place.query === undefined) return exact;
    const path = canonicalSpelling(place.path);
    const picking = this.#picking.get(path);
    const asks = (name: string): boolean => asking.test(name) || picking?.has(name) === true;
    return parameterNames(place.query).some(asks) ? undefined : this.#entries.get(path);
  }

  #notePicking(path: string, query: string): void {
    const spelled = canonicalSpelling(path);
    const names = this.#picking.get(spelled) ?? new Set();
    for (const name of parameterNames(query)) names.add(name);
    this.#picking.set(spelled, names);
  }
}
