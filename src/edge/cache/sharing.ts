/** A worker's side of what all workers share: asks the main thread, and does without it where it is silent. */
import type { LaneFault } from "../lane/passage.ts";
import type { Purge } from "./purge.ts";
import { PurgeLog } from "./purge-log.ts";
import type { Stored } from "./stored.ts";
import type { CacheAsk, CacheReply } from "./cache-messages.ts";
import type { KeptKeys } from "./kept-keys.ts";

export type Reply = Exclude<CacheReply, { readonly kind: "purge" | "rules" }>;

export interface SharingOptions {
  /** To the main thread. */
  readonly tell: (asked: CacheAsk) => void;
  readonly keptKeys: KeptKeys;
  readonly monotonicMs: () => number;
}

/** A main thread that said nothing for so long is not waited for: the origin may be asked once more than needed. */
const silenceMaxMs = 1_000;
/** However lively it is: longer than anybody's leave lasts. */
const waitMaxMs = 20_000;
const usedMax = 4_096;

interface Waiting {
  readonly sinceMs: number;
  readonly resolve: (reply: Reply) => void;
}

export class Sharing {
  /** As far as is known here. */
  readonly purged = new PurgeLog();
  readonly #options: SharingOptions;
  readonly #waiting = new Map<number, Waiting>();
  #asks = 0;
  #heardMs = Number.NEGATIVE_INFINITY;
  #used: string[] = [];

  constructor(options: SharingOptions) {
    this.#options = options;
  }

  /** May this worker ask the origin? Waits while another does. `haveUntilMs`: until when what is there was fresh. Never rejects. */
  may(key: string, haveUntilMs: number): Promise<Reply> {
    return this.#ask("may", key, haveUntilMs);
  }

  /** What others keep, where it is newer than what this worker has; for that nobody asks the origin. Never rejects. */
  async look(key: string, haveUntilMs: number): Promise<Stored | undefined> {
    if (!this.#options.keptKeys.mayHave(key)) return undefined;
    const reply = await this.#ask("look", key, haveUntilMs);
    return reply.kind === "found" ? reply.stored : undefined;
  }

  /** For everybody. */
  filled(filling: Omit<CacheAsk & { readonly kind: "filled" }, "kind">): void {
    this.#options.tell({ kind: "filled", ...filling });
  }

  empty(key: string, fault?: LaneFault): void {
    this.#options.tell({ kind: "empty", key, fault });
  }

  /** It was given out: what nobody asks for goes first. */
  used(key: string): void {
    if (this.#used.length < usedMax) this.#used.push(key);
  }

  purge(what: Purge): void {
    this.#options.tell({ kind: "purge", what });
  }

  hear(reply: CacheReply): void {
    this.heard();
    if (reply.kind === "purge") this.purged.note(reply.what);
    if ("purges" in reply) this.purged.begin(reply.purges);
    if ("ask" in reply) this.#settle(reply);
  }

  /** The main thread is there. */
  heard(): void {
    this.#heardMs = this.#options.monotonicMs();
  }

  /** To be called about once a second. */
  tend(): void {
    const nowMs = this.#options.monotonicMs();
    const isSilent = nowMs - this.#heardMs > silenceMaxMs;
    for (const [ask, { sinceMs }] of this.#waiting) {
      if (nowMs - sinceMs > (isSilent ? silenceMaxMs : waitMaxMs))
        this.#settle({ kind: "leave", ask, purges: this.purged.count, stored: undefined });
    }
    if (this.#used.length === 0) return;
    this.#options.tell({ kind: "used", keys: this.#used });
    this.#used = [];
  }

  #ask(kind: "may" | "look", key: string, haveUntilMs: number): Promise<Reply> {
    this.#asks += 1;
    const { promise, resolve } = Promise.withResolvers<Reply>();
    this.#waiting.set(this.#asks, { sinceMs: this.#options.monotonicMs(), resolve });
    this.#options.tell({ kind, ask: this.#asks, key, haveUntilMs });
    return promise;
  }

  #settle(reply: Reply): void {
    this.#waiting.get(reply.ask)?.resolve(reply);
    this.#waiting.delete(reply.ask);
  }
}
