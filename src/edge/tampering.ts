/**
 * What on disk is not what was signed: told to the watch when it is found, again while it lasts, and once when it is right
 * again. Blobs are asked back from the newsroom, one after another, until they are whole or no longer needed.
 */
import { type Clock, rfc3339 } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Bus } from "../bus/bus.ts";
import { blobName } from "../edition/names.ts";
import type { EditionFault } from "../edition/refusal.ts";
import type { BlobFault, SignedBlob } from "./blob-fault.ts";

export interface TamperingOptions {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the file is whole now. */
  readonly isWhole: (blob: SignedBlob) => Promise<boolean>;
}

interface Finding {
  readonly what: string;
  readonly blob: SignedBlob | undefined;
  toldMs: number;
  triedMs: number;
}

/** While it lasts. */
const tellAgainMs = 30_000;
/** A repair that failed is tried again; the newsroom may have been away. */
const tryAgainMs = 5_000;
/** Beyond this, one message speaks for all. */
const findingsMax = 1_000;

export class Tampering {
  readonly #options: TamperingOptions;
  /** By where: the file's name below `editions/`. */
  readonly #findings = new Map<string, Finding>();
  #isMending = false;

  constructor(options: TamperingOptions) {
    this.#options = options;
  }

  get findings(): number {
    return this.#findings.size;
  }

  foundBlob(blob: SignedBlob, { fault, detail }: BlobFault): void {
    this.#found(blobName(blob.sha256), `a page's blob is ${fault}: ${detail}`, blob);
  }

  /** The newest edition on disk does not verify; undefined: it does. */
  foundEdition(fault: EditionFault | undefined): void {
    for (const [where, { blob }] of this.#findings) {
      if (blob === undefined && where !== fault?.file) this.#over(where, "it verifies again");
    }
    if (fault !== undefined)
      this.#found(fault.file, `${fault.step}: ${fault.file} ${fault.reason}`, undefined);
  }

  /** To be called about every second. `isNeeded`: by the edition that is served. */
  tend(isNeeded: (blob: SignedBlob) => boolean): void {
    const nowMs = this.#options.clock.nowMs();
    for (const [where, finding] of this.#findings) {
      if (finding.blob !== undefined && !isNeeded(finding.blob))
        this.#over(where, "no longer part of the edition");
      else if (nowMs - finding.toldMs >= tellAgainMs) this.#tell(where, finding);
    }
    void this.#mend();
  }

  #found(where: string, what: string, blob: SignedBlob | undefined): void {
    if (this.#findings.has(where) || this.#findings.size >= findingsMax) return;
    const finding: Finding = { what, blob, toldMs: 0, triedMs: 0 };
    this.#findings.set(where, finding);
    this.#options.log.error("something on disk is not what was signed", { where, what });
    this.#tell(where, finding);
  }

  #tell(where: string, finding: Finding): void {
    finding.toldMs = this.#options.clock.nowMs();
    this.#publish(where, finding.what, false);
  }

  #over(where: string, how: string): void {
    this.#findings.delete(where);
    this.#options.log.info("what was found on disk is over", { where, how });
    this.#publish(where, how, true);
  }

  #publish(where: string, what: string, repaired: boolean): void {
    const { bus, clock } = this.#options;
    const evidence = { at: rfc3339(clock.nowMs()), what };
    bus.publish("tampering", repaired ? { where, evidence, repaired } : { where, evidence });
  }

  /** One round at a time. */
  async #mend(): Promise<void> {
    if (this.#isMending) return;
    this.#isMending = true;
    await this.#mendAll();
    this.#isMending = false;
  }

  async #mendAll(): Promise<void> {
    for (const [where, finding] of this.#findings) {
      const nowMs = this.#options.clock.nowMs();
      if (finding.blob === undefined || nowMs - finding.triedMs < tryAgainMs) continue;
      finding.triedMs = nowMs;
      if (await this.#repair(finding.blob)) this.#over(where, "repaired");
    }
  }

  async #repair(blob: SignedBlob): Promise<boolean> {
    const { bus, log, isWhole } = this.#options;
    if (await isWhole(blob)) return true;
    try {
      await bus.request("newsroom.repair", { sha256: blob.sha256 });
    } catch (thrown) {
      log.warn("the newsroom could not be asked for a blob", { reason: messageOf(thrown) });
      return false;
    }
    return await isWhole(blob);
  }
}
