/** What edges, newsroom and operators say of a protected site, made into incidents: `defacement`, `outage`, `bypass`. A question alone is none. */
import { z } from "zod";
import type { Event } from "../../bus/bus.ts";
import type { Incident } from "../../bus/facts.ts";
import type { Finding, OriginState, Question } from "../../bus/origin-facts.ts";
import type { ReadersFare } from "../../decision/usual-readers.ts";
import { signatureOf } from "../../guard/judging/judge.ts";
import { bypassMemorySchema, BypassWatch, isBypass } from "./bypass.ts";
import { defacementMemorySchema, DefacementWatch } from "./defacement.ts";
import { asks, Doubts, doubtsSchema } from "./doubts.ts";
import { countersSchema, EdgeStates } from "./edge-states.ts";
import { outageMemorySchema, OutageWatch } from "./outage.ts";

export const originMemorySchema = z.object({
  defacement: defacementMemorySchema,
  outage: outageMemorySchema,
  bypass: bypassMemorySchema,
  doubts: doubtsSchema,
  counters: countersSchema,
});
export type OriginMemory = z.infer<typeof originMemorySchema>;

export const noOrigin: OriginMemory = {
  defacement: null,
  outage: null,
  bypass: null,
  doubts: {},
  counters: {},
};

/** What was accepted takes a moment to be in every edge's baseline; until then it is not an attack either. */
const acceptedMs = 5 * 60_000;
const acceptedMax = 50;

interface Accepted {
  readonly untilMs: number;
  readonly isAsked: ReturnType<typeof asks>;
}

/** Of one second. */
export interface OriginLook {
  /** Undefined: no edge counted anything. */
  readonly fare: ReadersFare | undefined;
  readonly drilling: boolean;
  readonly nowMs: number;
}

export class OriginWatch {
  readonly #defacement: DefacementWatch;
  readonly #outage: OutageWatch;
  readonly #bypass: BypassWatch;
  readonly #doubts: Doubts;
  readonly #states: EdgeStates;
  #accepted: readonly Accepted[] = [];

  constructor(memory: OriginMemory, newId: () => string) {
    this.#defacement = new DefacementWatch(memory.defacement, newId);
    this.#outage = new OutageWatch(memory.outage, newId);
    this.#bypass = new BypassWatch(memory.bypass, newId);
    this.#doubts = new Doubts(memory.doubts);
    this.#states = new EdgeStates(memory.counters);
  }

  get memory(): OriginMemory {
    return {
      defacement: this.#defacement.memory,
      outage: this.#outage.memory,
      bypass: this.#bypass.memory,
      doubts: this.#doubts.memory,
      counters: this.#states.memory,
    };
  }

  /** Those that are open, as they stand. */
  get incidents(): readonly Incident[] {
    const all = [this.#defacement.incident, this.#outage.incident, this.#bypass.incident];
    return all.filter((incident) => incident !== undefined);
  }

  find(finding: Finding, nowMs: number): void {
    const isAlarm = finding.verdict === "alarm";
    if (isBypass(finding)) return isAlarm ? this.#bypass.find(finding, nowMs) : undefined;
    if (!isAlarm) return this.#doubts.hear(finding, nowMs);
    if (!this.#wasAccepted(finding, nowMs)) this.#defacement.find(finding, this.#doubts.take(finding), nowMs);
  }

  hear(state: OriginState, nowMs: number): void {
    const answers = this.#states.hear(state, nowMs);
    this.#outage.hear(state, answers, nowMs);
    this.#defacement.hear(state, answers.copies, nowMs);
  }

  answer(question: Question, nowMs: number): void {
    if (question.status === "refused")
      return this.#defacement.confirm(question, this.#doubts.takeAll(question), nowMs);
    this.#defacement.ask(question, nowMs);
    if (question.status === "accepted") this.#accept(question, nowMs);
  }

  gather({ finding, evidence }: Event<"origin.evidence">): void {
    this.#defacement.gather(finding, evidence);
  }

  /** Once a second; gives back what is over. */
  look({ fare, drilling, nowMs }: OriginLook): Incident[] {
    const states = this.#states.fresh(nowMs);
    return [
      this.#defacement.look(fare, states, nowMs),
      this.#outage.look(fare, states, drilling, nowMs),
      this.#bypass.look(fare, nowMs),
    ].filter((incident) => incident !== undefined);
  }

  #wasAccepted({ facts }: Finding, nowMs: number): boolean {
    const found = { signature: signatureOf(facts) };
    return this.#accepted.some(({ untilMs, isAsked }) => nowMs < untilMs && isAsked(found));
  }

  #accept(question: Question, nowMs: number): void {
    this.#doubts.takeAll(question);
    const accepted = { untilMs: nowMs + acceptedMs, isAsked: asks(question) };
    this.#accepted = [...this.#accepted, accepted].slice(-acceptedMax);
  }
}
