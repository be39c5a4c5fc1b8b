/** What every role is handed when it starts, and what it hands back: edge, newsroom and watch look alike from outside. */
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { Config } from "../config/settings.ts";
import type { Answer, Asked, Bus, RequestSubject } from "./bus.ts";

export interface RoleContext {
  readonly config: Config;
  readonly data: DataFolder;
  readonly bus: Bus;
  readonly log: Log;
  readonly clock: Clock;
  /** `kasbah up --demo`: the newsroom fills an empty database with the demo. */
  readonly demo: boolean;
  /** How a command against this instance is started: program, file, `--data`, `--config`; what it is to do follows. Default: it can't be. */
  readonly kasbah?: readonly string[];
}

/** Ending it drains what it has begun; after ten seconds the process is killed. */
export interface Role extends AsyncDisposable {
  /** Where people reach it: `http://127.0.0.1:8080`. The supervisor puts the role's name before each. */
  readonly addresses: readonly string[];
}

/**
 * What a role can be asked, by subject: served on the bus while it runs, called by a command while nothing runs.
 * They throw OperatorError; exit code 2 where the ask is wrong.
 */
export type Operations = {
  readonly [S in RequestSubject]?: (ask: Asked<S>) => Answer<S> | Promise<Answer<S>>;
};

/** Answers all of them on the bus, until it is closed. */
export function serve(bus: Bus, operations: Operations): void {
  const answer = <S extends RequestSubject>(subject: S, operation: Operations[S]): unknown =>
    operation && bus.respond(subject, operation);
  for (const subject of Object.keys(operations) as RequestSubject[]) answer(subject, operations[subject]);
}

/** Resolves once the role does its work; rejects with OperatorError where an operator can mend it. */
export type StartRole = (context: RoleContext) => Promise<Role>;
