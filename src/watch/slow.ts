/**
 * Connections that are held open on purpose, or opened by the thousand and never asked on, as one incident: from the minute in which an edge has to
 * end or keep out many, until it has been quiet for a while. What edges tell are sums since they started.
 */
import { z } from "zod";
import { figure } from "../base/figures.ts";
import { type DefenceFacts, evidenceSchema, type Incident, type SocketDeedsFacts } from "../bus/facts.ts";
import type { ReadersFare } from "../decision/usual-readers.ts";
import { note } from "../incidents/evidence.ts";
import { addSums, noSums, sumsSchema } from "../incidents/sums.ts";
import { incidentOf } from "./origin/case.ts";
import { rise } from "./rise.ts";

const caseSchema = z.object({
  id: z.string(),
  drill: z.boolean(),
  started_ms: z.number(),
  /** When something was last done about it. */
  seen_ms: z.number(),
  /** Connections ended, and sources named to the kernel, since it began. */
  ended: z.number(),
  named: z.number(),
  /** What its evidence tells of already. */
  told: z.array(z.enum(["slow", "silent", "stays"])),
  /** Only the readers of that time; no request is part of it. */
  sums: sumsSchema,
  evidence: z.array(evidenceSchema),
});
type Case = z.infer<typeof caseSchema>;

export const slowMemorySchema = caseSchema.nullable();

/** Connections ended and sources named within a minute: more than a crowd's bad lines bring about. */
const manyDeeds = 32;
const windowMs = 60_000;
/** Such that stay, where nothing can be done about them. */
const manyLeft = 64;
const quietMs = 5 * 60_000;
const edgesMax = 64;

interface Deeds {
  readonly ended: number;
  readonly named: number;
}

export class SlowWatch {
  readonly #newId: () => string;
  #case: Case | null;
  /** By edge. */
  readonly #before = new Map<string, SocketDeedsFacts>();
  #lately: (Deeds & { readonly atMs: number })[] = [];

  constructor(memory: Case | null, newId: () => string) {
    this.#case = memory;
    this.#newId = newId;
  }

  get memory(): Case | null {
    return this.#case;
  }

  /** The incident as it stands where it begins, or where there is more to say of it; otherwise undefined. */
  hear({ edge, sockets }: DefenceFacts, isDrill: boolean, nowMs: number): Incident | undefined {
    if (sockets === undefined) return undefined;
    const deeds = this.#since(edge, sockets);
    this.#lately = this.#lately.filter(({ atMs }) => nowMs - atMs < windowMs);
    if (deeds.ended + deeds.named > 0) this.#lately.push({ ...deeds, atMs: nowMs });
    const isGoingOn = deeds.ended + deeds.named > 0 || sockets.left >= manyLeft;
    const isMany = sumOf(this.#lately) >= manyDeeds || sockets.left >= manyLeft;
    if (!isGoingOn || (this.#case === null && !isMany)) return undefined;
    const before = this.#case;
    const known = before ?? this.#begin(isDrill, nowMs);
    const more = before === null ? total(this.#lately) : deeds;
    this.#case = withNews({ ...known, seen_ms: nowMs }, more, sockets, nowMs);
    return this.#case.evidence.length === before?.evidence.length ? undefined : told(this.#case, null);
  }

  /** Adds how readers fared; gives the incident back once it is closed: a drill's with the drill. */
  look({ requests, served, latency }: ReadersFare, isDrill: boolean, nowMs: number): Incident | undefined {
    if (this.#case === null) return undefined;
    const readers = { requests, served, latency: [...latency] };
    const known = { ...this.#case, sums: addSums(this.#case.sums, { ...noSums, readers }) };
    const isOver = nowMs - known.seen_ms >= quietMs || (known.drill && !isDrill);
    this.#case = isOver ? null : known;
    if (!isOver) return undefined;
    const { ended, named } = known;
    const last = note(`over: ${deedsWords({ ended, named })}, in all`, nowMs, { ended, named });
    return told({ ...known, evidence: [...known.evidence, last] }, known.seen_ms);
  }

  /** What is new since the edge was last heard; of one that was never heard nothing. */
  #since(edge: string, now: SocketDeedsFacts): Deeds {
    const before = this.#before.get(edge);
    if (before !== undefined || this.#before.size < edgesMax) this.#before.set(edge, now);
    if (before === undefined) return { ended: 0, named: 0 };
    const more = (sum: keyof SocketDeedsFacts): number => rise(before[sum], now[sum]);
    return {
      ended: more("slow_ended") + more("hoarded_ended"),
      named: more("slow_named") + more("silent_named"),
    };
  }

  #begin(drill: boolean, nowMs: number): Case {
    return {
      id: this.#newId(),
      drill,
      started_ms: this.#lately[0]?.atMs ?? nowMs,
      seen_ms: nowMs,
      ended: 0,
      named: 0,
      told: [],
      sums: noSums,
      evidence: [],
    };
  }
}

function told(known: Case, endedMs: number | null): Incident {
  return { ...incidentOf(known, { kind: "slow", drill: known.drill, endedMs }), sources: known.named };
}

/** Each thing is said once, when it is first so. */
function withNews(known: Case, { ended, named }: Deeds, sockets: SocketDeedsFacts, nowMs: number): Case {
  const { silent_per_s: silent, left } = sockets;
  const news = {
    slow: { is: ended > 0, what: deedsWords({ ended, named }), data: { ended, named } },
    silent: {
      is: silent >= 1,
      what: `${figure(silent)} connections a second on which nothing is asked; whoever goes on opening them is kept out`,
      data: { silent_per_s: silent },
    },
    stays: {
      is: left >= manyLeft,
      what: `${figure(left)} connections take next to nothing and stay: there is no right to end them`,
      data: { left },
    },
  };
  const fresh = (["slow", "silent", "stays"] as const).filter(
    (one) => news[one].is && !known.told.includes(one),
  );
  return {
    ...known,
    ended: known.ended + ended,
    named: known.named + named,
    told: [...known.told, ...fresh],
    evidence: [...known.evidence, ...fresh.map((one) => note(news[one].what, nowMs, news[one].data))],
  };
}

function deedsWords({ ended, named }: Deeds): string {
  return `${figure(ended)} connections ended that took next to nothing or only held a place, ${figure(named)} addresses kept out for a while`;
}

function total(deeds: readonly Deeds[]): Deeds {
  return {
    ended: deeds.reduce((sum, { ended }) => sum + ended, 0),
    named: deeds.reduce((sum, { named }) => sum + named, 0),
  };
}

function sumOf(deeds: readonly Deeds[]): number {
  const { ended, named } = total(deeds);
  return ended + named;
}
