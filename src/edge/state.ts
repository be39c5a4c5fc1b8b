/** What a worker knows while it answers: made once from the configuration, changed only by messages from the main thread. */
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import { seededRandom, systemRandom } from "../base/random.ts";
import type { Mode } from "../bus/facts.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { Config } from "../config/settings.ts";
import { parseNetwork, type Network } from "../decision/address.ts";
import { Admission } from "../decision/admission.ts";
import { NetworkTable } from "../decision/network-table.ts";
import type { ServiceLevel } from "../decision/modes/service.ts";
import type { Tally } from "../decision/record.ts";
import { CompiledRules } from "../decision/requests/compiled-rules.ts";
import { KnownValues } from "../decision/requests/request-traits.ts";
import { Sampler } from "../decision/requests/sampler.ts";
import type { HashKey } from "../decision/source.ts";
import { Ladder } from "../decision/sources/ladder.ts";
import type { SourceTable } from "../decision/sources/source-table.ts";
import { BlobStore } from "../store/blobs.ts";
import { AcceptedCodings } from "./accept-encoding.ts";
import type { AddressBook } from "./address-book.ts";
import type { BlobFault, SignedBlob } from "./blob-fault.ts";
import type { CacheAsk } from "./cache/cache-messages.ts";
import { KeptKeys } from "./cache/kept-keys.ts";
import { Crawlers } from "./crawlers/crawlers.ts";
import { descriptorsMax, holdsEach } from "./descriptors.ts";
import type { Languages } from "./errors.ts";
import { OriginGate } from "./gate/gate.ts";
import { gatesBefore, type SharedGates } from "./gates/shared-gates.ts";
import { SharedNetworks } from "./gates/shared-networks.ts";
import { WorkGate } from "./gates/work-gate.ts";
import { openGeo } from "./geo.ts";
import { Holds } from "./holds.ts";
import { Hosts, isLoopback } from "./hosts.ts";
import { createJudge } from "./judging/create.ts";
import type { OriginJudge } from "./judging/origin-judge.ts";
import type { Reading } from "./judging/told.ts";
import { type Lanes, lanesOf } from "./lane/lanes.ts";
import { LargeBlobs } from "./large-blobs.ts";
import { Lite } from "./lite/lite.ts";
import type { Maintenance } from "./maintenance/maintenance.ts";
import { type OriginWay, originWayOf } from "./origin/way.ts";
import { PageMemory } from "./page-memory.ts";
import { PreparedErrors } from "./prepared-errors.ts";
import { Refusals } from "./refusals.ts";
import { type SignIn, signInOf } from "./sign-in/sign-in.ts";
import { Bridges } from "./upgrade/bridges.ts";
import { Transfers } from "./transfers.ts";
import { WorkerNotes } from "./worker-notes.ts";

export interface EdgeLimits {
  readonly urlBytesMax: number;
  readonly bodyBytesMax: number;
  /** From this length on an answer is sent in pieces. */
  readonly largeBytes: number;
  /** After which a client's connection is closed on which nothing moves. */
  readonly idleTimeoutS: number;
}

export interface EdgeState {
  readonly hosts: Hosts;
  readonly lanes: Lanes;
  /** The way to the protected site, where there is one. */
  readonly origin: OriginWay | undefined;
  /** What work has to show there while there isn't enough for all; undefined: nothing, ever. */
  readonly gates: WorkGate | undefined;
  /** Before the studio under its public name; undefined: one way for all. */
  readonly signIn: SignIn | undefined;
  /** Addresses that are very many people's. */
  readonly sharedNetworks: SharedNetworks;
  readonly siteName: string;
  readonly bridges: Bridges;
  /** Where it may be asked for WebSockets. */
  readonly websocketPaths: readonly string[];
  readonly languages: Languages;
  /** Where the newsroom's days begin; IANA name. */
  readonly timeZone: string;
  readonly limits: EdgeLimits;
  readonly tls: boolean;
  /** Whoever comes in clear is led there; undefined: is answered. */
  readonly httpsPort: number | undefined;
  /** Where an ACME client lays down what proves that the site's names lead here; empty: nowhere. */
  readonly acmeWebroot: string;
  /** Below it, `checkpoint` and `tile/…` of the transparency log. */
  readonly transparencyLog: string;
  readonly proxies: NetworkTable<true>;
  readonly trustsProxies: boolean;
  readonly admission: Admission;
  readonly refusals: Refusals;
  /** What is remembered of sources, by all workers. */
  readonly sources: SourceTable;
  readonly ladder: Ladder;
  readonly holds: Holds;
  /** Rules refuse; where not, they are only noted. */
  readonly acts: boolean;
  readonly codings: AcceptedCodings;
  readonly pages: PageMemory;
  readonly errors: PreparedErrors;
  readonly largeBlobs: LargeBlobs;
  readonly transfers: Transfers;
  readonly tally: Tally;
  readonly known: KnownValues;
  readonly sampler: Sampler;
  /** For the main thread. */
  readonly notes: WorkerNotes;
  readonly crawlers: Crawlers;
  readonly clock: Clock;
  /** Ms with fractions, from any start, never backwards. */
  readonly monotonicMs: () => number;
  readonly log: Log;
  /** Told to the main thread, which tells the others. */
  readonly reportFault: (blob: SignedBlob, fault: BlobFault) => void;
  mode: Mode;
  /** By an operator or by the configuration. */
  isSiegeOrdered: boolean;
  /** Anything but "normal" is `lite`'s business. */
  service: ServiceLevel;
  readonly lite: Lite;
  /** On an operator's word; it may have run out. */
  maintenance: Maintenance | undefined;
  /** Active ones, and those that are only tried. */
  rules: CompiledRules;
  /** Undefined until there is an edition. */
  book: AddressBook | undefined;
}

export interface StateOptions {
  readonly config: Config;
  readonly data: DataFolder;
  /** How many workers share the memory. */
  readonly workers: number;
  readonly sources: SourceTable;
  readonly tally: Tally;
  /** The same for all workers. */
  readonly hashKey: HashKey;
  /** The operator's own, if there is one (geo.ts). */
  readonly geoDatabase: SharedArrayBuffer | undefined;
  readonly gates: SharedGates;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  readonly log: Log;
  readonly reportFault: EdgeState["reportFault"];
  /** What was read of the protected site, to the main thread at once. */
  readonly reportReading: (reading: Reading) => void;
  /** Of KeptKeys; shared by all threads. */
  readonly keptKeys: SharedArrayBuffer;
  /** To the main thread, about the origin's answers that all workers share. */
  readonly tellCache: (asked: CacheAsk) => void;
}

/**
 * Of all large answers, for one /24 or /48: one connection of HTTP/2 can ask for as many as there are places, and take none of them. Four such
 * prefixes are needed to hold all; a carrier's readers have some hundred in each worker.
 */
const transfersOfOnePrefix = 1 / 4;

export function createState(options: StateOptions): EdgeState {
  const { config, data, tally, clock, monotonicMs, log, reportFault } = options;
  const { edge, decision } = config;
  const tls = edge.tls === "files";
  const crawlers = new Crawlers({ verify: decision.verify_crawlers, clock });
  const lanes = lanesOf(config, { monotonicMs, log });
  const languages = languagesOf(config);
  const errors = new PreparedErrors(tls);
  const gates = gatesOf(options);
  return {
    hosts: hostsOf(config),
    lanes,
    bridges: new Bridges(config.origin.websockets_max),
    websocketPaths: config.origin.websocket_paths,
    origin: protectedSiteOf(options, lanes, gates, () => createJudge({ ...options, errors, languages })),
    gates,
    signIn: signInOf(options, lanes.get("studio")),
    sharedNetworks: sharedNetworksOf(options),
    siteName: config.site.name,
    languages,
    timeZone: config.site.time_zone,
    limits: {
      urlBytesMax: edge.url_bytes_max,
      bodyBytesMax: edge.body_bytes_max,
      largeBytes: edge.large_bytes,
      idleTimeoutS: edge.idle_timeout_s,
    },
    tls,
    httpsPort: undefined,
    acmeWebroot: edge.acme_webroot,
    transparencyLog: data.transparencyLog,
    proxies: tableOf(networksOf(edge.trusted_proxies)),
    trustsProxies: edge.trusted_proxies.length > 0,
    admission: admissionOf(config),
    refusals: new Refusals(),
    sources: options.sources,
    ladder: new Ladder(options.sources),
    holds: new Holds(holdsEach(decision.holds_max, options.workers, descriptorsMax()), systemRandom),
    acts: rulesAct(decision),
    codings: new AcceptedCodings(),
    pages: new PageMemory({
      blobs: new BlobStore(data.blobs),
      bytesMax: Math.floor(edge.memory / options.workers),
      tls,
      monotonicMs,
    }),
    errors,
    largeBlobs: new LargeBlobs(data.editions, monotonicMs),
    transfers: transfersOf(edge, monotonicMs),
    tally,
    known: new KnownValues(options.hashKey, openGeo(config.geo, options.geoDatabase)),
    sampler: new Sampler(seededRandom(options.hashKey.first)),
    notes: new WorkerNotes(),
    crawlers,
    clock,
    monotonicMs,
    log,
    reportFault,
    mode: "calm",
    isSiegeOrdered: false,
    service: "normal",
    lite: new Lite(),
    maintenance: undefined,
    rules: new CompiledRules([], options.hashKey),
    book: undefined,
  };
}

/**
 * The same at every moment, for who comes in clear to an edge that speaks TLS: without the cookies that only hold there.
 */
export function inClear(state: EdgeState, httpsPort: number): EdgeState {
  const derived: Mutable<EdgeState> = Object.create(state);
  derived.tls = false;
  derived.httpsPort = httpsPort;
  return derived;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function transfersOf(edge: Config["edge"], monotonicMs: () => number): Transfers {
  return new Transfers({
    transfersMax: edge.transfers_max,
    ofOnePrefixMax: Math.ceil(edge.transfers_max * transfersOfOnePrefix),
    rateMin: edge.send_rate_min,
    graceMs: edge.send_grace_s * 1000,
    monotonicMs,
  });
}

function hostsOf(config: Config): Hosts {
  const { hostname } = config.studio;
  const sites = {
    portal: config["site.portal"].hosts,
    blog: config["site.blog"].hosts,
    studio: hostname === "" ? [] : [hostname],
  };
  return new Hosts(sites, config.edge.listen.every(isLoopback) ? "portal" : undefined);
}

function protectedSiteOf(
  { config, workers, hashKey, clock, monotonicMs, tellCache, ...shared }: StateOptions,
  lanes: Lanes,
  toll: WorkGate | undefined,
  judge: () => OriginJudge,
): OriginWay | undefined {
  const {
    origin,
    "site.portal": { hosts },
  } = config;
  const lane = origin.url === "" ? undefined : lanes.get("portal");
  if (lane === undefined) return undefined;
  const site = {
    host: hosts[0] ?? "localhost",
    scheme: lane.options.address.tls ? "https" : "http",
  } as const;
  const limits = { queueMax: origin.queue_max, queueMs: origin.queue_s * 1000 };
  const gate = new OriginGate({ clock, monotonicMs, ...limits, lane, site, toll });
  const keptKeys = new KeptKeys(shared.keptKeys, hashKey);
  const times = { clock, monotonicMs };
  return originWayOf(config, { lane, gate, judge: judge(), keptKeys, workers, tellCache, ...times });
}

function gatesOf({ config, gates: shared, monotonicMs }: StateOptions): WorkGate | undefined {
  if (!gatesBefore(config).origin) return undefined;
  return new WorkGate({ purpose: "work", shared, random: systemRandom, monotonicMs });
}

function languagesOf({ site }: Config): Languages {
  const preferred = site.languages.find((language) => language === site.default_language);
  return { offered: site.languages, preferred: preferred ?? site.languages[0] ?? "en" };
}

function admissionOf({ decision }: Config): Admission {
  return new Admission({
    mode: decision.mode,
    allow: networksOf(decision.allow),
    prefixRate: decision.prefix_rate,
    prefixBurst: decision.prefix_burst,
    prefixesMax: decision.prefixes_max,
  });
}

/** Rules, ladder and kernel refuse; where not, they are at most noted. */
export function rulesAct({ mode }: Config["decision"]): boolean {
  return mode === "auto" || mode === "siege";
}

/** The configuration was checked when it was loaded. */
export function networksOf(texts: readonly string[]): Network[] {
  return texts.map(parseNetwork).filter((parsed) => parsed !== undefined);
}

function sharedNetworksOf({ config: { gates }, log, monotonicMs }: StateOptions): SharedNetworks {
  const named = networksOf(gates.shared_networks);
  const shared = new SharedNetworks({ named, file: gates.tor_exits, log });
  shared.tend(monotonicMs());
  return shared;
}

function tableOf(networks: readonly Network[]): NetworkTable<true> {
  const table = new NetworkTable<true>();
  for (const network of networks) table.set(network, true);
  return table;
}
