/**
 * The last step of the ladder: sources that no reader resembles are dropped by the kernel for a minute or more, before any of their
 * bytes costs the edge something. Needs the right to (CAP_NET_ADMIN) and nft; without them everything else goes on.
 */
import { type Clock, hourMs } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import { RecentMap } from "../../base/recent-map.ts";
import type { Log } from "../../base/log.ts";
import type { ListenAddress } from "../../base/network.ts";
import type { DefenceFacts } from "../../bus/facts.ts";
import type { Config } from "../../config/settings.ts";
import { type IpAddress, type Network, parseAddress } from "../../decision/address.ts";
import { sourceOf } from "../../decision/admission.ts";
import type { HashKey } from "../../decision/source.ts";
import { listCounts, Nft, nftProgram, removeTables } from "./nft.ts";
import {
  bansMax,
  banText,
  cameSets,
  type Rules,
  tablePrefix,
  tableText,
  unbanAllText,
  unbanText,
  regularMs,
  regularText,
  repeatsPerSDefault,
  repeatsText,
} from "./ruleset.ts";
import { ownNetworks, sourceAddress, Spared } from "./spared.ts";
import { briefBanMs, firstBanMs, Strikes } from "./strikes.ts";

export type KernelState = DefenceFacts["kernel"]["state"];

export interface KernelOptions {
  readonly settings: Config["kernel"];
  /** With real ports. */
  readonly listen: readonly ListenAddress[];
  readonly trustedProxies: readonly Network[];
  readonly allow: readonly Network[];
  readonly hashKey: HashKey;
  readonly clock: Clock;
  readonly log: Log;
  /** Null: there is none. Default: looked for. */
  readonly program?: string | null;
  /** Whether a trickle of connections gets in from who is dropped, so that a reader there can show. Default: yes. */
  readonly trials?: boolean;
  /** Of second connections that are held back, so many a second are let in all the same. Default: 100. */
  readonly repeatsPerS?: number;
  /** So much is written to one child before the next takes over: it keeps all of it in memory. */
  readonly childBytesMax?: number;
}

/** A line's worth: other work of the kernel's waits no longer than for these. */
const batch = 4_096;
/** Several times what it takes to tell of all bans. */
const childBytesMaxDefault = 16 * 1024 * 1024;
/** For so long are never dropped: who is known, and an address behind which somebody was found to read. */
const sparedMs = { known: 24 * hourMs, shared: hourMs / 4 } as const;
const backoffMs = { first: 1_000, most: 60_000 } as const;
/** A child that lived so long was well. */
const healthyMs = 60_000;

export class Kernel implements AsyncDisposable {
  readonly #options: KernelOptions;
  readonly #program: string | null;
  readonly #childBytesMax: number;
  readonly #spared: Spared;
  readonly #rules: Rules;
  readonly #strikes: Strikes;
  /** Who is dropped now, and until when (ms since 1970). Memory only. */
  readonly #bans = new Map<string, number>();
  /** Of these, who the kernel does not know of yet. */
  readonly #untold = new Set<string>();
  /** Whom it is to let in again, before that. */
  readonly #released = new Set<string>();
  #releasesAll = false;
  /** Second connections of who asks for nothing are held back: as it is wanted, and as the kernel knows. */
  #holdsRepeats = false;
  #toldRepeats = false;
  /** Who asked for something lately, and since when the kernel knows it (ms since 1970); who isn't told yet. */
  readonly #regular = new RecentMap<string, number>(bansMax);
  readonly #untoldRegular = new Set<string>();
  #nft: Nft | undefined;
  #state: KernelState = "off";
  #working: Promise<void> | undefined;
  #failures = 0;
  #retry: Timer | undefined;
  #stopped = false;

  /** Never rejects: where the kernel can't be used, `state` says so. */
  static async open(options: KernelOptions): Promise<Kernel> {
    const kernel = new Kernel(options);
    if (options.settings.nftables === "off" || process.platform !== "linux") return kernel;
    await kernel.#removeStale();
    await kernel.#begin();
    return kernel;
  }

  private constructor(options: KernelOptions) {
    const { settings, listen, trustedProxies, allow, hashKey, program } = options;
    this.#options = options;
    this.#program = program === undefined ? nftProgram() : program;
    this.#childBytesMax = options.childBytesMax ?? childBytesMaxDefault;
    const spared = [...trustedProxies, ...allow, ...ownNetworks()];
    this.#spared = new Spared(spared);
    this.#strikes = new Strikes(hashKey);
    const limits = {
      connections: settings.connections_per_prefix,
      newConnections: settings.new_connections_per_prefix,
    };
    const { trials = true, repeatsPerS = repeatsPerSDefault } = options;
    this.#rules = { listen, spared, limits, trials, repeatsPerS };
  }

  get state(): KernelState {
    return this.#state;
  }

  /** Sources that are dropped now. */
  get banned(): number {
    this.#forget(this.#options.clock.nowMs());
    return this.#bans.size;
  }

  /**
   * Drops whatever comes from these addresses (in IPv6 from their /64), for a minute at first. Only ever addresses of connections, never of
   * a header. Who is spared, or dropped already, stays as they are; so does everybody where the kernel can't be used. `briefly`: half as
   * long at first, because somebody else may be there. Returns how many are dropped from now on that weren't.
   */
  ban(addresses: readonly string[], nowMs: number, briefly = false): number {
    if (this.#state !== "on") return 0;
    this.#forget(nowMs);
    const before = this.#bans.size;
    for (const text of addresses) {
      const address = parseAddress(text);
      if (address !== undefined) this.#banOne(address, nowMs, briefly ? briefBanMs : firstBanMs);
    }
    this.#work();
    return this.#bans.size - before;
  }

  /** Lets these in, and keeps them from being dropped for a day. */
  spare(addresses: readonly string[], nowMs: number): void {
    this.#spareUntil(addresses, nowMs + sparedMs.known);
  }

  /** Somebody reads behind each of these: lets them in, and keeps them from being dropped for a quarter of an hour. */
  unban(addresses: readonly string[], nowMs: number): void {
    this.#spareUntil(addresses, nowMs + sparedMs.shared);
  }

  /** Lets these in; they may be dropped again at once. */
  release(addresses: readonly string[], nowMs: number): void {
    this.#spareUntil(addresses, nowMs);
  }

  /**
   * Whether who opened a connection within the last minute and asked for nothing gets no second one in, but for a few of all together. `regular`:
   * who did ask for something lately, to be told again every few seconds while it lasts.
   */
  holdRepeats(holds: boolean, regular: readonly string[], nowMs: number): void {
    if (this.#state !== "on") return;
    this.#holdsRepeats = holds;
    for (const source of regular) {
      // One that the kernel still has would keep the time that it has.
      if (nowMs - (this.#regular.get(source) ?? 0) <= regularMs) continue;
      this.#regular.set(source, nowMs);
      this.#untoldRegular.add(source);
    }
    this.#work();
  }

  /**
   * Connections that were opened here, by source (in IPv6 the first address of its /64): of each, since it last opened none for a minute. Undefined
   * where the kernel can't be used.
   */
  async arrivals(): Promise<ReadonlyMap<string, number> | undefined> {
    const table = this.#nft?.table;
    if (this.#program === null || table === undefined) return undefined;
    const program = this.#program;
    const [v4, v6] = await Promise.all([
      listCounts(program, table, cameSets[0]),
      listCounts(program, table, cameSets[1]),
    ]);
    return v4 && v6 && new Map([...v4, ...v6]);
  }

  /** Resolves once the kernel knows what it was to know. */
  async told(): Promise<void> {
    await this.#working;
  }

  /** Lets everybody in, and forgets that they were ever dropped. */
  unbanAll(): void {
    this.#bans.clear();
    this.#untold.clear();
    this.#strikes.clear();
    this.#releasesAll = true;
    this.#work();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#state = "off";
    await this.#nft?.[Symbol.asyncDispose]();
  }

  /** Whatever is called as our tables are, and has no owner any more. */
  async #removeStale(): Promise<void> {
    if (this.#program === null) return;
    const prefix = tablePrefix(this.#rules.listen);
    const isStale = (name: string): boolean =>
      name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length));
    const removed = await removeTables(this.#program, isStale);
    if (removed.length > 0)
      this.#options.log.warn("an earlier run had left a table behind", { tables: removed.join() });
  }

  #banOne(address: IpAddress, nowMs: number, firstMs: number): void {
    const source = sourceAddress(address);
    const { text } = source;
    if (this.#bans.has(text) || this.#bans.size >= bansMax || this.#spared.has(address, source, nowMs))
      return;
    this.#bans.set(text, nowMs + this.#strikes.next(sourceOf(source), nowMs, firstMs));
    this.#untold.add(text);
  }

  #spareUntil(addresses: readonly string[], untilMs: number): void {
    for (const text of addresses) {
      const address = parseAddress(text);
      if (address !== undefined) this.#spareOne(sourceAddress(address), untilMs);
    }
    this.#work();
  }

  #spareOne(source: IpAddress, untilMs: number): void {
    const { text } = source;
    this.#spared.ask(source, untilMs);
    if (!this.#bans.delete(text)) return;
    this.#untold.delete(text);
    this.#released.add(text);
  }

  #forget(nowMs: number): void {
    for (const [source, untilMs] of this.#bans) {
      if (untilMs > nowMs) continue;
      this.#bans.delete(source);
      this.#untold.delete(source);
    }
  }

  #work(): void {
    this.#working ??= this.#tell();
  }

  /** Line by line, until the kernel knows everything. What is asked for in the same turn goes together. */
  async #tell(): Promise<void> {
    await Promise.resolve();
    for (let nft = this.#nft; nft !== undefined; nft = this.#nft) {
      const line = this.#nextLine(nft.table);
      if (line === "") break;
      const outcome = await nft.run(line);
      if (!outcome.done) break;
      if (nft.writtenBytes > this.#childBytesMax) await this.#renew(nft);
    }
    this.#working = undefined;
  }

  #nextLine(table: string): string {
    const released = [...this.#released].map((source) => unbanText(table, source)).join("");
    const undoing = (this.#releasesAll ? unbanAllText(table) : "") + released;
    this.#releasesAll = false;
    this.#released.clear();
    return undoing + this.#nextRepeats(table) + banText(table, this.#nextBans());
  }

  #nextRepeats(table: string): string {
    const regular = [...this.#untoldRegular.values().take(batch)];
    for (const source of regular) this.#untoldRegular.delete(source);
    const changes = this.#holdsRepeats !== this.#toldRepeats;
    this.#toldRepeats = this.#holdsRepeats;
    return regularText(table, regular) + (changes ? repeatsText(table, this.#holdsRepeats) : "");
  }

  #nextBans(): [source: string, seconds: number][] {
    const nowMs = this.#options.clock.nowMs();
    const sources = [...this.#untold.values().take(batch)];
    return sources.flatMap((source) => {
      this.#untold.delete(source);
      const leftMs = (this.#bans.get(source) ?? 0) - nowMs;
      return leftMs > 0 ? [[source, Math.ceil(leftMs / 1_000)]] : [];
    });
  }

  /** The old child's table stays until the new one's rules hold. */
  async #renew(before: Nft): Promise<void> {
    await this.#begin();
    await before[Symbol.asyncDispose]();
  }

  async #begin(): Promise<void> {
    const opened = await this.#open();
    if (!(opened instanceof Nft)) this.#fail(opened.reason);
    else if (this.#stopped) await opened[Symbol.asyncDispose]();
    else this.#use(opened);
  }

  /** A kernel that can't keep lists of connections (a container, a small build) can still drop, and meter what is new. */
  async #open(): Promise<Nft | { readonly reason: string }> {
    const whole = await this.#openWith(this.#rules);
    const { limits } = this.#rules;
    if (whole instanceof Nft || lacksRight(whole.reason) || limits.connections === 0) return whole;
    const rest = await this.#openWith({ ...this.#rules, limits: { ...limits, connections: 0 } });
    if (!(rest instanceof Nft)) return whole;
    this.#options.log.warn("open connections are not limited: the kernel can't count them", whole);
    return rest;
  }

  async #openWith(rules: Rules): Promise<Nft | { readonly reason: string }> {
    if (this.#program === null) return { reason: "nft is not installed" };
    try {
      const nft = new Nft(this.#program, tablePrefix(rules.listen));
      const outcome = await nft.run(tableText(nft.table, rules));
      return outcome.done ? nft : outcome;
    } catch (thrown) {
      return { reason: messageOf(thrown) };
    }
  }

  /** A new child knows nobody yet. */
  #use(nft: Nft): void {
    this.#nft = nft;
    this.#state = "on";
    this.#releasesAll = false;
    this.#released.clear();
    this.#toldRepeats = false;
    this.#regular.forgetWhile(() => true);
    for (const source of this.#bans.keys()) this.#untold.add(source);
    this.#options.log.info("the kernel drops sources that no reader resembles", { table: nft.table });
    void this.#watch(nft);
    this.#work();
  }

  async #watch(nft: Nft): Promise<void> {
    const startedMs = performance.now();
    const reason = await nft.ended;
    if (this.#nft !== nft) return;
    if (performance.now() - startedMs > healthyMs) this.#failures = 0;
    this.#fail(reason);
  }

  /** Rights don't come back to a process; everything else may. */
  #fail(reason: string): void {
    this.#nft = undefined;
    if (this.#stopped) return;
    if (lacksRight(reason)) {
      this.#state = "no right";
      this.#options.log.info("the kernel drops nobody for us: no CAP_NET_ADMIN; `kasbah doctor` tells more");
      return;
    }
    const waitMs = Math.min(backoffMs.first * 2 ** this.#failures, backoffMs.most);
    this.#state = "failed";
    this.#failures += 1;
    this.#options.log.warn("the kernel drops nobody for now", { reason, wait_ms: waitMs });
    this.#retry = setTimeout(() => void this.#begin(), waitMs);
  }
}

function lacksRight(reason: string): boolean {
  return reason.includes("Operation not permitted");
}
