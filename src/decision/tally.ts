/**
 * What one worker of an edge counts until it hands over, about every second. It runs once in every request: nothing is allocated there
 * but entries of bounded tables, nothing is kept of a request, and no address is stored.
 */
import { cut } from "../base/cut.ts";
import { Remembered } from "../base/remembered.ts";
import { type CellCounts, Cells, type End } from "./cells.ts";
import { Distinct } from "./distinct.ts";
import { HeavyHitters, type Hitters } from "./heavy-hitters.ts";
import { latencyBucket, latencyBuckets } from "./latency.ts";
import type { Counted, Provenance, Tally } from "./record.ts";
import { blockKey, type HashKey, keyedHash, prefixKey, type Source } from "./source.ts";
import {
  agentFamilies,
  agentFamily,
  firstTag,
  kindNumber,
  languageFamilies,
  languageFamily,
} from "./traits.ts";

/** In the order of `Counts.responses`. */
const provenances: readonly Provenance[] = ["signed", "judged", "uncertain", "dynamic"];

/** Sums that can be posted between threads and added up (tally-merge.ts). */
export interface Counts {
  readonly requests: number;
  readonly refused: number;
  readonly challenged: number;
  /** Neither refused, nor a part of a page. */
  readonly pages: number;
  readonly bytes: number;
  /** By the first digit of the status. */
  readonly statuses: readonly number[];
  /** Signed, judged, uncertain, dynamic. */
  readonly responses: readonly number[];
  /** By bucket (latency.ts). */
  readonly latency: Uint32Array;
  /** Registers (distinct.ts). */
  readonly sources: Uint8Array;
  readonly prefixes: Hitters<number>;
  readonly paths: Hitters<string>;
  readonly languages: Hitters<string>;
  readonly cells: CellCounts;
}

/** Places for the busiest values; a count is too high by `requests / places` at most. */
const places = { prefixes: 1_024, paths: 256, languages: 64 } as const;
/** Different header lines whose family is remembered, and how much of a line is looked at. */
const rememberedHeaders = 4_096;
const headerCharactersMax = 256;

export class WorkerTally implements Tally {
  readonly #key: HashKey;
  readonly #agents = new Remembered(
    (header) => agentFamilies.indexOf(agentFamily(header)),
    rememberedHeaders,
  );
  readonly #languages = new Remembered(language, rememberedHeaders);

  readonly #sources = new Distinct();
  readonly #prefixes = new HeavyHitters<number>(places.prefixes);
  readonly #paths = new HeavyHitters<string>(places.paths);
  readonly #tags = new HeavyHitters<string>(places.languages);
  readonly #cells = new Cells();
  readonly #latency = new Uint32Array(latencyBuckets);
  readonly #statuses = new Uint32Array(6);
  readonly #responses = new Uint32Array(provenances.length);
  #refused = 0;
  #challenged = 0;
  #pages = 0;
  #bytes = 0;
  #requests = 0;

  /** `key` is the same for all workers of an edge. */
  constructor(key: HashKey) {
    this.#key = key;
  }

  count(request: Counted): void {
    if (isNowhere(request.source)) return;
    this.#requests += 1;
    this.#bytes += request.bytes;
    if (request.refused) this.#refused += 1;
    if (request.challenged) this.#challenged += 1;
    else if (!request.refused && !request.part) this.#pages += 1;
    bump(this.#statuses, Math.min(5, Math.trunc(request.status / 100)));
    bump(this.#latency, latencyBucket(request.latencyMs));
    bump(this.#responses, provenances.indexOf(request.provenance));
    this.#paths.add(request.path);
    this.#countSource(request);
  }

  /** What was counted since the last time; then it starts anew. */
  take(): Counts {
    const counts: Counts = {
      requests: this.#requests,
      refused: this.#refused,
      challenged: this.#challenged,
      pages: this.#pages,
      bytes: this.#bytes,
      statuses: Array.from(this.#statuses),
      responses: Array.from(this.#responses),
      latency: this.#latency.slice(),
      sources: this.#sources.take(),
      prefixes: this.#prefixes.take(),
      paths: this.#paths.take(),
      languages: this.#tags.take(),
      cells: this.#cells.take(),
    };
    for (const counters of [this.#statuses, this.#responses, this.#latency]) counters.fill(0);
    this.#requests = this.#refused = this.#challenged = this.#pages = this.#bytes = 0;
    return counts;
  }

  #countSource(request: Counted): void {
    const { source } = request;
    this.#sources.add(keyedHash(source, this.#key));
    this.#prefixes.add(prefixKey(source));
    const agent = this.#agents.of(cut(request.agent, headerCharactersMax));
    const { tag, family } = this.#languages.of(cut(request.language, headerCharactersMax));
    this.#tags.add(tag);
    const kind = kindNumber(agent, family, request.parts);
    this.#cells.add(blockKey(source), kind, endOf(request), request.latencyMs);
  }
}

/** A wrong address that gets its 404 was served. */
export function endOf({ refused, challenged, status }: Counted): End {
  if (refused || challenged) return "refused";
  return status < 500 && status !== 429 ? "served" : "failed";
}

/** 0.0.0.0: the connection was gone before its address could be asked for, and nobody got an answer. */
function isNowhere({ v6, high, low }: Source): boolean {
  return low === 0 && high === 0 && !v6;
}

function language(header: string): { readonly tag: string; readonly family: number } {
  const tag = firstTag(header);
  return { tag, family: languageFamilies.indexOf(languageFamily(tag)) };
}

function bump(counters: Uint32Array, at: number): void {
  counters[at] = (counters[at] ?? 0) + 1;
}
