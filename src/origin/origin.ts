/** The protected site put together: its baseline, the snapshot that is being made of it, and what may be done with both. */
import type { Database } from "bun:sqlite";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import type { Event } from "../bus/bus.ts";
import type { SnapshotFacts } from "../bus/origin-facts.ts";
import type { Config } from "../config/settings.ts";
import type { Edition } from "../edition/edition.ts";
import { baselineTargetName } from "../guard/manifest.ts";
import type { Publisher } from "../publishing/publisher.ts";
import type { Wait } from "../publishing/turns.ts";
import type { BlobStore } from "../store/blobs.ts";
import type { Baseline } from "./baseline.ts";
import { OriginClient } from "./client.ts";
import { readingLimits } from "./limits.ts";
import { OriginReader } from "./origin-reader.ts";
import { eraseUnused } from "./own-blobs.ts";
import { type OriginAddress, protectedSite, type ProtectedSite } from "./protected-site.ts";
import { type Patience, Snapshot } from "./snapshot.ts";

export interface OriginOptions {
  readonly database: Database;
  readonly config: Config;
  readonly baseline: Baseline;
  /** The newsroom's own blobs. */
  readonly own: BlobStore;
  readonly publisher: Pick<Publisher, "publishBeside" | "withdrawals" | "withdraw" | "current">;
  readonly clock: Clock;
  readonly random: Random;
  readonly wait: Wait;
  readonly log: Log;
  readonly onProgress: (progress: Event<"snapshot.progress">) => void;
  readonly patience?: Partial<Patience> | undefined;
}

const usualPatience: Patience = { spacingMs: 2_000, retryMs: 5_000 };
const timeoutMs = 30_000;

export class Origin implements AsyncDisposable {
  readonly site: ProtectedSite;
  readonly snapshot: Snapshot;
  readonly #options: OriginOptions;

  constructor(site: ProtectedSite, options: OriginOptions) {
    const { config, publisher } = options;
    const monotonicMs = (): number => performance.now();
    const client = new OriginClient({
      site,
      headers: {},
      bodyBytesMax: config.origin.crawl_body_bytes_max,
      timeoutMs,
      monotonicMs,
    });
    this.site = site;
    this.#options = options;
    this.snapshot = new Snapshot({
      ...options,
      site,
      client,
      monotonicMs,
      patience: { ...usualPatience, ...options.patience },
      reader: new OriginReader(site, { ...readingLimits, monotonicMs }),
      withdrawals: () => publisher.withdrawals,
    });
  }

  /** Finishes what a kill cut off. */
  async resume(): Promise<void> {
    const { baseline, publisher } = this.#options;
    await baseline.showSite();
    if (baseline.version() !== publishedBaseline(publisher.current?.edition)) await publisher.publishBeside();
    this.snapshot.resume();
  }

  /** Signs the snapshot that waits as the baseline. */
  async approve(include: readonly string[]): Promise<SnapshotFacts> {
    const { publisher, database, own } = this.#options;
    await this.snapshot.approve(include);
    await publisher.publishBeside();
    await eraseUnused(database, own);
    return this.snapshot.facts();
  }

  /** Takes a page of the origin's away everywhere and for good, under each address that shows just the same. */
  async withdraw(path: string): ReturnType<Publisher["withdraw"]> {
    const { baseline, publisher, database, own } = this.#options;
    const addresses = baseline.sameAs(path as OriginAddress);
    const paths = new Set([path, ...addresses.map((address) => address.replace(/\?.*$/s, ""))]);
    this.snapshot.forget([path as OriginAddress, ...addresses]);
    if (addresses.length > 0) {
      const change = { replaces: false, put: () => [], removed: addresses };
      await baseline.change(change, publisher.withdrawals);
    }
    const asked = Array.from(paths, (each) => publisher.withdraw({ site: "portal", path: each }, () => {}));
    const [done] = await Promise.all(asked);
    await eraseUnused(database, own);
    if (done === undefined) throw new Error("nothing was withdrawn");
    return done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.snapshot[Symbol.asyncDispose]();
  }
}

/** Undefined where none is configured. */
export function openOrigin(options: OriginOptions): Origin | undefined {
  const site = protectedSite(options.config);
  return site === undefined ? undefined : new Origin(site, options);
}

function publishedBaseline(edition: Edition | undefined): string {
  return edition?.targets.get(baselineTargetName)?.sha256 ?? "";
}
