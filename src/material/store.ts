/** Keeps material and findings in the newsroom's database. */
import type { Database } from "bun:sqlite";
import { type Clock, rfc3339 } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { ulid } from "../base/ulid.ts";
import {
  faultOf,
  type Finding,
  type FindingFault,
  findingSchema,
  type Material,
  type NewMaterial,
  newMaterialSchema,
} from "./material.ts";

export type Noted =
  | { readonly outcome: "noted"; readonly material: Material }
  | { readonly outcome: "refused"; readonly reason: FindingFault | "unknown material" };

export interface MaterialStore {
  /** `added` is false where the origin is known already. */
  addMaterial(
    material: NewMaterial,
    origin?: string,
  ): { readonly material: Material; readonly added: boolean };
  material(id: string): Material | undefined;
  /** Adds what checking came to; earlier findings stay on record. */
  addFinding(materialId: string, finding: Finding): Noted;
}

interface Row {
  readonly id: string;
  readonly kind: Material["kind"];
  readonly source: string | null;
  readonly claim: string;
  readonly created_at: string;
}

interface FindingRow {
  readonly state: Finding["state"];
  readonly at: string;
  readonly note: string;
}

export function createMaterial(
  database: Database,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): MaterialStore {
  const find = (where: "id" | "origin", value: string): Material | undefined => {
    const row = database.query<Row, [string]>(`SELECT * FROM material WHERE ${where} = ?`).get(value);
    return row === null ? undefined : materialFrom(row, findingsOf(database, row.id));
  };
  return {
    addMaterial(material, origin) {
      const known = origin === undefined ? undefined : find("origin", origin);
      if (known !== undefined) return { material: known, added: false };
      const { kind, source, claim } = newMaterialSchema.parse(material);
      const row = {
        id: ulid(clock, random),
        kind,
        source,
        claim: JSON.stringify(claim),
        created_at: rfc3339(clock.nowMs()),
      };
      database
        .query("INSERT INTO material VALUES ($id, $kind, $source, $claim, $origin, $created_at)")
        .run({ ...row, origin: origin ?? null });
      return { material: materialFrom(row, []), added: true };
    },
    material: (id) => find("id", id),
    addFinding(materialId, unchecked) {
      const material = find("id", materialId);
      if (material === undefined) return { outcome: "refused", reason: "unknown material" };
      const finding = findingSchema.parse(unchecked);
      const fault = faultOf(finding, material.findings);
      if (fault !== undefined) return { outcome: "refused", reason: fault };
      database
        .query("INSERT INTO finding (material_id, state, at, note) VALUES (?, ?, ?, ?)")
        .run(materialId, finding.state, finding.at, JSON.stringify(finding.note));
      const findings = [...material.findings, finding];
      return { outcome: "noted", material: { ...material, findings, state: finding.state } };
    },
  };
}

/** All of it at one moment, by id. Call it inside a transaction, together with what shows it. */
export function readMaterial(database: Database): Map<string, Material> {
  const findings = Map.groupBy(
    database
      .query<FindingRow & { material_id: string }, []>(
        "SELECT material_id, state, at, note FROM finding ORDER BY id",
      )
      .all(),
    ({ material_id }) => material_id,
  );
  const rows = database.query<Row, []>("SELECT * FROM material").all();
  return new Map(
    rows.map((row) => [row.id, materialFrom(row, (findings.get(row.id) ?? []).map(findingFrom))]),
  );
}

function findingsOf(database: Database, materialId: string): Finding[] {
  return database
    .query<FindingRow, [string]>("SELECT state, at, note FROM finding WHERE material_id = ? ORDER BY id")
    .all(materialId)
    .map(findingFrom);
}

function findingFrom({ state, at, note }: FindingRow): Finding {
  return { state, at, note: JSON.parse(note) as Finding["note"] };
}

function materialFrom(row: Row, findings: readonly Finding[]): Material {
  return {
    id: row.id,
    kind: row.kind,
    source: row.source,
    claim: JSON.parse(row.claim) as Material["claim"],
    createdAt: row.created_at,
    state: findings.at(-1)?.state ?? "unverified",
    findings,
  };
}
