/** From observations to incidents: looks once a second at what edges counted, and keeps what it concludes. */
import type { Database } from "bun:sqlite";
import { type Clock, dayMs, rfc3339 } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import { ulid } from "../base/ulid.ts";
import type { Bus, Event } from "../bus/bus.ts";
import type { DefenceFacts, Drill, Incident, Mode, Traffic } from "../bus/facts.ts";
import type { Finding, OriginState, Question } from "../bus/origin-facts.ts";
import type { Observation } from "../bus/observation.ts";
import { type Baseline, learn, priorBaseline, recall, recordOf } from "../decision/baseline.ts";
import { trustIn } from "../decision/flood.ts";
import { note, restarted } from "../incidents/evidence.ts";
import { createRegister, type Register } from "../incidents/register.ts";
import { RecentTraffic } from "../incidents/recent-traffic.ts";
import { Drills } from "./drills.ts";
import { Due } from "./due.ts";
import { Edges } from "./edges.ts";
import { fareIn, type Flood, FloodWatch, type Seen } from "./flood-watch.ts";
import { type Facts, type Memory, openMemory } from "./memory.ts";
import { OriginWatch } from "./origin/origin-watch.ts";
import { roundOf } from "./round.ts";
import { SlowWatch } from "./slow.ts";
import { TamperingWatch } from "./tampering.ts";
import { secondOf } from "./traffic.ts";

export interface WatchOptions {
  readonly database: Database;
  readonly bus: Pick<Bus, "publish">;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random;
  /** The site's, for a baseline that knows nothing yet. */
  readonly languages: readonly string[];
  /** How long closed incidents are kept. */
  readonly retentionDays: number;
  /** Is told of every incident when it begins, now and then, when it gets worse and when it ends. Default: nobody. */
  readonly alert?: (incident: Incident) => void;
}

/** Observations that wait for the next look: a minute of a few edges. What comes beyond is lost. */
const waitingMax = 256;
/** How often what is slow is done: saving the baseline, forgetting old incidents, saying again what somebody may have missed. */
const every = {
  baselineMs: 60_000,
  retentionMs: 3_600_000,
  modeMs: 15_000,
  learningMs: 15_000,
  incidentMs: 5_000,
  originMs: 10_000,
} as const;

/** Edges tell every second, and something is written every second. */
const latelyMs = 30_000;

export class Watch {
  readonly #options: WatchOptions;
  readonly #memory: Memory;
  readonly #register: Register;
  readonly #drills: Drills;
  readonly #real: FloodWatch;
  readonly #drill: FloodWatch;
  readonly #tampering: TamperingWatch;
  readonly #slow: SlowWatch;
  readonly #origin: OriginWatch;
  readonly #due = new Due(every);
  readonly #waiting: Observation[] = [];
  readonly #traffic = new RecentTraffic();
  readonly #edges: Edges;
  #baseline: Baseline;
  #mode: Mode = "calm";
  #mayLearn = true;
  #seenMs = Number.NEGATIVE_INFINITY;
  #failedMs = Number.NEGATIVE_INFINITY;

  constructor(options: WatchOptions) {
    const { database, clock, random, log, languages } = options;
    this.#memory = openMemory(database, recordOf(priorBaseline(languages)));
    for (const name of this.#memory.unreadable)
      log.warn("starts anew with what it can't read", { memory: name });
    const {
      baseline,
      flood,
      drills,
      tampering,
      slow,
      origin,
      "drill-flood": drillFlood,
    } = this.#memory.recalled;
    const newId = (): string => ulid(clock, random);
    this.#options = options;
    this.#register = createRegister(database);
    this.#edges = new Edges(clock.nowMs());
    this.#baseline = recall(baseline);
    this.#drills = new Drills(drills);
    this.#real = new FloodWatch({ drill: false, newId, memory: flood });
    this.#drill = new FloodWatch({ drill: true, newId, memory: drillFlood });
    this.#tampering = new TamperingWatch(tampering, newId);
    this.#slow = new SlowWatch(slow, newId);
    this.#origin = new OriginWatch(origin, newId);
    for (const each of [this.#real, this.#drill]) {
      each.remark(note(restarted.words, clock.nowMs(), { note: restarted.name }));
    }
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** It writes what it concludes, and hears from an edge. */
  get isWell(): boolean {
    const nowMs = this.#options.clock.nowMs();
    return nowMs - this.#seenMs < latelyMs && nowMs - this.#failedMs >= latelyMs;
  }

  get register(): Register {
    return this.#register;
  }

  get baseline(): Baseline {
    return this.#baseline;
  }

  /** The last ten minutes, oldest first; a second in which no edge told anything has no entry. */
  get traffic(): readonly Traffic[] {
    return this.#traffic.seconds;
  }

  observe(observation: Observation): void {
    if (this.#waiting.length < waitingMax) this.#waiting.push(observation);
  }

  hear(facts: DefenceFacts): void {
    const nowMs = this.#options.clock.nowMs();
    this.#edges.hear(facts, nowMs);
    this.#setMode(nowMs);
    const slow = this.#slow.hear(facts, this.#drills.isRunning(nowMs), nowMs);
    if (slow === undefined) return;
    this.#keep([slow], { slow: this.#slow.memory });
    this.#tell(slow);
  }

  /** Throws OperatorError where it can't be a drill. */
  announce(drill: Drill): void {
    const nowMs = this.#options.clock.nowMs();
    this.#drills.announce(drill, nowMs);
    this.#keep([], { drills: [...this.#drills.announced] });
    this.#setLearning(nowMs);
  }

  report(event: Event<"tampering">): void {
    const incident = this.#tampering.report(event, this.#options.clock.nowMs());
    if (incident === undefined) return;
    this.#keep([incident], { tampering: this.#tampering.memory });
    this.#tell(incident);
  }

  find(finding: Finding): void {
    this.#hearOfOrigin((nowMs) => this.#origin.find(finding, nowMs));
  }

  hearOrigin(state: OriginState): void {
    this.#hearOfOrigin((nowMs) => this.#origin.hear(state, nowMs));
  }

  answer(question: Question): void {
    this.#hearOfOrigin((nowMs) => this.#origin.answer(question, nowMs));
    this.#keep([], { origin: this.#origin.memory });
  }

  gather(gathered: Event<"origin.evidence">): void {
    this.#origin.gather(gathered);
  }

  /** Once a second. Without observations nothing is concluded of floods: an edge that is gone is not calm. */
  look(): void {
    const { clock } = this.#options;
    const nowMs = clock.nowMs();
    this.#drills.forget(nowMs);
    const waiting = this.#waiting.splice(0);
    if (waiting.length > 0) this.#seenMs = nowMs;
    const seen = waiting.length === 0 ? undefined : this.#seen(waiting, nowMs);
    if (seen !== undefined) this.#conclude(seen);
    this.#concludeOrigin(seen, nowMs);
    this.#setMode(nowMs);
    this.#setLearning(nowMs);
    if (seen !== undefined) this.#tellTraffic(seen);
    const oldest = rfc3339(nowMs - this.#options.retentionDays * dayMs);
    if (this.#due.take("retentionMs", nowMs)) this.#write(() => this.#register.forget(oldest));
  }

  /** What is only written now and then is written. */
  save(): void {
    this.#keep([], { baseline: recordOf(this.#baseline), origin: this.#origin.memory });
  }

  #seen(waiting: readonly Observation[], nowMs: number): Seen {
    const round = roundOf(waiting, nowMs, (block) => this.#drills.originOf(block));
    const said = this.#edges.take(nowMs);
    const drilling = this.#drills.announced.length > 0;
    return { round, baseline: this.#baseline, said, nowMs, drilling };
  }

  #conclude(seen: Seen): void {
    const { round, baseline, said, nowMs, drilling } = seen;
    const isDrill = this.#drills.isRunning(nowMs);
    const real = this.#real.look({ ...seen, over: false });
    const drill = this.#drill.look({ ...seen, over: !isDrill });
    const fare = fareIn(round.real, seen);
    const ended = [this.#tampering.look(fare, nowMs), this.#slow.look(fare, isDrill, nowMs)];
    const over = ended.filter((incident) => incident !== undefined);
    if (!drilling && !said.composition && !said.goesOn) {
      this.#baseline = learn(baseline, round.real.traffic, trustIn(real.step, real.signs));
    }
    const incidents = [real.incident, drill.incident, ...over].filter((incident) => incident !== undefined);
    this.#keep(incidents, {
      drills: [...this.#drills.announced],
      flood: this.#real.memory,
      "drill-flood": this.#drill.memory,
      tampering: this.#tampering.memory,
      slow: this.#slow.memory,
      ...(this.#due.take("baselineMs", nowMs) && { baseline: recordOf(this.#baseline) }),
    });
    this.#tellFloods([real, drill], nowMs);
    over.forEach((incident) => this.#tell(incident));
  }

  /** What begins, or turns out to be a breach, is kept and told at once; the rest waits for the next look. */
  #hearOfOrigin(change: (nowMs: number) => void): void {
    change(this.#options.clock.nowMs());
    this.#tellOfOrigin(this.#origin.urgent);
  }

  /** Findings come also where no edge counts anything. */
  #concludeOrigin(seen: Seen | undefined, nowMs: number): void {
    const fare = seen && fareIn(seen.round.real, seen);
    this.#tellOfOrigin(this.#origin.look({ fare, drilling: this.#drills.isRunning(nowMs), nowMs }));
  }

  #tellOfOrigin(news: readonly Incident[]): void {
    const isDue = this.#due.take("originMs", this.#options.clock.nowMs());
    if (news.length > 0 || isDue) this.#keep(news, { origin: this.#origin.memory });
    news.forEach((incident) => this.#tell(incident));
  }

  #keep(incidents: readonly Incident[], facts: Partial<Facts>): void {
    this.#write(() => {
      incidents.forEach((incident) => this.#register.save(incident));
      this.#memory.write(facts);
    });
  }

  /** All or nothing. Where it can't be written (a full disk), the watch goes on with what it has in mind. */
  #write(work: () => void): void {
    const { database, log, clock } = this.#options;
    try {
      database.transaction(work)();
    } catch (thrown) {
      this.#memory.distrust();
      this.#failedMs = clock.nowMs();
      log.error("can't write what it concluded", { error: messageOf(thrown) });
    }
  }

  /** At once when it begins or ends, otherwise now and then. */
  #tellFloods(floods: readonly Flood[], nowMs: number): void {
    const due = this.#due.take("incidentMs", nowMs);
    for (const { incident, step } of floods) {
      if (incident !== undefined && (due || step.change !== "none")) this.#tell(incident);
    }
  }

  #tell(incident: Incident): void {
    const { id, kind, drill, status, outcome, requests, sources } = incident;
    this.#options.bus.publish("incident", incident);
    this.#options.log.info("incident", { id, kind, drill, status: outcome ?? status, requests, sources });
    this.#options.alert?.(incident);
  }

  #tellTraffic(seen: Seen): void {
    const { round, nowMs } = seen;
    const second = secondOf(round, fareIn(round.whole, seen), {
      at: rfc3339(nowMs),
      mode: this.#mode,
      drill: this.#drills.isRunning(nowMs),
      incidents_open: this.#register.countOpen(),
    });
    this.#traffic.add(second);
    this.#options.bus.publish("traffic", second);
  }

  /** The worst of all edges'. Where none tells its own, what the watch sees for itself. */
  #setMode(nowMs: number): void {
    const isOpen = this.#real.isOpen || this.#drill.isOpen;
    const { mode, reason } = this.#edges.worst(nowMs) ?? {
      mode: isOpen ? "guarded" : "calm",
      reason: isOpen ? "an incident is open" : "no incident is open",
    };
    const changed = mode !== this.#mode;
    this.#mode = mode;
    if (!this.#due.take("modeMs", nowMs) && !changed) return;
    this.#options.bus.publish("mode", { mode, reason });
  }

  /** Edges must not take for peace what an incident or a drill brings. */
  #setLearning(nowMs: number): void {
    const drilling = this.#drills.announced.length > 0;
    const mayLearn = !drilling && !this.#real.isOpen;
    const changed = mayLearn !== this.#mayLearn;
    this.#mayLearn = mayLearn;
    if (!this.#due.take("learningMs", nowMs) && !changed) return;
    const reason = drilling ? "a drill is running" : mayLearn ? "no incident is open" : "an incident is open";
    this.#options.bus.publish("learning", { learn: mayLearn, reason });
  }
}
