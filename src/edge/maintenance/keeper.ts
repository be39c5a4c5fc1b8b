/** Keeps the maintenance that operators turn on and off: in edge.sqlite, so that a restart ends none, and in all workers at once. */
import type { Clock } from "../../base/clock.ts";
import { OperatorError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { messageOf } from "../../base/errors.ts";
import type { EdgeDatabase } from "../edge-database.ts";
import {
  begun,
  decodeMaintenance,
  encodeMaintenance,
  inForce,
  type Maintenance,
  type MaintenanceAsked,
} from "./maintenance.ts";

export interface KeeperOptions {
  readonly database: EdgeDatabase;
  readonly clock: Clock;
  readonly log: Log;
  /** It began, ended, or says something else. */
  readonly changed: (maintenance: Maintenance | undefined) => void;
}

/** Its name in edge.sqlite. */
const name = "maintenance";

export class MaintenanceKeeper {
  readonly #options: KeeperOptions;
  #kept: Maintenance | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#kept = this.#recall();
  }

  /** Undefined where there is none now. */
  get now(): Maintenance | undefined {
    return inForce(this.#kept, this.#options.clock.nowMs());
  }

  /** Throws OperatorError where it would be over already. */
  turnOn(asked: MaintenanceAsked): void {
    const nowMs = this.#options.clock.nowMs();
    const next = begun(asked, this.now, nowMs);
    if (inForce(next, nowMs) === undefined) {
      throw new OperatorError("that time has passed", { hint: "name one that is to come", exitCode: 2 });
    }
    this.#become(next);
  }

  turnOff(): void {
    if (this.#kept !== undefined) this.#become(undefined);
  }

  /** To be called about once a second. */
  tend(): void {
    if (this.#kept !== undefined && this.now === undefined) this.turnOff();
  }

  /** Remembered first: what workers do now is what they do after a kill. */
  #become(next: Maintenance | undefined): void {
    const { database, clock, log, changed } = this.#options;
    database.remember({ [name]: encodeMaintenance(next) }, clock.nowMs());
    this.#kept = next;
    log.info(next === undefined ? "maintenance is over" : "maintenance: readers get a page that says so");
    changed(next);
  }

  /** What can't be read is no reason to keep readers out. */
  #recall(): Maintenance | undefined {
    const { database, log } = this.#options;
    try {
      const text = database.recall(name);
      return text === undefined ? undefined : decodeMaintenance(text);
    } catch (thrown) {
      log.error("the maintenance that was kept can't be read; there is none", { reason: messageOf(thrown) });
      return undefined;
    }
  }
}
