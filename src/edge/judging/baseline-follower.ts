/**
 * Follows the baseline of the protected site from edition to edition: reads and verifies the manifest that the edition names, and says what is
 * another than before. What can't be read leaves the last good one in use, loudly.
 */
import type { Sha256 } from "../../base/bytes.ts";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { Edition } from "../../edition/edition.ts";
import type { Target } from "../../edition/target.ts";
import { Withdrawn } from "../../edition/withdrawals.ts";
import { decodeSite } from "../../guard/learning/site.ts";
import {
  baselineTargetName,
  type BaselineEntry,
  type BaselineManifest,
  blobsOf,
  decodeManifest,
} from "../../guard/manifest.ts";
import type { BlobStore } from "../../store/blobs.ts";
import { type BlobFault, faultOfReading, type SignedBlob } from "../blob-fault.ts";
import { addressOf } from "./addresses.ts";
import type { BaselineChange, PublishedBaseline } from "./told.ts";

export interface BaselineFollowerOptions {
  readonly blobs: BlobStore;
  /** Undefined: the edition has none. */
  readonly found: (change: BaselineChange | undefined) => void;
  readonly damaged: (blob: SignedBlob, fault: BlobFault) => void;
  readonly log: Log;
}

/** The protected site is the portal (docs/life-of-a-request.md). */
const protectedSite = "portal";

export interface Held {
  readonly sha256: Sha256;
  readonly approvedAt: string;
  readonly site: SignedBlob;
  /** By address, with the text by which two are compared. */
  readonly entries: ReadonlyMap<string, { readonly entry: BaselineEntry; readonly text: string }>;
  readonly blobs: ReadonlyMap<Sha256, SignedBlob>;
}

export class BaselineFollower {
  readonly #options: BaselineFollowerOptions;
  #held: Held | undefined;
  /** What keeps a newer one from being used. */
  #lacking: SignedBlob | undefined;
  #edition: Edition | undefined;
  #followed: { readonly manifest: Sha256 | undefined; readonly withdrawals: number } | undefined;
  #following: Promise<void> = Promise.resolve();

  constructor(options: BaselineFollowerOptions) {
    this.#options = options;
  }

  /** The one that is used. */
  get held(): Held | undefined {
    return this.#held;
  }

  /** For a worker that starts. */
  get published(): PublishedBaseline | undefined {
    if (this.#held === undefined) return undefined;
    const { sha256, approvedAt, site, entries } = this.#held;
    return { sha256, approvedAt, site, entries: [...entries.values()].map(({ entry }) => entry) };
  }

  /** What it needs on disk. */
  get blobs(): Iterable<SignedBlob> {
    return this.#held?.blobs.values() ?? [];
  }

  needs({ sha256 }: SignedBlob): boolean {
    return this.#lacking?.sha256 === sha256 || this.#held?.blobs.has(sha256) === true;
  }

  /** One after another, the newest last. Never rejects. */
  follow(edition: Edition): Promise<void> {
    this.#edition = edition;
    return this.again();
  }

  /** Once more, where the last time something could not be read. */
  again(): Promise<void> {
    this.#following = this.#following.then(() => this.#follow());
    return this.#following;
  }

  async #follow(): Promise<void> {
    if (this.#edition === undefined) return;
    const { targets, withdrawals } = this.#edition;
    const target = targets.get(baselineTargetName);
    const wanted = { manifest: target?.sha256, withdrawals: withdrawals.length };
    if (this.#followed?.manifest === wanted.manifest && this.#followed?.withdrawals === wanted.withdrawals)
      return;
    if (target === undefined) this.#take(undefined);
    else if (!(await this.#read(target, new Withdrawn(withdrawals)))) return;
    this.#followed = wanted;
  }

  /** False where it can't be used: the last good one stays. */
  async #read(target: Target, withdrawn: Withdrawn): Promise<boolean> {
    try {
      const data = await this.#blob(target);
      if (data === undefined) return false;
      const manifest = decodeManifest(data);
      const site = await this.#blob(manifest.site);
      if (site === undefined) return false;
      decodeSite(site);
      this.#take(heldFrom(target, manifest, withdrawn));
      return true;
    } catch (thrown) {
      const isUsed = this.#held === undefined ? "none is used" : "the last good one is used";
      this.#options.log.error(`a baseline can't be read; ${isUsed}`, { reason: messageOf(thrown) });
      return false;
    }
  }

  async #blob(blob: SignedBlob): Promise<Uint8Array | undefined> {
    const { blobs, damaged } = this.#options;
    const found = await blobs.get(blob.sha256, blob.length).catch(faultOfReading);
    if ("state" in found && found.state === "whole") return found.data;
    this.#lacking = blob;
    damaged(blob, "state" in found ? { kind: "fault", fault: found.state, detail: "of a baseline" } : found);
    return undefined;
  }

  #take(held: Held | undefined): void {
    const before = this.#held;
    this.#held = held;
    this.#lacking = undefined;
    if (held === undefined) {
      if (before !== undefined)
        this.#options.log.warn("the edition has no baseline any more; nothing is judged");
      this.#options.found(undefined);
      return;
    }
    this.#options.log.info("judging by a baseline", {
      approved_at: held.approvedAt,
      entries: held.entries.size,
    });
    this.#options.found(changeFrom(before, held));
  }
}

function heldFrom(target: Target, manifest: BaselineManifest, withdrawn: Withdrawn): Held {
  const isShown = ({ path, copy }: BaselineEntry): boolean =>
    !withdrawn.blobs.has(copy.sha256) && !withdrawn.coversAddress({ site: protectedSite, path });
  const entries = manifest.entries.filter(isShown);
  const { sha256, length } = target;
  const needed = [{ sha256, length }, ...blobsOf({ ...manifest, entries })];
  return {
    sha256,
    approvedAt: manifest.approved_at,
    site: manifest.site,
    entries: new Map(entries.map((entry) => [addressOf(entry), { entry, text: JSON.stringify(entry) }])),
    blobs: new Map(needed.map((blob) => [blob.sha256, blob])),
  };
}

function changeFrom(before: Held | undefined, { sha256, approvedAt, site, entries }: Held): BaselineChange {
  const removed =
    before === undefined ? [] : [...before.entries.keys()].filter((address) => !entries.has(address));
  const isOther = ([address, { text }]: readonly [string, { readonly text: string }]): boolean =>
    before?.entries.get(address)?.text !== text;
  const added = [...entries].filter(isOther).map(([, { entry }]) => entry);
  return { sha256, approvedAt, site, removed, added };
}
