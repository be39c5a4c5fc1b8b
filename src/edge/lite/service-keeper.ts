/** Keeps how much the edge serves: measures what serving costs, decides once a second, tells the workers, and tells everybody else. */
import { availableParallelism } from "node:os";
import { rfc3339 } from "../../base/clock.ts";
import type { Answer } from "../../bus/bus.ts";
import type { Operations, RoleContext } from "../../bus/role.ts";
import type { ServiceFacts, ServiceOrder } from "../../bus/service-facts.ts";
import { ServiceMachine, type ServiceStep } from "../../decision/modes/service.ts";
import { Strain, usedProcessorMs } from "../defence/strain.ts";
import { isLoopback } from "../hosts.ts";
import type { ToWorker } from "../messages.ts";
import { doMostWait, type Waiting } from "../sockets/waiting.ts";
import { sentToElsewhere } from "./line-bytes.ts";
import type { ServiceTold } from "./lite.ts";
import { Measure, type Reported } from "./measure.ts";

export interface ServiceKeeperOptions {
  readonly edge: string;
  readonly context: RoleContext;
  /** How many share what may be sent. */
  readonly workers: number;
  /** All workers. */
  readonly tell: (message: ToWorker) => void;
}

const tellEveryMs = 5_000;
const bytesInMbit = 1_000_000 / 8;
const normal: ServiceStep = {
  level: "normal",
  sinceMs: undefined,
  causes: [],
  isOrdered: false,
  changed: false,
  wholePagesPerS: 1,
};

export class ServiceKeeper {
  readonly #options: ServiceKeeperOptions;
  readonly #machine: ServiceMachine;
  readonly #measure: Measure;
  #step = normal;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(options: ServiceKeeperOptions) {
    const { config, clock } = options.context;
    const { line_mbit: lineMbit, listen } = config.edge;
    const strain = new Strain({ processors: availableParallelism(), usedMs: usedProcessorMs });
    const isElsewhere = !listen.every(isLoopback);
    this.#options = options;
    this.#machine = new ServiceMachine({
      isAutomatic: config.edge.lite,
      lineBytesPerS: lineMbit === 0 ? undefined : lineMbit * bytesInMbit,
    });
    const cpuShare = (nowMs: number): number => strain.look(nowMs).cpuShare;
    const lineBytes = isElsewhere ? sentToElsewhere : () => undefined;
    this.#measure = new Measure({ cpuShare, lineBytes }, clock.nowMs());
  }

  /** For a worker that starts. */
  get told(): ServiceTold {
    const { level, sinceMs, isOrdered, wholePagesPerS } = this.#step;
    return { level, sinceMs, isOrdered, wholePagesPerS: wholePagesPerS / this.#options.workers };
  }

  get facts(): ServiceFacts {
    const { edge, context } = this.#options;
    const { level, sinceMs, causes } = this.#step;
    const { ordered } = this.#machine;
    return {
      edge,
      at: rfc3339(context.clock.nowMs()),
      level,
      since: sinceMs === undefined ? null : rfc3339(sinceMs),
      causes: [...causes],
      ordered_until: ordered === undefined ? null : rfc3339(ordered.untilMs),
      texts: this.#measure.texts,
      work_refused: this.#measure.workRefused,
    };
  }

  hear(report: Reported): void {
    this.#measure.hear(report);
  }

  hearReaders(waiting: Waiting): void {
    this.#measure.hearReaders(doMostWait(waiting), this.#options.context.clock.nowMs());
  }

  /** About once a second. */
  tick(): void {
    const { context } = this.#options;
    const nowMs = context.clock.nowMs();
    const served = this.#measure.take(nowMs);
    if (served === undefined) return;
    this.#take(this.#machine.step(served, nowMs));
    if (nowMs - this.#toldMs >= tellEveryMs) this.#publish();
  }

  order({ level, seconds }: ServiceOrder): void {
    const { context } = this.#options;
    const nowMs = context.clock.nowMs();
    const untilMs = nowMs + seconds * 1_000;
    context.log.info("an operator decides how much is served", { level, seconds });
    this.#take(this.#machine.order(level === "auto" ? undefined : { level, untilMs }, nowMs));
    this.#publish();
  }

  #take(step: ServiceStep): void {
    this.#step = step;
    if (step.changed) this.#changed();
  }

  #changed(): void {
    const { context, tell } = this.#options;
    const { level, causes, isOrdered } = this.#step;
    const why = isOrdered ? "an operator's decision" : causes.join(", ");
    context.log.warn(level === "normal" ? "everything is served again" : "less is served", { level, why });
    tell({ kind: "service", service: this.told });
    this.#publish();
  }

  #publish(): void {
    const { bus, clock } = this.#options.context;
    this.#toldMs = clock.nowMs();
    bus.publish("service", this.facts);
  }
}

/** What operators ask of it over the bus. */
export function serviceOperations(
  keeper: ServiceKeeper,
): Pick<Operations, "edge.service" | "edge.service.order"> {
  const answer = (): Answer<"edge.service"> => ({ service: keeper.facts });
  return {
    "edge.service": answer,
    "edge.service.order": (asked) => {
      keeper.order(asked);
      return answer();
    },
  };
}
