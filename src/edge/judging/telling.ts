/** What a worker tells the main thread of its readings: alarms and questions each time, what is only uncertain within a limit, bodies once. */
import { RecentMap } from "../../base/recent-map.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import { findingId } from "../../guard/finding-id.ts";
import type { Reading } from "./told.ts";

/** An uncertain answer can be had at any address that somebody makes up. */
const uncertainEachSecond = 100;
/** Findings whose body the main thread has. */
const sampledMax = 2_000;
/** After which a body is sent along again: it may have been forgotten. */
const sampleAgainMs = 60_000;

export interface TellingOptions {
  readonly tell: (reading: Reading) => void;
  readonly monotonicMs: () => number;
}

export class Telling {
  readonly #options: TellingOptions;
  readonly #sampled = new RecentMap<string, number>(sampledMax);
  #second = { sinceMs: 0, uncertain: 0 };

  constructor(options: TellingOptions) {
    this.#options = options;
  }

  tell(reading: Omit<Reading, "sample">, { status, fields }: AnswerHead, body: Uint8Array): void {
    const nowMs = this.#options.monotonicMs();
    if (reading.verdict === "uncertain" && !reading.isReread && !this.#mayTellUncertain(nowMs)) return;
    const isNew = reading.verdict !== "vouched" && this.#isUnsampled(findingId(reading), nowMs);
    // A copy of its own: the bytes may be a window onto a buffer that is used again.
    const sample = isNew ? { status, headers: fields, body: new Uint8Array(body) } : undefined;
    this.#options.tell({ ...reading, sample });
  }

  #isUnsampled(id: string, nowMs: number): boolean {
    const sentMs = this.#sampled.get(id);
    if (sentMs !== undefined && nowMs - sentMs < sampleAgainMs) return false;
    this.#sampled.set(id, nowMs);
    return true;
  }

  #mayTellUncertain(nowMs: number): boolean {
    if (nowMs - this.#second.sinceMs >= 1_000) this.#second = { sinceMs: nowMs, uncertain: 0 };
    this.#second.uncertain += 1;
    return this.#second.uncertain <= uncertainEachSecond;
  }
}
