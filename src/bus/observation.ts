/**
 * What an edge saw in about one second: counts, never a reader's address. A prefix (/24, /48) stands here only when it is
 * among the busiest; the watch keeps it in memory for a day at most.
 */
import { z } from "zod";

const count = z.int().nonnegative();
/** The busiest values of one trait with their counts; what is not among them is in `requests` all the same. */
const top = z.array(z.object({ value: z.string().max(200), requests: count })).max(32);

export const observationSchema = z.object({
  edge: z.string(),
  at: z.iso.datetime(),
  seconds: z.number().positive(),
  requests: count,
  /** By the first digit of the status, "2" to "5". */
  statuses: z.record(z.string(), count),
  refused: count,
  challenged: count,
  /** Distinct source prefixes, estimated. */
  sources: count,
  bytes: count,
  responses: z.object({ signed: count, judged: count, uncertain: count, dynamic: count }),
  /** Time in the edge from the request's arrival to the answer's hand-over, in ms, by quantile. */
  latency_ms: z.object({ p50: z.number(), p99: z.number() }),
  traits: z.object({
    prefix: top,
    country: top,
    network: top,
    path: top,
    agent: top,
    language: top,
    /** "parts" (its client also fetched style sheets or images) or "bare". */
    parts: top,
  }),
  /** Of clients that look like this site's usual readers. */
  readers: z.object({ requests: count, served: count, p99_ms: z.number().nonnegative() }),
  /** Event-loop lag of the slowest worker, ms. */
  lag_ms: z.number().nonnegative(),
});
export type Observation = z.infer<typeof observationSchema>;
