/** What the watch has to know after it was killed: in its database, written together with the incidents that it belongs to. */
import type { Database } from "bun:sqlite";
import type { z } from "zod";
import { type BaselineRecord, baselineRecordSchema } from "../decision/baseline.ts";
import type { Feature } from "../web/feature.ts";
import { drillsSchema } from "./drills.ts";
import { floodMemorySchema, noFlood } from "./flood-watch.ts";
import { noOrigin, originMemorySchema } from "./origin/origin-watch.ts";
import { slowMemorySchema } from "./slow.ts";
import { tamperingMemorySchema } from "./tampering.ts";

export const feature: Feature = {
  name: "watch",
  migrations: [
    {
      id: "watch/1-memory",
      sql: "CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;",
    },
  ],
};

const schemas = {
  baseline: baselineRecordSchema,
  flood: floodMemorySchema,
  "drill-flood": floodMemorySchema,
  tampering: tamperingMemorySchema,
  slow: slowMemorySchema,
  origin: originMemorySchema,
  drills: drillsSchema,
} as const;

type Name = keyof typeof schemas;
export type Facts = { readonly [N in Name]: z.infer<(typeof schemas)[N]> };

export interface Memory {
  /** As it was when the database was opened; a part that is missing or can't be read is as in a new install. */
  readonly recalled: Facts;
  /** Parts that can't be read: another version's, or damaged. */
  readonly unreadable: readonly string[];
  /** Writes what differs from what was written last; inside the caller's transaction. */
  write(facts: Partial<Facts>): void;
  /** The caller's transaction failed: everything is to be written again. */
  distrust(): void;
}

/** `prior`: what a baseline starts from. */
export function openMemory(database: Database, prior: BaselineRecord): Memory {
  const rows = database.query<{ name: string; value: string }, []>("SELECT name, value FROM memory").all();
  const written = new Map(rows.map(({ name, value }) => [name, value]));
  const unreadable = rows.map(({ name }) => name);
  const read = <N extends Name>(name: N, fresh: Facts[N]): Facts[N] => {
    const known = parse(name, written.get(name));
    if (known !== undefined) unreadable.splice(unreadable.indexOf(name), 1);
    return known ?? fresh;
  };
  return {
    recalled: {
      baseline: read("baseline", prior),
      flood: read("flood", noFlood),
      "drill-flood": read("drill-flood", noFlood),
      tampering: read("tampering", null),
      slow: read("slow", null),
      origin: read("origin", noOrigin),
      drills: read("drills", []),
    },
    unreadable,
    write(facts) {
      for (const [name, value] of Object.entries(facts)) {
        const text = JSON.stringify(value);
        if (written.get(name) === text) continue;
        database.query("INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)").run(name, text);
        written.set(name, text);
      }
    },
    distrust: () => written.clear(),
  };
}

function parse<N extends Name>(name: N, text: string | undefined): Facts[N] | undefined {
  try {
    return schemas[name].safeParse(JSON.parse(text ?? "")).data as Facts[N] | undefined;
  } catch {
    return undefined;
  }
}
