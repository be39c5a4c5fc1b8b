/**
 * Drills that said that they are running. Only blocks of loopback and the one for documentation can be a drill's, for a
 * while: nobody can pass a real flood off as one. Where they lie on the map is what the drill says.
 */
import { z } from "zod";
import { OperatorError } from "../base/errors.ts";
import { type Drill, drillSchema, type NetworkOrigin } from "../bus/facts.ts";

export const drillsSchema = z.array(drillSchema);

/** The blocks by which edges count: a whole /16 of 127.0.0.0/8; what nobody has (RFC 3849), as a proxy on this machine says it. */
const drillBlock = /^(127\.\d{1,3}\.0\.0\/16|2001:db8::\/32)$/;
const lastingMaxMs = 30 * 60_000;
const announcedMax = 8;
/** What was still on its way when a drill ended is its own, too. */
const aftermathMs = 5_000;

export class Drills {
  #announced: readonly Drill[];

  constructor(announced: readonly Drill[]) {
    this.#announced = announced;
  }

  get announced(): readonly Drill[] {
    return this.#announced;
  }

  /** Adds a drill, or gives a known one another end. Throws OperatorError where it can't be a drill. */
  announce(drill: Drill, nowMs: number): void {
    const wrong = drill.networks.find(({ network }) => !drillBlock.test(network));
    if (wrong !== undefined) {
      throw refused(
        `${wrong.network} is not a /16 of 127.0.0.0/8, nor 2001:db8::/32`,
        "a drill's sources are loopback addresses, or behind a proxy those for documentation",
      );
    }
    if (Date.parse(drill.until) > nowMs + lastingMaxMs) {
      throw refused("a drill lasts half an hour at most", "say an earlier end");
    }
    this.forget(nowMs);
    const others = this.#announced.filter(({ id }) => id !== drill.id);
    if (others.length >= announcedMax)
      throw refused(`${announcedMax} drills are running already`, "wait for one to end");
    this.#announced = [...others, drill];
  }

  /** The drill's own description of a block, or undefined where it is no drill's. */
  originOf(block: string): NetworkOrigin | undefined {
    for (const { networks } of this.#announced) {
      const origin = networks.find(({ network }) => network === block);
      if (origin !== undefined) return origin;
    }
    return undefined;
  }

  /** One of them has not said or reached its end yet. */
  isRunning(nowMs: number): boolean {
    return this.#announced.some(({ until }) => nowMs < Date.parse(until));
  }

  /** Lets go of what ended, once its last requests are counted. */
  forget(nowMs: number): void {
    this.#announced = this.#announced.filter(({ until }) => nowMs < Date.parse(until) + aftermathMs);
  }
}

function refused(message: string, hint: string): OperatorError {
  return new OperatorError(message, { hint, exitCode: 2 });
}
