/** One page as several visitors get it, each judged as an edge would: what some get and others don't is hidden from the others. */
import type { NewFact } from "../../guard/verdict.ts";
import { signatureOf } from "../../guard/judging/judge.ts";
import type { Visitor } from "../client/client.ts";
import type { Finding } from "../../bus/origin-facts.ts";
import type { OriginAddress } from "../client/protected-site.ts";
import type { Judged, Rereading } from "../upkeep/rereading.ts";
import type { VisitorName } from "./visitors.ts";

export interface Cloaked {
  readonly verdict: Finding["verdict"];
  readonly facts: readonly NewFact[];
  readonly judged: Judged;
}

type Named = readonly [VisitorName, Visitor];

const inWords: Readonly<Record<VisitorName, string>> = {
  browser: "shown to browsers",
  googlebot: "shown to Googlebot",
  searcher: "shown to those who come from a search engine",
  elsewhere: "shown from another address",
};

/** Looks twice, the second time the other way round, so that what changes with each visit is not taken for it. Undefined: everybody gets the same. */
export async function cloakedAt(
  address: OriginAddress,
  rereading: Pick<Rereading, "read">,
  visitors: ReadonlyMap<VisitorName, Visitor>,
  signal: AbortSignal,
): Promise<Cloaked | undefined> {
  const look = async (whom: readonly Named[]) => hiddenIn(await readAsEach(address, rereading, whom, signal));
  const whom = [...visitors];
  const first = await look(whom);
  if (first === undefined) return undefined;
  const again = await look(whom.toReversed());
  return again?.signature === first.signature ? again.cloaked : undefined;
}

async function readAsEach(
  address: OriginAddress,
  rereading: Pick<Rereading, "read">,
  visitors: readonly Named[],
  signal: AbortSignal,
): Promise<Map<VisitorName, Judged>> {
  const readings = new Map<VisitorName, Judged>();
  for (const [name, visitor] of visitors) {
    const reading = await rereading.read(address, signal, visitor);
    if (reading.kind === "judged") readings.set(name, reading);
  }
  return readings;
}

/** The gravest of what only some get; what all get is for the usual readings to find. */
function hiddenIn(
  readings: ReadonlyMap<VisitorName, Judged>,
): { readonly signature: string; readonly cloaked: Cloaked } | undefined {
  const bySignature = Map.groupBy(
    [...readings].filter(([, { verdict }]) => verdict.kind !== "vouched"),
    ([, { verdict }]) => signatureOf(verdict.facts),
  );
  const [hidden] = [...bySignature]
    .filter(([, whom]) => whom.length < readings.size)
    .sort(([, [left]], [, [right]]) => gravity(right?.[1]) - gravity(left?.[1]));
  const judged = hidden?.[1][0]?.[1];
  if (hidden === undefined || judged === undefined) return undefined;
  const [signature, whom] = hidden;
  const names = whom.map(([name]) => name).toSorted();
  return { signature: `${signature} ${names.join(" ")}`, cloaked: cloakedOf(judged, names) };
}

function cloakedOf(judged: Judged, names: readonly VisitorName[]): Cloaked {
  const { verdict } = judged;
  const value = names.map((name) => inWords[name]).join(", ");
  const weight = verdict.kind === "contradicts" ? "contradicts" : "doubt";
  return {
    verdict: (["uncertain", "question", "alarm"] as const)[gravity(judged)] ?? "uncertain",
    facts: [{ what: "cloaking", value: `${value} only`, weight }, ...verdict.facts],
    judged,
  };
}

function gravity(judged: Judged | undefined): number {
  if (judged?.verdict.kind !== "contradicts") return 0;
  return judged.verdict.alarm ? 2 : 1;
}
