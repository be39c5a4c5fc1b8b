/** Facts that cross between roles and reach outsiders as JSON. Times RFC 3339 UTC, sizes bytes, durations ms, shares 0..1. */
import { z } from "zod";

const count = z.int().nonnegative();
const amount = z.number().nonnegative();
const share = z.number().min(0).max(1);
const time = z.iso.datetime();

/** From the mildest to the worst. */
export const modeSchema = z.enum(["calm", "guarded", "siege"]);
export type Mode = z.infer<typeof modeSchema>;

export const serviceSchema = z.enum(["normal", "lite", "read-only", "maintenance"]);
export type Service = z.infer<typeof serviceSchema>;

export const editionFactsSchema = z.object({
  /** SHA-256 of the snapshot. */
  id: z.string(),
  version: count,
  log_index: count,
  published_at: time,
  pages: count,
  bytes: count,
  stale: z.boolean(),
});
export type EditionFacts = z.infer<typeof editionFactsSchema>;

/** Of the gate before the studio. */
export const signInFactsSchema = z.object({
  /** Workers that ask something of people without a session now, because more come than have a turn. */
  asking: count,
  /** Solutions of the puzzle; 0: time alone. */
  effort: count,
  waiting: count,
  /** Given out since this edge started. */
  tickets: count,
  passes: count,
});
export type SignInFacts = z.infer<typeof signInFactsSchema>;

export const edgeFactsSchema = z.object({
  id: z.string(),
  version: z.string(),
  /** Where it listens: `http://127.0.0.1:8080`. */
  addresses: z.array(z.string()),
  workers: count,
  edition: count.nullable(),
  requests: count,
  refused: count,
  started_at: time,
  /** Absent where there is no such gate. */
  sign_in: signInFactsSchema.exactOptional(),
});
export type EdgeFacts = z.infer<typeof edgeFactsSchema>;

export const statusSchema = z.object({
  version: z.string(),
  mode: modeSchema,
  service: serviceSchema,
  edition: editionFactsSchema.nullable(),
  edges: z.array(edgeFactsSchema),
  incidents_open: count,
});
export type Status = z.infer<typeof statusSchema>;

/** Where traffic comes from, as far as it is known. */
export const originSchema = z.object({
  /** A CIDR. */
  network: z.string(),
  /** ISO 3166-1 alpha-2; "ZZ": not known. */
  country: z.string().length(2),
  /** 0: not known. */
  asn: count,
  name: z.string(),
});
export type NetworkOrigin = z.infer<typeof originSchema>;

export const drillSchema = z.object({
  id: z.string().max(100),
  /** Whole blocks (IPv4 /16) of 127.0.0.0/8, or 2001:db8::/32, and where the drill says that they are. */
  networks: z.array(originSchema).max(64),
  until: time,
});
export type Drill = z.infer<typeof drillSchema>;

export const incidentKinds = [
  "flood",
  "slow",
  "bypass",
  "login",
  "comment-abuse",
  "scan",
  "defacement",
  "tampering",
  "outage",
  "claim",
] as const;

/** "own change": those who run the site said that what looked like an attack was theirs; it counts as none. */
export const outcomes = [
  "neutralised",
  "degraded",
  "breached",
  "not observed",
  "refuted",
  "own change",
] as const;

/** What was observed, in words and numbers; never a reader's address. */
export const evidenceSchema = z.object({
  at: time,
  what: z.string(),
  data: z.record(z.string(), z.json()).optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const incidentSchema = z.object({
  id: z.string(),
  drill: z.boolean(),
  kind: z.enum(incidentKinds),
  status: z.enum(["open", "closed"]),
  /** The name that it is about, where readers reach that without Kasbah. */
  host: z.string().max(253).exactOptional(),
  started_at: time,
  ended_at: time.nullable(),
  requests: count,
  refused: count,
  challenged: count,
  /** Distinct sources, estimated. */
  sources: count,
  networks: z.array(z.object({ asn: count, name: z.string(), share })),
  countries: z.array(z.object({ code: z.string(), share })),
  rules: z.array(z.string()),
  responses: z.object({ signed: count, judged: count, uncertain: count, dynamic: count }),
  readers: z.object({ requests: count, served: count, p99_ms: z.number().nonnegative() }),
  outcome: z.enum(outcomes).nullable(),
  evidence: z.array(evidenceSchema),
});
export type Incident = z.infer<typeof incidentSchema>;

/** What has become of the alerts of one channel: of those since the watch started, of those that wait, and of those given up within a day. */
export const alertStateSchema = z.object({
  channel: z.string(),
  sent: count,
  /** Attempts. */
  failed: count,
  waiting: count,
  dead: count,
  /** Why the last attempt failed; null once one was taken. */
  error: z.string().nullable(),
});
export type AlertState = z.infer<typeof alertStateSchema>;

export const banSchema = z.object({
  /** A CIDR; one address is /32 or /128. */
  network: z.string(),
  reason: z.string(),
  by: z.enum(["operator", "automatic"]),
  created_at: time,
  /** Null: until somebody removes it; operators only. */
  expires_at: time.nullable(),
});
export type Ban = z.infer<typeof banSchema>;

/** `when` in words; `terms` the same for programs. `seen_worst`: real harm since it acts; null while nobody of good standing came. */
export const ruleSchema = z.object({
  id: z.string().max(100),
  description: z.string().max(1_000),
  when: z.string().max(2_000),
  terms: z
    .array(z.object({ trait: z.string().max(30), value: z.string().max(200) }))
    .min(1)
    .max(12),
  action: z.enum(["slow", "challenge", "deny", "drop"]),
  state: z.enum(["shadow", "active", "expired"]),
  by: z.enum(["edge", "watch", "operator"]),
  coverage: share,
  collateral: share,
  collateral_worst: share,
  collateral_worst_group: z.string().max(100),
  seen_worst: share.nullable(),
  seen_worst_group: z.string().max(100),
  created_at: time,
  expires_at: time,
  /** Why it ended; null while it has not. */
  ended: z.string().max(200).nullable(),
  incident: z.string().nullable(),
  matched: count,
  refused: count,
});
export type RuleFacts = z.infer<typeof ruleSchema>;

/** What was done about connections on which nothing is asked, or of which nothing is taken; since the edge started, where it isn't said. */
const socketDeedsSchema = z.object({
  /** Now. */
  open: count,
  /** Opened a second to this machine, and of these by sources that asked for nothing, at the last look. */
  opened_per_s: amount,
  silent_per_s: amount,
  /** Ended for taking too little of what waited for them, and for being held while places ran short. */
  slow_ended: count,
  hoarded_ended: count,
  /** Such that were to be ended but were not: there is no right to it. */
  left: count,
  /** Sources named to the kernel: for such connections, and for opening many without asking for anything. */
  slow_named: count,
  silent_named: count,
});
export type SocketDeedsFacts = z.infer<typeof socketDeedsSchema>;

/** How an edge defends itself this moment. */
export const defenceSchema = z.object({
  edge: z.string(),
  at: time,
  mode: modeSchema,
  /** Which of the three speak for more than calm. */
  volume: z.boolean(),
  composition: z.boolean(),
  health: z.boolean(),
  /** Since when the volume has been far above the usual. */
  volume_since: time.nullable().optional(),
  /** In words, for the log and the operator. */
  reason: z.string().max(500),
  /** By an operator, until then. */
  forced: z.object({ mode: modeSchema, until: time }).nullable(),
  /** Rules neither come nor go by themselves; the ceiling of harm holds all the same. */
  frozen: z.boolean(),
  /** Everything is only noted (decision.mode = "shadow"). */
  dry_run: z.boolean(),
  requests_per_s: amount,
  usual_per_s: amount,
  /** Requests of readers in good standing, and of these served, in the last second; what the edge itself can tell. */
  known_readers: z.object({ requests: amount, served: amount }),
  rules: z.array(ruleSchema).max(64),
  /** Addresses on each step of the ladder now. */
  ladder: z.object({ slow: count, refuse: count, close: count, kernel: count }),
  /** Refusals that are held back now. */
  held: count,
  kernel: z.object({ state: z.enum(["on", "off", "no right", "failed"]), banned: count }),
  /** Edges of the version before say nothing of it. */
  sockets: socketDeedsSchema.optional(),
  /** Traffic origin of the last seconds, busiest first: never who attacks. */
  countries: z.array(z.object({ code: z.string().max(2), requests: amount, refused: amount })).max(250),
});
export type DefenceFacts = z.infer<typeof defenceSchema>;

/** One second at all edges together. `readers`: requests that belong to the baseline's usual mix, as the watch estimates them; not whole. */
export const trafficSchema = z.object({
  at: time,
  requests: count,
  refused: count,
  /** Answered with 5xx. */
  failed: count,
  readers: z.object({ requests: amount, served: amount, p99_ms: amount }),
  mode: modeSchema,
  /** A drill is going on. */
  drill: z.boolean(),
  /** Without drills. */
  incidents_open: count,
});
export type Traffic = z.infer<typeof trafficSchema>;
