/**
 * What is usual at this edge: its peace and its baseline, learned late, kept in aggregates over restarts. What is part of a flood that
 * begins must not teach anything, so a lesson waits until it is known that nothing came of it.
 */
import { z } from "zod";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import {
  type Baseline,
  baselineRecordSchema,
  learn,
  priorBaseline,
  recall,
  recordOf,
  usualRate,
} from "../../decision/baseline.ts";
import type { Sample } from "../../decision/requests/sample.ts";
import { Peace } from "../../decision/signatures/peace.ts";
import { peaceRecordSchema } from "../../decision/signatures/peace-record.ts";
import type { HashKey } from "../../decision/source.ts";
import type { Traffic } from "../../decision/traffic.ts";
import type { EdgeDatabase } from "../edge-database.ts";

/** Longer than it takes until a flood is noticed. */
const waitMs = 10_000;
/** Lessons that wait: a sample of each of eight workers every 100 ms, and the seconds. What comes beyond is not learned. */
const waitingMax = 1_000;
const saveEveryMs = 60_000;

export interface UsualOptions {
  readonly languages: readonly string[];
  readonly hashKey: HashKey;
  readonly database: EdgeDatabase;
  readonly log: Log;
}

interface Lesson {
  readonly of: "peace" | "baseline";
  readonly atMs: number;
  readonly teach: () => void;
}

export class Usual {
  readonly peace: Peace;
  readonly #options: UsualOptions;
  #waiting: Lesson[] = [];
  #baseline: Baseline;
  #savedMs: number | undefined;

  constructor(options: UsualOptions) {
    const { languages, hashKey } = options;
    this.#options = options;
    const record = this.#recall("baseline", baselineRecordSchema);
    this.#baseline = record === undefined ? priorBaseline(languages) : recall(record);
    this.peace = Peace.start(hashKey, this.#recall("peace", peaceRecordSchema));
  }

  ratePerS(nowMs: number): number {
    return usualRate(this.#baseline, nowMs);
  }

  /** To be learned from once it is certain that it was peace. */
  hear(sample: Sample, nowMs: number): void {
    if (sample.count > 0) this.#wait("peace", nowMs, () => this.peace.learn(sample, nowMs));
  }

  /** Of about a second. */
  count(traffic: Traffic, nowMs: number): void {
    this.#wait("baseline", nowMs, () => (this.#baseline = learn(this.#baseline, traffic, 1)));
  }

  /**
   * Once a tick. `mayLearn`: nobody knows of an attack. While far more comes than usual only the baseline is taught, which nobody can lift
   * quickly: or else a site with many readers from the first day on would never learn that it has.
   */
  tend({ mayLearn, isHigh }: { readonly mayLearn: boolean; readonly isHigh: boolean }, nowMs: number): void {
    if (!mayLearn) this.#waiting = [];
    else if (isHigh) this.#waiting = this.#waiting.filter(({ of }) => of === "baseline");
    while ((this.#waiting[0]?.atMs ?? Infinity) <= nowMs - waitMs) this.#waiting.shift()?.teach();
    this.#savedMs ??= nowMs;
    if (nowMs - this.#savedMs < saveEveryMs) return;
    this.peace.forget(nowMs);
    this.save(nowMs);
  }

  /** Where it can't be written (a full disk), the edge goes on with what it has in mind. */
  save(nowMs: number): void {
    this.#savedMs = nowMs;
    try {
      const values = {
        baseline: JSON.stringify(recordOf(this.#baseline)),
        peace: JSON.stringify(this.peace.record()),
      };
      this.#options.database.remember(values, nowMs);
    } catch (thrown) {
      this.#options.log.error("can't write what is usual here", { reason: messageOf(thrown) });
    }
  }

  #wait(of: Lesson["of"], atMs: number, teach: () => void): void {
    if (this.#waiting.length < waitingMax) this.#waiting.push({ of, atMs, teach });
  }

  #recall<T>(name: string, schema: z.ZodType<T>): T | undefined {
    const { database, log } = this.#options;
    const text = database.recall(name);
    if (text === undefined) return undefined;
    try {
      return schema.parse(JSON.parse(text));
    } catch (thrown) {
      const reason = thrown instanceof z.ZodError ? z.prettifyError(thrown).slice(0, 200) : messageOf(thrown);
      log.warn("starts anew with what it can't read", { memory: name, reason });
      return undefined;
    }
  }
}
