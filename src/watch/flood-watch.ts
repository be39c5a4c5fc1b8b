/**
 * One attack by requests from its first second to its end, as an incident. Two of these run side by side: one for what is real, one for what
 * a drill sends. Everything that it knows can be stored after each round, so that a watch that was killed goes on where it was.
 */
import { z } from "zod";
import { rfc3339 } from "../base/clock.ts";
import { type Evidence, evidenceSchema, type Incident, incidentKinds } from "../bus/facts.ts";
import type { Baseline } from "../decision/baseline.ts";
import { estimateDistinct, mergeDistinct } from "../decision/distinct.ts";
import { calmState, floodStateSchema, type FloodStep, stepFlood } from "../decision/flood.ts";
import { isHigh, isStrange, readSigns, type Signs } from "../decision/flood-signs.ts";
import { type ReadersFare, readersFare } from "../decision/usual-readers.ts";
import { closingEvidence, evidenceMax, openingEvidence } from "../incidents/evidence.ts";
import { outcomeOf } from "../incidents/outcome.ts";
import { addSums, factsOf, noSums, sumsSchema } from "../incidents/sums.ts";
import { isMine, lookAt, type Sight } from "./attribution.ts";
import type { Said } from "./edges.ts";
import {
  firstRule,
  incidentRulesSchema,
  kindOf,
  rulesActed,
  rulesEnded,
  shutOut,
  withRules,
} from "./incident-rules.ts";
import type { Part, Round } from "./round.ts";

/** Edges whose sources are joined. */
const edgesMax = 64;
/** Share of all requests from which on what observations don't tell apart is taken to be of one part. */
const nearlyAll = 0.9;
/** What rises before anybody calls it an attack belongs to it; a crowd that was there long before does not. */
const onsetMaxMs = 10_000;

const episodeSchema = z.object({
  id: z.string(),
  started_ms: z.number(),
  /** End of the last second that belongs to it. */
  held_ms: z.number(),
  held: sumsSchema,
  /** Of the seconds since: they count if another one follows that belongs to it. */
  pending: sumsSchema,
  /** Distinct, estimated; the registers behind it stay in memory. */
  sources: z.number().nonnegative(),
  /** Rows of the version before had none of what follows. */
  kind: z.enum(incidentKinds).default("flood"),
  rules: incidentRulesSchema.default([]),
  /** From the rise of the volume to the first rule is said already. */
  timed: z.boolean().default(false),
  /** Addresses that the kernel kept out at a time, at most. */
  banned: z.number().nonnegative().default(0),
  evidence: z.array(evidenceSchema),
});
type Episode = z.infer<typeof episodeSchema>;

export const floodMemorySchema = z.object({
  state: floodStateSchema,
  /** From the first hot second on, whether or not a flood comes of it. */
  episode: episodeSchema.nullable(),
});
export type FloodMemory = z.infer<typeof floodMemorySchema>;

export const noFlood: FloodMemory = { state: calmState, episode: null };

export interface FloodWatchOptions {
  readonly drill: boolean;
  readonly newId: () => string;
  readonly memory: FloodMemory;
}

/** All that is known of the time since the last look. */
export interface Seen {
  readonly round: Round;
  readonly baseline: Baseline;
  readonly said: Said;
  readonly nowMs: number;
  /** A drill runs, or ran until a moment ago. */
  readonly drilling: boolean;
}

interface Look extends Seen {
  /** A drill said that it has ended: the first second without it closes the incident. */
  readonly over: boolean;
}

export interface Flood {
  readonly step: FloodStep;
  readonly signs: Signs;
  /** As it stands now, where there is one; closed in its last round. */
  readonly incident: Incident | undefined;
}

export class FloodWatch {
  readonly #drill: boolean;
  readonly #newId: () => string;
  #memory: FloodMemory;
  /** By edge. */
  #registers = new Map<string, Uint8Array>();

  constructor({ drill, newId, memory }: FloodWatchOptions) {
    this.#drill = drill;
    this.#newId = newId;
    this.#memory = memory;
  }

  get memory(): FloodMemory {
    return this.#memory;
  }

  get isOpen(): boolean {
    return this.#memory.state.phase === "flood";
  }

  /** Says in the evidence of an open incident what else is to be known. */
  remark(remark: Evidence): void {
    const { episode } = this.#memory;
    if (!this.isOpen || episode === null) return;
    const evidence = appended(episode, [remark]);
    this.#memory = { ...this.#memory, episode: { ...episode, evidence } };
  }

  look(look: Look): Flood {
    const sight = this.#sight(look);
    const { signs } = sight;
    const step = this.#stepped(sight, look.over);
    const opened = step.change === "opened" || this.isOpen;
    const continued = this.#continued(step, sight, look);
    const known = continued && opened ? this.#explained(continued, step, sight, look) : continued;
    this.#memory = { state: step.state, episode: known };
    if (known === null || !opened) return { step, signs, incident: undefined };
    const incident = step.change === "closed" ? this.#close(known, look.nowMs) : this.#incident(known, null);
    return { step, signs, incident };
  }

  #sight(look: Look): Sight {
    const { round, baseline, said, drilling } = look;
    const part = this.#drill ? round.drill : round.real;
    const signs = readSigns(part.traffic, baseline);
    return { part, signs, fare: fareIn(part, look), said, drilling, drill: this.#drill };
  }

  #stepped(sight: Sight, over: boolean): FloodStep {
    const step = stepFlood(this.#memory.state, lookAt(sight), sight.part.traffic.seconds);
    if (!over || step.held || !this.isOpen) return step;
    return { state: calmState, change: "closed", held: false };
  }

  /** Null where nothing is left of what may have become an attack. */
  #continued(step: FloodStep, { part, signs, fare }: Sight, { round, nowMs }: Look): Episode | null {
    const before = this.#memory.episode;
    const { endMs } = part.traffic;
    const isCalm = step.state.phase === "calm" && step.change === "none";
    const rises = isCalm && isHigh(signs);
    if (before === null && !step.held && !rises) return null;
    if (isCalm && step.state.heat === 0 && !rises) return this.#forget();
    const isOld =
      isCalm && step.state.heat === 0 && before !== null && nowMs - before.started_ms > onsetMaxMs;
    const episode = before === null || isOld ? this.#begin(endMs - part.traffic.seconds * 1_000) : before;
    const sums = { ...part.sums, readers: { ...fare, latency: [...fare.latency] } };
    if (!step.held) return { ...episode, pending: addSums(episode.pending, sums) };
    const held = addSums(addSums(episode.held, episode.pending), sums);
    return {
      ...episode,
      held,
      pending: noSums,
      held_ms: endMs,
      sources: this.#sources(episode, round, part),
    };
  }

  /** With why it was opened, and what edges say of it. */
  #explained(episode: Episode, step: FloodStep, sight: Sight, { round, nowMs }: Look): Episode {
    const { said, signs, part } = sight;
    const isNew = step.change === "opened";
    const opening = isNew ? openingEvidence(signs, busiestPath(round, part), nowMs) : [];
    const mine = isMine(sight);
    const known: Episode = {
      ...episode,
      banned: mine ? Math.max(episode.banned, said.banned) : episode.banned,
      evidence: appended(episode, opening),
    };
    if (mine && (said.attacked || said.goesOn)) return withEdges(known, said, nowMs);
    return isNew && !isStrange(signs) ? { ...known, kind: "outage" } : known;
  }

  #begin(startedMs: number): Episode {
    return {
      id: this.#newId(),
      started_ms: startedMs,
      held_ms: startedMs,
      held: noSums,
      pending: noSums,
      sources: 0,
      kind: "flood",
      rules: [],
      timed: false,
      banned: 0,
      evidence: [],
    };
  }

  #forget(): null {
    this.#registers = new Map();
    return null;
  }

  /** Registers don't tell a drill's sources from others': they are joined only where nearly everything is of one part. */
  #sources(episode: Episode, round: Round, part: Part): number {
    if (part.share < nearlyAll) return Math.max(episode.sources, Math.round(part.traffic.sources));
    for (const [edge, registers] of round.sketches) {
      const before = this.#registers.get(edge);
      if (before === undefined && this.#registers.size >= edgesMax) continue;
      this.#registers.set(edge, before === undefined ? registers : mergeDistinct(before, registers));
    }
    const all = this.#registers.values().reduce((sum, registers) => sum + estimateDistinct(registers), 0);
    return Math.max(episode.sources, all);
  }

  #close(episode: Episode, nowMs: number): Incident {
    const seconds = (episode.held_ms - episode.started_ms) / 1_000;
    const end = closingEvidence(episode.held, episode.sources, seconds, episode.held_ms);
    const last = [...rulesEnded(episode.rules, nowMs), ...shutOut(episode.banned, nowMs), end];
    const evidence = [...episode.evidence.slice(0, evidenceMax - last.length), ...last];
    this.#memory = noFlood;
    this.#forget();
    return this.#incident({ ...episode, evidence }, episode.held_ms);
  }

  #incident(episode: Episode, endedMs: number | null): Incident {
    return {
      id: episode.id,
      drill: this.#drill,
      kind: episode.kind,
      status: endedMs === null ? "open" : "closed",
      started_at: rfc3339(episode.started_ms),
      ended_at: endedMs === null ? null : rfc3339(endedMs),
      ...factsOf(episode.held),
      sources: episode.sources,
      rules: episode.rules.map(({ id }) => id),
      outcome: endedMs === null ? null : outcomeOf(episode.held.readers),
      evidence: episode.evidence,
    };
  }
}

export function fareIn({ traffic }: Part, { round, baseline, said }: Seen): ReadersFare {
  return readersFare(traffic, baseline, { lagMs: round.lagMs, harm: said.harm });
}

function withEdges(episode: Episode, said: Said, nowMs: number): Episode {
  const rules = withRules(episode.rules, said.rules, episode.started_ms);
  const timing = episode.timed ? [] : onsetEvidence(said, nowMs);
  const acted = rulesActed(episode.rules, rules, nowMs);
  return {
    ...episode,
    kind: kindOf(rules, episode.sources),
    rules,
    timed: episode.timed || timing.length > 0,
    evidence: appended(episode, [...timing, ...acted]),
  };
}

function onsetEvidence({ volumeSinceMs, actedMs }: Said, atMs: number): Evidence[] {
  return volumeSinceMs === undefined || actedMs === undefined
    ? []
    : [firstRule(volumeSinceMs, actedMs, atMs)];
}

function appended(episode: Episode, more: readonly Evidence[]): Evidence[] {
  return [...episode.evidence, ...more].slice(0, evidenceMax);
}

/** Paths are not told apart by part: only where one part makes up nearly everything can its path be named. */
function busiestPath(
  { paths }: Round,
  { share, traffic }: Part,
): { path: string; share: number } | undefined {
  const [first] = paths;
  if (first === undefined || share < nearlyAll) return undefined;
  return { path: first.value, share: Math.min(1, first.requests / traffic.requests) };
}
