/**
 * Meets a flood of connections that are opened and never asked on, as handshakes of TLS are: Bun shows nothing of them, so while many are opened
 * the kernel's count of each source is read every two seconds, and whoever opens many and asks for nothing is named to be dropped.
 */
import { readFileSync } from "node:fs";
import type { Log } from "../../base/log.ts";
import { parseAddress } from "../../decision/address.ts";
import { sourceOf } from "../../decision/admission.ts";
import type { SourceTable } from "../../decision/sources/source-table.ts";
import { regularMs } from "../kernel/ruleset.ts";
import { briefBanMs } from "../kernel/strikes.ts";
import { Arrivals, seenStepMs } from "./arrivals.ts";

/** What it needs of the kernel (kernel/kernel.ts). */
export interface DoorKernel {
  arrivals(): Promise<ReadonlyMap<string, number> | undefined>;
  ban(addresses: readonly string[], nowMs: number, briefly?: boolean): void;
  release(addresses: readonly string[], nowMs: number): void;
  holdRepeats(holds: boolean, regular: readonly string[], nowMs: number): void;
}

export interface DoorWatchOptions {
  readonly kernel: DoorKernel;
  readonly sources: Pick<SourceTable, "lastAsked">;
  readonly nowMs: () => number;
  readonly log: Log;
  /** After each look of its own accord. */
  readonly looked?: (look: DoorLook) => void;
  /** Connections that were opened to this machine since it started; undefined where nobody knows. Default: what Linux says. */
  readonly openedHere?: () => number | undefined;
}

export interface DoorLook {
  /** Connections a second, to any program of this machine. */
  readonly openedPerS: number;
  /** Of sources that asked for nothing meanwhile, a second; 0 where that was not looked at. */
  readonly silentPerS: number;
  /** Named to the kernel by this look. */
  readonly named: number;
}

/** In peace only a figure is read; in a flood the kernel lists what it counted. */
const everyMs = { peace: 500, flood: 2_000 } as const;
/** A look never takes more than a fifth of the time: 65,536 sources are half a second of a processor. */
const restFactor = 4;
/**
 * So many a second of all sources that came to nothing, at a look: then a machine with a dear key is full, although no source is fast, because each waits
 * for its turn. For so long strangers' second connections are held back.
 */
const floodPerS = 500;
const holdMs = 300_000;
/** From so many a second on it is looked at whose they are: handshakes of so many take a thirtieth of a processor. */
const busyPerS = 200;
/** And for so long after. */
const lingerMs = 30_000;
/** Longer than anybody is dropped. */
const namedMs = 660_000;
const namedMax = 65_536;

export class DoorWatch implements Disposable {
  readonly #options: DoorWatchOptions;
  readonly #arrivals = new Arrivals();
  /** Who was named, and when (ms since 1970). */
  readonly #named = new Map<string, number>();
  /** Second connections of strangers are held back until then. */
  #holdUntilMs = Number.NEGATIVE_INFINITY;
  #before: { readonly opened: number; readonly atMs: number } | undefined;
  #busyMs = Number.NEGATIVE_INFINITY;
  #holds = false;
  #timer: Timer | undefined;
  #isOver = false;

  constructor(options: DoorWatchOptions) {
    this.#options = options;
  }

  start(): void {
    const turn = async (): Promise<void> => {
      const startedMs = this.#options.nowMs();
      const look = await this.look();
      if (this.#isOver) return;
      if (look !== undefined) this.#options.looked?.(look);
      const nowMs = this.#options.nowMs();
      const restMs = this.#isBusy(nowMs) ? everyMs.flood : everyMs.peace;
      this.#timer = setTimeout(() => void turn(), Math.max(restMs, (nowMs - startedMs) * restFactor));
    };
    this.#timer = setTimeout(() => void turn(), everyMs.peace);
  }

  /** One look, and what follows. Undefined for the first one. Never rejects. */
  async look(): Promise<DoorLook | undefined> {
    const nowMs = this.#options.nowMs();
    const openedPerS = this.#openedPerS(nowMs);
    if (openedPerS === undefined) return undefined;
    if (openedPerS >= busyPerS) this.#busyMs = nowMs;
    this.#letIn(nowMs);
    if (!this.#isBusy(nowMs)) {
      this.#arrivals.forget();
      this.#hold(0, [], nowMs);
      return { openedPerS, silentPerS: 0, named: 0 };
    }
    return { openedPerS, ...(await this.#meet(nowMs)) };
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #isBusy(nowMs: number): boolean {
    return nowMs - this.#busyMs < lingerMs || nowMs < this.#holdUntilMs;
  }

  #openedPerS(nowMs: number): number | undefined {
    const opened = (this.#options.openedHere ?? openedHere)();
    const before = this.#before;
    if (opened === undefined) return undefined;
    this.#before = { opened, atMs: nowMs };
    if (before === undefined || nowMs <= before.atMs) return undefined;
    return ((opened - before.opened) * 1_000) / (nowMs - before.atMs);
  }

  async #meet(nowMs: number): Promise<Pick<DoorLook, "silentPerS" | "named">> {
    const counts = await this.#options.kernel.arrivals();
    if (counts === undefined) return { silentPerS: 0, named: 0 };
    const { silent, beyond, passedMs } = this.#arrivals.look(
      counts,
      (source) => this.#lastAsked(source, nowMs),
      nowMs,
    );
    const silentPerS = passedMs === undefined ? 0 : (silent * 1_000) / passedMs;
    this.#hold(silentPerS, counts.keys(), nowMs);
    return { silentPerS, named: this.#name(beyond, nowMs) };
  }

  /** `sources`: that opened connections lately. */
  #hold(silentPerS: number, sources: Iterable<string>, nowMs: number): void {
    if (silentPerS >= floodPerS) this.#holdUntilMs = nowMs + holdMs;
    const holds = nowMs < this.#holdUntilMs;
    const isRegular = (source: string): boolean =>
      (this.#lastAsked(source, nowMs)?.agoMs ?? regularMs) < regularMs;
    if (holds || this.#holds)
      this.#options.kernel.holdRepeats(holds, holds ? [...sources].filter(isRegular) : [], nowMs);
    this.#holds = holds;
  }

  /** How many are named that weren't just now: what the trickle lets in of who is dropped comes to nothing as well. */
  #name(beyond: readonly string[], nowMs: number): number {
    const { kernel, log } = this.#options;
    const named = beyond.filter(
      (one) => nowMs - (this.#named.get(one) ?? Number.NEGATIVE_INFINITY) >= briefBanMs,
    );
    if (named.length === 0) return 0;
    kernel.ban(named, nowMs, true);
    for (const one of named) if (this.#named.size < namedMax) this.#named.set(one, nowMs);
    log.info("sources open connections and ask for nothing; the kernel is to drop them", {
      sources: named.length,
    });
    return named.length;
  }

  /** Who was named and has asked for something since, through the trickle that the kernel leaves: somebody reads there. */
  #letIn(nowMs: number): void {
    const readers: string[] = [];
    for (const [source, namedAtMs] of this.#named) {
      const asked = this.#lastAsked(source, nowMs);
      const hasAsked = asked !== undefined && nowMs - asked.agoMs > namedAtMs + seenStepMs;
      if (hasAsked) readers.push(source);
      if (hasAsked || nowMs - namedAtMs >= namedMs) this.#named.delete(source);
    }
    if (readers.length > 0) this.#options.kernel.release(readers, nowMs);
  }

  #lastAsked(text: string, nowMs: number) {
    const address = parseAddress(text);
    return address && this.#options.sources.lastAsked(sourceOf(address), nowMs);
  }
}

/** `PassiveOpens` of the kernel's figures for TCP (RFC 4022); anybody may read them. */
function openedHere(): number | undefined {
  try {
    const [names = "", values = ""] = readFileSync("/proc/net/snmp", "utf8").match(/^Tcp:.*$/gm) ?? [];
    const at = names.split(" ").indexOf("PassiveOpens");
    return at < 0 ? undefined : Number(values.split(" ")[at]);
  } catch {
    // Not Linux: then there is no kernel to ask for more, either.
    return undefined;
  }
}
