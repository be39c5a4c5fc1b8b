/**
 * What an edge saw in about one second: counts, never a reader's address. A prefix (/24, /48) stands here only when it is
 * among the busiest; the watch keeps it in memory for a day at most. A block (/16, /32) holds tens of thousands of addresses.
 */
import { z } from "zod";
import { signInFactsSchema } from "./facts.ts";

const count = z.int().nonnegative();
/** The busiest values of one trait with their counts; what is not among them is in `requests` all the same. */
const top = z.array(z.object({ value: z.string().max(200), requests: count })).max(32);

/** Requests that share a block and a kind of client. What was neither served nor refused failed. */
const cell = z.object({
  /** `127.10.0.0/16`; `elsewhere` sums up what was not counted apart. */
  block: z.string().max(50),
  /** Family of the client's program, first language, and "parts" (its source also fetched style sheets or images) or "bare". */
  kind: z.string().max(50),
  requests: count,
  served: count,
  refused: count,
  /** `[bucket, requests]` of src/decision/latency.ts. */
  latency: z.array(z.tuple([count.max(100), count])).max(100),
});

export const observationSchema = z.object({
  edge: z.string(),
  at: z.iso.datetime(),
  seconds: z.number().positive(),
  requests: count,
  /** By the first digit of the status, "1" to "5". */
  statuses: z.record(z.string(), count),
  refused: count,
  challenged: count,
  /** Distinct sources (an IPv4 address, an IPv6 /64), estimated. */
  sources: count,
  /** Registers of src/decision/distinct.ts in base64: what joins sources over seconds and tells nobody's address. */
  sketch: z.base64().max(4_096),
  bytes: count,
  responses: z.object({ signed: count, judged: count, uncertain: count, dynamic: count }),
  /** Time in the edge from the request's arrival to the answer's hand-over, in ms, by quantile. */
  latency_ms: z.object({ p50: z.number(), p99: z.number() }),
  traits: z.object({ prefix: top, path: top, language: top }),
  /** Where requests come from: those of the busiest prefixes, which are the only ones that are looked up. "ZZ" and 0: not known. */
  origins: z
    .array(
      z.object({
        block: z.string().max(50),
        country: z.string().max(2),
        asn: count,
        name: z.string().max(200),
        requests: count,
      }),
    )
    .max(128),
  cells: z.array(cell).max(768),
  /** Event-loop lag of the slowest worker, ms. */
  lag_ms: z.number().nonnegative(),
  /** Bus events that this edge could not send since it started. */
  events_lost: count,
  /** Absent where there is no such gate. */
  sign_in: signInFactsSchema.exactOptional(),
});
export type Observation = z.infer<typeof observationSchema>;
