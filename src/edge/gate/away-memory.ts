/** Since when the origin is away, in edge.sqlite: a restart in the middle of an outage is no new outage. */
import { z } from "zod";
import type { Clock } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { EdgeDatabase } from "../edge-database.ts";

/** Its name in edge.sqlite. */
const name = "origin-away";

const schema = z.object({
  /** It was another one's. */
  url: z.string(),
  /** Ms since 1970; null: it answers. */
  sinceMs: z.number().nullable(),
});

export interface AwayMemoryOptions {
  readonly url: string;
  readonly database: EdgeDatabase;
  readonly clock: Clock;
  readonly log: Log;
}

export class AwayMemory {
  readonly #options: AwayMemoryOptions;
  #kept: number | undefined;

  constructor(options: AwayMemoryOptions) {
    this.#options = options;
    this.#kept = this.#recall();
  }

  /** Undefined: it answered when this edge last ran, or nothing is known. */
  get sinceMs(): number | undefined {
    return this.#kept;
  }

  /** Written only where it is another moment. */
  keep(sinceMs: number | undefined): void {
    if (sinceMs === this.#kept) return;
    this.#kept = sinceMs;
    const { url, database, clock } = this.#options;
    database.remember({ [name]: JSON.stringify({ url, sinceMs: sinceMs ?? null }) }, clock.nowMs());
  }

  /** What can't be read is found out anew within seconds. A moment that is to come is none. */
  #recall(): number | undefined {
    const { url, database, clock, log } = this.#options;
    const text = database.recall(name);
    if (text === undefined) return undefined;
    try {
      const kept = schema.parse(JSON.parse(text));
      const isOurs = kept.url === url && kept.sinceMs !== null && kept.sinceMs <= clock.nowMs();
      return isOurs ? (kept.sinceMs ?? undefined) : undefined;
    } catch (thrown) {
      log.error("since when the origin is away can't be read", { reason: messageOf(thrown) });
      return undefined;
    }
  }
}
