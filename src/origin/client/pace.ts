/**
 * How fast the origin is asked: so many requests a second at most, fewer where it is slow or says that it is too much (429, 503), and
 * nothing at all while it asked to be left alone (Retry-After).
 */
import type { Wait } from "../../publishing/turns.ts";

export interface PaceOptions {
  /** Requests a second. */
  readonly rate: number;
  /** The gap after a first "too much", ms; it doubles with each further one. */
  readonly slowGapMs: number;
  readonly monotonicMs: () => number;
  readonly wait: Wait;
}

/** The gap grows to so many times the first slow one. */
const doublingsMax = 64;
/** A robots.txt that asks for more gets this one. */
const delayMostMs = 30_000;
/** Whoever asks for a longer pause gets this one; the snapshot goes on by and by. */
const retryMostMs = 5 * 60_000;
/** How often somebody who waits looks whether it still has to. */
const lookEveryMs = 500;
/** With each answer in order, a widened gap shrinks to so much of itself. */
const recovery = 0.9;
/** The origin works at most so much of the time for us: a page that takes a second is followed by none for half a second. */
const shareOfItsTime = 2;

export class Pace {
  readonly #options: PaceOptions;
  #leastGapMs: number;
  readonly #mostGapMs: number;
  #gapMs: number;
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#leastGapMs = 1_000 / options.rate;
    this.#mostGapMs = options.slowGapMs * doublingsMax;
    this.#gapMs = this.#leastGapMs;
  }

  /** A robots.txt may ask for longer gaps (Crawl-delay), within reason. */
  atLeast(gapMs: number): void {
    this.#leastGapMs = Math.max(this.#leastGapMs, Math.min(gapMs, delayMostMs));
    this.#gapMs = Math.max(this.#gapMs, this.#leastGapMs);
  }

  /** Resolves when the next request may begin, or when nobody wants to make it any more. */
  async turn(signal?: AbortSignal): Promise<void> {
    const { monotonicMs, wait } = this.#options;
    const atMs = Math.max(monotonicMs(), this.#nextMs);
    this.#nextMs = atMs + this.#gapMs;
    for (;;) {
      const leftMs = atMs - monotonicMs();
      if (leftMs <= 0 || signal?.aborted === true) return;
      await wait(Math.min(leftMs, lookEveryMs));
    }
  }

  /** An answer in order, after so long. */
  answered(tookMs: number): void {
    const slowed = Math.min(this.#mostGapMs, Math.max(this.#gapMs * recovery, tookMs / shareOfItsTime));
    this.#gapMs = Math.max(this.#leastGapMs, slowed);
  }

  /** It failed, took too long or said that it is too much; `retryAfterMs`: what it asked for. */
  refused(retryAfterMs = 0): void {
    const slower = Math.min(this.#mostGapMs, Math.max(this.#options.slowGapMs, this.#gapMs * 2));
    this.#gapMs = Math.max(this.#leastGapMs, slower);
    const untilMs = this.#options.monotonicMs() + Math.max(this.#gapMs, Math.min(retryAfterMs, retryMostMs));
    this.#nextMs = Math.max(this.#nextMs, untilMs);
  }
}
