/**
 * What all workers share of the origin's answers, and who of them asks for what: kept by the main thread, because it alone hears everybody in one
 * order. Equal misses are one, whichever workers they come to. A worker that is lost, or takes too long, loses its leave to ask.
 */
import { type Purge, purges } from "./purge.ts";
import type { CacheAsk, CacheReply } from "./cache-messages.ts";
import { KeptByTarget } from "./kept-by-target.ts";
import type { KeptKeys } from "./kept-keys.ts";
import { PurgeLog } from "./purge-log.ts";
import { freshUntilMs, type Stored, weightOf } from "./stored.ts";

export interface SharedAnswersOptions {
  /** Of all bodies, and what comes with them. */
  readonly bytesMax: number;
  /** Where workers see what is there. */
  readonly keptKeys: KeptKeys;
  readonly nowMs: () => number;
  readonly tell: (slot: number, reply: CacheReply) => void;
  readonly tellAll: (reply: CacheReply) => void;
}

/** Whoever has leave to ask for it, and who waits for what comes of it. */
interface Lease {
  slot: number;
  untilMs: number;
  readonly waiting: Waiting[];
}

interface Waiting {
  readonly slot: number;
  readonly ask: number;
}

/** Then the next one asks: longer than most answers take, shorter than readers wait. */
const leaseMs = 15_000;
/** At a time; beyond, each worker asks for itself. */
const leasesMax = 65_536;
/** Shared memory that was forgotten is only given back when it is collected. */
const collectEveryBytes = 32 * 1024 * 1024;

export class SharedAnswers {
  readonly #options: SharedAnswersOptions;
  readonly #stored: KeptForAll;
  readonly #leases = new Map<string, Lease>();
  readonly #purged = new PurgeLog();
  #forgottenBytes = 0;

  constructor(options: SharedAnswersOptions) {
    this.#options = options;
    this.#stored = new KeptForAll(options.bytesMax, options.keptKeys);
  }

  get bytes(): number {
    return this.#stored.weight;
  }

  get leases(): number {
    return this.#leases.size;
  }

  hear(slot: number, asked: CacheAsk): void {
    switch (asked.kind) {
      case "may":
        return this.#may(slot, asked);
      case "look":
        return this.#look(slot, asked);
      case "filled":
        return this.#fill(asked);
      case "empty":
        return this.#settle(asked.key, { kind: "nothing", fault: asked.fault });
      case "used":
        for (const key of asked.keys) this.#stored.get(key);
        return;
      case "purge":
        this.purge(asked.what);
    }
  }

  /** The worker is gone: whoever waits for it asks instead. */
  lost(slot: number): void {
    for (const [key, lease] of this.#leases) {
      const left = lease.waiting.filter((one) => one.slot !== slot);
      lease.waiting.splice(0, lease.waiting.length, ...left);
      if (lease.slot === slot) this.#passOn(key, lease);
    }
  }

  /** To be called about once a second. */
  tend(): void {
    const nowMs = this.#options.nowMs();
    for (const [key, lease] of this.#leases) if (lease.untilMs <= nowMs) this.#passOn(key, lease);
  }

  /** Everywhere. What is on its way to there was asked for before, and is kept nowhere. Returns how many answers are gone. */
  purge(what: Purge): number {
    let purged = 0;
    for (const [key, stored] of this.#stored.meantBy(what)) {
      const answer = stored.kind === "answer" ? stored : undefined;
      if (!purges(what, key, answer)) continue;
      this.#stored.delete(key);
      if (answer !== undefined) purged += 1;
    }
    this.#purged.note(what);
    this.#options.tellAll({ kind: "purge", what, purges: this.#purged.count });
    return purged;
  }

  #may(slot: number, { key, ask, haveUntilMs }: CacheAsk & { readonly kind: "may" }): void {
    const { tell, nowMs } = this.#options;
    const stored = this.#stored.get(key);
    if (stored !== undefined && isNews(stored, haveUntilMs, nowMs())) {
      return tell(slot, { kind: "found", ask, stored });
    }
    const lease = this.#leases.get(key);
    if (lease !== undefined) {
      lease.waiting.push({ slot, ask });
      return;
    }
    if (this.#leases.size < leasesMax) {
      this.#leases.set(key, { slot, untilMs: nowMs() + leaseMs, waiting: [] });
    }
    tell(slot, this.#leave(ask, haveUntilMs === 0 ? stored : undefined));
  }

  #look(slot: number, { key, ask, haveUntilMs }: CacheAsk & { readonly kind: "look" }): void {
    const { tell, nowMs } = this.#options;
    const stored = this.#stored.get(key);
    // Where there isn't enough for all, an old answer may do for somebody who has none.
    const isBest = stored?.kind === "answer" && haveUntilMs === 0;
    const isFound = stored !== undefined && (isBest || isNews(stored, haveUntilMs, nowMs()));
    tell(slot, isFound ? { kind: "found", ask, stored } : { kind: "nothing", ask, fault: undefined });
  }

  #leave(ask: number, stored: Stored | undefined): CacheReply {
    return { kind: "leave", ask, purges: this.#purged.count, stored };
  }

  #fill({ key, stored, purges: told }: CacheAsk & { readonly kind: "filled" }): void {
    const isOutdated = this.#purged.hasSince(told, stored);
    if (!isOutdated) for (const [name, one] of stored) this.#keep(name, one);
    const own = stored.find(([name]) => name === key)?.[1];
    if (isOutdated || own === undefined) this.#settle(key, { kind: "nothing", fault: undefined });
    else this.#settle(key, { kind: "found", stored: own });
  }

  #keep(key: string, stored: Stored): void {
    const weight = weightOf(stored.kind === "answer" ? stored.body.length : undefined);
    const before = this.#stored.weight;
    this.#stored.set(key, stored, weight);
    this.#forgottenBytes += before + weight - this.#stored.weight;
    if (this.#forgottenBytes < collectEveryBytes) return;
    this.#forgottenBytes = 0;
    Bun.gc(false);
  }

  /** Whoever waits for it, in whichever worker. */
  #settle(key: string, reply: SettledReply): void {
    const lease = this.#leases.get(key);
    this.#leases.delete(key);
    for (const { slot, ask } of lease?.waiting ?? []) this.#options.tell(slot, { ...reply, ask });
  }

  #passOn(key: string, lease: Lease): void {
    const next = lease.waiting.shift();
    if (next === undefined) {
      this.#leases.delete(key);
      return;
    }
    lease.slot = next.slot;
    lease.untilMs = this.#options.nowMs() + leaseMs;
    this.#options.tell(next.slot, this.#leave(next.ask, this.#stored.get(key)));
  }
}

/** Seen by all threads. */
class KeptForAll extends KeptByTarget<Stored> {
  readonly #keys: KeptKeys;

  constructor(bytesMax: number, keys: KeptKeys) {
    super(bytesMax);
    this.#keys = keys;
  }

  override set(key: string, stored: Stored, weight: number): boolean {
    const isKept = super.set(key, stored, weight);
    if (isKept) this.#keys.add(key);
    return isKept;
  }

  override delete(key: string): boolean {
    const isGone = super.delete(key);
    if (isGone) this.#keys.remove(key);
    return isGone;
  }
}

type SettledReply =
  | Omit<CacheReply & { readonly kind: "found" }, "ask">
  | Omit<CacheReply & { readonly kind: "nothing" }, "ask">;

/** Fresh, or fresher than what the worker has. */
function isNews(stored: Stored, haveUntilMs: number, nowMs: number): boolean {
  const untilMs = freshUntilMs(stored);
  return untilMs > haveUntilMs && untilMs > nowMs;
}
