/** One edge worker inside the test's own process: real sockets on a free port, real blobs in a temporary folder. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Sha256, sha256, utf8 } from "../../src/base/bytes.ts";
import { ManualClock } from "../../src/base/clock.ts";
import { silentLog } from "../../src/base/log.ts";
import { listenAddress } from "../../src/base/network.ts";
import { type DataFolder, dataFolder } from "../../src/config/data-folder.ts";
import type { Config } from "../../src/config/settings.ts";
import { noTally, type Tally } from "../../src/decision/record.ts";
import { SourceTable } from "../../src/decision/sources/source-table.ts";
import { AddressBook } from "../../src/edge/address-book.ts";
import type { Reading } from "../../src/edge/judging/told.ts";
import type { CacheReply } from "../../src/edge/cache/cache-messages.ts";
import { noSolver, shareGates, type SharedGates } from "../../src/edge/gates/shared-gates.ts";
import { KeptKeys } from "../../src/edge/cache/kept-keys.ts";
import { SharedAnswers } from "../../src/edge/cache/shared-answers.ts";
import { listen } from "../../src/edge/server.ts";
import { createState, type EdgeState } from "../../src/edge/state.ts";
import { type Certificate, readCertificate } from "../../src/edge/tls/certificate.ts";
import type { Withdrawal } from "../../src/edition/edition.ts";
import { blobName } from "../../src/edition/names.ts";
import type { Target } from "../../src/edition/target.ts";
import { type Overrides, testConfig } from "./config.ts";

export interface TestPage extends Partial<Omit<Target, "sha256" | "length">> {
  readonly path: string;
  readonly body: string | Uint8Array;
}

export interface TestEdge extends AsyncDisposable {
  readonly port: number;
  /** Of the first of `edge.redirect_listen`; 0: there is none. */
  readonly redirectPort: number;
  readonly url: string;
  readonly data: DataFolder;
  readonly state: EdgeState;
  readonly clock: ManualClock;
  /** Of the monotonic clock that paces large answers. */
  readonly monotonic: { nowMs: number };
  /** What was reported as damaged or missing. */
  readonly faults: { readonly sha256: string; readonly fault: string }[];
  /** What was read of a protected site, and is not vouched for. */
  readonly readings: readonly Reading[];
  publish(pages: readonly TestPage[], withdrawals?: readonly Withdrawal[]): Target[];
  /** As a worker is told where places run short. */
  closeIdle(): void;
  /** As a worker is told when the certificate's files were renewed. */
  renew(certificate: Certificate): void;
}

export interface TestEdgeOptions {
  readonly config?: Overrides;
  readonly tally?: Tally;
  /** To share them with another worker. */
  readonly gates?: SharedGates;
}

export const startMs = Date.UTC(2011, 6, 31, 14);

export function startTestEdge(options: TestEdgeOptions = {}): TestEdge {
  const data = dataFolder(mkdtempSync(join(tmpdir(), "kasbah-edge-")));
  const config = testConfig({
    ...options.config,
    edge: { listen: ["127.0.0.1:0"], ...options.config?.edge },
  });
  const clock = new ManualClock(startMs);
  const monotonic = { nowMs: 0 };
  const faults: { sha256: string; fault: string }[] = [];
  const readings: Reading[] = [];
  const tell = (reply: CacheReply): void => state.origin?.sharing.hear(reply);
  const hashKey = { first: 1, second: 2 };
  const keptKeys = new SharedArrayBuffer(KeptKeys.bytes);
  const cache = new SharedAnswers({
    bytesMax: config.origin.cache_bytes,
    keptKeys: new KeptKeys(keptKeys, hashKey),
    nowMs: () => clock.nowMs(),
    tell: (_, reply) => tell(reply),
    tellAll: tell,
  });
  const state: EdgeState = createState({
    config,
    data,
    workers: 1,
    sources: new SourceTable(
      { first: 3, second: 5 },
      new ArrayBuffer(SourceTable.bytes(config.decision.sources_max)),
    ),
    tally: options.tally ?? noTally,
    hashKey,
    geoDatabase: undefined,
    keptKeys,
    gates: options.gates ?? shareGates(new Uint8Array(32), noSolver),
    clock,
    monotonicMs: () => monotonic.nowMs,
    log: silentLog,
    tellCache: (asked) => cache.hear(0, asked),
    reportReading: (reading) => readings.push(reading),
    reportFault: ({ sha256: name }, { fault }) => faults.push({ sha256: name, fault }),
  });
  return { ...open(config, state, data), data, state, clock, monotonic, faults, readings };
}

function open(
  config: Config,
  state: EdgeState,
  data: DataFolder,
): Pick<
  TestEdge,
  "port" | "redirectPort" | "url" | "publish" | "closeIdle" | "renew" | typeof Symbol.asyncDispose
> {
  const address = listenAddress(config.edge.listen[0] ?? "");
  const listener = listen({ address, certificate: readCertificate(config.edge) }, config, state);
  const { port } = listener.address;
  const [plain] = config.edge.redirect_listen.map(listenAddress);
  const door = plain && { address: plain, certificate: undefined, httpsPort: config.edge.https_port || port };
  const redirector = door && listen(door, config, state);
  let version = 0;
  const publish: TestEdge["publish"] = (pages, withdrawals = []) => {
    version += 1;
    const targets = pages.map((page) => writePage(data, page));
    state.book = new AddressBook({ id: sha256(`${version}`), version, targets, withdrawals }, state.book);
    state.pages.keepOnly(state.book.entryIds);
    state.lite.keepOnly(state.book.entryIds);
    return targets;
  };
  return {
    port,
    redirectPort: redirector?.address.port ?? 0,
    url: `${config.edge.tls === "off" ? "http" : "https"}://localhost:${port}`,
    publish,
    closeIdle: () => listener.closeIdle(),
    renew: (certificate) => listener.renew(certificate),
    [Symbol.asyncDispose]: async () => {
      await listener[Symbol.asyncDispose]();
      await redirector?.[Symbol.asyncDispose]();
      rmSync(data.root, { recursive: true, force: true });
    },
  };
}

/** Where a blob lies on disk, for tests that harm it. */
export function blobFile(data: DataFolder, name: Sha256): string {
  return join(data.editions, blobName(name));
}

/** Puts the body where the edge looks for it. */
function writePage(data: DataFolder, page: TestPage): Target {
  const { body, ...more } = page;
  const bytes = typeof body === "string" ? utf8(body) : body;
  const target: Target = {
    site: "portal",
    area: "pages",
    status: 200,
    type: "text/html; charset=utf-8",
    headers: {},
    ...more,
    sha256: sha256(bytes),
    length: bytes.length,
  };
  const path = blobFile(data, target.sha256);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return target;
}
