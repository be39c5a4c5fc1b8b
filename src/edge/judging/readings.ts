/** What the main thread is told of one answer that was read. Pure. */
import type { Facts } from "../../guard/facts.ts";
import type { BaselineEntry } from "../../guard/manifest.ts";
import type { Verdict } from "../../guard/verdict.ts";
import { canonicalSpelling, parameterNames } from "../paths.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import { fieldValue } from "../lane/answer-headers.ts";
import { addressOf, type Place } from "./addresses.ts";
import type { Asked } from "./ready.ts";
import { answerKey, type Reading, type SeenAs } from "./told.ts";

/** What is known at the address that was asked for. */
export interface Known {
  readonly address: string;
  readonly entry: BaselineEntry | undefined;
}

export interface Judged {
  readonly facts: Facts;
  readonly verdict: Verdict;
}

type Told = Omit<Reading, "sample">;

export function readingOf(
  asked: Asked,
  known: Known,
  { facts, verdict }: Judged,
  how: Pick<Reading, "isReread" | "isHeld">,
): Told {
  const { status, type, bytes, sha256 } = facts;
  const countedAs = answerKey(countedAt(asked, known), sha256);
  return {
    ...how,
    seenAs: seenAs(asked),
    address: verdict.kind === "uncertain" ? countedAt(asked, known) : known.address,
    verdict: verdict.kind === "contradicts" ? (verdict.alarm ? "alarm" : "question") : verdict.kind,
    facts: verdict.facts,
    status,
    type,
    bytes,
    sha256,
    countedAs,
    isKnown: known.entry !== undefined,
  };
}

/** Of what could not be read within the limits. */
export function unreadReading(
  asked: Asked,
  { status, fields }: AnswerHead,
  { why, ...how }: Pick<Reading, "isKnown" | "isHeld"> & { readonly why: string },
): Told {
  return {
    ...how,
    seenAs: seenAs(asked),
    address: addressOf(asked),
    verdict: "question",
    facts: [{ what: "limit", value: why, weight: "contradicts" }],
    status,
    type: fieldValue(fields, "content-type") ?? "",
    bytes: 0,
    sha256: "",
    countedAs: "",
    isReread: false,
  };
}

/**
 * Where readers wrote a part of the address, only which parts they wrote: `/?s`. What they search for is nobody's business, and would make as many
 * addresses as there are words.
 */
export function countedAt({ path, query }: Place, { address, entry }: Known): string {
  if (entry !== undefined || query === undefined) return address;
  return `${canonicalSpelling(path)}?${[...new Set(parameterNames(query))].sort().join("&")}`;
}

export function seenAs({ exchange }: Pick<Asked, "exchange">): SeenAs {
  return { scheme: exchange.scheme, host: exchange.request.headers.get("host") ?? "" };
}
