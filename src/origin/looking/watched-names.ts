/** What the watched names lead to, as it was when it was right; what became different is told until a person says that it is theirs. */
import type { Database } from "bun:sqlite";
import { z } from "zod";
import { sha256 } from "../../base/bytes.ts";
import type { Finding } from "../../bus/origin-facts.ts";
import { inert } from "../../language/inert.ts";
import type { NewFact } from "../../guard/verdict.ts";
import { changesOf, type NameRecord } from "./name.ts";

export interface NameChange {
  readonly verdict: Finding["verdict"];
  readonly facts: readonly NewFact[];
}

const texts = z.array(z.string());
const recordSchema = z.object({
  name: z.string(),
  addresses: texts,
  aliases: texts,
  nameServers: texts,
  mail: texts,
  certificate: z
    .object({
      fingerprint: z.string(),
      issuer: z.string(),
      expiresAt: z.string(),
      isValid: z.boolean(),
      names: texts.default([]),
    })
    .nullable(),
});

export class WatchedNames {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** What differs from what is right; undefined: nothing, and then this is what is right from now on. */
  compare(now: NameRecord, nowMs: number): NameChange | undefined {
    const before = this.#right(now.name);
    const changes = before === undefined ? [] : changesOf(before, now, nowMs);
    const isSame = changes.every(({ weight }) => weight === "note");
    if (isSame) this.#put(now);
    return changes.length === 0
      ? undefined
      : { verdict: verdictOn(changes), facts: named(now.name, changes) };
  }

  /** Names that the certificates of all of them were made for. */
  certified(): string[] {
    return this.#database
      .query<{ record: string }, []>("SELECT record FROM origin_name")
      .all()
      .flatMap(({ record }) => recordSchema.parse(JSON.parse(record)).certificate?.names ?? []);
  }

  /** A person is asked about this, under that finding's name. */
  asked(now: NameRecord, finding: string): void {
    this.#database
      .query("UPDATE origin_name SET next = ?, finding = ? WHERE name = ?")
      .run(JSON.stringify(now), finding, now.name);
  }

  /** It is theirs: what they were asked about is right from now on. */
  accept(finding: string): void {
    this.#database
      .query(
        "UPDATE origin_name SET record = next, next = NULL, finding = NULL WHERE finding = ? AND next IS NOT NULL",
      )
      .run(finding);
  }

  #right(name: string): NameRecord | undefined {
    const row = this.#database
      .query<{ record: string }, [string]>("SELECT record FROM origin_name WHERE name = ?")
      .get(name);
    return row === null ? undefined : recordSchema.parse(JSON.parse(row.record));
  }

  #put(record: NameRecord): void {
    this.#database
      .query("INSERT OR REPLACE INTO origin_name (name, record, next, finding) VALUES (?, ?, NULL, NULL)")
      .run(record.name, JSON.stringify(record));
  }
}

/** Under which all findings about a name are known. */
export function nameFinder(name: string): string {
  return `look-name-${sha256(name).slice(0, 8)}-`;
}

function verdictOn(changes: readonly NewFact[]): Finding["verdict"] {
  if (changes.some(({ weight }) => weight === "contradicts")) return "alarm";
  return changes.some(({ weight }) => weight === "doubt") ? "question" : "uncertain";
}

function named(name: string, changes: readonly NewFact[]): NewFact[] {
  return changes.map(({ value, before, ...change }) => ({
    ...change,
    value: inert(`${name}: ${value}`, 500),
    ...(before !== undefined && { before: inert(before, 500) }),
  }));
}
