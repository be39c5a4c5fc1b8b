/** What was done about connections on which nothing is asked, or of which nothing is taken, added up for the bus. */
import type { SocketDeedsFacts } from "../../bus/facts.ts";
import type { DoorLook } from "./door-watch.ts";
import type { Look } from "./patrol.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class SocketDeeds {
  readonly #facts: Mutable<SocketDeedsFacts> = {
    open: 0,
    opened_per_s: 0,
    silent_per_s: 0,
    slow_ended: 0,
    hoarded_ended: 0,
    left: 0,
    slow_named: 0,
    silent_named: 0,
  };

  get facts(): SocketDeedsFacts {
    return { ...this.#facts };
  }

  /** The stuck ones are ended first. Undefined: the kernel's list could not be had, so nobody knows of anything in the way. */
  patrolled(look: Look | undefined): void {
    const { open, stuck, hoarded, ended } = look ?? { open: 0, stuck: 0, hoarded: 0, ended: 0 };
    const slow = Math.min(stuck, ended);
    this.#facts.open = open;
    this.#facts.slow_ended += slow;
    this.#facts.hoarded_ended += ended - slow;
    this.#facts.left = stuck + hoarded - ended;
  }

  watched({ openedPerS, silentPerS, named }: DoorLook): void {
    this.#facts.opened_per_s = openedPerS;
    this.#facts.silent_per_s = silentPerS;
    this.#facts.silent_named += named;
  }

  /** Sources that the patrol named and the kernel took. */
  struck(sources: number): void {
    this.#facts.slow_named += sources;
  }
}
