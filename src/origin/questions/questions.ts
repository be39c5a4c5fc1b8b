/** What somebody is asked about the protected site: findings of the edges, grouped by what is new in them; one question, one decision. */
import type { Database } from "bun:sqlite";
import { type Clock, dayMs, rfc3339 } from "../../base/clock.ts";
import type { Log } from "../../base/log.ts";
import type { Random } from "../../base/random.ts";
import { ulid } from "../../base/ulid.ts";
import { type Finding, type Question, siblingIn } from "../../bus/origin-facts.ts";
import { isOfOnePage, signatureOf } from "../../guard/judging/judge.ts";
import type { NewFact } from "../../guard/verdict.ts";
import type { OriginAddress } from "../client/protected-site.ts";

export interface QuestionsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Where a question can be answered, by its id; empty where there is no studio. */
  readonly linkTo: (id: string) => string;
  /** It is new, grew, or was answered. */
  readonly changed: (question: Question) => void;
}

export type Asked = Pick<Finding, "id" | "address" | "verdict" | "facts">;

interface Answerable {
  readonly address: string;
  readonly facts: readonly NewFact[];
  readonly alarm: boolean;
}

/** Questions that are open at a time. */
const openMax = 200;
const findingsMax = 5_000;
/** As many as a message holds. */
const addressesShown = 50;
/** What was said to be ours stays ours for so long, wherever else it shows. */
const acceptedForMs = 7 * dayMs;
/** As the index origin_finding_left has it. */
const clearedOften = 2;
/** Edges go on for a moment with what they knew before an answer. */
const echoMs = 30_000;

interface Row {
  readonly id: string;
  readonly asked_at: string;
  readonly alarm: 0 | 1;
  readonly status: Question["status"];
  readonly facts: string;
}

export class Questions {
  readonly #options: QuestionsOptions;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** Takes in what an edge found, or the newsroom itself. */
  ask(finding: Asked): void {
    if (finding.verdict === "uncertain") return;
    const signature = signatureOf(finding.facts);
    if (this.#wasAnswered(finding)) return;
    const alarm = finding.verdict === "alarm" ? 1 : 0;
    const id = this.#openWith(signature, alarm) ?? this.#begin(finding, signature, alarm);
    if (id !== undefined && this.#add(id, finding)) this.#tell(id);
  }

  /** The newest first. */
  list(status?: Question["status"]): Question[] {
    return this.#options.database
      .query<Row, [string | null]>(
        `SELECT id, asked_at, alarm, status, facts FROM origin_question WHERE ?1 IS NULL OR status = ?1
         ORDER BY id DESC LIMIT ${openMax}`,
      )
      .all(status ?? null)
      .map((row) => this.#questionOf(row));
  }

  get(id: string): Question | undefined {
    const row = this.#options.database
      .query<Row, [string]>("SELECT id, asked_at, alarm, status, facts FROM origin_question WHERE id = ?")
      .get(id);
    return row === null ? undefined : this.#questionOf(row);
  }

  /** Every address of a question, not only those that are shown. */
  addressesOf(id: string): OriginAddress[] {
    return this.#options.database
      .query<{ address: OriginAddress }, [string]>(
        "SELECT DISTINCT address FROM origin_finding WHERE question = ? ORDER BY address",
      )
      .all(id)
      .map(({ address }) => address);
  }

  /** `address`: only those that were met there. */
  findingsOf(id: string, address?: OriginAddress): string[] {
    return this.#options.database
      .query<{ id: string }, [string, string | null]>(
        "SELECT id FROM origin_finding WHERE question = ?1 AND (?2 IS NULL OR address = ?2) ORDER BY id",
      )
      .all(id, address ?? null)
      .map((row) => row.id);
  }

  signatureOf(id: string): string {
    return (
      this.#options.database
        .query<{ signature: string }, [string]>("SELECT signature FROM origin_question WHERE id = ?")
        .get(id)?.signature ?? ""
    );
  }

  end(id: string, status: "accepted" | "refused" | "over"): void {
    const { database, clock } = this.#options;
    const { changes } = database
      .query("UPDATE origin_question SET status = ?, ended_ms = ? WHERE id = ? AND status = 'open'")
      .run(status, clock.nowMs(), id);
    if (changes > 0) this.#tell(id);
  }

  /**
   * What is new there was said to be ours lately: wherever it shows; where that page itself is another and nothing else, of that page alone.
   * Whoever accepted a question has not accepted an alarm.
   */
  isAccepted({ address, facts, alarm }: Answerable): boolean {
    const { database, clock } = this.#options;
    return (
      database
        .query(
          `SELECT 1 FROM origin_question WHERE status = 'accepted' AND signature = ?1 AND ended_ms > ?2 AND alarm >= ?3
           AND (?4 = 0 OR EXISTS (SELECT 1 FROM origin_finding WHERE question = origin_question.id AND address = ?5))`,
        )
        .get(
          signatureOf(facts),
          clock.nowMs() - acceptedForMs,
          alarm ? 1 : 0,
          isOfOnePage(facts) ? 1 : 0,
          address,
        ) !== null
    );
  }

  /**
   * The address was found to be right again. Twice in a row at each of its addresses, and a question is over. Alarms are for people.
   * `by`: whose findings that says something about (own-finding.ts); default the edges' and those of usual readings.
   */
  cleared(address: OriginAddress, by = ""): void {
    const { database } = this.#options;
    database
      .query(
        `UPDATE origin_finding SET cleared = cleared + 1
         WHERE address = ?1 AND CASE ?2 WHEN '' THEN id NOT GLOB 'look-*' ELSE id GLOB ?2 || '*' END`,
      )
      .run(address, by);
    const over = database
      .query<{ id: string }, [string]>(
        `SELECT id FROM origin_question WHERE status = 'open' AND alarm = 0
         AND id IN (SELECT question FROM origin_finding WHERE address = ?)
         AND NOT EXISTS (SELECT 1 FROM origin_finding WHERE question = origin_question.id AND cleared < ${clearedOften})`,
      )
      .all(address);
    for (const { id } of over) this.end(id, "over");
  }

  /** What this finding was is right again, alarm or not. */
  rightAgain(finding: string): void {
    const asked = this.#options.database
      .query<{ question: string }, [string]>("SELECT question FROM origin_finding WHERE id = ?")
      .all(finding);
    for (const { question } of asked) this.end(question, "over");
  }

  /** Something is open that nobody who runs the protected site would do; another name's fate says nothing of this one's pages. */
  hasAlarm(): boolean {
    return this.list("open").some(({ alarm, facts }) => alarm && siblingIn(facts) === undefined);
  }

  /** What was accepted is learned wherever it shows, without another question; and what was just answered may still echo. */
  #wasAnswered(finding: Asked): boolean {
    if (this.isAccepted({ ...finding, alarm: finding.verdict === "alarm" })) return true;
    const { database, clock } = this.#options;
    return (
      database
        .query(
          `SELECT 1 FROM origin_finding JOIN origin_question ON question = origin_question.id
           WHERE origin_finding.id = ? AND status != 'open' AND ended_ms > ?`,
        )
        .get(finding.id, clock.nowMs() - echoMs) !== null
    );
  }

  #openWith(signature: string, alarm: 0 | 1): string | undefined {
    return (
      this.#options.database
        .query<{ id: string }, [string, number]>(
          "SELECT id FROM origin_question WHERE signature = ? AND alarm = ? AND status = 'open'",
        )
        .get(signature, alarm)?.id ?? undefined
    );
  }

  #begin({ facts }: Asked, signature: string, alarm: 0 | 1): string | undefined {
    const { database, clock, random, log } = this.#options;
    const open = database
      .query<{ count: number }, []>("SELECT count(*) AS count FROM origin_question WHERE status = 'open'")
      .get();
    if ((open?.count ?? 0) >= openMax) {
      log.warn("more is new on the origin than can be asked; answer some questions first");
      return undefined;
    }
    const id = ulid(clock, random);
    database
      .query(
        "INSERT INTO origin_question (id, signature, alarm, status, facts, asked_at) VALUES (?, ?, ?, 'open', ?, ?)",
      )
      .run(id, signature, alarm, JSON.stringify(facts), rfc3339(clock.nowMs()));
    return id;
  }

  /** False where it was there already, or where there is no room for more. */
  #add(question: string, { id, address }: Asked): boolean {
    this.#options.database
      .query("UPDATE origin_finding SET cleared = 0 WHERE id = ? AND question = ?")
      .run(id, question);
    return (
      this.#options.database
        .query(
          `INSERT OR IGNORE INTO origin_finding (id, question, address) SELECT ?1, ?2, ?3
           WHERE (SELECT count(*) FROM origin_finding WHERE question = ?2) < ?4`,
        )
        .run(id, question, address, findingsMax).changes > 0
    );
  }

  #tell(id: string): void {
    const question = this.get(id);
    if (question !== undefined) this.#options.changed(question);
  }

  #questionOf({ id, asked_at, alarm, status, facts }: Row): Question {
    const { shown, count } = this.#addresses(id);
    return {
      id,
      asked_at,
      alarm: alarm === 1,
      status,
      facts: JSON.parse(facts) as Question["facts"],
      addresses: shown,
      addresses_more: count - shown.length,
      link: this.#options.linkTo(id),
    };
  }

  /** As many as are shown; of thousands not all are read each time that one comes to them. */
  #addresses(question: string): { shown: OriginAddress[]; count: number } {
    const { database } = this.#options;
    const shown = database
      .query<{ address: OriginAddress }, [string, number]>(
        "SELECT DISTINCT address FROM origin_finding WHERE question = ? ORDER BY address LIMIT ?",
      )
      .all(question, addressesShown)
      .map(({ address }) => address);
    const counted = database
      .query<{ count: number }, [string]>(
        "SELECT count(DISTINCT address) AS count FROM origin_finding WHERE question = ?",
      )
      .get(question);
    return { shown, count: counted?.count ?? 0 };
  }
}
