/** A newsroom that protects a living origin, without the two seconds between two loads of a page. */
import { isSha256 } from "../src/base/bytes.ts";
import { systemClock } from "../src/base/clock.ts";
import { silentLog } from "../src/base/log.ts";
import type { Asked, Bus, Event, EventSubject } from "../src/bus/bus.ts";
import { startHub } from "../src/bus/hub.ts";
import { connectBus } from "../src/bus/local.ts";
import type { Finding, OriginState } from "../src/bus/origin-facts.ts";
import { takeLock } from "../src/config/lock.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { defaultConfig } from "../src/config/load.ts";
import type { Config } from "../src/config/settings.ts";
import { baselineTargetName, type BaselineManifest, decodeManifest } from "../src/guard/manifest.ts";
import { openNewsroom } from "../src/newsroom/newsroom.ts";
import type { Newsroom, NewsroomOptions } from "../src/newsroom/parts.ts";
import type { Origin } from "../src/origin/origin.ts";
import { Watching } from "../src/origin/upkeep/watching.ts";
import { realWait } from "../src/publishing/turns.ts";
import { BlobStore } from "../src/store/blobs.ts";
import { type LivingOrigin, startLivingOrigin } from "./living-origin.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Tests that are about looking turn it on. */
const withoutEyes = { evidence_bytes_max: 0, chromium: "off", look_s: 86_400 } as const;

export function originConfig(url: string, change: Partial<Config["origin"]> = {}): Config {
  const usual = defaultConfig();
  return {
    ...usual,
    origin: { ...usual.origin, url, crawl_rate: 1_000, refresh_s: 1, ...withoutEyes, ...change },
  };
}

const waitMost = 5;

export interface Protecting extends AsyncDisposable {
  readonly newsroom: Newsroom;
  readonly origin: Origin;
}

interface Change extends Partial<NewsroomOptions> {
  readonly settings?: Partial<Config["origin"]>;
  readonly keepEditions?: number;
  /** Of the portal. */
  readonly hosts?: readonly string[];
}

export async function protect(
  root: string,
  { url }: Pick<LivingOrigin, "url">,
  change: Change = {},
): Promise<Protecting> {
  const { settings, keepEditions, hosts, ...options } = change;
  const config = originConfig(url, settings);
  const portal = {
    hosts: hosts ?? config["site.portal"].hosts,
    address: hosts === undefined ? "" : `http://${hosts[0]}`,
  };
  const keep_editions = keepEditions ?? config.publishing.keep_editions;
  const newsroom = await openNewsroom({
    config: { ...config, "site.portal": portal, publishing: { ...config.publishing, keep_editions } },
    data: dataFolder(root),
    log: silentLog,
    clock: systemClock,
    patience: { spacingMs: 0, retryMs: 1, goneAfterMs: 0 },
    // Whoever waits for more looks at a clock.
    wait: (ms) => realWait(Math.min(ms, waitMost)),
    onPublished: () => {},
    ...options,
  });
  const { origin } = newsroom;
  if (origin === undefined) throw new Error("an origin is configured");
  await origin.resume();
  return { newsroom, origin, [Symbol.asyncDispose]: () => newsroom[Symbol.asyncDispose]() };
}

/** Crawls to the end and signs what is not suspicious. */
export async function snapshot({ origin }: Protecting, include: readonly string[] = []): Promise<void> {
  origin.snapshot.begin(true);
  await origin.snapshot.idle();
  await origin.approve(include);
}

/** As edges read it; undefined where none is published. */
export async function publishedManifest(
  { newsroom }: Protecting,
  root: string,
): Promise<BaselineManifest | undefined> {
  const target = newsroom.publisher.current?.edition.targets.get(baselineTargetName);
  if (target === undefined) return undefined;
  const blob = await new BlobStore(dataFolder(root).blobs).get(target.sha256);
  if (blob.state !== "whole") throw new Error(`the manifest is ${blob.state}`);
  return decodeManifest(blob.data);
}

export interface Watched extends AsyncDisposable {
  readonly watching: Watching;
  /** As edges and the watch hear and answer. */
  readonly edge: Bus;
  readonly held: Asked<"edge.origin.hold">[];
  readonly released: () => number;
  /** Resolves when the newsroom has taken it in. */
  finds(finding: Partial<Finding>): Promise<void>;
  /** The same of how the edge treats the site. */
  says(state: Partial<OriginState>): Promise<void>;
}

/** The newsroom on a bus, with an edge that does as it is told. */
export async function watch({ origin }: Protecting, root: string): Promise<Watched> {
  const data = dataFolder(root);
  const { busSocket } = data;
  const stack = new AsyncDisposableStack();
  stack.use(takeLock(data));
  stack.use(await startHub(busSocket, silentLog));
  const bus = stack.use(await connectBus(busSocket));
  const edge = stack.use(await connectBus(busSocket));
  const held: Asked<"edge.origin.hold">[] = [];
  let released = 0;
  edge.respond("edge.origin.hold", (ask) => {
    held.push(ask);
    return { origin: null };
  });
  edge.respond("edge.origin.release", () => {
    released += 1;
    return { origin: null };
  });
  const watching = stack.use(new Watching(origin, bus));
  await Promise.all([bus.flush(), edge.flush()]);
  const heard = async <S extends EventSubject>(subject: S, event: Event<S>): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = bus.subscribe(subject, () => resolve());
    await bus.flush();
    edge.publish(subject, event);
    await promise;
    end();
  };
  return {
    watching,
    edge,
    held,
    released: () => released,
    finds: (finding) => heard("origin.finding", { ...anyFinding, ...finding }),
    says: (state) => heard("origin.state", { ...anyState, ...state }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const anyFinding: Finding = {
  edge: "edge-1",
  id: "f1",
  at: "2021-11-22T10:00:00Z",
  address: "/",
  verdict: "question",
  facts: [],
  status: 200,
  type: "text/html",
  bytes: 100,
  sha256: "0".repeat(64),
  held: true,
  shown: { judged: 0, uncertain: 0, first: null, last: null },
};

const anyState: OriginState = {
  edge: "edge-1",
  at: "2021-11-22T10:00:00Z",
  site: "live",
  since: "2021-11-22T10:00:00Z",
  by: "edge",
  reason: "",
  baseline: null,
  held_pages: 0,
  working_until: null,
  maintenance: null,
  health: { state: "well", took_ms: null, capacity: 1, waiting: 0 },
  shown: { judged: 0, uncertain: 0, copies: 0, cached: 0 },
};

/** The approved copy of a page as text; undefined where the baseline doesn't know it. */
export async function approvedCopy(
  protecting: Protecting,
  root: string,
  path: string,
): Promise<string | undefined> {
  const manifest = await publishedManifest(protecting, root);
  const sha256 = manifest?.entries.find((entry) => entry.path === path)?.copy.sha256 ?? "";
  if (!isSha256(sha256)) return undefined;
  const blob = await new BlobStore(dataFolder(root).blobs).get(sha256);
  return blob.state === "whole" ? Buffer.from(blob.data).toString() : blob.state;
}

/** All of it: an origin with its first baseline, a newsroom that watches it, an edge. */
export async function protectedSite(change: Change = {}) {
  const stack = new AsyncDisposableStack();
  const { path: root } = stack.use(temporaryFolder("memory"));
  const living = stack.use(startLivingOrigin());
  const protecting = stack.use(await protect(root, living, change));
  await snapshot(protecting);
  const watched = stack.use(await watch(protecting, root));
  const { deciding, questions } = protecting.origin;
  return {
    ...watched,
    living,
    protecting,
    deciding,
    questions,
    data: dataFolder(root),
    manifest: () => publishedManifest(protecting, root),
    copyAt: (path: string) => approvedCopy(protecting, root, path),
    entries: async () => (await publishedManifest(protecting, root))?.entries ?? [],
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
