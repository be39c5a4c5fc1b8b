/** What a second or so of requests looked like, from all edges together: the matter that baseline and flood are reckoned from. */
import { type AgentFamily, type Kind, kindName } from "./traits.ts";

/** Requests, or shares of them, by value of one trait. */
export type Mix = ReadonlyMap<string, number>;

export interface KindTraffic {
  readonly kind: Kind;
  readonly requests: number;
  readonly served: number;
  readonly refused: number;
  /** By bucket (latency.ts). */
  readonly latency: readonly number[];
}

export interface Traffic {
  /** Ms since 1970. */
  readonly endMs: number;
  readonly seconds: number;
  readonly requests: number;
  /** Distinct, estimated. */
  readonly sources: number;
  /** The registers behind it (distinct.ts): what joins sources over time. */
  readonly registers: Uint8Array;
  /** By `kindName`. */
  readonly kinds: ReadonlyMap<string, KindTraffic>;
  /** By ISO 3166-1 code; only what is known. */
  readonly countries: Mix;
  /** By number and name of the autonomous system; only what is known. */
  readonly networks: Mix;
}

/**
 * Who uses a program: people reading, or robots that say what they are (feed readers, archives, search engines), or what does neither.
 * Anybody can write any name there; it never counts alone.
 */
export type ProgramClass = "people's" | "declared robot" | "undeclared robot";

const declared: readonly AgentFamily[] = ["feed-reader", "archive", "crawler"];
const undeclared: readonly AgentFamily[] = ["none", "tool", "outdated", "other"];

export function programClass(agent: AgentFamily): ProgramClass {
  if (declared.includes(agent)) return "declared robot";
  return undeclared.includes(agent) ? "undeclared robot" : "people's";
}

export function kindMix({ kinds }: Traffic): Mix {
  return new Map([...kinds.values()].map(({ kind, requests }) => [kindName(kind), requests]));
}

/** Sums a mix up by something that its values have in common. */
export function marginal(mix: Mix, of: (value: string) => string): Mix {
  const sums = new Map<string, number>();
  for (const [value, amount] of mix) sums.set(of(value), (sums.get(of(value)) ?? 0) + amount);
  return sums;
}

export function total(mix: Mix): number {
  return mix.values().reduce((sum, amount) => sum + amount, 0);
}

/** Amounts that add up to 1; empty where there is nothing. */
export function shares(mix: Mix): Mix {
  const whole = total(mix);
  return whole === 0 ? new Map() : new Map([...mix].map(([value, amount]) => [value, amount / whole]));
}

/** Total variation distance of two mixes of shares: the share of requests that would have to be otherwise, 0..1. */
export function distance(left: Mix, right: Mix): number {
  const values = new Set([...left.keys(), ...right.keys()]);
  return (
    values
      .values()
      .reduce((sum, value) => sum + Math.abs((left.get(value) ?? 0) - (right.get(value) ?? 0)), 0) / 2
  );
}
