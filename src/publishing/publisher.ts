/** Publishing as the newsroom asks for it: publish, withdraw, roll back, repair. One thing at a time, at most one edition a second. */
import type { Sha256 } from "../base/bytes.ts";
import { type Clock, rfc3339 } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { EditionFacts } from "../bus/facts.ts";
import type { Publication } from "../bus/subjects.ts";
import type { Keyring } from "../edition/build-roles.ts";
import type { Withdrawal } from "../edition/edition.ts";
import type { PastEdition } from "../edition/history.ts";
import type { EditionFault } from "../edition/refusal.ts";
import type { Address } from "../edition/target.ts";
import type { VerifiedEdition } from "../edition/verify.ts";
import type { EditionFolder } from "../store/edition-folder.ts";
import { PublishingMemory } from "./memory.ts";
import { makeEdition, type Parts, type Site } from "./next-edition.ts";
import { Past } from "./past.ts";
import { Press } from "./press.ts";
import { addressKey, Records } from "./records.ts";
import type { Source } from "./rendering.ts";
import { repairBlob } from "./repair.ts";
import { Sweeper } from "./sweep.ts";
import { Turns, type Wait } from "./turns.ts";

export interface PublisherOptions extends Site {
  readonly folder: EditionFolder;
  readonly keys: Keyring;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly timestampValidMs: number;
  readonly keepEditions: number;
  /** After an edition (or only its timestamp) is new on the disk. */
  readonly onPublished: (version: number) => void;
}

export type Withdrawing = Publication & { readonly withdrawn: string[] };

/** Between two editions. */
const paceMs = 1_000;

export class Publisher {
  readonly #options: PublisherOptions;
  readonly #parts: Parts;
  readonly #sweeper: Sweeper;
  readonly #turns = new Turns();
  #waiting: Promise<Withdrawing> | undefined;
  /** Somebody who may end a rollback waits for the next edition. */
  #releases = false;
  #publishedMs = Number.NEGATIVE_INFINITY;

  private constructor(options: PublisherOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
    this.#sweeper = new Sweeper(options);
  }

  /** `PublishingMemory` has to know the first root. Finishes what a kill cut off; publishes nothing new by itself. */
  static async open(options: PublisherOptions): Promise<Publisher> {
    const { database, blobs } = options;
    const memory = new PublishingMemory(database);
    const press = await Press.open({ ...options, memory });
    const past = new Past({ ...options, memory });
    await blobs.tidy();
    await blobs.erase(press.withdrawals.flatMap((withdrawal) => withdrawal.blobs));
    return new Publisher(options, { ...options, press, memory, past, records: new Records(database) });
  }

  /** The present moment, as the next edition would be made from it. */
  source(): Source {
    return this.#options.source();
  }

  get current(): VerifiedEdition | undefined {
    return this.#parts.press.current;
  }

  /** Everything that was ever withdrawn. */
  get withdrawals(): readonly Withdrawal[] {
    return this.#parts.press.withdrawals;
  }

  get rootVersion(): number {
    return this.#parts.press.root.version;
  }

  /** What can be said of the edition that is published now. */
  facts(): EditionFacts | null {
    return this.current === undefined ? null : this.#parts.past.factsOf(this.current.edition);
  }

  /** Every edition whose metadata is kept, newest first. */
  async editions(): Promise<EditionFacts[]> {
    return await this.#parts.past.list(this.current?.edition);
  }

  /** Requests that come while one waits for its turn share its edition. Ends a rollback. */
  async publish(): Promise<Publication> {
    this.#releases = true;
    const { edition, rendered, changed, removed } = await this.#nextEdition();
    return { edition, rendered, changed, removed };
  }

  /** For what the clock asks for and not a person: after a rollback it waits until somebody publishes. */
  async publishUnlessHeld(): Promise<void> {
    if (this.#parts.memory.held() === undefined) await this.#nextEdition();
  }

  /** For what no rollback holds back: the baseline of a protected site. What is rendered waits on where one holds. */
  async publishBeside(): Promise<void> {
    await this.#nextEdition();
  }

  /**
   * Takes an address away, with every other address of what it shows, from everywhere and for good. `mark` makes the sites
   * forget it (in the same transaction as the note to withdraw); it may do nothing where the address is a list's.
   */
  async withdraw({ site, path }: Address, mark: () => void): Promise<Withdrawing> {
    const { renderer, source, clock } = this.#options;
    this.#parts.records.addPending({ site, path, at: rfc3339(clock.nowMs()) }, () => {
      mark();
      // Only now: before, a text that is kept private shows nothing, but earlier editions have shown it.
      return renderer.withdrawalKeys({ site, path }, source());
    });
    return await this.#nextEdition();
  }

  /** True of an address that is shown now, or that is about to be. */
  knows(address: Address): boolean {
    if (this.#parts.records.pages.has(addressKey(address))) return true;
    const targets = [...(this.current?.edition.targets.values() ?? [])];
    return targets.some(({ site, path }) => site === address.site && path === address.path);
  }

  /** A new edition with the pages of an earlier one, less what was withdrawn since. Holds until somebody publishes. */
  async rollback(version: number): Promise<Publication> {
    const past = await this.#parts.past.open(version);
    const { edition, rendered, changed, removed } = await this.#turns.take(async () => {
      await this.#keepPace();
      this.#parts.memory.hold(version);
      return await this.#make(past);
    });
    return { edition, rendered, changed, removed };
  }

  /** Makes a lost or damaged blob again; false unless exactly these bytes come out. */
  async repair(sha256: Sha256): Promise<boolean> {
    return await this.#turns.take(async () => {
      const body = await repairBlob(sha256, this.#parts);
      if (body !== undefined) await this.#options.blobs.put(new Map([[sha256, body]]));
      return body !== undefined;
    });
  }

  /** Signs a new timestamp where half of the old one's time is over. */
  async renewInTime(): Promise<void> {
    const { clock, timestampValidMs, onPublished } = this.#options;
    await this.#turns.take(async () => {
      const edition = this.current?.edition;
      if (edition === undefined || clock.nowMs() < edition.expiresAtMs - timestampValidMs / 2) return;
      await this.#parts.press.renew();
      onPublished(edition.version);
    });
  }

  /** Looks at the files on the disk as a stranger would; what is wrong with them is made anew at once. */
  async check(): Promise<EditionFault | undefined> {
    return await this.#turns.take(async () => {
      const { press } = this.#parts;
      const fault = await press.check();
      if (fault === undefined) return await press.restoreRoots();
      await this.#keepPace();
      await this.#make();
      return fault;
    });
  }

  /** Runs `work` between two editions: a change of keys. */
  async between<T>(work: (press: Press) => Promise<T>): Promise<T> {
    return await this.#turns.take(() => work(this.#parts.press));
  }

  /** Resolves when all that was asked for is done. */
  async idle(): Promise<void> {
    await this.#turns.idle();
  }

  #nextEdition(): Promise<Withdrawing> {
    this.#waiting ??= this.#turns.take(async () => {
      await this.#keepPace();
      this.#waiting = undefined;
      if (this.#releases) this.#parts.memory.hold(undefined);
      this.#releases = false;
      return await this.#make();
    });
    return this.#waiting;
  }

  async #keepPace(): Promise<void> {
    const early = this.#publishedMs + paceMs - this.#options.clock.nowMs();
    // A clock that was set back must not make a withdrawal wait for it.
    if (early > 0) await this.#options.wait(Math.min(early, paceMs));
  }

  async #make(rolledBack?: PastEdition): Promise<Withdrawing> {
    const { published, withdrawn, ...made } = await makeEdition(this.#parts, rolledBack);
    const edition = this.facts();
    if (published && edition !== null) this.#announce(edition);
    return { ...made, edition, withdrawn: withdrawn.map(({ path }) => path) };
  }

  #announce({ version, pages }: EditionFacts): void {
    const { clock, log, onPublished } = this.#options;
    this.#publishedMs = clock.nowMs();
    log.info("published an edition", { version, pages });
    onPublished(version);
    if (this.#sweeper.isDue()) void this.#turns.take(() => this.#sweep());
  }

  async #sweep(): Promise<void> {
    const { records, annex } = this.#parts;
    try {
      const rendered = Array.from(records.pages.values(), ({ target }) => target.sha256);
      const swept = await this.#sweeper.sweep([...rendered, ...annex.needed()]);
      records.forgetBlobs(swept);
      annex.forget(swept);
    } catch (thrown) {
      this.#options.log.error("old editions can't be cleared away", { reason: messageOf(thrown) });
    }
  }
}
