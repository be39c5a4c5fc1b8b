/**
 * Looks at the edge's connections where Bun shows nothing of them, in the kernel's own list, every few seconds: ends those that take what waits
 * for them more slowly than anybody reads, and, where places run short, those that hold one and ask for nothing. Off the way of any request.
 */
import type { Log } from "../../base/log.ts";
import type { ListenAddress } from "../../base/network.ts";
import { type Network, parseAddress } from "../../decision/address.ts";
import { NetworkTable } from "../../decision/network-table.ts";
import { type Connection, Connections, type Pace } from "./connections.ts";
import { hoarded } from "./crowd.ts";
import { Offenders } from "./offenders.ts";
import { type Waiting, waitingOf } from "./waiting.ts";
import { endSockets, listSockets, ssProgram } from "./ss.ts";

export interface PatrolOptions {
  /** With real ports. */
  readonly listen: readonly ListenAddress[];
  readonly pace: Pace;
  /** Connections that there can be at a time: files that the process may have open. */
  readonly places: number;
  /** Never ended, nor named: the operator's own word. */
  readonly allow: readonly Network[];
  /** Null: there is none. Default: looked for. */
  readonly program?: string | null;
  /** Between two looks, where there is room; default: five seconds. */
  readonly everyMs?: number;
  /** Of the monotonic clock. */
  readonly monotonicMs: () => number;
  readonly log: Log;
  /** The kernel is to drop these for a while, longer each time; the first time but briefly. */
  readonly strike: (sources: readonly string[]) => void;
  /** Somebody who was seen reading in calm. */
  readonly isKnown?: (address: string) => boolean;
  /** How these fare, at each look. */
  readonly saw?: (waiting: Waiting) => void;
  /** Bun is to close whatever connection has no request under way. */
  readonly closeIdle: () => void;
  /** After each look of its own accord. */
  readonly looked?: (look: Look | undefined) => void;
}

/** What a look found. */
export interface Look {
  readonly open: number;
  /** Taken too slowly, and held without need; of these, the kernel ended so many. */
  readonly stuck: number;
  readonly hoarded: number;
  readonly ended: number;
}

const everyMsDefault = 5_000;
/** Where places run short. */
const everyCrowdedMs = 1_000;
/** Ended by one look; the others by the next. */
const endedMax = 4_000;
/** A look never takes more than this share of the time, unless it would come too rarely to be of use. */
const lookShare = 1 / 10;
const rarestMs = 15_000;
/** Of all places: above the first they run short; then connections are ended until the second is left. */
const share = { crowded: 0.6, relieved: 0.45 } as const;

export class Patrol implements Disposable {
  readonly #options: PatrolOptions;
  readonly #program: string | null;
  readonly #everyMs: number;
  readonly #connections: Connections;
  readonly #offenders = new Offenders();
  readonly #allow = new NetworkTable<true>();
  #timer: Timer | undefined;
  #isOver = false;
  #lacksRight = false;

  constructor(options: PatrolOptions) {
    const { program, allow, pace, everyMs } = options;
    this.#options = options;
    this.#everyMs = everyMs ?? everyMsDefault;
    this.#program = program === undefined ? ssProgram() : program;
    this.#connections = new Connections(pace);
    for (const each of allow) this.#allow.set(each, true);
  }

  start(): void {
    if (this.#program === null) {
      this.#options.log.info("nobody looks after slow connections: ss (iproute2) is not installed");
    } else this.#wait(this.#everyMs);
  }

  /** One look, and what follows. Undefined where the kernel's list can't be had. Never rejects. */
  async look(): Promise<Look | undefined> {
    const { listen, monotonicMs, places } = this.#options;
    const sockets = this.#program === null ? undefined : await listSockets(this.#program, listen);
    if (sockets === undefined) return undefined;
    const nowMs = monotonicMs();
    const subject = sockets.filter(({ address }) => !this.#isAllowed(address));
    const stuck = new Set(this.#connections.see(subject, nowMs));
    this.#tellWaiting(nowMs);
    const open = sockets.filter(({ isOpen }) => isOpen).length;
    const excess = open > places * share.crowded ? open - places * share.relieved - stuck.size : 0;
    const others = excess > 0 ? this.#connections.all.filter((one) => !stuck.has(one)) : [];
    const held = hoarded(others, Math.ceil(excess), nowMs);
    const ended = await this.#end(new Set([...stuck, ...held].slice(0, endedMax)), nowMs);
    if (held.length > 0 && ended === 0) this.#options.closeIdle();
    return { open, stuck: stuck.size, hoarded: held.length, ended };
  }

  #tellWaiting(nowMs: number): void {
    const { isKnown, saw } = this.#options;
    if (isKnown !== undefined && saw !== undefined) saw(waitingOf(this.#connections.all, isKnown, nowMs));
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    if (!this.#isOver) this.#timer = setTimeout(() => void this.#turn(), ms);
  }

  async #turn(): Promise<void> {
    const { monotonicMs, places, log, looked } = this.#options;
    const startedMs = monotonicMs();
    const look = await this.look();
    const tookMs = monotonicMs() - startedMs;
    looked?.(look);
    if (look !== undefined && look.stuck + look.hoarded > 0)
      log.info("connections were in the way", { ...look });
    const isCrowded = look !== undefined && look.open > places * share.crowded;
    const restMs = Math.min(rarestMs, tookMs / lookShare);
    this.#wait(Math.max(isCrowded ? everyCrowdedMs : this.#everyMs, restMs));
  }

  async #end(connections: ReadonlySet<Connection>, nowMs: number): Promise<number> {
    if (this.#program === null || connections.size === 0) return 0;
    const sockets = [...connections].map(({ socket }) => socket);
    const ended = await endSockets(this.#program, sockets);
    this.#tellRight(ended > 0);
    const left = this.#connections.all.filter((one) => !connections.has(one));
    const offenders = this.#offenders.count(connections, left, nowMs);
    if (offenders.length > 0) this.#options.strike(offenders);
    return ended;
  }

  /** Once, when it turns out. */
  #tellRight(hasRight: boolean): void {
    if (!hasRight && !this.#lacksRight)
      this.#options.log.warn(
        "the kernel ends no connection for us: no CAP_NET_ADMIN; `kasbah doctor` tells more",
      );
    this.#lacksRight = !hasRight;
  }

  #isAllowed(address: string): boolean {
    const parsed = parseAddress(address);
    return parsed !== undefined && this.#allow.find(parsed) === true;
  }
}
