/** Works through the queue: a few jobs at a time, each under a lease that it renews while the job runs. */
import { messageOf } from "../base/errors.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { JobKind, Leased } from "./job.ts";
import type { Queue } from "./queue.ts";

export interface WorkerOptions {
  readonly queue: Queue;
  readonly kinds: readonly JobKind[];
  readonly clock: Clock;
  readonly log: Log;
  /** Jobs at a time. Default: 2. */
  readonly concurrency?: number;
}

/** Looks into the queue at least so often, ms, whatever the timers say. */
const lookEveryMs = 60_000;

export class Worker implements AsyncDisposable {
  readonly #queue: Queue;
  readonly #kinds: ReadonlyMap<string, JobKind>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #concurrency: number;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #timer: Timer | undefined;

  constructor({ queue, kinds, clock, log, concurrency = 2 }: WorkerOptions) {
    this.#queue = queue;
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    this.#clock = clock;
    this.#log = log;
    this.#concurrency = concurrency;
  }

  /** Begins what is due. To be called once to start, and whenever a job was added. */
  wake(): void {
    clearTimeout(this.#timer);
    while (this.#running.size < this.#concurrency && !this.#stopping.signal.aborted) {
      const job = this.#queue.take([...this.#kinds.keys()]);
      if (job === undefined) return this.#sleep();
      const work = this.#work(job).finally(() => {
        this.#running.delete(work);
        this.wake();
      });
      this.#running.add(work);
    }
  }

  /** Begins nothing more, tells what runs to hurry, and waits for it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#running);
  }

  #sleep(): void {
    this.#queue.forgetDone();
    const dueMs = this.#queue.nextDueMs([...this.#kinds.keys()]);
    const waitMs = dueMs === undefined ? lookEveryMs : Math.max(0, dueMs - this.#clock.nowMs());
    this.#timer = setTimeout(() => this.wake(), Math.min(lookEveryMs, waitMs));
  }

  async #work(job: Leased): Promise<void> {
    const lost = new AbortController();
    const renewal = setInterval(() => {
      if (!this.#queue.renew(job)) lost.abort();
    }, this.#queue.limits.leaseMs / 3);
    try {
      await this.#run(job, AbortSignal.any([lost.signal, this.#stopping.signal]));
    } catch (thrown) {
      if (this.#stopping.signal.aborted) return this.#queue.release(job);
      this.#log.warn("a job failed", { kind: job.kind, attempt: job.attempts, error: messageOf(thrown) });
      this.#queue.fail(job, messageOf(thrown));
    } finally {
      clearInterval(renewal);
    }
  }

  async #run(job: Leased, signal: AbortSignal): Promise<void> {
    const kind = this.#kinds.get(job.kind);
    const payload = kind?.payload.safeParse(JSON.parse(job.payload));
    if (kind === undefined || payload?.success !== true) {
      return this.#queue.bury(
        job,
        `the payload is not of its form: ${payload?.error?.message ?? "unknown kind"}`,
      );
    }
    const effect = await kind.run(payload.data, signal);
    if (!this.#queue.complete(job, effect)) {
      this.#log.warn("a job took longer than its lease and is somebody else's now", { kind: job.kind });
    }
  }
}
