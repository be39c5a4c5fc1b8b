/** From the edge's counts by country to what the page tells: shares, the busiest first, the rest as one. Pure. */
import { sumOf } from "../../base/sum.ts";
import type { DefenceFacts } from "../../bus/facts.ts";

export interface Origin {
  /** ISO 3166-1 alpha-2; `ZZ`: not known; empty: all others together. */
  readonly code: string;
  /** Of all requests. */
  readonly share: number;
  /** Of these, the share that was refused. */
  readonly refused: number;
}

/** Rows that somebody reads at a glance. */
const shownMax = 12;

type Counted = DefenceFacts["countries"][number];

/** Empty where nothing came. */
export function originsOf(countries: readonly Counted[]): Origin[] {
  const whole = together(countries);
  if (whole.requests === 0) return [];
  const sorted = countries.filter(({ requests }) => requests > 0).sort((a, b) => b.requests - a.requests);
  const rest = sorted.slice(shownMax);
  const told = rest.length === 0 ? sorted : [...sorted.slice(0, shownMax), { ...together(rest), code: "" }];
  return told.map(({ code, requests, refused }) => ({
    code,
    share: requests / whole.requests,
    refused: Math.min(1, refused / requests),
  }));
}

function together(countries: readonly Counted[]): Omit<Counted, "code"> {
  return {
    requests: sumOf(countries, ({ requests }) => requests),
    refused: sumOf(countries, ({ refused }) => refused),
  };
}
