/** A whole Kasbah under attack, as tests see it: a profile at small scale, and what readers, flood, edge and watch say of it. */
import { drill, type DrillReport } from "../../../attacks/drill.ts";
import { flood } from "../../../attacks/flood.ts";
import type { FloodReport } from "../../../attacks/flood-counts.ts";
import { findPages, type Found } from "../../../attacks/pages.ts";
import { drawPlan, type Plan } from "../../../attacks/plan.ts";
import type { Profile } from "../../../attacks/profile.ts";
import { chooseTarget, type Target } from "../../../attacks/target.ts";
import { systemClock } from "../../../src/base/clock.ts";
import type { DefenceFacts, Incident } from "../../../src/bus/facts.ts";
import { connectBus, type LocalBus } from "../../../src/bus/local.ts";
import { DefenceLog, type DefenceSeen } from "../../../src/cli/attack-defence.ts";
import { dataFolder } from "../../../src/config/data-folder.ts";
import { eventually, type Instance, type InstanceOptions, startInstance } from "../instance.ts";

/** Starting one takes about a second. */
export const startsWithinMs = 20_000;

export interface Scale {
  readonly sources?: number;
  readonly seconds?: number;
  /** Of each source; its profile's own, or where that is as fast as it goes, what one of thousands comes to. */
  readonly ratePerSourceS?: number;
}

export interface Attacked extends DrillReport {
  /** Requests that the flood would send where nothing stood in its way. */
  readonly planned: number;
  readonly defence: DefenceSeen | null;
}

const small = { sources: 300, seconds: 3, calmMs: 500 } as const;
/** Of 3,000 sources that go as fast as they can, each gets so many answers a second. */
const fastPerS = 10;
const proxy = "127.0.0.1";

/** Not announced to the watch as a drill: to this house it is a real attack. */
export class House implements AsyncDisposable {
  readonly #bus: LocalBus;
  readonly instance: Instance;
  #attacks = 0;

  constructor(instance: Instance, bus: LocalBus) {
    this.instance = instance;
    this.#bus = bus;
  }

  /** Without kernel bans: what the edge itself does is what these tests are about. */
  static async open({ settings = "", ...options }: InstanceOptions = {}): Promise<House> {
    const instance = await startInstance({
      demo: true,
      ...options,
      edgeSettings: `trusted_proxies = ["${proxy}/32"]`,
      settings: `${settings}\n[kernel]\nnftables = "off"\n`,
    });
    return new House(instance, await connectBus(dataFolder(instance.data).busSocket));
  }

  async attack(profile: Profile, scale: Scale = {}): Promise<Attacked> {
    const plan = this.#draw(profile, scale);
    const defence = new DefenceLog();
    const unsubscribe = this.#bus.subscribe("defence", (facts) => defence.hears(facts, systemClock.nowMs()));
    await this.#bus.flush();
    const report = await drill({
      plan,
      target: this.#target,
      signal: AbortSignal.timeout(30_000),
      calmMs: small.calmMs,
      begins: () => defence.begins(systemClock.nowMs()),
      progress: () => {},
    }).finally(unsubscribe);
    return { ...report, planned: plannedBy(plan), defence: defence.seen };
  }

  /** Nobody reads meanwhile, and the flood is in this very process: several of them side by side are no more than one. */
  async flood(profile: Profile, scale: Scale = {}): Promise<FloodReport> {
    const plan = this.#draw(profile, scale);
    const { pages } = await this.#pages(plan);
    return await flood({ plan: plan.flood, target: this.#target, pages });
  }

  /** Once what waits of the flood before is through: an origin may still be busy with it. */
  async #pages({ scout }: Plan): Promise<Found> {
    return await eventually("the pages that readers see", () =>
      findPages(this.#target, scout).catch(() => undefined),
    );
  }

  get #target(): Target {
    return chooseTarget([this.instance.edge], "localhost");
  }

  #draw(profile: Profile, scale: Scale): Plan {
    const { sources = small.sources, seconds = small.seconds } = scale;
    const perSourceS = scale.ratePerSourceS ?? (profile.defaults.ratePerSourceS || fastPerS);
    this.#attacks += 1;
    const rate = Math.round(sources * perSourceS);
    return drawPlan(profile, { seed: this.#attacks, sources, seconds, rate, known: [], proxy });
  }

  async defence(): Promise<DefenceFacts> {
    return (await this.#bus.request("edge.defence", {})).defence;
  }

  async incidents(): Promise<Incident[]> {
    return (await this.#bus.request("watch.incidents.list", {})).incidents;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#bus[Symbol.asyncDispose]();
    await this.instance[Symbol.asyncDispose]();
  }
}

function plannedBy({ flood: { rate, seconds, pulse } }: Plan): number {
  if (pulse === undefined) return rate * seconds;
  const { onS, offS } = pulse;
  const rounds = Math.floor(seconds / (onS + offS));
  return rate * (rounds * onS + Math.min(onS, seconds - rounds * (onS + offS)));
}
