/** The main thread's part in keeping the origin's answers: what all workers share, and what is learned of parameters, which outlives a restart. */
import { systemClock } from "../../base/clock.ts";
import type { Config } from "../../config/settings.ts";
import type { EdgeDatabase } from "../edge-database.ts";
import type { Purge } from "./purge.ts";
import type { CacheAsk, CacheReply } from "./cache-messages.ts";
import type { KeptKeys } from "./kept-keys.ts";
import { ParameterLearning } from "./parameter-learning.ts";
import type { ParameterRules } from "./parameters.ts";
import { SharedAnswers } from "./shared-answers.ts";

export interface CacheKeeperOptions {
  readonly origin: Config["origin"];
  readonly database: EdgeDatabase;
  readonly keptKeys: KeptKeys;
  readonly tell: (slot: number, reply: CacheReply) => void;
  readonly tellAll: (reply: CacheReply) => void;
}

const savedAs = "origin-parameters";
/** Workers are told what was learned, and it is saved. */
const tellEveryMs = 5_000;
const saveEveryMs = 60_000;

export class CacheKeeper {
  readonly #options: CacheKeeperOptions;
  readonly #shared: SharedAnswers;
  readonly #learning: ParameterLearning;
  #seen = 0;
  #told = { seen: 0, atMs: 0 };
  #saved = { seen: 0, atMs: 0 };

  constructor(options: CacheKeeperOptions) {
    this.#options = options;
    const { origin, database, keptKeys, tell, tellAll } = options;
    // By the system's clock, because that is the workers'.
    const nowMs = (): number => systemClock.nowMs();
    const bytesMax = Math.floor(origin.cache_bytes / 2);
    this.#shared = new SharedAnswers({ bytesMax, keptKeys, nowMs, tell, tellAll });
    this.#learning = new ParameterLearning(database.recall(savedAs));
  }

  /** For a worker that starts. */
  get rules(): ParameterRules {
    return this.#learning.rules;
  }

  hear(slot: number, asked: CacheAsk): void {
    this.#shared.hear(slot, asked);
    if (asked.kind !== "filled" || asked.seen === undefined) return;
    this.#learning.see(asked.seen, systemClock.nowMs());
    this.#seen += 1;
  }

  lost(slot: number): void {
    this.#shared.lost(slot);
  }

  /** Returns how many answers are gone. */
  purge(what: Purge): number {
    return this.#shared.purge(what);
  }

  /** To be called about once a second. */
  tend(): void {
    this.#shared.tend();
    const atMs = systemClock.nowMs();
    if (this.#seen !== this.#told.seen && atMs - this.#told.atMs >= tellEveryMs) {
      this.#told = { seen: this.#seen, atMs };
      this.#options.tellAll({ kind: "rules", rules: this.#learning.rules });
    }
    if (atMs - this.#saved.atMs >= saveEveryMs) this.save();
  }

  /** Nothing where nothing is new. */
  save(): void {
    const atMs = systemClock.nowMs();
    if (this.#seen === this.#saved.seen) return;
    this.#saved = { seen: this.#seen, atMs };
    this.#options.database.remember({ [savedAs]: this.#learning.save() }, atMs);
  }
}
