/**
 * What was observed, in words with figures. It says where requests come from and what they have in common, never who is behind them: the
 * origin of traffic is not an attacker. No address and no prefix is ever part of it.
 */
import { rfc3339 } from "../base/clock.ts";
import { figure, percent } from "../base/figures.ts";
import type { Evidence } from "../bus/facts.ts";
import type { Sign, Signs } from "../decision/flood-signs.ts";
import type { Sums } from "./sums.ts";

/** An incident keeps so many; what comes later is left out, but for its end. */
export const evidenceMax = 40;

/** How it began: the volume, then everything that is strange about it, then what is asked for most. */
export function openingEvidence(
  signs: Signs,
  busiest: { path: string; share: number } | undefined,
  atMs: number,
): Evidence[] {
  const at = rfc3339(atMs);
  const { ratePerS, usualRatePerS, highRatePerS } = signs;
  return [
    {
      at,
      what: `${figure(ratePerS)} requests/s; usual here: ${figure(usualRatePerS)}/s, far above it from ${figure(highRatePerS)}/s`,
      data: {
        rate_per_s: round(ratePerS),
        usual_per_s: round(usualRatePerS),
        high_per_s: round(highRatePerS),
      },
    },
    ...signs.traits.filter(({ strange }) => strange).map((sign) => signEvidence(sign, at)),
    ...(busiest === undefined
      ? []
      : [
          {
            at,
            what: `${percent(busiest.share)} ask for ${busiest.path}`,
            data: { path: busiest.path, share: round(busiest.share) },
          },
        ]),
  ];
}

export function closingEvidence(sums: Sums, sources: number, seconds: number, atMs: number): Evidence {
  return {
    at: rfc3339(atMs),
    what: `over: ${figure(sums.requests)} requests from about ${figure(sources)} sources in ${figure(seconds)} s, ${figure(sums.peak_per_s)}/s at most`,
    data: { seconds: round(seconds), peak_per_s: round(sums.peak_per_s) },
  };
}

/** The watch was away in the middle of an incident. `name` stands in the evidence's data, for whoever says it in another language. */
export const restarted = {
  name: "watch started again",
  words: "the watch was started again; what came meanwhile is not counted",
} as const;

export function note(what: string, atMs: number, data: NonNullable<Evidence["data"]>): Evidence {
  return { at: rfc3339(atMs), what, data };
}

function signEvidence(sign: Sign, at: string): Evidence {
  const { trait, value, distance, threshold } = sign;
  return {
    at,
    what: wordsOf(sign),
    data: {
      trait,
      value,
      seen: round(sign.seen),
      usual: round(sign.usual),
      distance: round(distance),
      threshold: round(threshold),
    },
  };
}

function wordsOf(sign: Sign): string {
  if (sign.trait === "pace")
    return `${figure(sign.seen)} requests/s from each source (usual: ${figure(sign.usual)})`;
  return `${percent(sign.seen)} ${predicateOf(sign)} (usual: ${percent(sign.usual)})`;
}

function predicateOf({ trait, value }: Sign): string {
  switch (trait) {
    case "parts":
      return value === "bare"
        ? "come from clients that fetch no style sheet or image"
        : "come from clients that fetch style sheets or images";
    case "program":
      return programs[value] ?? `name a program of the kind "${value}"`;
    case "language":
      return value === "none" ? "ask for no language" : `ask for the language "${value}" first`;
    case "country":
      return `come through networks that are registered in ${value}`;
    case "network":
      return `come through AS${value}`;
    case "pace":
      return "";
  }
}

const programs: Readonly<Record<string, string>> = {
  "people's": "name a browser of today",
  "declared robot": "name a feed reader, an archive or a search engine",
  "undeclared robot": "name no program, a tool, or a browser from before 2015",
};

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
