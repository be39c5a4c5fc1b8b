/** Keeps incidents in the watch's database: saved whole, read whole, forgotten after their time. */
import type { Database } from "bun:sqlite";
import { type Incident, incidentSchema } from "../bus/facts.ts";

export interface Register {
  /** Adds it, or puts it in the place of its earlier state. */
  save(incident: Incident): void;
  find(id: string): Incident | undefined;
  /** The newest first, as many as fit into one answer on the bus. */
  list(): Incident[];
  /** So many: those that are open, then the newest. */
  foremost(limit: number): Incident[];
  count(): number;
  /** Real ones; a drill is nobody's trouble. */
  countOpen(): number;
  /** How many there are of each kind and outcome ("open" where there is none yet). */
  census(): Census[];
  /** Erases what ended before that time, and the oldest beyond `keptMax`; open ones stay. Returns how many. */
  forget(endedBefore: string): number;
}

const listedMax = { incidents: 500, characters: 500_000 } as const;
const keptMax = 10_000;

export interface Census {
  readonly kind: string;
  readonly outcome: string;
  readonly drill: number;
  readonly incidents: number;
}

interface Row {
  readonly facts: string;
}

export function createRegister(database: Database): Register {
  return {
    save(incident) {
      const { id, kind, drill, status, started_at, ended_at } = incident;
      database
        .query(
          "INSERT OR REPLACE INTO incident (id, kind, drill, status, started_at, ended_at, facts) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .run(id, kind, drill ? 1 : 0, status, started_at, ended_at, JSON.stringify(incident));
    },
    find(id) {
      const row = database.query<Row, [string]>("SELECT facts FROM incident WHERE id = ?").get(id);
      return row === null ? undefined : fromRow(row);
    },
    list() {
      const rows = database
        .query<Row, [number]>("SELECT facts FROM incident ORDER BY started_at DESC, id DESC LIMIT ?")
        .all(listedMax.incidents);
      return asManyAsFit(rows).map(fromRow);
    },
    foremost(limit) {
      const rows = database
        .query<Row, [number]>(
          "SELECT facts FROM incident ORDER BY status = 'open' DESC, started_at DESC, id DESC LIMIT ?",
        )
        .all(Math.min(limit, listedMax.incidents));
      return asManyAsFit(rows).map(fromRow);
    },
    count: () => database.query<{ n: number }, []>("SELECT count(*) AS n FROM incident").get()?.n ?? 0,
    countOpen: () =>
      database
        .query<{ open: number }, []>(
          "SELECT count(*) AS open FROM incident WHERE status = 'open' AND drill = 0",
        )
        .get()?.open ?? 0,
    census: () =>
      database
        .query<Census, []>(
          `SELECT kind, coalesce(facts ->> 'outcome', 'open') AS outcome, drill, count(*) AS incidents
             FROM incident GROUP BY 1, 2, 3`,
        )
        .all(),
    forget: (endedBefore) =>
      database
        .query(
          `DELETE FROM incident WHERE status = 'closed' AND (ended_at < ?
             OR id NOT IN (SELECT id FROM incident ORDER BY started_at DESC, id DESC LIMIT ?))`,
        )
        .run(endedBefore, keptMax).changes,
  };
}

/** Into one answer on the bus. */
function asManyAsFit(rows: readonly Row[]): Row[] {
  let left = listedMax.characters;
  return rows.filter(({ facts }) => (left -= facts.length) >= 0);
}

function fromRow({ facts }: Row): Incident {
  return incidentSchema.parse(JSON.parse(facts));
}
