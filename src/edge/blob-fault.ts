/** What can be wrong with a blob on disk, which anybody may have touched. */
import type { Sha256 } from "../base/bytes.ts";
import { codeOf, messageOf } from "../base/errors.ts";
import { RecentMap } from "../base/recent-map.ts";

export interface SignedBlob {
  readonly sha256: Sha256;
  /** Bytes. */
  readonly length: number;
}

export interface BlobFault {
  readonly kind: "fault";
  /** "unreadable": the system doesn't let us, or the disk fails. */
  readonly fault: "missing" | "damaged" | "unreadable";
  readonly detail: string;
}

/** How long a fault is believed before the disk is asked again: a page that is damaged must not cost a reading for each request. */
const rememberedMs = 500;
const rememberedMax = 1_024;

export class RecentFaults<K> {
  readonly #monotonicMs: () => number;
  readonly #faults = new RecentMap<K, { readonly fault: BlobFault; readonly atMs: number }>(rememberedMax);

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  find(key: K): BlobFault | undefined {
    const found = this.#faults.get(key);
    return found !== undefined && this.#monotonicMs() - found.atMs < rememberedMs ? found.fault : undefined;
  }

  remember(key: K, fault: BlobFault): BlobFault {
    this.#faults.set(key, { fault, atMs: this.#monotonicMs() });
    return fault;
  }
}

/** From what the system threw. */
export function faultOfReading(thrown: unknown): BlobFault {
  const code = codeOf(thrown);
  return {
    kind: "fault",
    fault: code === "ENOENT" ? "missing" : "unreadable",
    detail: code ?? messageOf(thrown),
  };
}
