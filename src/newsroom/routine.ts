/** What the newsroom does by the clock: texts whose time has come, timestamps before they expire, a look at what lies on the disk. */
import { type Clock, rfc3339 } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { EditionFault } from "../edition/refusal.ts";
import type { Newsroom } from "./parts.ts";

/** How often it looks whether something is due, ms. */
export const routineEveryMs = 5_000;

const checkEveryMs = 30_000;
/** Looking at everything takes at most so much of the time. */
const checkShareMax = 0.02;

export interface Found {
  readonly where: string;
  readonly at: string;
  readonly what: string;
}

export class Routine {
  readonly #newsroom: Newsroom;
  readonly #onTampering: (found: Found) => void;
  #running: Promise<void> | undefined;
  #checkDueMs: number;

  constructor(newsroom: Newsroom, onTampering: (found: Found) => void) {
    this.#newsroom = newsroom;
    this.#onTampering = onTampering;
    this.#checkDueMs = newsroom.clock.nowMs() + checkEveryMs;
  }

  /** Does what is due. While an earlier round goes on, that one's end is what this resolves with. Never rejects. */
  round(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Resolves when nothing of it goes on. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #round(): Promise<void> {
    const { log } = this.#newsroom;
    for (const [name, step] of this.#steps) {
      try {
        await step();
      } catch (thrown) {
        log.error(`${name} failed, it is tried again`, { reason: messageOf(thrown) });
      }
    }
  }

  readonly #steps: readonly (readonly [name: string, step: () => Promise<void>])[] = [
    ["publishing what is due", () => this.#publishDue()],
    ["renewing the timestamp", () => this.#newsroom.publisher.renewInTime()],
    ["erasing pictures", () => this.#newsroom.pictures.sweep()],
    ["looking at the editions folder", () => this.#check()],
  ];

  async #publishDue(): Promise<void> {
    const { pieces, publisher, log } = this.#newsroom;
    const due = pieces.publishDue();
    for (const { textId, result } of due) {
      if (result.outcome === "refused")
        log.warn("a scheduled text can't be published", { textId, reason: result.reason });
    }
    if (due.some(({ result }) => result.outcome === "done")) await publisher.publishUnlessHeld();
  }

  async #check(): Promise<void> {
    const { clock, publisher, log } = this.#newsroom;
    const startMs = clock.nowMs();
    if (startMs < this.#checkDueMs) return;
    const fault = await publisher.check();
    const endMs = clock.nowMs();
    this.#checkDueMs = endMs + Math.max(checkEveryMs, (endMs - startMs) / checkShareMax);
    if (fault === undefined) return;
    log.error("a file of the edition was changed; it was made anew", {
      file: fault.file,
      reason: fault.reason,
    });
    this.#onTampering(foundOf(fault, clock));
  }
}

export function foundOf({ file, reason }: EditionFault, clock: Clock): Found {
  return { where: file, at: rfc3339(clock.nowMs()), what: `${file} ${reason}` };
}
