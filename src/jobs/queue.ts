/**
 * The durable queue: every change is one transaction, so that a kill at any moment leaves a job waiting, leased or done and
 * nothing between. What a lease has been taken away from can't complete any more.
 */
import type { Database } from "bun:sqlite";
import type { Clock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import { hex } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import {
  type Effect,
  type Job,
  type JobKind,
  jobLimits,
  type JobLimits,
  type JobState,
  type Leased,
} from "./job.ts";

export interface QueueOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: Partial<JobLimits>;
}

export interface Addition<P> {
  /** The same kind and key again adds nothing. */
  readonly key: string;
  readonly payload: P;
  /** Default: now. */
  readonly dueMs?: number;
}

const errorLengthMax = 2_000;
const listMax = 1_000;

const columns = "id, kind, key, state, attempts, due_ms AS dueMs, error";

export class Queue {
  readonly limits: JobLimits;
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor({ database, clock, random, limits }: QueueOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#random = random;
    this.limits = { ...jobLimits, ...limits };
  }

  /**
   * True where it was added, false where it was there already. May be part of a larger transaction of the caller's.
   * Throws OperatorError where the queue is full, Error where the payload is too large.
   */
  add<P>(kind: Pick<JobKind<P>, "name" | "attemptsMax">, { key, payload, dueMs }: Addition<P>): boolean {
    const text = JSON.stringify(payload);
    if (Buffer.byteLength(text) > this.limits.payloadBytesMax) {
      throw new Error(`the payload of ${kind.name} ${key} is too large`);
    }
    const attemptsMax = kind.attemptsMax ?? this.limits.attemptsMax;
    const added = this.#database
      .query(
        `INSERT INTO job (kind, key, payload, due_ms, attempts_max)
         SELECT ?, ?, ?, ?, ? WHERE (SELECT count(*) FROM job WHERE state = 'waiting') < ?
         ON CONFLICT (kind, key) DO NOTHING`,
      )
      .run(kind.name, key, text, dueMs ?? this.#clock.nowMs(), attemptsMax, this.limits.waitingMax);
    if (added.changes === 0 && !this.#has(kind.name, key)) throw queueIsFull(this.limits.waitingMax);
    return added.changes > 0;
  }

  /** The job that has been due longest, also one whose worker has given no sign of life; undefined where none is due. */
  take(kinds: readonly string[]): Leased | undefined {
    return this.#database.transaction(() => {
      this.#buryAbandoned();
      const nowMs = this.#clock.nowMs();
      const lease = hex(this.#random.bytes(16));
      return (
        this.#database
          .query<Leased, [string, number, string, number]>(
            `UPDATE job SET state = 'running', attempts = attempts + 1, lease = ?, due_ms = ?
             WHERE id = (
               SELECT id FROM job
               WHERE state IN ('waiting', 'running') AND kind IN (SELECT value FROM json_each(?)) AND due_ms <= ?
               ORDER BY due_ms, id LIMIT 1
             )
             RETURNING id, kind, payload, attempts, lease`,
          )
          .get(lease, nowMs + this.limits.leaseMs, JSON.stringify(kinds), nowMs) ?? undefined
      );
    })();
  }

  /** A sign of life. False where somebody else has the job by now. */
  renew({ id, lease }: Leased): boolean {
    const endsMs = this.#clock.nowMs() + this.limits.leaseMs;
    return this.#held("UPDATE job SET due_ms = ?", [endsMs], id, lease);
  }

  /** Marks it as done and runs its effect, both or neither. False where somebody else has the job by now. */
  complete({ id, lease }: Leased, effect: Effect): boolean {
    return this.#database.transaction(() => {
      const nowMs = this.#clock.nowMs();
      const isOurs = this.#held(
        "UPDATE job SET state = 'done', lease = NULL, error = NULL, due_ms = ?",
        [nowMs],
        id,
        lease,
      );
      if (isOurs) effect();
      return isOurs;
    })();
  }

  /** It waits again, longer each time, or is dead after its last attempt. */
  fail({ id, lease, attempts }: Leased, error: string): void {
    const waitMs = Math.min(this.limits.retryMostMs, this.limits.retryFirstMs * 2 ** (attempts - 1));
    // Spread, so that what failed together does not come back together.
    const dueMs = Math.round(this.#clock.nowMs() + waitMs * (0.75 + this.#random.next() / 2));
    this.#held(
      `UPDATE job SET state = iif(attempts >= attempts_max, 'dead', 'waiting'), lease = NULL, error = ?, due_ms = ?`,
      [error.slice(0, errorLengthMax), dueMs],
      id,
      lease,
    );
  }

  /** Gives it back unfinished, as if it had not been begun. */
  release({ id, lease }: Leased): void {
    const nowMs = this.#clock.nowMs();
    this.#held(
      "UPDATE job SET state = 'waiting', attempts = attempts - 1, lease = NULL, due_ms = ?",
      [nowMs],
      id,
      lease,
    );
  }

  /** What a process that was killed had begun waits again at once. Only for whoever alone works on these kinds: at its start. */
  reclaim(kinds: readonly string[]): void {
    this.#database
      .query(
        `UPDATE job SET state = 'waiting', lease = NULL, due_ms = ?
         WHERE state = 'running' AND attempts < attempts_max AND kind IN (SELECT value FROM json_each(?))`,
      )
      .run(this.#clock.nowMs(), JSON.stringify(kinds));
  }

  /** What can't succeed however often it is tried. */
  bury({ id, lease }: Leased, error: string): void {
    this.#held(
      "UPDATE job SET state = 'dead', lease = NULL, error = ?",
      [error.slice(0, errorLengthMax)],
      id,
      lease,
    );
  }

  /** Gives a dead job all its attempts again. False where there is no such dead job. */
  revive(id: number): boolean {
    return (
      this.#database
        .query("UPDATE job SET state = 'waiting', attempts = 0, due_ms = ? WHERE id = ? AND state = 'dead'")
        .run(this.#clock.nowMs(), id).changes > 0
    );
  }

  /** Forgets done jobs whose time is over. Dead ones stay until somebody revives them. */
  forgetDone(): number {
    return this.#database
      .query("DELETE FROM job WHERE state = 'done' AND due_ms <= ?")
      .run(this.#clock.nowMs() - this.limits.rememberMs).changes;
  }

  count(state: JobState): number {
    return (
      this.#database
        .query<{ jobs: number }, [string]>("SELECT count(*) AS jobs FROM job WHERE state = ?")
        .get(state)?.jobs ?? 0
    );
  }

  /** The oldest first, a thousand at most. */
  list(state: JobState): Job[] {
    return this.#database
      .query<Job, [string, number]>(`SELECT ${columns} FROM job WHERE state = ? ORDER BY due_ms, id LIMIT ?`)
      .all(state, listMax);
  }

  /** When there is something to take: a waiting job falls due or a lease ends. Undefined where nothing is left to do. */
  nextDueMs(kinds: readonly string[]): number | undefined {
    return (
      this.#database
        .query<{ due: number | null }, [string]>(
          `SELECT min(due_ms) AS due FROM job
           WHERE state IN ('waiting', 'running') AND kind IN (SELECT value FROM json_each(?))`,
        )
        .get(JSON.stringify(kinds))?.due ?? undefined
    );
  }

  #has(kind: string, key: string): boolean {
    return this.#database.query("SELECT 1 FROM job WHERE kind = ? AND key = ?").get(kind, key) !== null;
  }

  /** A job that kills whoever works on it must not be begun for ever. */
  #buryAbandoned(): void {
    this.#database
      .query(
        `UPDATE job SET state = 'dead', lease = NULL, error = 'its worker died each time'
         WHERE state = 'running' AND due_ms <= ? AND attempts >= attempts_max`,
      )
      .run(this.#clock.nowMs());
  }

  /** Changes the job while it is held under this lease. */
  #held(change: string, values: readonly (string | number)[], id: number, lease: string): boolean {
    return (
      this.#database
        .query<unknown, (string | number)[]>(`${change} WHERE id = ? AND state = 'running' AND lease = ?`)
        .run(...values, id, lease).changes > 0
    );
  }
}

function queueIsFull(waitingMax: number): OperatorError {
  return new OperatorError(`${waitingMax} jobs wait already`, {
    hint: "see `kasbah doctor` for why they are not done, and try again later",
  });
}
