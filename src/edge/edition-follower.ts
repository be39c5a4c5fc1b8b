/**
 * Follows the editions folder: whenever its timestamp changes, verifies the edition that it names and hands it over. What does
 * not verify changes nothing but what is reported. Needs neither the newsroom nor the bus.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../base/log.ts";
import type { Edition } from "../edition/edition.ts";
import { newestPastEdition } from "../edition/history.ts";
import { metadataName, timestampName } from "../edition/names.ts";
import { type EditionFault, faultOf } from "../edition/refusal.ts";
import { pinRoot, type Trust } from "../edition/trust.ts";
import { type VerifiedEdition, verifyEdition } from "../edition/verify.ts";
import { EditionFolder } from "../store/edition-folder.ts";

export interface FollowerOptions {
  /** `DATA/editions`. */
  readonly folder: string;
  /** Undefined: the root that is found first is trusted (docs/threat-model.md). */
  readonly trust: Trust | undefined;
  /** A verified edition to serve from now on; `trust` has to be remembered before, and is undefined for a past edition. */
  readonly found: (edition: Edition, trust: Trust | undefined) => void;
  /** What was said to be the newest edition does not verify. Undefined: now it does. */
  readonly refused: (fault: EditionFault | undefined) => void;
  readonly log: Log;
}

const collectAfterMs = 500;

export class EditionFollower {
  readonly #options: FollowerOptions;
  readonly #folder: EditionFolder;
  #trust: Trust | undefined;
  #verified: VerifiedEdition | undefined;
  #serving = false;
  #lookedAt = "";
  #looking: Promise<void> = Promise.resolve();
  #collection: Timer | undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#folder = new EditionFolder(options.folder);
    this.#trust = options.trust;
  }

  /** Verifies where the timestamp is another one than before; everything on disk once more where `what` says so. One at a time. */
  look(what: "news" | "everything" = "news"): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#look(what === "everything"))
      .catch((thrown: unknown) => {
        this.#options.log.error("could not read the editions folder", { reason: String(thrown) });
      });
    return this.#looking;
  }

  async #look(everything: boolean): Promise<void> {
    const mark = await this.#timestampMark();
    if (mark === this.#lookedAt && !everything) return;
    const trust = this.#trust ?? (await this.#pin());
    if (trust === undefined) return;
    this.#lookedAt = mark;
    const previous = everything ? undefined : this.#verified;
    const verification = await verifyEdition(this.#folder.read, trust, previous);
    if (verification.ok) this.#take(verification.value);
    else await this.#refuse(verification.fault, trust);
    this.#collectSoon();
  }

  /**
   * What verifying leaves behind is some 20 MB for 2,000 pages, in a process that otherwise allocates little. Collecting it takes
   * tens of ms: only when the edition has reached the workers.
   */
  #collectSoon(): void {
    this.#collection ??= setTimeout(() => {
      this.#collection = undefined;
      Bun.gc(true);
    }, collectAfterMs);
    this.#collection.unref();
  }

  #take(verified: VerifiedEdition): void {
    const isNew = verified.edition.id !== this.#verified?.edition.id;
    const isRenewed = verified.edition.expiresAtMs !== this.#verified?.edition.expiresAtMs;
    this.#options.refused(undefined);
    this.#verified = verified;
    this.#trust = verified.trust;
    if (isNew || isRenewed) this.#options.found(verified.edition, verified.trust);
    this.#serving = true;
  }

  async #refuse(fault: EditionFault, trust: Trust): Promise<void> {
    const nothingYet = trust.timestamp === undefined && fault.file === timestampName;
    if (!nothingYet) this.#options.refused(fault);
    if (this.#serving || nothingYet) return;
    const past = await newestPastEdition(this.#folder.read, trust);
    if (past === undefined) return;
    this.#options.found(past, undefined);
    this.#serving = true;
  }

  /** Changes whenever the file is replaced, and when it appears or goes. */
  async #timestampMark(): Promise<string> {
    try {
      const { ino, size, mtimeMs, ctimeMs } = await stat(join(this.#options.folder, timestampName));
      return [ino, size, mtimeMs, ctimeMs].join(" ");
    } catch {
      return "missing";
    }
  }

  /** Trust on first use. */
  async #pin(): Promise<Trust | undefined> {
    const root = await this.#folder.read(metadataName("root", 1));
    if (root === undefined) return undefined;
    const pinned = await faultOf(async () => pinRoot(root));
    if (pinned.ok) this.#trust = pinned.value;
    else this.#options.refused(pinned.fault);
    return this.#trust;
  }
}
