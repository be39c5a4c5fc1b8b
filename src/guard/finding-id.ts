/** Under which name a finding is known: the same at every edge, and in the newsroom, for the same new facts at the same address. */
import { sha256 } from "../base/bytes.ts";
import { signatureOf } from "./judging/judge.ts";
import type { NewFact } from "./verdict.ts";

/** `address`: path and query. */
export function findingId({
  address,
  facts,
}: {
  readonly address: string;
  readonly facts: readonly NewFact[];
}): string {
  return sha256(`${address}\n${signatureOf(facts)}`).slice(0, 24);
}
