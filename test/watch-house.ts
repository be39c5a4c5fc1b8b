/** A watch in simulated time, on a real database, with one edge that tells what it counted and, where asked to, of its defence. */
import type { Database } from "bun:sqlite";
import { ManualClock, rfc3339 } from "../src/base/clock.ts";
import { silentLog } from "../src/base/log.ts";
import { seededRandom } from "../src/base/random.ts";
import type { DefenceFacts } from "../src/bus/facts.ts";
import { feature as incidents } from "../src/incidents/feature.ts";
import { openDatabase } from "../src/store/database.ts";
import { feature as memory } from "../src/watch/memory.ts";
import { Watch } from "../src/watch/watch.ts";
import { type Stream, testEdge } from "./observations.ts";

export const startMs = Date.parse("2011-07-31T14:00:00Z");
export const saudi = { network: "127.64.0.0/16", country: "SA", asn: 64_500, name: "Example" };

interface Told {
  readonly subject: string;
  readonly event: unknown;
}

export type House = ReturnType<typeof openHouse>;

interface Opening {
  readonly database?: Database;
  readonly clock?: ManualClock;
  readonly lookUp?: Parameters<typeof testEdge>[1];
}

export function openHouse({
  database = emptyDatabase(),
  clock = new ManualClock(startMs),
  lookUp,
}: Opening = {}) {
  const told: Told[] = [];
  const edge = testEdge("edge-1", lookUp);
  const watch = new Watch({
    database,
    bus: { publish: (subject, event) => void told.push({ subject, event }) },
    log: silentLog,
    clock,
    random: seededRandom(1),
    languages: ["ar", "fr", "en"],
    retentionDays: 365,
  });
  return {
    watch,
    told,
    clock,
    database,
    edge,
    incidents: () => watch.register.list(),
    /** Without `said` the edge tells nothing of its defence. */
    pass(seconds: number, streams: readonly Stream[], said?: Partial<DefenceFacts>): void {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(1_000);
        const at = rfc3339(clock.nowMs());
        watch.observe(edge.observe(streams, at));
        if (said !== undefined) watch.hear(edge.defend(said, at));
        watch.look();
      }
    },
    announce(seconds: number, network = saudi.network): void {
      const until = rfc3339(clock.nowMs() + seconds * 1_000);
      watch.announce({ id: "drill", networks: [{ ...saudi, network }], until });
    },
    /** Another watch on the same database: nothing but what was written is left. */
    reopen: () => openHouse({ database, clock }),
  };
}

function emptyDatabase(): Database {
  return openDatabase(":memory:", [...incidents.migrations, ...memory.migrations]);
}
