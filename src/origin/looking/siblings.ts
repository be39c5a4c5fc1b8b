/**
 * The fronts of names beside the site's own. Nobody approves them and no edge stands before them: each is judged by its own first readings,
 * and only what nobody would do to a front of theirs is told.
 */
import type { Database } from "bun:sqlite";
import { sha256 } from "../../base/bytes.ts";
import {
  learnPage,
  type PageBaseline,
  decodePage,
  encodePage,
  refreshPage,
} from "../../guard/learning/page.ts";
import { learnSite } from "../../guard/learning/site.ts";
import { judge } from "../../guard/judging/judge.ts";
import type { Facts } from "../../guard/facts.ts";
import { read, type ReadingLimits } from "../../guard/reading/read.ts";
import type { NewFact, Verdict } from "../../guard/verdict.ts";
import type { Wait } from "../../publishing/turns.ts";
import type { Answer } from "../client/client.ts";
import { root } from "../client/protected-site.ts";
import type { SiblingClient } from "./sibling-client.ts";

export interface SiblingsParts {
  readonly database: Database;
  readonly client: Pick<SiblingClient, "load">;
  readonly limits: ReadingLimits;
  readonly wait: Wait;
  /** Between two readings of one front. */
  readonly spacingMs: number;
}

/** `false`: what nobody would do to a front of theirs, met twice. `right`: as it was. `unsaid`: nothing can be said of it now. */
export type SiblingState =
  | { readonly kind: "false"; readonly facts: readonly NewFact[] }
  | { readonly kind: "right" | "unsaid" };

/** From which a front is learned: what changes by itself has to show. */
const firstReadings = 3;

export class Siblings {
  readonly #parts: SiblingsParts;

  constructor(parts: SiblingsParts) {
    this.#parts = parts;
  }

  /** Reads its front, once where it is right; a front that was never read is learned. */
  async look(name: string, signal: AbortSignal): Promise<SiblingState> {
    const page = this.#page(name);
    if (page === undefined) return await this.#learn(name, signal);
    const verdict = await this.#judged(name, page, signal);
    if (!isAlarm(verdict)) return { kind: verdict === undefined ? "unsaid" : "right" };
    await this.#pause();
    const again = await this.#judged(name, page, signal);
    return isAlarm(again) ? { kind: "false", facts: again.facts } : { kind: "unsaid" };
  }

  /** Those that are told to be false, to be looked at before others. */
  told(): string[] {
    return this.#parts.database
      .query<{ name: string }, []>("SELECT name FROM origin_sibling WHERE finding IS NOT NULL ORDER BY name")
      .all()
      .map(({ name }) => name);
  }

  /** Null: nothing is told of it. */
  findingOn(name: string): string | null {
    return (
      this.#parts.database
        .query<{ finding: string | null }, [string]>("SELECT finding FROM origin_sibling WHERE name = ?")
        .get(name)?.finding ?? null
    );
  }

  /** What is told of it, by the finding's name; null: nothing any more. */
  tell(name: string, finding: string | null): void {
    this.#parts.database.query("UPDATE origin_sibling SET finding = ? WHERE name = ?").run(finding, name);
  }

  /** It is theirs: the front is learned anew. */
  accept(finding: string): void {
    this.#parts.database.query("UPDATE origin_sibling SET page = NULL WHERE finding = ?").run(finding);
  }

  async #learn(name: string, signal: AbortSignal): Promise<SiblingState> {
    const readings: Facts[] = [];
    while (readings.length < firstReadings) {
      if (readings.length > 0) await this.#pause();
      const facts = await this.#read(name, signal);
      if (facts === undefined) return { kind: "unsaid" };
      readings.push(facts);
    }
    this.#keep(name, learnPage(readings).page);
    return { kind: "right" };
  }

  /** What is no alarm is taken over: nobody is asked about the changes of a front that isn't ours. Undefined: it can't be read. */
  async #judged(name: string, page: PageBaseline, signal: AbortSignal): Promise<Verdict | undefined> {
    const facts = await this.#read(name, signal);
    if (facts === undefined) return undefined;
    const { site } = learnSite([{ address: root, page }], []);
    const verdict = judge(facts, { site, page, address: root, working: false });
    if (!isAlarm(verdict)) this.#keep(name, refreshPage(page, [facts]));
    return verdict;
  }

  /** A server's own fault says nothing of what stands there. */
  async #read(name: string, signal: AbortSignal): Promise<Facts | undefined> {
    const load = await this.#parts.client.load(name, root, signal);
    if (load.kind === "fault" || load.answer.status === 429 || load.answer.status >= 500) return undefined;
    return this.#facts(name, load.answer);
  }

  #facts(name: string, { status, headers, body }: Answer): Facts {
    const document = { status, headers, body, url: `https://${name}${root}`, ownHosts: new Set([name]) };
    return read(document, this.#parts.limits);
  }

  async #pause(): Promise<void> {
    await this.#parts.wait(this.#parts.spacingMs);
  }

  #page(name: string): PageBaseline | undefined {
    const row = this.#parts.database
      .query<{ page: Uint8Array | null }, [string]>("SELECT page FROM origin_sibling WHERE name = ?")
      .get(name);
    return row === null || row.page === null ? undefined : decodePage(row.page);
  }

  #keep(name: string, page: PageBaseline): void {
    this.#parts.database
      .query(
        "INSERT INTO origin_sibling (name, page) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET page = ?2",
      )
      .run(name, encodePage(page));
  }
}

/** Under which all findings about a name's front are known. */
export function siblingFinder(name: string): string {
  return `look-sibling-${sha256(name).slice(0, 8)}-`;
}

function isAlarm(verdict: Verdict | undefined): verdict is Extract<Verdict, { kind: "contradicts" }> {
  return verdict?.kind === "contradicts" && verdict.alarm;
}
