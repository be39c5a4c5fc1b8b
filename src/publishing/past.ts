/** Earlier editions: listing them, going back to one, and letting the oldest go. */
import { hex } from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import { editionFacts } from "../bus/edition-facts.ts";
import type { EditionFacts } from "../bus/facts.ts";
import type { Edition } from "../edition/edition.ts";
import {
  type PastEdition,
  readStoredSnapshot,
  type StoredSnapshot,
  verifyPastEdition,
} from "../edition/history.ts";
import { parseMetadataName } from "../edition/names.ts";
import { faultOf } from "../edition/refusal.ts";
import { entriesOf, TiledTree } from "../edition/tiles.ts";
import { pinRoot, type Trust } from "../edition/trust.ts";
import type { BlobStore } from "../store/blobs.ts";
import type { EditionFolder } from "../store/edition-folder.ts";
import { inBatches } from "../store/files.ts";
import type { Basis } from "./compose.ts";
import type { PublishingMemory } from "./memory.ts";
import { addressKey } from "./records.ts";

export interface PastOptions {
  readonly folder: EditionFolder;
  readonly blobs: BlobStore;
  readonly memory: PublishingMemory;
  readonly clock: Clock;
}

export class Past {
  readonly #options: PastOptions;

  constructor(options: PastOptions) {
    this.#options = options;
  }

  factsOf(edition: Edition): EditionFacts {
    return editionFacts(edition, this.#options.clock.nowMs());
  }

  /** Newest first, as their snapshots describe them; what was never logged was never published. */
  async list(current: Edition | undefined): Promise<EditionFacts[]> {
    const { folder } = this.#options;
    const positions = await this.#logPositions();
    const names = (await folder.list("metadata")).map(parseMetadataName);
    const versions = names.flatMap((name) => (name?.role === "snapshot" ? [name.version] : []));
    const stored = await inBatches(versions, (version) =>
      faultOf(() => readStoredSnapshot(folder.read, version)),
    );
    return stored
      .flatMap((snapshot) => (snapshot.ok ? [snapshot.value] : []))
      .flatMap((snapshot) => storedFacts(snapshot, positions))
      .map((facts) => (facts.version === current?.version ? this.factsOf(current) : facts))
      .sort((left, right) => right.version - left.version);
  }

  /** Throws OperatorError where there is no such edition, or where it can't be verified any more. */
  async open(version: number): Promise<PastEdition> {
    const past = await verifyPastEdition(this.#options.folder.read, this.#trust(), version);
    if (past.ok) return past.value;
    const { reason, step, file } = past.fault;
    const unknown = step === "snapshot" && reason === "is missing";
    throw new OperatorError(
      unknown
        ? `there is no edition ${version}`
        : `edition ${version} can't be verified (${step}): ${file} ${reason}`,
      { hint: "`kasbah editions list` shows those that are kept", exitCode: unknown ? 2 : 1 },
    );
  }

  /** Its answers, undefined where the blob is lost or damaged, or the answer was withdrawn since. */
  async basis({ targets, withheld }: PastEdition, current: Edition | undefined): Promise<Basis> {
    const sure = new Set(Array.from(current?.targets.values() ?? [], ({ sha256 }) => sha256));
    const checked = await inBatches([...targets.values()], async (target) => {
      const { sha256, length } = target;
      const whole = sure.has(sha256) || (await this.#options.blobs.get(sha256, length)).state === "whole";
      return [addressKey(target), whole ? target : undefined] as const;
    });
    return new Map([...checked, ...withheld.map((target) => [addressKey(target), undefined] as const)]);
  }

  /** From the first root on, and with all that is known now. */
  #trust(): Trust {
    const { memory } = this.#options;
    const [first = new Uint8Array()] = memory.roots();
    const pinned = pinRoot(first);
    const trust = memory.trust();
    return trust === undefined ? pinned : { ...trust, root: pinned.root };
  }

  async #logPositions(): Promise<ReadonlyMap<string, number>> {
    const { folder, memory } = this.#options;
    const tree = new TiledTree(memory.trust()?.checkpoint?.size ?? 0, folder.read);
    const entries = await entriesOf(tree);
    return new Map(entries.map((entry, position) => [hex(entry), position]));
  }
}

function storedFacts(
  { described, facts }: StoredSnapshot,
  positions: ReadonlyMap<string, number>,
): EditionFacts[] {
  const position = positions.get(described.sha256);
  if (position === undefined) return [];
  const { version, sha256: id } = described;
  const { pages, bytes, publishedAt } = facts;
  return [{ id, version, log_index: position, published_at: publishedAt, pages, bytes, stale: true }];
}
