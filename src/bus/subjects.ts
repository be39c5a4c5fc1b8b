/** Every subject on the bus with the form of what travels under it. Who sends → who listens. */
import { z } from "zod";
import { appealSchema } from "./appeal-facts.ts";
import {
  alertStateSchema,
  banSchema,
  defenceSchema,
  drillSchema,
  edgeFactsSchema,
  editionFactsSchema,
  evidenceSchema,
  incidentSchema,
  modeSchema,
  ruleSchema,
  trafficSchema,
} from "./facts.ts";
import { observationSchema } from "./observation.ts";
import { originEvents, originRequests } from "./origin-subjects.ts";
import { peopleRequests } from "./people-subjects.ts";
import { serviceFactsSchema, serviceOrderSchema } from "./service-facts.ts";

const nothing = z.object({});
const done = z.object({ ok: z.literal(true) });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const version = z.int().positive();

export const events = {
  /** newsroom → edges: newer metadata lies in the editions folder. */
  "edition.published": z.object({ version }),
  /** edges → newsroom, watch: an edition was verified and is served now. */
  "edition.served": z.object({ edge: z.string(), version, id: z.string() }),
  /** edges → watch: what was counted in one second. */
  observation: observationSchema,
  /** edges, newsroom → watch: something on disk is not what was signed; with `repaired`, that it is again. */
  tampering: z.object({
    where: z.string().max(500),
    evidence: evidenceSchema,
    repaired: z.boolean().optional(),
  }),
  /** edges → watch: stale metadata, and no longer. */
  stale: z.object({ edge: z.string(), version, stale: z.boolean(), expired_at: z.iso.datetime() }),
  /** edges → watch, newsroom, once a second and at once when the mode or a rule changes. */
  defence: defenceSchema,
  /** edges → watch, newsroom, every five seconds and at once when it changes. */
  service: serviceFactsSchema,
  /** watch → edges: whether what comes now may count as peace; not during incidents and drills. Said again every 15 s. */
  learning: z.object({ learn: z.boolean(), reason: z.string().max(200) }),
  /** watch → everybody: the worst mode of all edges. */
  mode: z.object({ mode: modeSchema, reason: z.string() }),
  /** watch → everybody. */
  incident: incidentSchema,
  /** watch → newsroom, once a second: what the studio's chart shows. */
  traffic: trafficSchema,
  /** newsroom → whoever waits for an import: bytes of `total` that this reading of the file is through with. */
  "import.progress": z.object({
    step: z.enum(["reading", "importing"]),
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
  }),

  ...originEvents,
} as const;

const editionList = z.object({ editions: z.array(editionFactsSchema) });
const publication = z.object({
  edition: editionFactsSchema.nullable(),
  rendered: z.int(),
  changed: z.int(),
  removed: z.int(),
});
export type Publication = z.infer<typeof publication>;

const importReport = z.object({
  /** What was added, by kind: `{ story: 56, page: 21, section: 4, tag: 92, redirect: 310 }`. */
  taken: z.record(z.string(), z.int()),
  /** Of all items: `{ added: 114, "left out": 72 }`. */
  outcomes: z.record(z.string(), z.int()),
  items: z.array(z.object({ what: z.string(), name: z.string(), outcome: z.string(), detail: z.string() })),
  /** Lines for which there was no room; they are in the counts. */
  omitted: z.int(),
});
export type ImportReport = z.infer<typeof importReport>;

const keyFacts = z.object({
  root_version: version,
  /** False where the root key was moved away, as it should be. */
  root_here: z.boolean(),
  keys: z.array(
    z.object({
      role: z.string(),
      id: z.string(),
      file: z.string(),
      created_at: z.string(),
      retiring: z.boolean(),
    }),
  ),
});
export type KeyFacts = z.infer<typeof keyFacts>;

export const requests = {
  "edge.status": {
    ask: nothing,
    answer: z.object({ edge: edgeFactsSchema, edition: editionFactsSchema.nullable() }),
  },
  /** `alerts`: what has become of them, by channel. */
  "watch.status": {
    ask: nothing,
    answer: z.object({
      mode: modeSchema,
      incidents_open: z.int(),
      alerts: z.array(alertStateSchema).max(100).optional(),
    }),
  },
  "newsroom.status": {
    ask: nothing,
    answer: z.object({ edition: editionFactsSchema.nullable(), jobs_dead: z.int() }),
  },

  "newsroom.publish": { ask: nothing, answer: publication },
  "newsroom.withdraw": {
    ask: z.object({ url: z.string().max(2048) }),
    answer: publication.extend({ withdrawn: z.array(z.string()) }),
  },
  "newsroom.rollback": { ask: z.object({ version }), answer: publication },
  "newsroom.editions": { ask: nothing, answer: editionList },
  /** `file` is an absolute path on the newsroom's machine. */
  "newsroom.import": {
    ask: z.object({ file: z.string(), site: z.string(), language: z.string().optional() }),
    answer: importReport,
  },
  /** Which signing keys there are, never the keys themselves. */
  "newsroom.keys": { ask: nothing, answer: keyFacts },
  /** "online": all that sign by themselves; "root": the root key. */
  "newsroom.keys.rotate": { ask: z.object({ which: z.enum(["online", "root"]) }), answer: keyFacts },
  /** An edge found a blob missing or damaged: render it again, if it is part of the current edition. */
  "newsroom.repair": { ask: z.object({ sha256 }), answer: z.object({ repaired: z.boolean() }) },

  ...peopleRequests,
  ...originRequests,

  /** How the edge defends itself now. */
  "edge.service": { ask: nothing, answer: z.object({ service: serviceFactsSchema }) },
  /** Until then, in spite of what is measured. */
  "edge.service.order": { ask: serviceOrderSchema, answer: z.object({ service: serviceFactsSchema }) },
  "edge.defence": { ask: nothing, answer: z.object({ defence: defenceSchema }) },
  /** `auto` ends it. After `seconds` it ends by itself. */
  "edge.defence.force": {
    ask: z.object({ mode: z.enum(["auto", "calm", "siege"]), seconds: z.int().min(1).max(86_400) }),
    answer: z.object({ defence: defenceSchema }),
  },
  "edge.defence.freeze": {
    ask: z.object({ frozen: z.boolean() }),
    answer: z.object({ defence: defenceSchema }),
  },
  /** Takes back whatever the defence did by itself: rules, steps of the ladder, the kernel's sets. The same rules don't come back for ten minutes. */
  "edge.defence.undo": { ask: nothing, answer: z.object({ defence: defenceSchema, rules: z.int() }) },
  /** Also those that expired lately. */
  "edge.rules.list": { ask: nothing, answer: z.object({ rules: z.array(ruleSchema) }) },
  /** A rule from the watch or an operator; it is tried and held to the ceiling like the edge's own. */
  "edge.rules.add": {
    ask: z.object({
      terms: ruleSchema.shape.terms,
      action: ruleSchema.shape.action,
      seconds: z.int().min(1).max(3_600),
      by: z.enum(["watch", "operator"]),
    }),
    answer: z.object({ rule: ruleSchema.nullable(), objection: z.string().max(500).nullable() }),
  },
  /** Null where there is no such rule. An expired one starts anew. */
  "edge.rules.enable": {
    ask: z.object({ id: z.string() }),
    answer: z.object({ rule: ruleSchema.nullable() }),
  },
  "edge.rules.disable": {
    ask: z.object({ id: z.string() }),
    answer: z.object({ rule: ruleSchema.nullable() }),
  },

  "edge.bans.list": { ask: nothing, answer: z.object({ bans: z.array(banSchema) }) },
  "edge.bans.add": {
    ask: z.object({
      network: z.string(),
      reason: z.string().min(1).max(500),
      seconds: z.int().positive().nullable(),
    }),
    answer: z.object({ ban: banSchema }),
  },
  /** What a refused reader's code says; null where it is none of this edge's. */
  "edge.appeal": {
    ask: z.object({ code: z.string().max(100) }),
    answer: z.object({ appeal: appealSchema.nullable() }),
  },
  "edge.bans.remove": { ask: z.object({ network: z.string() }), answer: z.object({ removed: z.boolean() }) },

  /** The last ten minutes, oldest first. */
  "watch.traffic": { ask: nothing, answer: z.object({ seconds: z.array(trafficSchema).max(600) }) },
  /** The newest first; with a limit, before them those that are open. `total`: how many there are in all. */
  "watch.incidents.list": {
    ask: z.object({ limit: z.int().min(1).max(500).optional() }),
    answer: z.object({ incidents: z.array(incidentSchema), total: z.int() }),
  },
  "watch.incidents.show": {
    ask: z.object({ id: z.string() }),
    answer: z.object({ incident: incidentSchema.nullable() }),
  },
  /** the drill → watch, never edges: until then, what comes from these networks is its own. Said again with an earlier end when it is over. */
  "watch.drill": { ask: drillSchema, answer: done },
} as const;
