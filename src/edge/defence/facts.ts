/** How an edge defends itself this moment, as it is told on the bus. */
import { rfc3339 } from "../../base/clock.ts";
import type { DefenceFacts } from "../../bus/facts.ts";
import { inWords } from "../../decision/modes/mode.ts";
import type { SourceTable } from "../../decision/sources/source-table.ts";
import type { Defence } from "./defence.ts";
import { ruleFacts } from "./rule-facts.ts";

/** Of rules, those that live and the newest of the others. */
const rulesMax = 64;

export interface FactsOptions {
  readonly edge: string;
  readonly sources: SourceTable;
  readonly sockets: DefenceFacts["sockets"];
  readonly nowMs: number;
}

export function defenceFacts(
  defence: Defence,
  { edge, sources, sockets, nowMs }: FactsOptions,
): DefenceFacts {
  const { look, kernel, forced, seen } = defence;
  const { sinceMs } = look.volume;
  return {
    edge,
    at: rfc3339(nowMs),
    mode: look.mode,
    volume: look.volume.high,
    volume_since: sinceMs === undefined ? null : rfc3339(sinceMs),
    composition: look.composition,
    health: look.health,
    reason: inWords(look.reason),
    forced: forced === undefined ? null : { mode: forced.mode, until: rfc3339(forced.untilMs) },
    frozen: defence.isFrozen,
    dry_run: defence.isDryRun,
    requests_per_s: look.volume.ratePerS,
    usual_per_s: look.volume.usualPerS,
    known_readers: seen.knownReaders,
    rules: defence.rules.slice(0, rulesMax).map((rule) => ruleFacts(rule, defence.incidentOf(rule))),
    ladder: sources.rungs,
    held: seen.held,
    kernel: { state: kernel?.state ?? "off", banned: kernel?.banned ?? 0 },
    sockets,
    countries: seen.countries,
  };
}
