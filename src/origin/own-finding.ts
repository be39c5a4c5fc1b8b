/** What the newsroom finds itself, in the form in which edges tell theirs. */
import { rfc3339 } from "../base/clock.ts";
import type { Finding } from "../bus/origin-facts.ts";
import { findingId } from "../guard/finding-id.ts";
import type { NewFact } from "../guard/verdict.ts";
import type { OriginAddress } from "./client/protected-site.ts";
import type { Judged } from "./upkeep/rereading.ts";

/** How the newsroom's own findings are signed. */
export const ownName = "newsroom";
const factsMax = 40;

export type OwnFinding = Finding & { readonly address: OriginAddress };

export interface Found {
  readonly address: OriginAddress;
  readonly verdict: Finding["verdict"];
  readonly facts: readonly NewFact[];
  readonly atMs: number;
  /** The answer that it was found in; undefined: in none. */
  readonly judged?: Judged | undefined;
  /**
   * What found it, where that is not a usual reader's reading: such a reading says nothing about it then (Questions.cleared). Begins with
   * `look-`.
   */
  readonly by?: string;
}

export function ownFinding({ address, verdict, facts, atMs, judged, by = "" }: Found): OwnFinding {
  return {
    edge: ownName,
    id: `${by}${findingId({ address, facts })}`,
    at: rfc3339(atMs),
    address,
    verdict,
    facts: facts.slice(0, factsMax),
    status: judged?.facts.status ?? 0,
    type: judged?.facts.type.slice(0, 200) ?? "",
    bytes: judged?.facts.bytes ?? 0,
    sha256: judged?.load.copy ?? "",
    held: verdict !== "uncertain",
    shown: { judged: 0, uncertain: 0, first: null, last: null },
  };
}
