/**
 * The newsroom knocks at the protected site's own addresses now and then, as somebody would who has found them, and tells where it answers: one
 * request for each, without the secret, away from the path of readers.
 */
import { messageOf } from "../../base/errors.ts";
import type { Clock } from "../../base/clock.ts";
import type { Log } from "../../base/log.ts";
import type { Config } from "../../config/settings.ts";
import { root } from "../client/protected-site.ts";
import { ownFinding, type OwnFinding } from "../own-finding.ts";
import { addressesBehind, doorsOf, hostOf, thisWorld, type World, writtenDoor } from "./doors.ts";
import { type Door, knock } from "./knock.ts";

export interface WaysAroundOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: (finding: OwnFinding) => void;
  /** Default: this machine's. */
  readonly world?: World;
}

/** Well below the time after which the watch takes a way that nobody saw again to be closed (src/watch/origin/bypass.ts). */
const everyMsMax = 5 * 60_000;
/** An operator who names more has more machines behind one site than anybody. */
const doorsMax = 32;
const finder = "look-bypass-";

export class WaysAround implements AsyncDisposable {
  readonly #options: WaysAroundOptions;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;

  constructor(options: WaysAroundOptions) {
    this.#options = options;
    const everyMs = Math.min(everyMsMax, options.config.origin.look_s * 1_000);
    this.#timer = setInterval(() => void this.round(), everyMs);
  }

  /** Resolves when nothing of it goes on. Never rejects. */
  round(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #round(): Promise<void> {
    const { config, world = thisWorld(), log } = this.#options;
    try {
      const doors = doorsOf(config, await addressesBehind(config, world)).slice(0, doorsMax);
      for (const door of doors) await this.#try(door);
    } catch (thrown) {
      log.warn("ways around the edge can't be looked for", { reason: messageOf(thrown) });
    }
  }

  async #try(door: Door): Promise<void> {
    const { config, clock, tell } = this.#options;
    const answered = await knock(door, hostOf(config));
    if (answered.kind !== "answers") return;
    const value = `${writtenDoor(door)} answers whoever asks it there (status ${answered.status})`;
    const fact = { what: "bypass", value, weight: "contradicts" } as const;
    tell(ownFinding({ address: root, verdict: "alarm", facts: [fact], atMs: clock.nowMs(), by: finder }));
  }
}
