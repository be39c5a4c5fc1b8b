/** The worker threads of one edge: started, told what is new, watched, and started again when one is lost or hangs. */
import { OperatorError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Doors, FromWorker, ToWorker, WorkerStart } from "./messages.ts";

export interface WorkersOptions {
  readonly count: number;
  /** What a worker is started with at this moment; its `doors` are replaced by the real ports once they are known. */
  readonly startWith: () => WorkerStart;
  /** Whatever else a worker says, and from which slot. */
  readonly heard: (message: FromWorker, slot: number) => void;
  /** A slot's worker is gone, with all that it had begun. */
  readonly lost: (slot: number) => void;
  readonly log: Log;
}

const backoffMs = { first: 100, most: 5_000 } as const;
/** A worker that lived so long was well: its successor starts at once again. */
const healthyMs = 10_000;
const startTimeoutMs = 10_000;
/** It is asked for a report ten times a second. */
const silenceMaxMs = 15_000;
const stopTimeoutMs = 5_000;

interface Running {
  readonly worker: Worker;
  readonly startedMs: number;
  heardMs: number;
}

/** Slots are numbered from 0; a slot's worker may be replaced, the slot stays. */
export class Workers implements AsyncDisposable {
  readonly #options: WorkersOptions;
  readonly #running = new Map<number, Running>();
  readonly #restarts = new Map<number, Timer>();
  readonly #failures = new Map<number, number>();
  #doors: Doors | undefined;
  #stopping = false;

  constructor(options: WorkersOptions) {
    this.#options = options;
  }

  /** Real ports. */
  get doors(): Doors {
    return this.#doors ?? { listen: [], redirect: [] };
  }

  get running(): number {
    return this.#running.size;
  }

  /** The first one alone, because it may have to find free ports for all. Rejects where it can't start. */
  async start(): Promise<void> {
    this.#doors = await this.#startWorker(0);
    const others = Array.from({ length: this.#options.count - 1 }, (_, at) => this.#startWorker(at + 1));
    await Promise.all(others);
  }

  tell(message: ToWorker): void {
    for (const { worker } of this.#running.values()) worker.postMessage(message);
  }

  /** Nothing where it is lost. */
  tellSlot(slot: number, message: ToWorker): void {
    this.#running.get(slot)?.worker.postMessage(message);
  }

  /** The one that was heard of last: it is awake. */
  tellOne(message: ToWorker): void {
    const [first, ...others] = this.#running.values();
    const awake = others.reduce((last, one) => (last && one.heardMs > last.heardMs ? one : last), first);
    awake?.worker.postMessage(message);
  }

  /** To be called about every second: ends workers that have been silent for too long; they are started again. */
  endSilent(): void {
    const nowMs = performance.now();
    for (const { worker, heardMs } of this.#running.values()) {
      if (nowMs - heardMs > silenceMaxMs) worker.terminate();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#restarts.values()) clearTimeout(timer);
    const ends = [...this.#running.values()].map(({ worker }) => ended(worker));
    this.tell({ kind: "stop" });
    await Promise.race([Promise.all(ends), Bun.sleep(stopTimeoutMs)]);
    for (const { worker } of this.#running.values()) worker.terminate();
  }

  async #startWorker(slot: number): Promise<Doors> {
    const worker = new Worker(new URL("./worker.ts", import.meta.url).href);
    const running: Running = { worker, startedMs: performance.now(), heardMs: performance.now() };
    this.#running.set(slot, running);
    const { promise, resolve, reject } = Promise.withResolvers<Doors>();
    const timer = setTimeout(() => reject(new Error(`worker ${slot} did not start`)), startTimeoutMs);
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      running.heardMs = performance.now();
      if (data.kind === "listening") resolve(data.doors);
      else if (data.kind === "unable") reject(new OperatorError(data.message, data));
      else if (data.kind === "stopped") worker.terminate();
      else this.#options.heard(data, slot);
    });
    worker.addEventListener("error", ({ message }) => {
      this.#options.log.error("a worker failed", { worker: slot, reason: message });
    });
    worker.addEventListener("close", () => {
      reject(new Error(`worker ${slot} ended before it listened`));
      this.#lost(slot, running);
    });
    const start = this.#options.startWith();
    worker.postMessage({ kind: "start", start: { ...start, doors: this.#doors ?? start.doors } });
    return promise.finally(() => clearTimeout(timer));
  }

  /** The others share the port and go on. */
  #lost(slot: number, { startedMs }: Running): void {
    this.#running.delete(slot);
    this.#options.lost(slot);
    if (this.#stopping || this.#doors === undefined) return;
    const healthy = performance.now() - startedMs > healthyMs;
    const failures = healthy ? 0 : (this.#failures.get(slot) ?? 0);
    this.#failures.set(slot, failures + 1);
    const waitMs = Math.min(backoffMs.first * 2 ** failures, backoffMs.most);
    this.#options.log.warn("a worker was lost; starting another one", { worker: slot, wait_ms: waitMs });
    this.#restarts.set(
      slot,
      setTimeout(() => void this.#restart(slot), waitMs),
    );
  }

  async #restart(slot: number): Promise<void> {
    try {
      await this.#startWorker(slot);
      this.#options.log.info("a worker is back", { worker: slot });
    } catch (thrown) {
      this.#options.log.error("a worker could not start", { worker: slot, reason: String(thrown) });
      this.#running.get(slot)?.worker.terminate();
    }
  }
}

function ended(worker: Worker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.addEventListener("close", () => resolve());
  return promise;
}
