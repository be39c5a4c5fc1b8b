/** `kasbah snapshot`: one crawl at a time, which goes on after a restart, waits for somebody to approve it, and becomes the baseline. */
import type { Database } from "bun:sqlite";
import { hex, type Sha256 } from "../../base/bytes.ts";
import { type Clock, rfc3339 } from "../../base/clock.ts";
import { messageOf, OperatorError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { Random } from "../../base/random.ts";
import type { SnapshotFacts } from "../../bus/origin-facts.ts";
import type { Event } from "../../bus/bus.ts";
import type { Config } from "../../config/settings.ts";
import type { Withdrawal } from "../../edition/edition.ts";
import { Withdrawn } from "../../edition/withdrawals.ts";
import { entriesMax } from "../../guard/manifest.ts";
import type { Wait } from "../../publishing/turns.ts";
import type { BlobStore } from "../../store/blobs.ts";
import { type Baseline, siteOf } from "../baseline/baseline.ts";
import type { OriginClient } from "../client/client.ts";
import { Crawl } from "./crawl.ts";
import { Entries, type Entry } from "../baseline/entries.ts";
import { crawlBounds } from "./forms-of-addresses.ts";
import { FoundAddresses } from "./found-addresses.ts";
import { Intake } from "./intake.ts";
import { Loads } from "./loads.ts";
import { OriginMemory } from "../memory.ts";
import { objectionTo } from "./never-asked.ts";
import { namesToAdd, otherNames } from "./other-names.ts";
import type { OriginReader } from "../client/origin-reader.ts";
import type { Pace } from "../client/pace.ts";
import {
  addressAt,
  type OriginAddress,
  partsOf,
  type ProtectedSite,
  root,
} from "../client/protected-site.ts";
import { seed } from "./seeding.ts";

export interface SnapshotParts {
  readonly database: Database;
  readonly config: Config;
  readonly site: ProtectedSite;
  readonly baseline: Baseline;
  readonly client: Pick<OriginClient, "load">;
  readonly pace: Pace;
  readonly reader: OriginReader;
  /** The newsroom's own blobs. */
  readonly own: BlobStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly wait: Wait;
  readonly log: Log;
  readonly withdrawals: () => readonly Withdrawal[];
  readonly onProgress: (progress: Event<"snapshot.progress">) => void;
  readonly patience: Patience;
}

export interface Patience {
  /** Between two loads of one address, so that what changes by itself has time to. */
  readonly spacingMs: number;
  /** Until an address that could not be loaded is tried again; longer each time. */
  readonly retryMs: number;
  /** A page that was missing for so long is gone. */
  readonly goneAfterMs: number;
}

export class Snapshot implements AsyncDisposable {
  readonly #parts: SnapshotParts;
  readonly #memory: OriginMemory;
  readonly #learned: Entries;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
    this.#memory = new OriginMemory(parts.database);
    this.#learned = new Entries(parts.database, "origin_learned");
  }

  /** Goes on with what a kill cut off. */
  resume(): void {
    if (this.#state() === "crawling") this.#start();
  }

  /** Begins one, or goes on with the one that is not approved yet. */
  begin(afresh: boolean): SnapshotFacts {
    const state = this.#state();
    if (state === "none" || (afresh && this.#running === undefined)) this.#reset();
    if (this.#state() === "crawling") this.#start();
    return this.facts();
  }

  /** Of the one that is being made or waits, else of the baseline. */
  facts(): SnapshotFacts {
    const { baseline } = this.#parts;
    const draft = this.#state();
    const approvedAt = baseline.approvedAt();
    return {
      state: draft === "none" ? (approvedAt === null ? "none" : "approved") : draft,
      started_at: this.#memory.text("started_at") ?? null,
      approved_at: approvedAt,
      failed: this.#found().failed(),
      fault: this.#memory.text("fault") ?? null,
      ...(draft === "none" ? baseline.entries : this.#learned).summary(),
    };
  }

  /** Loads that were made, and that are known to be wanted. */
  progress(): { done: number; known: number } {
    return this.#found().progress();
  }

  /** Makes it the baseline, without what is suspicious but for `include`. Throws OperatorError where there is nothing to approve. */
  async approve(include: readonly string[]): Promise<void> {
    if (this.#state() !== "to approve") throw nothingToApprove(this.#state());
    const named = new Set(include.map((reference) => this.#named(reference)));
    const learned = this.#learned;
    await this.#parts.baseline.change(
      { replaces: true, removed: [], put: () => approved(learned.all(), named) },
      this.#parts.withdrawals(),
    );
    this.#clear();
  }

  /** What shows a withdrawn address goes from here, too. Returns what it had of it. */
  forget(addresses: readonly OriginAddress[]): Sha256[] {
    const loads = new Loads(this.#parts.database);
    const found = this.#found();
    return addresses.flatMap((address) => {
      const copies = [...loads.of(address), this.#learned.get(address)].flatMap((each) => each?.copy ?? []);
      this.#learned.remove(address);
      loads.forget(address);
      found.end(address, "left out", "is withdrawn");
      return copies;
    });
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Resolves when no crawl goes on any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  #state(): "none" | "crawling" | "to approve" {
    const stored = this.#memory.text("snapshot");
    return stored === "crawling" || stored === "to approve" ? stored : "none";
  }

  #reset(): void {
    const { database, random, clock } = this.#parts;
    database.transaction(() => {
      this.#clear();
      this.#memory.set("snapshot", "crawling");
      this.#memory.set("started_at", rfc3339(clock.nowMs()));
      this.#memory.set("error_page", `/kasbah-asks-for-nothing-${hex(random.bytes(6))}`);
    })();
  }

  #clear(): void {
    const { database } = this.#parts;
    database.transaction(() => {
      for (const table of ["origin_found", "origin_load", "origin_learned"])
        database.run(`DELETE FROM ${table}`);
      this.#memory.clear("snapshot", "error_page", "fault", "other_names");
    })();
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    const { log } = this.#parts;
    this.#memory.clear("fault");
    try {
      await this.#crawl(this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      this.#doubtFront();
      this.#doubtStrangers();
      this.#memory.set("snapshot", "to approve");
      log.info("the snapshot is complete and waits to be approved");
    } catch (thrown) {
      this.#memory.set("fault", messageOf(thrown));
      log.error("the snapshot stands still", { reason: messageOf(thrown) });
    }
  }

  async #crawl(signal: AbortSignal): Promise<void> {
    const { config, site, client, pace, clock, wait, log, patience } = this.#parts;
    const found = this.#found();
    const errorPage = (this.#memory.text("error_page") ?? "/") as OriginAddress;
    const robots = await seed(
      {
        site,
        client,
        pace,
        found,
        errorPage,
        ignoresRobots: config.origin.crawl_ignores_robots,
      },
      (address) => this.#objectionTo(address),
      signal,
    );
    const intake = this.#intake(found, errorPage, (address) =>
      robots.allows(address) ? this.#objectionTo(address) : "robots.txt",
    );
    const onProgress = (address: OriginAddress): void => this.#tell(found, address);
    const nowMs = (): number => clock.nowMs();
    await new Crawl({ ...patience, client, pace, found, intake, nowMs, wait, log, onProgress }).run(signal);
  }

  #intake(
    found: FoundAddresses,
    errorPage: OriginAddress,
    allowed: (address: OriginAddress) => string | undefined,
  ): Intake {
    const { database, site, own, reader, clock, patience, config } = this.#parts;
    return new Intake({
      database,
      site,
      found,
      reader,
      spacingMs: patience.spacingMs,
      errorPage,
      bytesMax: config.origin.crawl_bytes_max,
      blobs: own,
      loads: new Loads(database),
      learned: this.#learned,
      nowMs: () => clock.nowMs(),
      objectionTo: allowed,
      seesFront: (facts) => this.#memory.set("other_names", JSON.stringify(otherNames(facts, site.ownHosts))),
    });
  }

  #found(): FoundAddresses {
    const { database, config } = this.#parts;
    const pagesMax = config.origin.crawl_pages_max;
    return new FoundAddresses(database, { ...crawlBounds, pagesMax, assetsMax: entriesMax - pagesMax });
  }

  #objectionTo(address: OriginAddress): string | undefined {
    const { config, withdrawals } = this.#parts;
    const withdrawn = new Withdrawn(withdrawals());
    if (withdrawn.coversAddress({ site: "portal", ...partsOf(address) })) return "is withdrawn";
    return objectionTo(address, config.origin.admin_paths);
  }

  #tell(found: FoundAddresses, address: OriginAddress): void {
    this.#parts.onProgress({ ...found.progress(), address });
  }

  /** Without its front a site is known by hardly anything: most often it calls itself by another name than we do. */
  #doubtFront(): void {
    const front = this.#learned.get(root);
    if (front === undefined) return;
    const names = JSON.parse(this.#memory.text("other_names") ?? "[]") as string[];
    if (front.status === 200 && front.facts !== null) {
      if (names.length > 0) this.#learned.remark(root, namesToAdd(names));
      return;
    }
    const asked = `is ${this.#parts.site.publicOrigin} the name by which the site knows itself? site.portal.hosts and site.portal.address say it`;
    const why = names.length > 0 ? namesToAdd(names) : asked;
    this.#learned.doubt(root, `the front answers ${front.status} and is no page: ${why}`);
  }

  /** Pages that are unlike all others may have been learned while they were defaced. */
  #doubtStrangers(): void {
    for (const { address, why } of siteOf(() => this.#learned.all()).strangers) {
      this.#learned.doubt(address as OriginAddress, why);
    }
  }

  #named(reference: string): OriginAddress {
    const address = addressAt(reference, this.#parts.site);
    if (address !== undefined && this.#learned.get(address) !== undefined) return address;
    throw new OperatorError(`"${reference.slice(0, 200)}" is no page of this snapshot`, {
      hint: "name it as the snapshot's summary does",
      exitCode: 2,
    });
  }
}

function* approved(entries: Iterable<Entry>, named: ReadonlySet<OriginAddress>): Generator<Entry> {
  for (const entry of entries) {
    if (!entry.keptOut) yield entry;
    else if (named.has(entry.address)) yield { ...entry, keptOut: false };
  }
}

function nothingToApprove(state: string): OperatorError {
  return new OperatorError(
    state === "crawling" ? "the snapshot is not complete yet" : "there is no snapshot that waits",
    { hint: "`kasbah snapshot` makes one and shows it", exitCode: 2 },
  );
}
