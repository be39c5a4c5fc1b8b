/**
 * Who may go on: allow-list, then bans, then a token bucket per prefix that only something faster than any reader meets.
 * Pure: the caller brings addresses as text and the time. What is known of an address is looked up once and remembered,
 * in memory only, for as many addresses as the limit says and for an hour after the last request at most.
 */
import { hourMs } from "../base/clock.ts";
import { RecentHalves } from "../base/recent-halves.ts";
import { type IpAddress, type Network, networkKey, parseAddress, words } from "./address.ts";
import { type ActiveBan, BanTable, isExpired } from "./bans.ts";
import { type Bucket, fullBucket, retryAfterS, takeToken } from "./bucket.ts";
import { NetworkTable } from "./network-table.ts";
import type { Source } from "./source.ts";

/** IPv6 addresses are handed out to readers by the /64. */
const sitePrefixBits = 64;
/** Whoever did not come in one such time and the next is forgotten. */
const turnMs = hourMs / 2;

export interface AdmissionLimits {
  readonly mode: "auto" | "off" | "shadow" | "siege";
  readonly allow: readonly Network[];
  readonly prefixRate: number;
  readonly prefixBurst: number;
  readonly prefixesMax: number;
}

export interface Client {
  /** The address in its shortest form; as bytes it would take three times the memory, for each of a flood's. */
  readonly text: string;
  /** For the tally. */
  readonly source: Source;
  readonly allowed: boolean;
  /** Shared by what is counted together: one IPv4 address, or the /64 around an IPv6 one. */
  readonly bucket: Bucket;
  /** Which generation of bans `ban` was looked up in. */
  bansGeneration: number;
  ban: ActiveBan | undefined;
  /** What asked the last time, and how it is told apart. */
  program: Program | undefined;
}

/** Keyed hashes of what it calls itself and of its language, the number of its headers, and the fingerprint of all that. */
export interface Program {
  readonly agent: number;
  readonly language: number;
  readonly headers: number;
  readonly fingerprint: number;
}

export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #bucketLimits: { readonly rate: number; readonly burst: number };
  readonly #allow = new NetworkTable<true>();
  readonly #clients: RecentHalves<string, Client>;
  /** Of IPv6 only: there, several clients share one. */
  readonly #buckets: RecentHalves<string, Bucket>;
  #bans = new BanTable([]);
  #bansGeneration = 0;
  #turnedMs: number | undefined;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
    this.#bucketLimits = { rate: limits.prefixRate, burst: limits.prefixBurst };
    this.#clients = new RecentHalves(limits.prefixesMax);
    this.#buckets = new RecentHalves(limits.prefixesMax);
    for (const allowed of limits.allow) this.#allow.set(allowed, true);
  }

  setBans(bans: readonly ActiveBan[]): void {
    this.#bans = new BanTable(bans);
    this.#bansGeneration += 1;
  }

  /** How many addresses are remembered at most. */
  get clients(): number {
    return this.#clients.size;
  }

  /** Undefined where the text is no address. */
  client(text: string, nowMs: number): Client | undefined {
    const known = this.#clients.get(text);
    if (known !== undefined) return known;
    const address = parseAddress(text);
    if (address === undefined) return undefined;
    const client =
      (address.text !== text && this.client(address.text, nowMs)) || this.#newClient(address, nowMs);
    this.#clients.set(text, client);
    return client;
  }

  /** Looked up again only after the bans changed or the one that held has expired. */
  banOf(client: Client, nowMs: number): ActiveBan | undefined {
    if (client.allowed) return undefined;
    const outdated =
      client.bansGeneration !== this.#bansGeneration ||
      (client.ban !== undefined && isExpired(client.ban, nowMs));
    if (outdated) {
      const address = this.#bans.isEmpty ? undefined : parseAddress(client.text);
      client.ban = address && this.#bans.find(address, nowMs);
      client.bansGeneration = this.#bansGeneration;
    }
    return client.ban;
  }

  /** Seconds until its prefix may ask again; 0: it may, and this was counted. */
  throttledForS(client: Client, nowMs: number): number {
    const { mode } = this.#limits;
    if (client.allowed || mode === "off" || mode === "shadow") return 0;
    if (takeToken(client.bucket, this.#bucketLimits, nowMs)) return 0;
    return retryAfterS(client.bucket, this.#bucketLimits);
  }

  /** To be called now and then. */
  forget(nowMs: number): void {
    this.#turnedMs ??= nowMs;
    if (nowMs - this.#turnedMs < turnMs) return;
    this.#turnedMs = nowMs;
    this.#clients.turn();
    this.#buckets.turn();
  }

  #newClient(address: IpAddress, nowMs: number): Client {
    const shared = address.bytes.length === 16;
    return {
      text: address.text,
      source: sourceOf(address),
      allowed: !this.#allow.isEmpty && this.#allow.find(address) === true,
      bucket: shared ? this.#sharedBucket(address, nowMs) : fullBucket(this.#bucketLimits, nowMs),
      bansGeneration: -1,
      ban: undefined,
      program: undefined,
    };
  }

  #sharedBucket(address: IpAddress, nowMs: number): Bucket {
    const key = networkKey(address, sitePrefixBits);
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const bucket = fullBucket(this.#bucketLimits, nowMs);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

export function sourceOf(address: IpAddress): Source {
  const [first, second] = words(address);
  return address.bytes.length === 4
    ? { v6: false, high: 0, low: first }
    : { v6: true, high: first, low: second };
}
