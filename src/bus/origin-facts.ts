/** Facts about a protected site: what was found on it, how its edge treats it, what is asked about it. */
import { z } from "zod";
import { evidenceSchema } from "./facts.ts";

const count = z.int().nonnegative();
const time = z.iso.datetime();

export const newFactSchema = z.object({
  what: z.string().max(40),
  /** Somebody else's words: text, never markup. */
  value: z.string().max(500),
  before: z.string().max(500).exactOptional(),
  weight: z.enum(["contradicts", "doubt", "note"]),
});

/** One address of the origin's whose answer its baseline does not vouch for. */
export const findingSchema = z.object({
  edge: z.string(),
  /** The same address with the same new facts keeps it. */
  id: z.string().max(100),
  at: time,
  /** Path and query. */
  address: z.string().max(3_100),
  verdict: z.enum(["uncertain", "question", "alarm"]),
  facts: z.array(newFactSchema).max(40),
  status: count,
  type: z.string().max(200),
  bytes: count,
  sha256: z.string().max(64),
  /** The answer was kept from readers. */
  held: z.boolean(),
  /** How often this answer was shown, and since when and until when. */
  shown: z.object({ judged: count, uncertain: count, first: time.nullable(), last: time.nullable() }),
});
export type Finding = z.infer<typeof findingSchema>;

/** How an edge treats the origin's site this moment. */
export const originStateSchema = z.object({
  edge: z.string(),
  at: time,
  /** `live`: judged page by page. `held`: only approved copies. `gone`: it does not answer; copies. `maintenance`: as told, or nothing is left to show. */
  site: z.enum(["live", "held", "gone", "maintenance"]),
  since: time,
  /** By itself, or on somebody's word. */
  by: z.enum(["edge", "operator"]),
  reason: z.string().max(500),
  /** Entries of the baseline that is used; null: there is none, nothing can be judged. */
  baseline: z.object({ approved_at: time, pages: count }).nullable(),
  /** Addresses whose approved copy is shown although the site is live. */
  held_pages: count,
  /** "We are working on the site." */
  working_until: time.nullable(),
  maintenance: z.object({ until: time.nullable(), message: z.string().max(1_000) }).nullable(),
  health: z.object({
    state: z.enum(["well", "slow", "failing", "away"]),
    /** Ms until an answer begins, median of the last ones; null: none lately. */
    took_ms: z.number().nonnegative().nullable(),
    /** Requests at a time that it is given at most now. */
    capacity: count,
    waiting: count,
    /** What work has to show there; absent where nothing, ever. */
    gates: z
      .object({
        /** Workers that ask for something now, because more is asked of the site than it does. */
        asking: count,
        /** Solutions of the puzzle; 0: time alone. */
        effort: count,
        /** Given out since this edge started. */
        tickets: count,
        passes: count,
      })
      .optional(),
  }),
  /** Since this edge started. */
  shown: z.object({ judged: count, uncertain: count, copies: count, cached: count }),
});
export type OriginState = z.infer<typeof originStateSchema>;

/** Why readers get a page that says when to come back, and no others. */
export const maintenanceSchema = z.object({
  since: time,
  /** Null: until somebody ends it. */
  until: time.nullable(),
  /** In the operator's words: text, never markup; may be empty. */
  message: z.string().max(1_000),
  /** Feeds and the text form of pages are not readable, either. */
  closed: z.boolean(),
});
export type MaintenanceFacts = z.infer<typeof maintenanceSchema>;

/** The first fact of what is about a name that no edge answers under: its value is that name. */
export const siblingFact = "sibling host";

/** Which name a finding or question is about, where readers reach that without Kasbah. */
export function siblingIn([first]: Finding["facts"]): string | undefined {
  return first?.what === siblingFact ? first.value : undefined;
}

/** What newsroom or edge gathered about a finding, as it is kept: texts and hashes; files lie with who gathered them. */
export const findingEvidenceSchema = z.object({
  finding: z.string().max(100),
  evidence: z.array(evidenceSchema).max(40),
});

/** One decision that a person is asked for. */
export const questionSchema = z.object({
  id: z.string().max(100),
  asked_at: time,
  alarm: z.boolean(),
  status: z.enum(["open", "accepted", "refused", "over"]),
  /** What is new, the same for all addresses. */
  facts: z.array(newFactSchema).max(40),
  addresses: z.array(z.string().max(3_100)).max(50),
  /** Of which so many are not named. */
  addresses_more: count,
  /** Where it can be answered: an address in the studio; empty where there is no studio. */
  link: z.string().max(500),
});
export type Question = z.infer<typeof questionSchema>;

export const snapshotFactsSchema = z.object({
  state: z.enum(["none", "crawling", "to approve", "approved"]),
  started_at: time.nullable(),
  approved_at: time.nullable(),
  pages: count,
  assets: count,
  failed: count,
  bytes: count,
  /** Pages that change by themselves, by what changes in them. */
  volatile: z.record(z.string().max(40), count),
  languages: z.record(z.string().max(40), count),
  /** What a person should look at before approving. */
  suspicious: z
    .array(
      z.object({
        address: z.string().max(3_100),
        why: z.string().max(500),
        /** It becomes baseline only where somebody names it. */
        kept_out: z.boolean(),
      }),
    )
    .max(200),
  /** Why the crawl stands still; null: it doesn't. */
  fault: z.string().max(500).nullable(),
});
export type SnapshotFacts = z.infer<typeof snapshotFactsSchema>;
