/** The newsroom's own eyes on the protected site: evidence of what was found there, and looks of its own at what edges don't get to see. */
import { Resolver } from "node:dns/promises";
import type { Bus } from "../../bus/bus.ts";
import type { Config } from "../../config/settings.ts";
import type { Origin } from "../origin.ts";
import { collect, type CollectingParts, namesToWatch } from "./collect.ts";
import { Gathering, type Wanted } from "./gathering.ts";
import type { NameOptions } from "./look-at-name.ts";
import { findChromium } from "./render.ts";
import { visitorsBy } from "./visitors.ts";

const nameTimeoutMs = 3_000;

export class Looking implements AsyncDisposable {
  readonly gathering: Gathering;
  readonly #isOn: boolean;

  constructor(origin: Origin, bus: Bus) {
    const { config, evidence, publisher, clock, log } = origin.options;
    const parts = partsOf(origin, bus);
    this.#isOn = config.origin.evidence_bytes_max > 0;
    this.gathering = new Gathering({
      store: evidence,
      collect: (about) => collect(parts, about),
      tell: (gathered) => bus.publish("origin.evidence", gathered),
      publish: () => publisher.publishBeside(),
      nowMs: () => clock.nowMs(),
      log,
    });
  }

  /** Evidence of it is wanted. */
  found(wanted: Wanted): void {
    if (this.#isOn) this.gathering.add(wanted);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gathering[Symbol.asyncDispose]();
  }
}

function partsOf(origin: Origin, bus: Bus): CollectingParts {
  const { site, client, reader, rereading, options } = origin;
  const { config, baseline, own, clock } = options;
  return {
    bus,
    site,
    client,
    reader,
    rereading,
    baseline,
    own,
    chromium: chromiumBy(config),
    visitors: visitorsBy(config.origin.second_look_proxy),
    watchedNames: namesToWatch([...config["site.portal"].hosts, ...config.origin.hosts_watched]),
    names: options.names ?? systemNames(),
    nowMs: () => clock.nowMs(),
  };
}

function systemNames(): NameOptions {
  return { names: new Resolver({ timeout: nameTimeoutMs, tries: 2 }), port: 443, timeoutMs: nameTimeoutMs };
}

function chromiumBy({ origin: { chromium } }: Config): string | undefined {
  if (chromium === "off") return undefined;
  return chromium === "auto" ? findChromium() : chromium;
}
