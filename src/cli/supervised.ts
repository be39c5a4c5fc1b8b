/** One role's process, from outside: started, started again when it dies, stopped in time. */
import type { Subprocess } from "bun";
import type { Clock } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { RoleFailed } from "./role-failed.ts";
import { type Order, type Report, reportSchema, type RoleName } from "./role-messages.ts";

export interface SupervisedOptions {
  readonly name: RoleName;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly order: Extract<Order, { kind: "start" }>;
  /** Whether a first start that fails is everybody's failure. If not, it is tried again like one that died. */
  readonly isRequired: boolean;
  readonly log: Log;
  readonly clock: Clock;
}

/** Waits before the next start: doubled with each failure in a row; whoever was well for a minute starts afresh. */
const backoff = { firstMs: 100, mostMs: 30_000, healthyMs: 60_000 };

export class Supervised {
  readonly name: RoleName;
  readonly #options: SupervisedOptions;
  /** The first start's outcome: lines like `edge http://127.0.0.1:8080`. */
  readonly #ready = Promise.withResolvers<readonly string[]>();
  #child: Subprocess | undefined;
  #startedAtMs = 0;
  #failuresInARow = 0;
  #failed: Extract<Report, { kind: "failed" }> | undefined;
  #wasReady = false;
  #restart: Timer | undefined;
  #stopping = false;

  constructor(options: SupervisedOptions) {
    this.name = options.name;
    this.#options = options;
    this.#ready.promise.catch(() => {});
  }

  /** Resolves with its addresses once it is ready, with none where it has to be tried again; rejects with RoleFailed. */
  get ready(): Promise<readonly string[]> {
    return this.#ready.promise;
  }

  get processId(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    this.#startedAtMs = this.#options.clock.nowMs();
    this.#failed = undefined;
    try {
      this.#child = Bun.spawn([...this.#options.command], {
        // Standard output is the supervisor's, for addresses and "ready".
        stdio: ["ignore", 2, "inherit"],
        ipc: (message) => this.#hear(message),
        onExit: (_, code, signal) => this.#ended(signal === null ? `exit code ${code}` : `signal ${signal}`),
      });
    } catch (thrown) {
      // Out of memory or processes: that passes, and the other roles must not die of it.
      return this.#ended(messageOf(thrown));
    }
    this.#tell(this.#options.order);
  }

  /** From now on its end is no failure, and nothing starts it again. */
  letEnd(): void {
    this.#stopping = true;
    clearTimeout(this.#restart);
  }

  /** Asks it to stop; kills it when `deadline` comes first. */
  async stop(deadline: AbortSignal): Promise<void> {
    this.letEnd();
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const kill = (): void => {
      this.#options.log.warn("did not stop in time and was killed", { role: this.name });
      child.kill("SIGKILL");
    };
    if (deadline.aborted) kill();
    else deadline.addEventListener("abort", kill);
    this.#tell({ kind: "stop" });
    await child.exited;
    deadline.removeEventListener("abort", kill);
  }

  #tell(order: Order): void {
    try {
      this.#child?.send(order);
    } catch {
      // It has just ended, which its exit tells.
    }
  }

  #hear(message: unknown): void {
    const { data: report } = reportSchema.safeParse(message);
    if (report?.kind === "ready") {
      if (this.#wasReady) this.#options.log.info("is back", { role: this.name });
      this.#wasReady = true;
      this.#ready.resolve(report.addresses.map((address) => `${this.name} ${address}`));
    } else if (report?.kind === "failed") this.#failed = report;
  }

  #ended(how: string): void {
    if (this.#stopping) return;
    const lines = this.#failed?.lines ?? [`the ${this.name} stopped by itself (${how})`];
    if (!this.#wasReady && this.#options.isRequired) {
      this.#ready.reject(new RoleFailed(lines, this.#failed?.exitCode ?? 1));
      return;
    }
    this.#ready.resolve([]);
    const wasHealthy = this.#options.clock.nowMs() - this.#startedAtMs >= backoff.healthyMs;
    this.#failuresInARow = wasHealthy ? 1 : this.#failuresInARow + 1;
    const delayMs = Math.min(backoff.mostMs, backoff.firstMs * 2 ** (this.#failuresInARow - 1));
    this.#options.log.warn(lines.join(" "), { role: this.name, starts_again_in_ms: delayMs });
    this.#restart = setTimeout(() => this.start(), delayMs);
  }
}
