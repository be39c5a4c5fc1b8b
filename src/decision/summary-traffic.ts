/**
 * Traffic from what edges summed up (tally-summary.ts): the edge makes it of its own counts, the watch of all edges' observations. It can
 * be made of a part of them, by block.
 */
import { sumOf } from "../base/sum.ts";
import { mergeDistinct, registerCount } from "./distinct.ts";
import type { KindTraffic, Mix, Traffic } from "./traffic.ts";
import { parseKind } from "./traits.ts";

/** What of a summary is needed; an observation on the bus has it, too. */
export interface Summary {
  readonly requests: number;
  readonly sources: number;
  /** Registers in base64. */
  readonly sketch: string;
  readonly cells: readonly {
    readonly block: string;
    readonly kind: string;
    readonly requests: number;
    readonly served: number;
    readonly refused: number;
    readonly latency: readonly (readonly [bucket: number, requests: number])[];
  }[];
  readonly origins: readonly (WeighedOrigin & { readonly block: string })[];
}

export interface WeighedOrigin {
  readonly country: string;
  readonly asn: number;
  readonly name: string;
  readonly requests: number;
}

export interface TrafficSpan {
  readonly endMs: number;
  readonly seconds: number;
  /** Only these blocks; what is not told apart is shared out by requests. */
  readonly isPart?: (block: string) => boolean;
}

export function trafficOf(
  summaries: readonly Summary[],
  { endMs, seconds, isPart = () => true }: TrafficSpan,
): Traffic {
  const cells = summaries.flatMap((summary) => summary.cells).filter(({ block }) => isPart(block));
  const origins = summaries.flatMap((summary) => summary.origins).filter(({ block }) => isPart(block));
  const requests = sumOf(cells, (cell) => cell.requests);
  const all = sumOf(summaries, (summary) => summary.requests);
  return {
    endMs,
    seconds,
    requests,
    sources: all === 0 ? 0 : (sumOf(summaries, ({ sources }) => sources) * requests) / all,
    registers: summaries.map(registersOf).reduce(mergeDistinct, new Uint8Array(registerCount)),
    kinds: kindsOf(cells),
    ...placesOf(origins),
  };
}

/** `64500 Example Telecom`: how a network is named in a mix. */
export function networkName({ asn, name }: { readonly asn: number; readonly name: string }): string {
  return `${asn} ${name}`;
}

/** Only what is known. */
export function placesOf(origins: readonly WeighedOrigin[]): Pick<Traffic, "countries" | "networks"> {
  return {
    countries: mixOf(
      origins.filter(({ country }) => country !== "ZZ"),
      ({ country }) => country,
    ),
    networks: mixOf(
      origins.filter(({ asn }) => asn !== 0),
      networkName,
    ),
  };
}

export function registersOf({ sketch }: Pick<Summary, "sketch">): Uint8Array {
  return Uint8Array.from(atob(sketch), (byte) => byte.charCodeAt(0));
}

export function mixOf(origins: readonly WeighedOrigin[], name: (origin: WeighedOrigin) => string): Mix {
  const sums = new Map<string, number>();
  for (const origin of origins) sums.set(name(origin), (sums.get(name(origin)) ?? 0) + origin.requests);
  return sums;
}

function kindsOf(cells: Summary["cells"]): Map<string, KindTraffic> {
  const kinds = new Map<string, KindTraffic>();
  for (const cell of cells) {
    const kind = parseKind(cell.kind);
    if (kind === undefined) continue;
    const before = kinds.get(cell.kind);
    const latency = [...(before?.latency ?? [])];
    for (const [bucket, requests] of cell.latency) latency[bucket] = (latency[bucket] ?? 0) + requests;
    kinds.set(cell.kind, {
      kind,
      requests: (before?.requests ?? 0) + cell.requests,
      served: (before?.served ?? 0) + cell.served,
      refused: (before?.refused ?? 0) + cell.refused,
      latency: Array.from(latency, (requests) => requests ?? 0),
    });
  }
  return kinds;
}
