/** What every role is handed when it starts, and what it hands back: edge, newsroom and watch look alike from outside. */
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { Config } from "../config/settings.ts";
import type { Bus } from "./bus.ts";

export interface RoleContext {
  readonly config: Config;
  readonly data: DataFolder;
  readonly bus: Bus;
  readonly log: Log;
  readonly clock: Clock;
}

export interface Role extends AsyncDisposable {
  /** Lines for a person: `edge http://127.0.0.1:8080`. */
  readonly addresses: readonly string[];
}

/** Resolves once the role does its work; rejects with OperatorError where an operator can mend it. */
export type StartRole = (context: RoleContext) => Promise<Role>;
