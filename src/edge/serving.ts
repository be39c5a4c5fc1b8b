/** The edition that an edge serves, as it tells others about it: which one, since when by all workers, and whether it is stale. */
import { type Clock, rfc3339 } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Bus } from "../bus/bus.ts";
import { editionFacts } from "../bus/edition-facts.ts";
import type { EditionFacts } from "../bus/facts.ts";
import type { Edition } from "../edition/edition.ts";
import type { Target } from "../edition/target.ts";
import { sameTarget } from "../edition/target-file.ts";
import type { EditionChange, PublishedEdition } from "./address-book.ts";
import type { SignedBlob } from "./blob-fault.ts";

export interface ServingOptions {
  readonly edge: string;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
}

export class Serving {
  readonly #options: ServingOptions;
  #edition: Edition | undefined;
  #facts: EditionFacts | undefined;
  /** By target name, in the order in which workers have them. */
  readonly #targets = new Map<string, Target>();
  #blobs: ReadonlyMap<string, SignedBlob> = new Map();
  /** How many workers serve this edition. */
  #workers = 0;
  #stale = false;

  constructor(options: ServingOptions) {
    this.#options = options;
  }

  /** What workers have to be told; undefined where only its term is another. */
  swap(edition: Edition): EditionChange | undefined {
    const isOther = edition.id !== this.#edition?.id;
    this.#edition = edition;
    if (!isOther) return undefined;
    this.#workers = 0;
    this.#blobs = blobsOf(edition);
    this.#facts = editionFacts(edition, this.#options.clock.nowMs());
    const { id, version, withdrawals } = edition;
    return { id, version, withdrawals, ...this.#follow(edition) };
  }

  /** For a worker that starts. */
  get published(): PublishedEdition | undefined {
    if (this.#edition === undefined) return undefined;
    const { id, version, withdrawals } = this.#edition;
    return { id, version, targets: [...this.#targets.values()], withdrawals };
  }

  #follow({ targets }: Edition): Pick<EditionChange, "removed" | "added"> {
    const names = [...this.#targets.keys()];
    const isGone = (name: string): boolean => !sameTarget(targets.get(name), this.#targets.get(name));
    const removed = [...names.keys()].filter((at) => isGone(names[at] ?? ""));
    for (const at of removed) this.#targets.delete(names[at] ?? "");
    const added = [...targets].filter(([name]) => !this.#targets.has(name));
    for (const [name, target] of added) this.#targets.set(name, target);
    return { removed, added: added.map(([, target]) => target) };
  }

  get facts(): EditionFacts | undefined {
    return this.#facts && { ...this.#facts, stale: this.#stale };
  }

  get blobs(): Iterable<SignedBlob> {
    return this.#blobs.values();
  }

  needs({ sha256 }: SignedBlob): boolean {
    return this.#blobs.has(sha256);
  }

  /** A worker says that it serves this version now. The last of `workers` makes it public. */
  servedBy(version: number, workers: number): void {
    if (this.#edition?.version !== version) return;
    this.#workers += 1;
    if (this.#workers !== workers) return;
    const { edge, bus, log } = this.#options;
    const { id } = this.#edition;
    log.info("serving an edition", { version, pages: this.#edition.targets.size });
    bus.publish("edition.served", { edge, version, id });
  }

  /** To be called about every second. Pages stay; it is only told. */
  tellStale(): void {
    if (this.#edition === undefined) return;
    const { edge, bus, clock, log } = this.#options;
    const { version, expiresAtMs } = this.#edition;
    const stale = clock.nowMs() >= expiresAtMs;
    if (stale === this.#stale) return;
    this.#stale = stale;
    log.warn(stale ? "the edition is stale; pages stay" : "the edition is fresh again", { version });
    bus.publish("stale", { edge, version, stale, expired_at: rfc3339(expiresAtMs) });
  }
}

function blobsOf({ targets }: Edition): Map<string, SignedBlob> {
  return new Map([...targets.values()].map(({ sha256, length }) => [sha256, { sha256, length }]));
}
