/**
 * The crawl of a snapshot: loads what is found until nothing waits any more, a few at a time, at the origin's pace. Everything it knows is
 * in the database, so that it goes on where it was cut off.
 */
import { messageOf, OperatorError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { Wait } from "../../publishing/turns.ts";
import type { Load, OriginClient } from "../client/client.ts";
import type { FoundAddress, FoundAddresses } from "./found-addresses.ts";
import type { Intake } from "./intake.ts";
import type { Pace } from "../client/pace.ts";
import type { OriginAddress } from "../client/protected-site.ts";

export interface CrawlParts {
  readonly client: Pick<OriginClient, "load">;
  readonly pace: Pace;
  readonly found: FoundAddresses;
  readonly intake: Intake;
  readonly nowMs: () => number;
  readonly wait: Wait;
  /** Until an address that could not be loaded is tried again; longer each time. */
  readonly retryMs: number;
  readonly log: Log;
  readonly onProgress: (address: OriginAddress) => void;
}

/** Requests on their way at a time. */
const atOnce = 3;
const attemptsMax = 4;
/** So many failures in a row, and the origin is taken to be away. */
const failuresMax = 20;
const lookEveryMs = 50;

export class Crawl {
  readonly #parts: CrawlParts;
  readonly #busy = new Set<OriginAddress>();
  #failuresInARow = 0;

  constructor(parts: CrawlParts) {
    this.#parts = parts;
  }

  /** Resolves when nothing is left to load, or after `signal`. Rejects with OperatorError where the origin is away. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(Array.from({ length: atOnce }, () => this.#work(signal)));
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { found, nowMs, wait } = this.#parts;
    while (!signal.aborted) {
      if (this.#failuresInARow >= failuresMax) throw isAway();
      const next = found.next(nowMs(), [...this.#busy]);
      if (next !== undefined) await this.#visit(next, signal);
      else if (this.#busy.size === 0 && found.nextDueMs() === undefined) return;
      else await wait(lookEveryMs);
    }
  }

  async #visit(next: FoundAddress, signal: AbortSignal): Promise<void> {
    const { client, pace, onProgress } = this.#parts;
    this.#busy.add(next.address);
    try {
      await pace.turn(signal);
      if (signal.aborted) return;
      const load = await client.load(next.address, next.loads, signal);
      if (signal.aborted) return;
      await this.#take(next, load);
      onProgress(next.address);
    } finally {
      this.#busy.delete(next.address);
    }
  }

  async #take(next: FoundAddress, load: Load): Promise<void> {
    const { pace, found, intake, log } = this.#parts;
    const { address } = next;
    if (load.kind === "fault" && load.fault === "too large")
      return found.end(address, "left out", load.reason);
    if (load.kind === "fault") return this.#retry(next, load.reason);
    const { status, headers } = load.answer;
    if (status === 429 || status >= 500) {
      return this.#retry(next, `answers ${status}`, retryAfterMs(headers));
    }
    this.#failuresInARow = 0;
    pace.answered(load.tookMs);
    try {
      await intake.take(next, load.answer);
    } catch (thrown) {
      log.error("a page of the origin can't be taken in", { address, reason: messageOf(thrown) });
      found.end(address, "failed", messageOf(thrown));
    }
  }

  #retry({ address, attempts }: FoundAddress, reason: string, afterMs = 0): void {
    const { pace, found, nowMs, retryMs } = this.#parts;
    this.#failuresInARow += 1;
    pace.refused(afterMs);
    if (attempts + 1 >= attemptsMax) found.end(address, "failed", reason);
    else found.again(address, nowMs() + Math.max(afterMs, retryMs * 2 ** attempts), reason);
  }
}

/** Seconds or a date, of which only seconds are usual where somebody is asked to slow down (RFC 9110, section 10.2.3). */
function retryAfterMs(headers: readonly (readonly [string, string])[]): number {
  const value = headers.find(([name]) => name === "retry-after")?.[1] ?? "";
  return /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : 0;
}

function isAway(): OperatorError {
  return new OperatorError("the origin does not answer, or only with errors", {
    hint: "look whether origin.url is right and the site behind it well; `kasbah snapshot` goes on from here",
  });
}
