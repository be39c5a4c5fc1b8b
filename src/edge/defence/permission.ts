/**
 * Whether what comes now may count as peace. The watch says so, because it knows of incidents and drills; one that has been silent for a
 * while is dead or frozen, and then only a calm that has lasted teaches anything.
 */

/** The watch says it again every 15 s (src/bus/subjects.ts). */
const silenceMs = 60_000;
/** Without a watch nobody knows of a low incident, but one that the edge doesn't notice for so long harms no reader. */
const lastingCalmMs = 300_000;

export interface Learning {
  readonly learn: boolean;
  readonly reason: string;
}

export class Permission {
  #said: Learning | undefined;
  #saidAtMs = 0;
  #calmSinceMs: number | undefined;

  hear({ learn, reason }: Learning, nowMs: number): void {
    this.#said = { learn, reason };
    this.#saidAtMs = nowMs;
  }

  /** To be told every tick. `calm`: the mode is, no rule covers anything, and the machine is well. */
  mayLearn(calm: boolean, nowMs: number): boolean {
    if (!calm) this.#calmSinceMs = undefined;
    else this.#calmSinceMs ??= nowMs;
    if (this.#calmSinceMs === undefined) return false;
    const isHeard = this.#said !== undefined && nowMs - this.#saidAtMs < silenceMs;
    if (isHeard) return this.#said?.learn === true;
    return nowMs - this.#calmSinceMs >= lastingCalmMs;
  }
}
