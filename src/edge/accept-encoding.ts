/** Accept-Encoding (RFC 9110, section 12.5.3): which of the forms that we make a client takes, best first. */
import { RecentMap } from "../base/recent-map.ts";

/** Smallest result first; at equal weight the earlier one wins. */
export const codings = ["br", "zstd", "gzip"] as const;
export type Coding = (typeof codings)[number];

const rememberedMax = 256;
/** More entries than any client sends; the rest of a hostile list is not looked at. */
const entriesMax = 32;

export class AcceptedCodings {
  readonly #remembered = new RecentMap<string, readonly Coding[]>(rememberedMax);

  /** Empty: as it is, uncompressed. That form is always given, also to who claims to refuse it. */
  find(header: string | null): readonly Coding[] {
    if (header === null) return [];
    const known = this.#remembered.get(header);
    if (known !== undefined) return known;
    const accepted = acceptedCodings(header);
    this.#remembered.set(header, accepted);
    return accepted;
  }
}

export function acceptedCodings(header: string): readonly Coding[] {
  const weights = readWeights(header);
  const other = weights.get("*") ?? 0;
  const identity = weights.get("identity") ?? 0;
  const weigh = (coding: Coding): number =>
    weights.get(coding) ?? (coding === "gzip" ? weights.get("x-gzip") : undefined) ?? other;
  return codings
    .filter((coding) => weigh(coding) > 0 && weigh(coding) >= identity)
    .sort((left, right) => weigh(right) - weigh(left));
}

/** `br;q=0.5, gzip` → br 0.5, gzip 1. What can't be read counts as refused. */
function readWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const entry of header.toLowerCase().split(",", entriesMax)) {
    const [coding = "", ...parameters] = entry.split(";").map((part) => part.trim());
    const weight = parameters.length === 0 ? 1 : weightOf(parameters);
    if (coding !== "" && !weights.has(coding)) weights.set(coding, weight);
  }
  return weights;
}

function weightOf(parameters: readonly string[]): number {
  const [parameter = ""] = parameters;
  const match = /^q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.exec(parameter);
  return match === null || parameters.length > 1 ? 0 : Number(match[1]);
}
