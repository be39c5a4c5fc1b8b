/** What adds up over the seconds of an incident. Sums can be stored, so that an incident goes on where the watch was killed. */
import { z } from "zod";
import type { Incident } from "../bus/facts.ts";
import { quantileMs } from "../decision/latency.ts";

const amount = z.number().nonnegative();
const mix = z.record(z.string(), amount);

export const sumsSchema = z.object({
  requests: amount,
  refused: amount,
  challenged: amount,
  responses: z.object({ signed: amount, judged: amount, uncertain: amount, dynamic: amount }),
  /** Requests by ISO 3166-1 code; "ZZ": not known. */
  countries: mix,
  /** Requests by number and name of the autonomous system (summary-traffic.ts of src/decision); 0: not known. */
  networks: mix,
  /** Of usual readers, estimated: `src/decision/usual-readers.ts`. */
  readers: z.object({ requests: amount, served: amount, latency: z.array(amount).max(100) }),
  /** Of the busiest second. */
  peak_per_s: amount,
});
export type Sums = z.infer<typeof sumsSchema>;

export const noSums: Sums = {
  requests: 0,
  refused: 0,
  challenged: 0,
  responses: { signed: 0, judged: 0, uncertain: 0, dynamic: 0 },
  countries: {},
  networks: {},
  readers: { requests: 0, served: 0, latency: [] },
  peak_per_s: 0,
};

/** Countries or networks kept apart; requests from the rarest are dropped beyond it. */
const valuesMax = 300;
/** Of these, so many are told. */
const toldMax = 20;

export function addSums(left: Sums, right: Sums): Sums {
  return {
    requests: left.requests + right.requests,
    refused: left.refused + right.refused,
    challenged: left.challenged + right.challenged,
    responses: {
      signed: left.responses.signed + right.responses.signed,
      judged: left.responses.judged + right.responses.judged,
      uncertain: left.responses.uncertain + right.responses.uncertain,
      dynamic: left.responses.dynamic + right.responses.dynamic,
    },
    countries: addMixes(left.countries, right.countries),
    networks: addMixes(left.networks, right.networks),
    readers: {
      requests: left.readers.requests + right.readers.requests,
      served: left.readers.served + right.readers.served,
      latency: addArrays(left.readers.latency, right.readers.latency),
    },
    peak_per_s: Math.max(left.peak_per_s, right.peak_per_s),
  };
}

type Mix = Readonly<Record<string, number>>;

function addMixes(left: Mix, right: Mix): Record<string, number> {
  const sums = new Map(Object.entries(left));
  for (const [value, requests] of Object.entries(right)) sums.set(value, (sums.get(value) ?? 0) + requests);
  return Object.fromEntries([...sums].sort(([, a], [, b]) => b - a).slice(0, valuesMax));
}

function addArrays(left: readonly number[], right: readonly number[]): number[] {
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, at) => (left[at] ?? 0) + (right[at] ?? 0),
  );
}

/** The sums as an incident tells them. */
export function factsOf(
  sums: Sums,
): Pick<
  Incident,
  "requests" | "refused" | "challenged" | "responses" | "countries" | "networks" | "readers"
> {
  const { signed, judged, uncertain, dynamic } = sums.responses;
  return {
    requests: Math.round(sums.requests),
    refused: Math.round(sums.refused),
    challenged: Math.round(sums.challenged),
    responses: {
      signed: Math.round(signed),
      judged: Math.round(judged),
      uncertain: Math.round(uncertain),
      dynamic: Math.round(dynamic),
    },
    countries: told(sums.countries, "ZZ").map(([code, share]) => ({ code, share })),
    networks: told(sums.networks, "0 ").map(([name, share]) => networkFacts(name, share)),
    readers: {
      requests: Math.round(sums.readers.requests),
      served: Math.round(sums.readers.served),
      p99_ms: quantileMs(sums.readers.latency, 0.99),
    },
  };
}

/** The greatest shares of all that was looked up; what is not known keeps its share, untold. */
function told(requestsBy: Mix, unknown: string): [value: string, share: number][] {
  const whole = Object.values(requestsBy).reduce((sum, requests) => sum + requests, 0);
  return Object.entries(requestsBy)
    .filter(([value]) => !value.startsWith(unknown))
    .sort(([, a], [, b]) => b - a)
    .slice(0, toldMax)
    .map(([value, requests]) => [value, requests / whole]);
}

function networkFacts(value: string, share: number): Incident["networks"][number] {
  const space = value.indexOf(" ");
  return { asn: Number(value.slice(0, space)), name: value.slice(space + 1), share };
}
