/** What the edge's main thread and its workers say to each other: plain data, nothing that one could harm the other with. */
import type { ListenAddress } from "../base/network.ts";
import type { Mode } from "../bus/facts.ts";
import type { Config } from "../config/settings.ts";
import type { ActiveBan } from "../decision/bans.ts";
import type { Sample } from "../decision/requests/sample.ts";
import type { Rule } from "../decision/signatures/rule.ts";
import type { HashKey } from "../decision/source.ts";
import type { Counts } from "../decision/tally.ts";
import type { EditionChange, PublishedEdition } from "./address-book.ts";
import type { BlobFault, SignedBlob } from "./blob-fault.ts";
import type { CacheAsk, CacheReply } from "./cache/cache-messages.ts";
import type { ParameterRules } from "./cache/parameters.ts";
import type { SharedGates } from "./gates/shared-gates.ts";
import type { GateReport, HealthHint } from "./gate/health.ts";
import type { BaselineChange, PublishedBaseline, Reading, SeenAs, Shown, Treatment } from "./judging/told.ts";
import type { LaneFare } from "./lane/vitals.ts";
import type { LiteCounts, ServiceTold } from "./lite/lite.ts";
import type { SignInReport } from "./sign-in/sign-in-gate.ts";
import type { Maintenance } from "./maintenance/maintenance.ts";
import type { Certificate } from "./tls/certificate.ts";
import type { Notes } from "./worker-notes.ts";

/** Where the edge listens. */
export interface Doors {
  /** For readers. */
  readonly listen: readonly ListenAddress[];
  /** In clear, where all is led to `listen`. */
  readonly redirect: readonly ListenAddress[];
}

export interface WorkerStart {
  readonly config: Config;
  /** The data folder's root. */
  readonly data: string;
  /** How many workers share the memory for pages. */
  readonly workers: number;
  /** With real ports, once the first worker has them. */
  readonly doors: Doors;
  /** Undefined: readers are answered in clear. */
  readonly certificate: Certificate | undefined;
  readonly hashKey: HashKey;
  /** The operator's own, if there is one (geo.ts); shared by all threads. */
  readonly geoDatabase: SharedArrayBuffer | undefined;
  /** Of SourceTable; shared by all workers. */
  readonly sources: SharedArrayBuffer;
  /** Of KeptKeys; shared by all threads. */
  readonly keptKeys: SharedArrayBuffer;
  /** The same for all workers, and for as long as the edge runs. */
  readonly gates: SharedGates;
  readonly edition: PublishedEdition | undefined;
  readonly bans: readonly ActiveBan[];
  readonly mode: Mode;
  readonly isSiegeOrdered: boolean;
  readonly service: ServiceTold;
  readonly maintenance: Maintenance | undefined;
  readonly rules: readonly Rule[];
  /** Of the protected site, where there is one. */
  readonly baseline: PublishedBaseline | undefined;
  readonly treatment: Treatment;
  /** What was learned of parameters of its addresses. */
  readonly parameterRules: ParameterRules;
  /** For how long it is known to be away, ms; undefined: it answers, or nobody knows. */
  readonly originAwayMs: number | undefined;
}

export type ToWorker =
  | { readonly kind: "start"; readonly start: WorkerStart }
  | { readonly kind: "edition"; readonly change: EditionChange }
  | { readonly kind: "bans"; readonly bans: readonly ActiveBan[] }
  | { readonly kind: "mode"; readonly mode: Mode }
  /** How much is served. */
  | { readonly kind: "service"; readonly service: ServiceTold }
  /** By an operator, for as long as they say. */
  | { readonly kind: "siege-ordered"; readonly isSiegeOrdered: boolean }
  /** All that are asked of requests from now on. */
  | { readonly kind: "rules"; readonly rules: readonly Rule[] }
  /** Undefined: there is none any more. */
  | { readonly kind: "baseline"; readonly change: BaselineChange | undefined }
  | { readonly kind: "treatment"; readonly treatment: Treatment }
  /** Read this page of the protected site now, and tell. To one worker. */
  | { readonly kind: "look"; readonly address: string; readonly seenAs: SeenAs }
  /**
   * Asks for what was seen; `counts`: and for the tally. `askedAtMs`: since 1970 by the system's clock; what passes until it is read is the
   * worker's lag.
   */
  | { readonly kind: "report"; readonly askedAtMs: number; readonly counts: boolean }
  /** What another worker found out about the protected site. */
  | { readonly kind: "origin-health"; readonly hint: HealthHint }
  /** Undefined: there is none any more. */
  | { readonly kind: "maintenance"; readonly maintenance: Maintenance | undefined }
  /** About the origin's answers that all workers share. */
  | { readonly kind: "cache"; readonly reply: CacheReply }
  /** The certificate's files were renewed. */
  | { readonly kind: "certificate"; readonly certificate: Certificate }
  /** Close the connections that have no request under way: places run short. */
  | { readonly kind: "close-idle" }
  /** Finish what is under way, take nothing new. */
  | { readonly kind: "stop" };

export type FromWorker =
  | { readonly kind: "listening"; readonly doors: Doors }
  /** It can't start; an operator can mend it. */
  | { readonly kind: "unable"; readonly message: string; readonly hint: string; readonly exitCode: 1 | 2 }
  | { readonly kind: "serving"; readonly version: number }
  /** At once. */
  | { readonly kind: "reading"; readonly reading: Reading }
  | { readonly kind: "cache"; readonly asked: CacheAsk }
  | { readonly kind: "fault"; readonly blob: SignedBlob; readonly fault: BlobFault }
  | ({ readonly kind: "report" } & WorkerReport)
  | { readonly kind: "stopped" };

/** What one worker saw since its last report, about 100 ms ago. */
export interface WorkerReport {
  /** Requests that were counted, also those of which no sample was kept. */
  readonly requests: number;
  readonly sample: Sample;
  readonly notes: Notes;
  /** Answers that are held back now. */
  readonly held: number;
  /** About once a second. */
  readonly counts: Counts | undefined;
  readonly lagMs: number;
  readonly lite: LiteCounts;
  /** Of large answers: bytes that were counted at once, and bytes that readers took. */
  readonly large: { readonly countedBytes: number; readonly takenBytes: number };
  /** How the protected site does, where there is one. */
  readonly origin: LaneFare | undefined;
  readonly gate: GateReport | undefined;
  /** Of the gate before the studio, where there is one. */
  readonly signIn: SignInReport | undefined;
  /** What readers were shown of it. */
  readonly shown: Shown | undefined;
}
