/** A job: work that must be done once, whatever dies meanwhile. */
import type { z } from "zod";

/** waiting → running → done; a failed one waits again, and is dead once it has used up its attempts. */
export type JobState = "waiting" | "running" | "done" | "dead";

export interface Job {
  readonly id: number;
  readonly kind: string;
  /** Two jobs of one kind with the same key are one job. */
  readonly key: string;
  readonly state: JobState;
  /** How often it was begun. */
  readonly attempts: number;
  /** ms since 1970: not begun earlier. */
  readonly dueMs: number;
  /** What went wrong last. */
  readonly error: string | null;
}

/** A job that this process may work on until its lease ends. */
export interface Leased {
  readonly id: number;
  readonly kind: string;
  readonly payload: string;
  readonly attempts: number;
  /** Nobody else's; what it is not held by any more can't be completed. */
  readonly lease: string;
}

/** What a job leaves behind in the database; runs in the very transaction that marks the job as done. */
export type Effect = () => void;

export interface JobKind<P = unknown> {
  readonly name: string;
  readonly payload: z.ZodType<P>;
  /** Begun so often at most; then it is dead. Default: 8, which with the default waits are some two hours. */
  readonly attemptsMax?: number;
  /**
   * Does the work and returns its effect. It may be killed and begun again at any moment before the effect, so what it
   * does out in the world has to bear repetition; the effect itself happens exactly once.
   */
  run(payload: P, signal: AbortSignal): Effect | Promise<Effect>;
}

export interface JobLimits {
  /** Jobs that wait at a time; beyond it adding is refused. */
  readonly waitingMax: number;
  readonly payloadBytesMax: number;
  readonly attemptsMax: number;
  /** Without a sign of life for so long, a job is somebody else's to begin. */
  readonly leaseMs: number;
  /** Wait after the first failure, doubled after each further one. */
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
  /** Done jobs are remembered for so long, so that their keys stay taken. */
  readonly rememberMs: number;
}

export const jobLimits: JobLimits = {
  waitingMax: 10_000,
  payloadBytesMax: 64 * 1024,
  attemptsMax: 8,
  leaseMs: 30_000,
  retryFirstMs: 60_000,
  retryMostMs: 3_600_000,
  rememberMs: 7 * 86_400_000,
};
