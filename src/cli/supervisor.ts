/** Runs the roles, each in a process of its own, and keeps them running: what dies is started again. */
import { join } from "node:path";
import { type Clock, systemClock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { Config } from "../config/settings.ts";
import type { RoleName } from "./role-messages.ts";
import { stopWithinMs } from "./stop-within.ts";
import { Supervised } from "./supervised.ts";

export interface SupervisorOptions {
  readonly roles: readonly RoleName[];
  readonly config: Config;
  readonly data: DataFolder;
  readonly demo: boolean;
  /** For the roles' own use (src/bus/role.ts). */
  readonly kasbah?: readonly string[];
  /** Without these there is no point in running. Default: all. */
  readonly required?: readonly RoleName[];
  readonly log: Log;
  readonly clock?: Clock;
  /** Program and arguments for a role. */
  readonly command?: (role: RoleName) => readonly string[];
  readonly stopWithinMs?: number;
}

export class Supervisor {
  readonly #roles: readonly Supervised[];
  readonly #stopWithinMs: number;

  constructor({
    roles,
    config,
    data,
    demo,
    kasbah = [],
    log,
    clock = systemClock,
    ...options
  }: SupervisorOptions) {
    const order = { kind: "start" as const, config, dataRoot: data.root, demo, kasbah };
    const command = options.command ?? roleCommand;
    const { required = roles } = options;
    this.#roles = roles.map((name) => {
      const isRequired = required.includes(name);
      return new Supervised({ name, command: command(name), order, isRequired, log, clock });
    });
    this.#stopWithinMs = options.stopWithinMs ?? stopWithinMs;
  }

  /** Starts all at once. Resolves with their addresses when the last one is ready; rejects with RoleFailed for a required one. */
  async start(): Promise<readonly string[]> {
    for (const role of this.#roles) role.start();
    const addresses = await Promise.all(this.#roles.map((role) => role.ready));
    return addresses.flat();
  }

  /** Stops the edge first: what it finishes for its last readers may need the others. Kills all when `now` is aborted. */
  async stop(now: AbortSignal): Promise<void> {
    const deadline = AbortSignal.any([now, AbortSignal.timeout(this.#stopWithinMs)]);
    // Whoever signals a whole group (systemd, a shutdown) ends the others while the edge still finishes.
    for (const role of this.#roles) role.letEnd();
    const edges = this.#roles.filter(({ name }) => name === "edge");
    const others = this.#roles.filter(({ name }) => name !== "edge");
    for (const roles of [edges, others]) await Promise.all(roles.map((role) => role.stop(deadline)));
  }

  /** By role; undefined for one that is being started again. */
  processId(name: RoleName): number | undefined {
    return this.#roles.find((role) => role.name === name)?.processId;
  }
}

function roleCommand(role: RoleName): readonly string[] {
  return [process.execPath, join(import.meta.dir, "role-main.ts"), role];
}
