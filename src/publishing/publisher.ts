/**
 * Publishing as the newsroom asks for it: publish, withdraw, roll back, repair. One thing at a time, at most one edition a second,
 * none where nothing changed. The order that survives a kill: blobs, then records, then the edition, then erasing.
 */
import type { Database } from "bun:sqlite";
import type { Sha256 } from "../base/bytes.ts";
import { type Clock, rfc3339 } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { EditionFacts } from "../bus/facts.ts";
import type { Publication } from "../bus/subjects.ts";
import type { Keyring } from "../edition/build-roles.ts";
import type { Edition, Withdrawal } from "../edition/edition.ts";
import type { PastEdition } from "../edition/history.ts";
import type { EditionFault } from "../edition/refusal.ts";
import type { Address, Target } from "../edition/target.ts";
import { sameTarget } from "../edition/target-file.ts";
import type { VerifiedEdition } from "../edition/verify.ts";
import { mergeWithdrawals, missingWithdrawal } from "../edition/withdrawals.ts";
import type { BlobStore } from "../store/blobs.ts";
import type { EditionFolder } from "../store/edition-folder.ts";
import { type Basis, byAddress, compose } from "./compose.ts";
import { PublishingMemory } from "./memory.ts";
import { Past } from "./past.ts";
import { Press } from "./press.ts";
import { addressKey, Records } from "./records.ts";
import { render, type Rendered } from "./render.ts";
import type { Renderer, Source } from "./rendering.ts";
import { repairBlob } from "./repair.ts";
import { Sweeper } from "./sweep.ts";
import { Turns, type Wait } from "./turns.ts";
import { withdrawalsFor } from "./withdrawing.ts";

export interface PublisherOptions {
  readonly database: Database;
  readonly folder: EditionFolder;
  readonly blobs: BlobStore;
  readonly renderer: Renderer;
  /** The present moment of everything that pages are made of. */
  readonly source: () => Source;
  readonly keys: Keyring;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly log: Log;
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
  readonly #press: Press;
  readonly #records: Records;
  readonly #memory: PublishingMemory;
  readonly #past: Past;
  readonly #sweeper: Sweeper;
  readonly #turns = new Turns();
  #waiting: Promise<Withdrawing> | undefined;
  /** Somebody who may end a rollback waits for the next edition. */
  #releases = false;
  #publishedMs = Number.NEGATIVE_INFINITY;

  private constructor(options: PublisherOptions, press: Press, memory: PublishingMemory) {
    this.#options = options;
    this.#press = press;
    this.#memory = memory;
    this.#records = new Records(options.database);
    this.#past = new Past({ ...options, memory });
    this.#sweeper = new Sweeper(options);
  }

  /** The first root has to be in `PublishingMemory`. Finishes what a kill cut off; publishes nothing new by itself. */
  static async open(options: PublisherOptions): Promise<Publisher> {
    const memory = new PublishingMemory(options.database);
    const press = await Press.open({ ...options, memory });
    await options.blobs.tidy();
    const publisher = new Publisher(options, press, memory);
    await options.blobs.erase(press.withdrawals.flatMap(({ blobs }) => blobs));
    return publisher;
  }

  get current(): VerifiedEdition | undefined {
    return this.#press.current;
  }

  get press(): Press {
    return this.#press;
  }

  /** What can be said of the edition that is published now. */
  facts(): EditionFacts | null {
    return this.current === undefined ? null : this.#past.factsOf(this.current.edition);
  }

  /** Every edition whose metadata is kept, newest first. */
  async editions(): Promise<EditionFacts[]> {
    return await this.#past.list(this.current?.edition);
  }

  /** Requests that come while one waits for its turn share its edition. Ends a rollback. */
  async publish(): Promise<Publication> {
    this.#releases = true;
    return await this.#nextEdition();
  }

  /** For what the clock asks for and not a person: after a rollback it waits until somebody publishes. */
  async publishUnlessHeld(): Promise<void> {
    if (this.#memory.held() === undefined) await this.#nextEdition();
  }

  /**
   * Takes an address away, with every other address of what it shows, from everywhere and for good. `mark` makes the sites
   * forget it (in the same transaction as the note to withdraw); it may do nothing where the address is a list's.
   */
  async withdraw(address: Address, mark: () => void): Promise<Withdrawing> {
    const keys = this.#options.renderer.withdrawalKeys(address, this.#options.source());
    const { site, path } = address;
    const at = rfc3339(this.#options.clock.nowMs());
    this.#records.addPending({ site, path, at, keys, readers: this.#records.readersOf(keys) }, mark);
    return await this.#nextEdition();
  }

  /** True of an address that is shown now, or of which a page is kept. */
  knows(address: Address): boolean {
    if (this.#records.pages.has(addressKey(address))) return true;
    return [...(this.current?.edition.targets.values() ?? [])].some(
      ({ site, path }) => site === address.site && path === address.path,
    );
  }

  /** A new edition with the pages of an earlier one, less what was withdrawn since. Holds until somebody publishes. */
  async rollback(version: number): Promise<Publication> {
    const past = await this.#past.open(version);
    return await this.#turns.take(async () => {
      await this.#keepPace();
      this.#memory.hold(version);
      return await this.#edition({ basis: past });
    });
  }

  /** Renders a lost or damaged blob again; false unless exactly these bytes come out. */
  async repair(sha256: Sha256): Promise<boolean> {
    const { blobs, renderer, source } = this.#options;
    return await this.#turns.take(async () => {
      const body = repairBlob(sha256, {
        current: this.current?.edition,
        records: this.#records,
        renderer,
        source,
      });
      if (body !== undefined) await blobs.put(new Map([[sha256, body]]));
      return body !== undefined;
    });
  }

  /** Signs a new timestamp where half of the old one's time is over. */
  async renewInTime(): Promise<void> {
    const { clock, timestampValidMs, onPublished } = this.#options;
    await this.#turns.take(async () => {
      const edition = this.current?.edition;
      if (edition === undefined || clock.nowMs() < edition.expiresAtMs - timestampValidMs / 2) return;
      await this.#press.renew();
      onPublished(edition.version);
    });
  }

  /** Looks at the files on the disk as a stranger would; what is wrong with them is made anew at once. */
  async check(): Promise<EditionFault | undefined> {
    return await this.#turns.take(async () => {
      const fault = await this.#press.check();
      if (fault !== undefined) await this.#edition({});
      return fault;
    });
  }

  /** Runs `work` between two editions: a change of keys. */
  async between<T>(work: (press: Press) => Promise<T>): Promise<T> {
    return await this.#turns.take(() => work(this.#press));
  }

  /** Resolves when all that was asked for is done. */
  async idle(): Promise<void> {
    await this.#turns.idle();
  }

  #nextEdition(): Promise<Withdrawing> {
    this.#waiting ??= this.#turns.take(async () => {
      await this.#keepPace();
      this.#waiting = undefined;
      if (this.#releases) this.#memory.hold(undefined);
      this.#releases = false;
      return await this.#edition({});
    });
    return this.#waiting;
  }

  async #keepPace(): Promise<void> {
    const early = this.#publishedMs + paceMs - this.#options.clock.nowMs();
    if (early > 0) await this.#options.wait(early);
  }

  /** `basis`: the edition that is being rolled back to. */
  async #edition({ basis }: { basis?: PastEdition }): Promise<Withdrawing> {
    const pending = this.#records.pending();
    const rendered = await this.#render(pending.flatMap(({ keys }) => keys));
    const added = withdrawalsFor(pending, this.#records);
    const withdrawals = mergeWithdrawals(this.#press.withdrawals, added);
    const { targets, withheld } = compose(
      new Map([...this.#records.pages].map(([key, { target }]) => [key, target])),
      await this.#basis(basis),
      withdrawals,
    );
    for (const target of withheld)
      this.#options.log.warn("a page shows what was withdrawn, left out", addressOf(target));

    const changes = changesTo(this.current?.edition, targets);
    const grown = missingWithdrawal(this.#press.withdrawals, withdrawals) !== undefined;
    if (
      changes.changed + changes.removed > 0 ||
      grown ||
      this.current === undefined ||
      this.#press.fault !== undefined
    ) {
      await this.#print(targets, withdrawals);
    }
    await this.#erase(added);
    this.#records.donePending(pending);
    const withdrawn = added.map(({ path }) => path);
    return { edition: this.facts(), rendered: rendered.set.length, ...changes, withdrawn };
  }

  /** `withdrawn`: keys of what must not be shown by a page that could not be rendered again. */
  async #render(withdrawn: readonly string[]): Promise<Rendered> {
    const { renderer, source, blobs, log } = this.#options;
    const all = this.#press.fault !== undefined;
    const rendered = render({ renderer, source: source(), known: this.#records.pages, all });
    for (const { address, reason } of rendered.failed)
      log.error("a page can't be rendered", { ...addressOf(address), reason });
    const shown = new Set(withdrawn);
    const unsafe = rendered.failed.filter(({ address }) => {
      const reads = this.#records.pages.get(addressKey(address))?.reads ?? new Map<string, string>();
      return [...reads.keys()].some((key) => shown.has(key));
    });
    await blobs.put(rendered.bodies);
    this.#records.apply({
      ...rendered,
      removed: [...rendered.removed, ...unsafe.map(({ address }) => address)],
    });
    return rendered;
  }

  /** While a rollback holds, what is published stays, whatever is rendered. */
  async #basis(rolledBack: PastEdition | undefined): Promise<Basis | undefined> {
    const held = this.#memory.held();
    if (held === undefined) return undefined;
    if (rolledBack === undefined && this.current !== undefined)
      return byAddress(this.current.edition.targets.values());
    return await this.#past.basis(rolledBack ?? (await this.#past.open(held)), this.current?.edition);
  }

  async #print(targets: readonly Target[], withdrawals: readonly Withdrawal[]): Promise<void> {
    const { clock, log, onPublished } = this.#options;
    const { edition } = await this.#press.publish({ targets, withdrawals });
    this.#publishedMs = clock.nowMs();
    log.info("published", { version: edition.version, pages: edition.targets.size });
    onPublished(edition.version);
    if (this.#sweeper.isDue()) void this.#turns.take(() => this.#sweep());
  }

  async #sweep(): Promise<void> {
    try {
      const rendered = Array.from(this.#records.pages.values(), ({ target }) => target.sha256);
      this.#records.forgetBlobs(await this.#sweeper.sweep(rendered));
    } catch (thrown) {
      this.#options.log.error("old editions can't be cleared away", { reason: messageOf(thrown) });
    }
  }

  async #erase(withdrawals: readonly Withdrawal[]): Promise<void> {
    const blobs = withdrawals.flatMap((withdrawal) => withdrawal.blobs);
    await this.#options.blobs.erase(blobs);
    this.#records.forgetBlobs(blobs);
  }
}

/** What readers will notice. */
function changesTo(
  edition: Edition | undefined,
  targets: readonly Target[],
): { readonly changed: number; readonly removed: number } {
  const before = byAddress(edition?.targets.values() ?? []);
  const after = byAddress(targets);
  const changed = [...after].filter(([key, target]) => !sameTarget(target, before.get(key))).length;
  const removed = [...before.keys()].filter((key) => !after.has(key)).length;
  return { changed, removed };
}

function addressOf({ site, path, query }: Address): {
  site: string;
  path: string;
  query: string | undefined;
} {
  return { site, path, query };
}
