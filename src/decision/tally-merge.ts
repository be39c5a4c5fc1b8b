/** Adds up what workers counted: in any order and grouping the sum is the same. */
import { mergeCells } from "./cells.ts";
import { mergeDistinct } from "./distinct.ts";
import { mergeHitters } from "./heavy-hitters.ts";
import type { Counts } from "./tally.ts";

export function mergeCounts(left: Counts, right: Counts): Counts {
  return {
    requests: left.requests + right.requests,
    refused: left.refused + right.refused,
    challenged: left.challenged + right.challenged,
    pages: left.pages + right.pages,
    bytes: left.bytes + right.bytes,
    statuses: left.statuses.map((count, at) => count + (right.statuses[at] ?? 0)),
    responses: left.responses.map((count, at) => count + (right.responses[at] ?? 0)),
    latency: left.latency.map((count, at) => count + (right.latency[at] ?? 0)),
    sources: mergeDistinct(left.sources, right.sources),
    prefixes: mergeHitters(left.prefixes, right.prefixes),
    paths: mergeHitters(left.paths, right.paths),
    languages: mergeHitters(left.languages, right.languages),
    cells: mergeCells(left.cells, right.cells),
  };
}
