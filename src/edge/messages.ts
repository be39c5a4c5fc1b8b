/** What the edge's main thread and its workers say to each other: plain data, nothing that one could harm the other with. */
import type { ListenAddress } from "../base/network.ts";
import type { Mode, Service } from "../bus/facts.ts";
import type { Config } from "../config/settings.ts";
import type { ActiveBan } from "../decision/bans.ts";
import type { HashKey } from "../decision/source.ts";
import type { Counts } from "../decision/tally.ts";
import type { EditionChange, PublishedEdition } from "./address-book.ts";
import type { BlobFault, SignedBlob } from "./blob-fault.ts";

export interface WorkerStart {
  readonly config: Config;
  /** The data folder's root. */
  readonly data: string;
  /** How many workers share the memory for pages. */
  readonly workers: number;
  /** With real ports, once the first worker has them. */
  readonly listen: readonly ListenAddress[];
  readonly hashKey: HashKey;
  /** The operator's own, if there is one (geo.ts); shared by all threads. */
  readonly geoDatabase: SharedArrayBuffer | undefined;
  /** Of SourceTable; shared by all workers. */
  readonly sources: SharedArrayBuffer;
  readonly edition: PublishedEdition | undefined;
  readonly bans: readonly ActiveBan[];
  readonly mode: Mode;
}

export type ToWorker =
  | { readonly kind: "start"; readonly start: WorkerStart }
  | { readonly kind: "edition"; readonly change: EditionChange }
  | { readonly kind: "bans"; readonly bans: readonly ActiveBan[] }
  | { readonly kind: "mode"; readonly mode: Mode; readonly service: Service }
  /** Asks for what was counted. `askedAtMs`: since 1970; what passes until it is read is the worker's lag. */
  | { readonly kind: "report"; readonly askedAtMs: number }
  /** Finish what is under way, take nothing new. */
  | { readonly kind: "stop" };

export type FromWorker =
  | { readonly kind: "listening"; readonly listen: readonly ListenAddress[] }
  /** It can't start; an operator can mend it. */
  | { readonly kind: "unable"; readonly message: string; readonly hint: string; readonly exitCode: 1 | 2 }
  | { readonly kind: "serving"; readonly version: number }
  | { readonly kind: "fault"; readonly blob: SignedBlob; readonly fault: BlobFault }
  | { readonly kind: "report"; readonly counts: Counts; readonly lagMs: number }
  | { readonly kind: "stopped" };
