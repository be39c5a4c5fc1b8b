/** Evidence is gathered one finding after another, alarms first, each once; nothing waits for it. */
import { hourMs, rfc3339 } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { RecentMap } from "../../base/recent-map.ts";
import type { Event } from "../../bus/bus.ts";
import type { Finding } from "../../bus/origin-facts.ts";
import type { OriginAddress } from "../client/protected-site.ts";
import type { About, Collected } from "./collect.ts";
import type { EvidenceStore } from "./evidence-store.ts";

export interface GatheringParts {
  readonly store: EvidenceStore;
  readonly collect: (about: About) => Promise<Collected>;
  readonly tell: (evidence: Event<"origin.evidence">) => void;
  /** Puts the manifests' hashes into an edition. */
  readonly publish: () => Promise<void>;
  readonly nowMs: () => number;
  readonly log: Log;
}

export interface Wanted extends Pick<Finding, "id" | "verdict"> {
  readonly address: OriginAddress;
  /** The name whose front it is about, where that isn't the protected site's. */
  readonly sibling?: string | undefined;
}

/** That wait; beyond, an alarm takes the place of a question, and other questions have to do without. */
const waitingMax = 30;
/** One address is looked at again for another finding only after so long. */
const againMs = { alarm: 10_000, question: 60_000, uncertain: 60_000 } as const;
/** Findings that a question or an alarm has evidence of, within an hour. */
const hourlyMax = 120;
const linesMax = 40;

export class Gathering implements AsyncDisposable {
  readonly #parts: GatheringParts;
  readonly #waiting = new Map<string, Wanted>();
  readonly #lookedAt = new RecentMap<string, number>(1_000);
  readonly #doneMs: number[] = [];
  #running: Promise<void> | undefined;
  #isOver = false;

  constructor(parts: GatheringParts) {
    this.#parts = parts;
  }

  add(wanted: Wanted): void {
    if (this.#isOver || !this.#isNew(wanted)) return;
    if (this.#waiting.size >= waitingMax && !this.#dropQuestion(wanted)) return;
    this.#waiting.set(wanted.id, wanted);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#waiting.clear();
    await this.#running;
  }

  #isNew(wanted: Wanted): boolean {
    const { id, verdict } = wanted;
    const nowMs = this.#parts.nowMs();
    const lookedAtMs = this.#lookedAt.get(placeOf(wanted)) ?? Number.NEGATIVE_INFINITY;
    return !this.#waiting.has(id) && nowMs - lookedAtMs > againMs[verdict] && !this.#parts.store.has(id);
  }

  #dropQuestion({ verdict }: Wanted): boolean {
    const question = [...this.#waiting.values()].find((each) => each.verdict === "question");
    return verdict === "alarm" && question !== undefined && this.#waiting.delete(question.id);
  }

  async #run(): Promise<void> {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      try {
        await this.#gather(next);
      } catch (thrown) {
        this.#parts.log.error("evidence can't be kept", { finding: next.id, reason: messageOf(thrown) });
      }
    }
  }

  #next(): Wanted | undefined {
    const nowMs = this.#parts.nowMs();
    while ((this.#doneMs[0] ?? nowMs) < nowMs - hourMs) this.#doneMs.shift();
    const waiting = [...this.#waiting.values()];
    const next = waiting.find(({ verdict }) => verdict === "alarm") ?? waiting[0];
    if (next === undefined) return undefined;
    this.#waiting.delete(next.id);
    if (this.#doneMs.length >= hourlyMax) return this.#next();
    this.#doneMs.push(nowMs);
    this.#lookedAt.set(placeOf(next), nowMs);
    return next;
  }

  async #gather({ id, address, sibling }: Wanted): Promise<void> {
    const { collect, store, tell, publish, nowMs } = this.#parts;
    const { files, lines } = await collect({ finding: id, address, sibling });
    // What was cut off by the end of the process is gathered when it is found again.
    if (this.#isOver) return;
    const atMs = nowMs();
    const manifest = await store.keep({ finding: id, address: placeOf({ address, sibling }), atMs, files });
    const data = { sha256: manifest, files: files.size };
    const sum = { at: rfc3339(atMs), what: "the evidence, by its manifest", data };
    tell({ finding: id, evidence: [...lines.slice(0, linesMax - 1), sum] });
    await publish();
  }
}

function placeOf({ address, sibling }: Pick<Wanted, "address" | "sibling">): string {
  return sibling === undefined ? address : `//${sibling}${address}`;
}
