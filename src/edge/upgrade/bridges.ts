/** All WebSockets of a worker: how many there may be, of one prefix and in all, and what Bun tells of them. */
import type { ServerWebSocket, WebSocketHandler } from "bun";
import { Shares } from "../../base/shares.ts";
import { Bridge } from "./bridge.ts";
import type { SiteSocket } from "./site-socket.ts";

/** Of one prefix, of all that there may be. */
const ofOnePrefix = 1 / 8;
const ofOnePrefixMin = 4;
/** Said by a client at once. */
const messageBytesMax = 1024 * 1024;
/** Said to a client and not taken yet; the site is held back long before. */
const unsentBytesMax = 4 * 1024 * 1024;
/** Nothing at all, not even an answer to a ping, for so long: it is gone. */
const idleS = 120;
/** RFC 6455: the server is going away. */
const goingAway = 1001;

export class Bridges {
  readonly #most: number;
  readonly #shares: Shares<number>;
  readonly #open = new Set<Bridge>();
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
    this.#shares = new Shares(Math.min(most, Math.max(ofOnePrefixMin, Math.ceil(most * ofOnePrefix))));
  }

  get open(): number {
    return this.#taken;
  }

  /** A place; undefined where there is none. Returns what gives it back, once. */
  take(prefix: number): (() => void) | undefined {
    if (this.#taken >= this.#most) return undefined;
    const giveBack = this.#shares.take(prefix);
    if (giveBack === undefined) return undefined;
    this.#taken += 1;
    let isBack = false;
    return () => {
      if (!isBack) this.#taken -= 1;
      isBack = true;
      giveBack();
    };
  }

  /** In a place that `leave` gives back. */
  build(site: SiteSocket, leave: () => void): Bridge {
    const bridge = new Bridge(site, {
      ended: () => {
        this.#open.delete(bridge);
        leave();
      },
    });
    this.#open.add(bridge);
    return bridge;
  }

  endAll(): void {
    for (const bridge of this.#open) bridge.end(goingAway, "");
  }

  /** For Bun.serve. */
  readonly handler: WebSocketHandler<Bridge> = {
    maxPayloadLength: messageBytesMax,
    backpressureLimit: unsentBytesMax,
    closeOnBackpressureLimit: true,
    idleTimeout: idleS,
    open: (client: ServerWebSocket<Bridge>) => client.data.opened(client),
    message: ({ data }, said) => data.heard(said),
    drain: ({ data }) => data.drained(),
    close: ({ data }, code, reason) => data.left(code, reason),
  };
}
