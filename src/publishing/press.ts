/**
 * From targets to an edition on the disk: builds it, verifies what was built as an edge will, then writes it, timestamp last.
 * Knows what is published, finishes what a kill cut off, and makes anew what somebody damaged.
 */
import { sameBytes } from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import { assert } from "../base/errors.ts";
import { buildEdition, type BuiltEdition, writeTimestamp } from "../edition/build.ts";
import { type Keyring, signersFor } from "../edition/build-roles.ts";
import { signCheckpoint } from "../edition/checkpoint.ts";
import type { ReadEditionFile, Withdrawal } from "../edition/edition.ts";
import { readStoredSnapshot, type StoredSnapshot } from "../edition/history.ts";
import { locate, logHead, proven } from "../edition/log.ts";
import { emptyRoot } from "../edition/merkle.ts";
import { checkpointName, metadataName, timestampName } from "../edition/names.ts";
import { type EditionFault, faultOf } from "../edition/refusal.ts";
import { readRoot, type TrustedRoot } from "../edition/root.ts";
import type { Target } from "../edition/target.ts";
import { entriesOf, partialsOf, TiledTree, tilesOf } from "../edition/tiles.ts";
import { pinRoot, type Trust } from "../edition/trust.ts";
import { type VerifiedEdition, verifyEdition } from "../edition/verify.ts";
import type { EditionFolder } from "../store/edition-folder.ts";
import type { PublishingMemory } from "./memory.ts";

export interface PressOptions {
  readonly folder: EditionFolder;
  readonly memory: PublishingMemory;
  readonly keys: Keyring;
  readonly clock: Clock;
  /** For how long a timestamp is good. */
  readonly timestampValidMs: number;
}

export interface Contents {
  readonly targets: readonly Target[];
  readonly withdrawals: readonly Withdrawal[];
}

type NewFiles = Pick<BuiltEdition, "timestamp"> & Partial<BuiltEdition>;

export class Press {
  readonly #options: PressOptions;
  #trust: Trust;
  #current: VerifiedEdition | undefined;
  #fault: EditionFault | undefined;

  private constructor(options: PressOptions, trust: Trust) {
    this.#options = options;
    this.#trust = trust;
  }

  /** `PublishingMemory` has to know the first root. */
  static async open(options: PressOptions): Promise<Press> {
    const [first] = options.memory.roots();
    assert(first !== undefined, "the first root is known before anything is published");
    const press = new Press(options, options.memory.trust() ?? pinRoot(first));
    await options.folder.tidy();
    await press.restoreRoots();
    await press.check();
    if (press.#fault === undefined) {
      await press.#finishInterrupted();
      await press.#learnLog();
    }
    return press;
  }

  /** What is published; undefined before the first edition, and where what lies on the disk is not what was signed. */
  get current(): VerifiedEdition | undefined {
    return this.#current;
  }

  /** What is wrong with the files on the disk; the next edition is then written anew in all its parts. */
  get fault(): EditionFault | undefined {
    return this.#fault;
  }

  /** Everything that was ever withdrawn. */
  get withdrawals(): readonly Withdrawal[] {
    return this.#trust.withdrawals;
  }

  get root(): TrustedRoot {
    return readRoot(this.#trust.root);
  }

  /** Verifies what lies on the disk as somebody does who holds nothing in memory. */
  async check(): Promise<EditionFault | undefined> {
    const verification = await verifyEdition(this.#options.folder.read, this.#trust);
    if (verification.ok) this.#accept(verification.value);
    const neverPublished = this.#trust.timestamp === undefined && (await this.#isUntouched());
    this.#fault = verification.ok || neverPublished ? undefined : verification.fault;
    return this.#fault;
  }

  /** Resolves when edges can see it. */
  async publish(contents: Contents): Promise<VerifiedEdition> {
    if (this.#fault !== undefined) await this.#restoreLog();
    const built = await faultOf(() => this.#build(contents));
    if (built.ok) return await this.#put(built.value);
    if (this.#fault !== undefined) throw refused(built.fault);
    this.#fault = built.fault;
    return await this.publish(contents);
  }

  /** Throws Refusal where the end of the log is damaged. */
  async #build({ targets, withdrawals }: Contents): Promise<BuiltEdition> {
    const { keys, clock, timestampValidMs, folder } = this.#options;
    return await buildEdition({
      root: this.root,
      trust: this.#trust,
      roles: this.#fault === undefined ? this.#current?.roles : undefined,
      read: folder.read,
      targets,
      withdrawals,
      keys,
      nowMs: clock.nowMs(),
      timestampValidMs,
    });
  }

  /** The same edition, good for longer. */
  async renew(): Promise<void> {
    const { current } = this;
    if (current === undefined) return;
    const { version, logIndex } = current.edition;
    const { described } = await readStoredSnapshot(this.#options.folder.read, version);
    await this.#put({ timestamp: this.#timestampFor({ described, logIndex }) });
  }

  /** Lets a new root appear; the edition that is published has to verify under it already. */
  async addRoot(root: Uint8Array): Promise<void> {
    const { folder, memory } = this.#options;
    const { version } = readRoot(root);
    const name = metadataName("root", version);
    const verification = await verifyEdition(over(new Map([[name, root]]), folder.read), this.#trust);
    if (!verification.ok) throw refused(verification.fault);
    memory.addRoot(version, root);
    await folder.write([new Map([[name, root]])]);
    this.#accept(verification.value);
  }

  /** What edges would refuse gets no checkpoint and no timestamp, without which the other files are nothing to anybody. */
  async #put(built: NewFiles): Promise<VerifiedEdition> {
    const { folder } = this.#options;
    const [unnamed, ...naming] = stagesOf(built);
    const files = new Map([unnamed, ...naming].flatMap((stage) => Array.from(stage)));
    const [verification] = await Promise.all([
      verifyEdition(over(files, folder.read), this.#trust, this.#current),
      folder.write([unnamed]),
    ]);
    if (!verification.ok) throw refused(verification.fault);
    await folder.write(naming);
    await folder.remove([...files.keys()].map(partialsOf).filter((name) => name !== undefined));
    this.#fault = undefined;
    return this.#accept(verification.value);
  }

  #accept(verified: VerifiedEdition): VerifiedEdition {
    const { id, logIndex } = verified.edition;
    this.#current = verified;
    this.#trust = verified.trust;
    this.#options.memory.remember(verified.trust, { position: logIndex, snapshot: id });
    return verified;
  }

  async #isUntouched(): Promise<boolean> {
    return (await this.#options.folder.read(timestampName)) === undefined;
  }

  #timestampFor({
    described,
    logIndex,
  }: Pick<StoredSnapshot, "described"> & { logIndex: number }): Uint8Array {
    const { keys, clock, timestampValidMs } = this.#options;
    const version = (this.#trust.timestamp?.version ?? 0) + 1;
    const facts = { version, snapshot: described, logIndex };
    return writeTimestamp({ keys, nowMs: clock.nowMs(), timestampValidMs }, facts);
  }

  /**
   * A kill between checkpoint and timestamp leaves a whole edition that is in the log and that nothing names. It is published
   * now, so that the log never holds what nobody could see.
   */
  async #finishInterrupted(): Promise<void> {
    const { folder } = this.#options;
    const version = (this.#trust.snapshot?.version ?? 0) + 1;
    const found = await faultOf(async () => {
      const { described } = await readStoredSnapshot(folder.read, version);
      const head = await logHead(folder.read, this.root.logKey, this.#trust.checkpoint);
      const logIndex = await locate(head, described.sha256);
      return logIndex === undefined ? undefined : { described, logIndex };
    });
    if (!found.ok || found.value === undefined) return;
    const timestamp = this.#timestampFor(found.value);
    const verification = await verifyEdition(
      over(new Map([[timestampName, timestamp]]), folder.read),
      this.#trust,
    );
    if (verification.ok) await this.#put({ timestamp });
  }

  /** Puts the roots back that are not what they were, so that newcomers can follow them; says which one it was. */
  async restoreRoots(): Promise<EditionFault | undefined> {
    const { folder, memory } = this.#options;
    const lacking = new Map<string, Uint8Array>();
    for (const [at, root] of memory.roots().entries()) {
      const name = metadataName("root", at + 1);
      const found = await folder.read(name);
      if (found === undefined || Buffer.compare(found, root) !== 0) lacking.set(name, root);
    }
    await folder.write([lacking]);
    const [file] = lacking.keys();
    return file === undefined ? undefined : { step: "root", file, reason: "is not the one that was signed" };
  }

  /** What the database doesn't know, because it is new: from the tiles, as long as they are whole. */
  async #learnLog(): Promise<void> {
    const { folder, memory } = this.#options;
    const { size, root } = this.#trust.checkpoint ?? { size: 0, root: emptyRoot };
    if (memory.logEntries(size) !== undefined) return;
    const found = await faultOf(() => proven(() => entriesOf(new TiledTree(size, folder.read))));
    if (!found.ok) return;
    const tiles = tilesOf(found.value);
    const again = new TiledTree(size, (name) => Promise.resolve(tiles.get(name)));
    if (sameBytes(await again.root(), root)) memory.learnLog(found.value);
  }

  /** The same entries make the same tiles, so the checkpoint that was seen last can be signed again. */
  async #restoreLog(): Promise<void> {
    const { folder, memory, keys } = this.#options;
    const { checkpoint } = this.#trust;
    const entries = memory.logEntries(checkpoint?.size ?? 0);
    if (checkpoint === undefined || entries === undefined) return;
    const signed = signCheckpoint(checkpoint, signersFor(keys, "log"));
    await folder.write([tilesOf(entries), new Map([[checkpointName, signed]])]);
  }
}

type Stage = ReadonlyMap<string, Uint8Array>;

function stagesOf({
  files,
  checkpoint,
  timestamp,
}: NewFiles): [unnamed: Stage, checkpoint: Stage, timestamp: Stage] {
  return [
    files ?? new Map<string, Uint8Array>(),
    new Map(checkpoint === undefined ? [] : [[checkpointName, checkpoint]]),
    new Map([[timestampName, timestamp]]),
  ];
}

/** Reads new files before those on the disk. */
function over(files: ReadonlyMap<string, Uint8Array>, below: ReadEditionFile): ReadEditionFile {
  return async (name) => files.get(name) ?? (await below(name));
}

function refused({ step, file, reason }: EditionFault): Error {
  return new Error(
    `the new edition was not published, since edges would refuse it (${step}): ${file} ${reason}`,
  );
}
