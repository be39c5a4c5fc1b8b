/** What serving costs an edge, added up from workers' reports between two looks. */
import type { Served } from "../../decision/modes/serving-cost.ts";
import type { WorkerReport } from "../messages.ts";

export interface MeasureOptions {
  /** Of the processor time that the edge could use, lately, 0..1. */
  readonly cpuShare: (nowMs: number) => number;
  /** Bytes sent so far on the line to readers; undefined: what was answered has to do. */
  readonly lineBytes: () => number | undefined;
}

export type Reported = Pick<WorkerReport, "lagMs" | "counts" | "lite" | "large">;

/** Of an answer's head. */
const headBytes = 400;
/** Headers of packets. */
const packetsCost = 1.05;

type Sums = {
  -readonly [name in "requests" | "refused" | "pages" | "bytes" | keyof WorkerReport["lite"]]: number;
};

export class Measure {
  readonly #options: MeasureOptions;
  #sums = noSums();
  #lagMs = 0;
  #reports = 0;
  #lookedMs: number;
  #lineBytes: number | undefined;
  #waits = { wait: false, atMs: 0 };
  /** Since the process started. */
  texts = 0;
  workRefused = 0;

  constructor(options: MeasureOptions, nowMs: number) {
    this.#options = options;
    this.#lookedMs = nowMs;
    this.#lineBytes = options.lineBytes();
  }

  hear({ lagMs, counts, lite, large }: Reported): void {
    const sums = this.#sums;
    this.#lagMs += lagMs;
    this.#reports += 1;
    sums.bytes += (large.takenBytes - large.countedBytes) * packetsCost;
    for (const name of ["texts", "textBytes", "work", "workBytes"] as const) sums[name] += lite[name];
    this.texts += lite.texts;
    this.workRefused += lite.work;
    if (counts === undefined) return;
    sums.requests += counts.requests;
    sums.refused += counts.refused + counts.challenged;
    sums.pages += counts.pages;
    sums.bytes += (counts.bytes + counts.requests * headBytes) * packetsCost;
  }

  /** It holds until it is heard again, or nobody has said so for a while. */
  hearReaders(wait: boolean, nowMs: number): void {
    this.#waits = { wait, atMs: nowMs };
  }

  /** Undefined where it is too soon after the last one. A look without any report: the workers have not come to it for so long. */
  take(nowMs: number): Served | undefined {
    const { cpuShare, lineBytes } = this.#options;
    const sinceMs = nowMs - this.#lookedMs;
    if (sinceMs < leastMs) return undefined;
    const seconds = sinceMs / 1_000;
    const lagMs = this.#reports === 0 ? sinceMs : this.#lagMs / this.#reports;
    const before = this.#lineBytes;
    this.#lineBytes = lineBytes();
    const onLine =
      before === undefined || this.#lineBytes === undefined ? undefined : this.#lineBytes - before;
    const bytes = Math.max(0, onLine ?? this.#sums.bytes);
    const readersWait = this.#waits.wait && nowMs - this.#waits.atMs < heardMs;
    const served = { ...this.#sums, bytes, seconds, lagMs, readersWait, cpuShare: cpuShare(nowMs) };
    this.#sums = noSums();
    this.#lagMs = this.#reports = 0;
    this.#lookedMs = nowMs;
    return served;
  }
}

/** The kernel's list is looked at every five seconds, every fifteen where that takes long. */
const heardMs = 20_000;
/** Shorter looks see nothing but chance. */
const leastMs = 200;

function noSums(): Sums {
  return { requests: 0, refused: 0, pages: 0, bytes: 0, texts: 0, textBytes: 0, work: 0, workBytes: 0 };
}
