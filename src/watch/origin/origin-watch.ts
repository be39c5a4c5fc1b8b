/** What edges, newsroom and operators say of a protected site, made into incidents: `defacement`, `outage`, `bypass`. A question alone is none. */
import { z } from "zod";
import { dayMs } from "../../base/clock.ts";
import type { Event } from "../../bus/bus.ts";
import type { Incident } from "../../bus/facts.ts";
import { type Finding, type OriginState, type Question, siblingIn } from "../../bus/origin-facts.ts";
import type { ReadersFare } from "../../decision/usual-readers.ts";
import { isOfOnePage, signatureOf } from "../../guard/judging/judge.ts";
import { leadsAround } from "../../incidents/story/steps.ts";
import { bypassMemorySchema, BypassWatch } from "./bypass.ts";
import { defacementMemorySchema, DefacementWatch } from "./defacement.ts";
import { addressName, Doubts, doubtsSchema } from "./doubts.ts";
import { countersSchema, EdgeStates } from "./edge-states.ts";
import { News } from "./news.ts";
import { outageMemorySchema, OutageWatch } from "./outage.ts";
import { SiblingWatch, siblingsMemorySchema } from "./siblings.ts";

export const originMemorySchema = z.object({
  defacement: defacementMemorySchema,
  outage: outageMemorySchema,
  bypass: bypassMemorySchema,
  siblings: siblingsMemorySchema.default({}),
  doubts: doubtsSchema,
  counters: countersSchema,
  /** Of the alarms of which those who run the site said that it is theirs, the latest last. */
  accepted: z.array(
    z.object({
      signature: z.string(),
      until_ms: z.number(),
      /** Empty: wherever it shows. */
      addresses: z.array(z.string()).default([]),
    }),
  ),
});
export type OriginMemory = z.infer<typeof originMemorySchema>;

export const noOrigin: OriginMemory = {
  defacement: null,
  outage: null,
  bypass: null,
  siblings: {},
  doubts: {},
  counters: {},
  accepted: [],
};

/** What was accepted becomes baseline page by page, on a large site over days; until then edges still find it, and it is no attack. */
const acceptedMs = 7 * dayMs;
const acceptedMax = 50;

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
  readonly #siblings: SiblingWatch;
  readonly #doubts: Doubts;
  readonly #states: EdgeStates;
  readonly #news = new News();
  #accepted: OriginMemory["accepted"];

  constructor(memory: OriginMemory, newId: () => string) {
    this.#defacement = new DefacementWatch(memory.defacement, newId);
    this.#outage = new OutageWatch(memory.outage, newId);
    this.#bypass = new BypassWatch(memory.bypass, newId);
    this.#siblings = new SiblingWatch(memory.siblings, newId);
    this.#doubts = new Doubts(memory.doubts);
    this.#states = new EdgeStates(memory.counters);
    this.#accepted = memory.accepted;
  }

  get memory(): OriginMemory {
    return {
      defacement: this.#defacement.memory,
      outage: this.#outage.memory,
      bypass: this.#bypass.memory,
      siblings: this.#siblings.memory,
      doubts: this.#doubts.memory,
      counters: this.#states.memory,
      accepted: this.#accepted,
    };
  }

  /** What people have to hear at once, each once. */
  get urgent(): readonly Incident[] {
    return this.#news.urgent(this.#open);
  }

  find(finding: Finding, nowMs: number): void {
    const isAlarm = finding.verdict === "alarm";
    const sibling = siblingIn(finding.facts);
    if (sibling !== undefined) return this.#siblings.find(sibling, finding, nowMs);
    if (leadsAround(finding.facts)) return isAlarm ? this.#bypass.find(finding, nowMs) : undefined;
    if (!isAlarm) return this.#doubts.hear(finding, nowMs);
    if (!this.#wasAccepted(finding, nowMs)) this.#defacement.find(finding, this.#doubts.take(finding), nowMs);
  }

  hear(state: OriginState, nowMs: number): void {
    const answers = this.#states.hear(state, nowMs);
    this.#outage.hear(state, answers, nowMs);
    this.#defacement.hear(state, answers.copies, nowMs);
  }

  answer(question: Question, nowMs: number): void {
    const sibling = siblingIn(question.facts);
    if (sibling !== undefined) return this.#siblings.answer(sibling, question, nowMs);
    if (question.status === "refused")
      return this.#defacement.confirm(question, this.#doubts.takeAll(question), nowMs);
    this.#defacement.ask(question, nowMs);
    if (question.status === "accepted") this.#accept(question, nowMs);
  }

  gather({ finding, evidence }: Event<"origin.evidence">): void {
    this.#defacement.gather(finding, evidence);
    this.#siblings.gather(finding, evidence);
  }

  /** Once a second; gives back what is over, and what there is something new of. */
  look({ fare, drilling, nowMs }: OriginLook): readonly Incident[] {
    const states = this.#states.fresh(nowMs);
    const over = [
      this.#defacement.look(fare, states, nowMs),
      this.#outage.look(fare, states, drilling, nowMs),
      this.#bypass.look(fare, nowMs),
      ...this.#siblings.look(nowMs),
    ].filter((incident) => incident !== undefined);
    return [...over, ...this.#news.all(this.#open, nowMs)];
  }

  get #open(): readonly Incident[] {
    const all = [this.#defacement.incident, this.#outage.incident, this.#bypass.incident];
    return [...all.filter((incident) => incident !== undefined), ...this.#siblings.incidents];
  }

  #wasAccepted({ facts, address }: Finding, nowMs: number): boolean {
    const found = signatureOf(facts);
    return this.#accepted.some(
      ({ signature, until_ms: untilMs, addresses }) =>
        nowMs < untilMs &&
        signature === found &&
        (addresses.length === 0 || addresses.includes(addressName(address))),
    );
  }

  #accept(question: Question, nowMs: number): void {
    this.#doubts.takeAll(question);
    if (!question.alarm) return;
    const accepted = {
      signature: signatureOf(question.facts),
      until_ms: nowMs + acceptedMs,
      addresses: isOfOnePage(question.facts) ? question.addresses.map(addressName) : [],
    };
    this.#accepted = [...this.#accepted, accepted].slice(-acceptedMax);
  }
}
