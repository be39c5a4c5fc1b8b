/** A whole edge for tests: main thread, worker threads, hub, database, and a publisher that writes real editions to its folder. */
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sha256, sha256, utf8 } from "../../src/base/bytes.ts";
import { ManualClock } from "../../src/base/clock.ts";
import { silentLog } from "../../src/base/log.ts";
import type { Event, EventSubject } from "../../src/bus/bus.ts";
import { type Hub, startHub } from "../../src/bus/hub.ts";
import { connectBus, type LocalBus } from "../../src/bus/local.ts";
import type { Role } from "../../src/bus/role.ts";
import { type DataFolder, dataFolder } from "../../src/config/data-folder.ts";
import { startEdge } from "../../src/edge/role.ts";
import type { Withdrawal } from "../../src/edition/edition.ts";
import { blobName } from "../../src/edition/names.ts";
import { BlobStore } from "../../src/store/blobs.ts";
import { EditionFolder } from "../../src/store/edition-folder.ts";
import { page, startMs, TestPublisher } from "../edition-fixture.ts";
import type { SignedBaseline } from "./somebody-elses-site.ts";
import { type Overrides, testConfig } from "./config.ts";

/** Bodies by path, on the portal. */
export type Pages = Readonly<Record<string, string>>;

export class WholeEdge implements AsyncDisposable {
  readonly data: DataFolder = dataFolder(mkdtempSync(join(tmpdir(), "kasbah-whole-edge-")));
  readonly clock = new ManualClock(startMs);
  readonly publisher = new TestPublisher();
  readonly #overrides: Overrides;
  readonly #written = new Map<string, Uint8Array>();
  #hub: Hub | undefined;
  #edgeBus: LocalBus | undefined;
  #bus: LocalBus | undefined;
  #role: Role | undefined;

  constructor(overrides: Overrides = {}) {
    this.#overrides = overrides;
  }

  /** Somebody else's connection: the newsroom's, the watch's, an operator's. */
  get bus(): LocalBus {
    if (this.#bus === undefined) throw new Error("not started");
    return this.#bus;
  }

  get url(): string {
    return this.#role?.addresses[0] ?? "";
  }

  async start(): Promise<void> {
    await mkdir(this.data.run, { recursive: true });
    this.#hub ??= await startHub(this.data.busSocket);
    this.#bus ??= await connectBus(this.data.busSocket);
    this.#edgeBus = await connectBus(this.data.busSocket);
    const config = testConfig({
      ...this.#overrides,
      edge: { listen: ["127.0.0.1:0"], workers: 2, ...this.#overrides.edge },
      kernel: { nftables: "off", ...this.#overrides.kernel },
    });
    const { data, clock } = this;
    this.#role = await startEdge({ config, data, bus: this.#edgeBus, log: silentLog, clock, demo: false });
    await this.#edgeBus.flush();
  }

  async stop(): Promise<void> {
    await this.#role?.[Symbol.asyncDispose]();
    await this.#edgeBus?.[Symbol.asyncDispose]();
    this.#role = this.#edgeBus = undefined;
  }

  async stopHub(): Promise<void> {
    await this.#hub?.[Symbol.asyncDispose]();
    this.#hub = undefined;
  }

  /** Files first, then the checkpoint, then the timestamp. */
  async publish(pages: Pages, withdrawals?: readonly Withdrawal[], baseline?: SignedBaseline): Promise<void> {
    const targets = Object.entries(pages).map(([path, body]) => page({ site: "portal", path }, body));
    const bodies = Object.values(pages).map((body) => [sha256(body), utf8(body)] as const);
    await new BlobStore(this.data.blobs).put(new Map([...bodies, ...(baseline?.blobs ?? [])]));
    await this.publisher.publish(
      [...targets, ...(baseline === undefined ? [] : [baseline.target])],
      withdrawals,
    );
    const changed = [...this.publisher.files].filter(([name, data]) => this.#written.get(name) !== data);
    for (const [name, data] of changed) this.#written.set(name, data);
    const last = (name: string): boolean => name === "metadata/timestamp.json" || name === "log/checkpoint";
    const stage = (wanted: (name: string) => boolean): Map<string, Uint8Array> =>
      new Map(changed.filter(([name]) => wanted(name)));
    await new EditionFolder(this.data.editions).write([
      stage((name) => !last(name)),
      stage((name) => name === "log/checkpoint"),
      stage((name) => name === "metadata/timestamp.json"),
    ]);
  }

  blobFile(body: string): string {
    return join(this.data.editions, blobName(sha256(body)));
  }

  /** What a newsroom would answer with. */
  repairFrom(pages: Pages): () => void {
    const bodies = new Map<string, string>(Object.values(pages).map((body) => [sha256(body), body]));
    return this.bus.respond("newsroom.repair", async ({ sha256: name }) => {
      const body = bodies.get(name);
      if (body === undefined) return { repaired: false };
      const blob = new Map<Sha256, Uint8Array>([[sha256(body), utf8(body)]]);
      await new BlobStore(this.data.blobs).put(blob);
      return { repaired: true };
    });
  }

  async get(path: string, init: RequestInit = {}): Promise<Response> {
    return await fetch(this.url + path, { keepalive: false, redirect: "manual", ...init });
  }

  /** Resolves with the first such event from now on. */
  async event<S extends EventSubject>(
    subject: S,
    wanted: (event: Event<S>) => boolean = () => true,
  ): Promise<Event<S>> {
    const { promise, resolve } = Promise.withResolvers<Event<S>>();
    const end = this.bus.subscribe(subject, (event) => {
      if (wanted(event)) resolve(event);
    });
    await this.bus.flush();
    return promise.finally(end);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#bus?.[Symbol.asyncDispose]();
    await this.stopHub();
    rmSync(this.data.root, { recursive: true, force: true });
  }
}

/** For what has no event: asks again until it is so. The test's own time limit ends it. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await Bun.sleep(20);
}
