/** The site's state as edge.sqlite keeps it: what was held is held after a restart, whatever else is down. */
import { z } from "zod";
import type { Clock } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { EdgeDatabase } from "../edge-database.ts";
import { newSite, type SiteState } from "./site-state.ts";

const name = "origin.site";
const time = z.number().nonnegative();

const schema = z.object({
  site: z.enum(["live", "held"]),
  sinceMs: time,
  by: z.enum(["edge", "operator"]),
  reason: z.string(),
  pages: z.array(z.tuple([z.string(), z.object({ sinceMs: time })])),
  workingUntilMs: time,
  workerSeenMs: time,
});

export interface SiteMemoryOptions {
  readonly database: EdgeDatabase;
  readonly clock: Clock;
  readonly log: Log;
}

export class SiteMemory {
  readonly #options: SiteMemoryOptions;

  constructor(options: SiteMemoryOptions) {
    this.#options = options;
  }

  /** Where what was kept can't be read, the site is held until a person looks: whoever could write there might have wanted it live. */
  recall(): SiteState {
    const { database, clock, log } = this.#options;
    const nowMs = clock.nowMs();
    const kept = database.recall(name);
    if (kept === undefined) return newSite(nowMs);
    try {
      const { pages, ...site } = schema.parse(JSON.parse(kept));
      const looked = { right: 0, looks: 0, nextMs: nowMs };
      return {
        ...newSite(nowMs),
        ...site,
        pages: new Map(pages.map(([at, page]) => [at, { ...page, ...looked }])),
      };
    } catch (thrown) {
      log.error("the protected site's state can't be read; it is held", { reason: messageOf(thrown) });
      return { ...newSite(nowMs), site: "held", reason: "its state in edge.sqlite can't be read" };
    }
  }

  keep(state: SiteState): void {
    const { database, clock } = this.#options;
    const { site, sinceMs, by, reason, workingUntilMs, workerSeenMs } = state;
    const pages = [...state.pages].map(([address, { sinceMs: heldMs }]) => [address, { sinceMs: heldMs }]);
    const kept = { site, sinceMs, by, reason, pages, workingUntilMs, workerSeenMs };
    database.remember({ [name]: JSON.stringify(kept) }, clock.nowMs());
  }
}
