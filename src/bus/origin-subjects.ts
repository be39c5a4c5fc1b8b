/** Subjects on the bus about a protected site. Who sends → who listens. */
import { z } from "zod";
import {
  findingEvidenceSchema,
  findingSchema,
  maintenanceSchema,
  originStateSchema,
  questionSchema,
  snapshotFactsSchema,
} from "./origin-facts.ts";

const nothing = z.object({});
const state = z.object({ origin: originStateSchema.nullable() });
const maintained = z.object({ maintenance: maintenanceSchema.nullable() });

/** So many addresses of those that are known, and the last one. */
const progress = z.object({
  done: z.int().nonnegative(),
  known: z.int().nonnegative(),
  address: z.string().max(3_100),
});

export const originEvents = {
  /** edges → newsroom, watch: at the first sight, and again (at most every second) while `shown` grows. */
  "origin.finding": findingSchema,
  /** edges → newsroom, watch: every five seconds, and at once when it changes. */
  "origin.state": originStateSchema,
  /** newsroom → watch: what it gathered about a finding. */
  "origin.evidence": findingEvidenceSchema,
  /** newsroom → watch, edges: somebody is asked, or has answered. */
  "origin.question": questionSchema,
  /** newsroom → whoever waits for a snapshot. */
  "snapshot.progress": progress,
  /** newsroom → whoever waits until what was accepted is read again. */
  "accept.progress": progress,
} as const;

export const originRequests = {
  /** Null: no origin is configured. */
  "edge.origin": { ask: nothing, answer: state },
  /** Only approved copies from now on. `findings`: what somebody has confirmed to be false. */
  "edge.origin.hold": {
    ask: z.object({ reason: z.string().max(500), findings: z.array(z.string().max(100)).max(1_000) }),
    answer: state,
  },
  /** Live again. */
  "edge.origin.release": { ask: nothing, answer: state },
  /** Null ends it. */
  "edge.origin.working": { ask: z.object({ until: z.iso.datetime().nullable() }), answer: state },
  /** Cached answers of one address (path and query), of a tag, or all. */
  "edge.origin.purge": {
    ask: z.object({
      address: z.string().max(3_100).optional(),
      tag: z.string().max(200).optional(),
      all: z.boolean().optional(),
    }),
    answer: z.object({ purged: z.int().nonnegative() }),
  },
  /** What a finding's answer looked like: head and body as they came, in pieces; null: no longer there. */
  "edge.origin.sample": {
    ask: z.object({ finding: z.string().max(100), offset: z.int().nonnegative() }),
    answer: z.object({
      sample: z
        .object({
          status: z.int(),
          headers: z.array(z.tuple([z.string(), z.string()])).max(256),
          length: z.int().nonnegative(),
          /** Base64, at most 256 KiB of the body. */
          piece: z.string().max(400_000),
        })
        .nullable(),
    }),
  },
  "edge.maintenance": { ask: nothing, answer: maintained },
  /** `until` null: until it is turned off. `close`: feeds and the text form of pages end, too. */
  "edge.maintenance.on": {
    ask: z.object({
      until: z.iso.datetime().nullable(),
      message: z.string().max(1_000),
      close: z.boolean().optional(),
    }),
    answer: maintained,
  },
  "edge.maintenance.off": { ask: nothing, answer: maintained },

  /** Crawls; goes on where an earlier one was cut off. Answers at once; `snapshot.progress` and `newsroom.snapshot` tell. */
  "newsroom.snapshot.begin": {
    ask: z.object({ afresh: z.boolean() }),
    answer: z.object({ snapshot: snapshotFactsSchema }),
  },
  "newsroom.snapshot": { ask: nothing, answer: z.object({ snapshot: snapshotFactsSchema }) },
  /** Signs what was crawled as the baseline; of what is suspicious only the addresses in `include`. */
  "newsroom.snapshot.approve": {
    ask: z.object({ include: z.array(z.string().max(3_100)).max(200) }),
    answer: z.object({ snapshot: snapshotFactsSchema }),
  },
  "newsroom.origin.questions": {
    ask: nothing,
    answer: z.object({ questions: z.array(questionSchema).max(200) }),
  },
  /** It is ours: what is new becomes baseline. Null: every open question. */
  "newsroom.origin.accept": {
    ask: z.object({ question: z.string().max(100).nullable() }),
    answer: z.object({ accepted: z.array(questionSchema).max(200), pages: z.int().nonnegative() }),
  },
  /** It is not ours: only approved copies from now on, everywhere. */
  "newsroom.origin.quarantine": {
    ask: z.object({ question: z.string().max(100).nullable(), reason: z.string().max(500) }),
    answer: z.object({ refused: z.array(questionSchema).max(200) }),
  },
  /** Looks at the origin; live again where it is what the baseline says, or where `anyway`. */
  "newsroom.origin.release": {
    ask: z.object({ anyway: z.boolean() }),
    answer: z.object({
      released: z.boolean(),
      /** What still contradicts. */
      contradictions: z.array(z.object({ address: z.string(), why: z.string() })).max(100),
    }),
  },
} as const;
